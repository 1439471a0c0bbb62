import type { ClientHttp2Stream } from 'node:http2';
import { type ForwardedRequest, forwardedFor } from '../forwarded-request.ts';
import type { TargetFailure, TargetSide, TargetUser } from '../target/target-side.ts';
import type { WayLines } from '../way-lines.ts';
import { END_STREAM, HTTP_1_1_REQUIRED, PROTOCOL_ERROR, REFUSED_STREAM } from './error-codes.ts';
import { parseLines, type RawFields, rawFields } from './fields.ts';
import { cancelStream } from './reset-stream.ts';
import { Http2ResponseHead } from './response-head.ts';
import { sendTrailers } from './send-trailers.ts';
import type { Http2TargetSession, SessionUser } from './target-session.ts';

/** Where there are sessions. */
export interface SessionSource {
  sessionBeside(other: Http2TargetSession): Http2TargetSession;
}

/** One request to an HTTP/2 target: a stream of a session. */
export class Http2TargetStream implements TargetSide, SessionUser {
  uses = 0;
  /** May be written on: its session has room for it. */
  isConnected = false;
  session: Http2TargetSession;
  readonly #sessions: SessionSource;
  #user: TargetUser | undefined;
  #stream: ClientHttp2Stream | undefined;
  #isReleased = false;
  #hasResponse = false;
  /** The target has said that nothing more comes. */
  #isComplete = false;
  #isRequestEnded = false;
  #requestTrailers: RawFields | undefined;
  #responseTrailers: RawFields | undefined;
  #failure: TargetFailure = 'closed';
  /** The last piece of the body: what ends with it leaves in one write. */
  #lastPiece: Buffer | undefined;
  #isAwaitingDrain = false;

  constructor(sessions: SessionSource, session: Http2TargetSession) {
    this.#sessions = sessions;
    this.session = session;
  }

  begin(user: TargetUser): void {
    this.#user = user;
    this.#join();
  }

  #join(): void {
    this.uses = this.session.uses + 1;
    this.session.join(this);
  }

  sessionReady(): void {
    this.isConnected = true;
    this.#user?.targetReady();
  }

  sessionFull(): void {
    this.session = this.#sessions.sessionBeside(this.session);
    this.#join();
  }

  sessionFailed(failure: TargetFailure): void {
    this.#failure = failure;
    this.#over();
  }

  // --- request ------------------------------------------------------------------------------

  requestHead(
    head: ForwardedRequest,
    clientAddress: string,
    requestId: string,
    callerLines: string,
    way: WayLines,
  ): void {
    const fields = [
      ':method',
      head.method,
      ':path',
      head.target,
      ':scheme',
      this.session.scheme,
      ':authority',
      head.authority,
      ...head.toHttp2(),
      'x-forwarded-for',
      forwardedFor(head, clientAddress),
      'x-amzn-requestid',
      requestId,
      ...parseLines(callerLines),
      ...way.fields,
    ];
    this.#isRequestEnded = head.bodyLength === 0;
    const mayHaveTrailers = head.bodyLength !== 0 && !head.isGrpc;
    const stream = this.session.request(fields, this.#isRequestEnded, mayHaveTrailers);
    this.#stream = stream;
    // RST_STREAM with NO_ERROR ends the readable side, too (node 26): what came without END_STREAM is cut off.
    const { push } = stream;
    stream.push = (chunk: unknown) => {
      if (chunk === null && !stream.closed) this.#isComplete = true;
      return push.call(stream, chunk);
    };
    if (mayHaveTrailers) {
      stream.on('wantTrailers', () => sendTrailers(stream, this.#requestTrailers));
    }
    stream.on('headers', (...event) => {
      this.#user?.targetInterim(new Http2ResponseHead(rawFields(event), false));
    });
    stream.on('response', (_, flags, raw) => {
      this.#hasResponse = true;
      this.#user?.targetHead(new Http2ResponseHead(raw, (flags & END_STREAM) !== 0));
    });
    stream.on('data', (chunk: Buffer) => {
      this.#user?.bodyData(chunk, 0, chunk.length);
      this.#user?.targetPause();
    });
    stream.on('trailers', (...event) => {
      this.#responseTrailers = rawFields(event);
    });
    stream.on('end', () => this.#ended());
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_HTTP2_ERROR') this.#failure = 'protocol';
      if (error.code === 'ERR_HTTP2_GOAWAY_SESSION') this.#failure = 'refused';
      if (error.code === 'ERR_HTTP2_INVALID_SESSION') this.#failure = 'refused';
    });
    stream.on('close', () => this.#closed());
  }

  requestData(chunk: Buffer, start: number, end: number): void {
    if (this.#lastPiece !== undefined) this.#stream!.write(this.#lastPiece);
    this.#lastPiece = start === 0 && end === chunk.length ? chunk : chunk.subarray(start, end);
  }

  requestEnd(trailers: RawFields | undefined): void {
    this.#requestTrailers = trailers;
    if (this.#isRequestEnded) return;
    this.#isRequestEnded = true;
    const piece = this.#lastPiece;
    this.#lastPiece = undefined;
    if (piece === undefined) this.#stream!.end();
    else this.#stream!.end(piece);
  }

  flush(): boolean {
    const stream = this.#stream!;
    const piece = this.#lastPiece;
    if (piece !== undefined) {
      this.#lastPiece = undefined;
      stream.write(piece);
    }
    if (!stream.writableNeedDrain) return true;
    if (!this.#isAwaitingDrain) {
      this.#isAwaitingDrain = true;
      stream.once('drain', () => {
        this.#isAwaitingDrain = false;
        this.#user?.targetDrained();
      });
    }
    return false;
  }

  // --- response -----------------------------------------------------------------------------

  pause(): void {
    this.#stream?.pause();
  }

  resume(): void {
    this.#stream?.resume();
  }

  #ended(): void {
    const user = this.#user;
    const stream = this.#stream!;
    if (user === undefined || !this.#hasResponse || !this.#isComplete) return;
    this.#user = undefined;
    const wasSent = user.targetEnd(this.#responseTrailers);
    // Answered before it was asked: the rest of the request is of no use to anybody.
    if (!wasSent) cancelStream(stream);
  }

  // --- ends ---------------------------------------------------------------------------------

  destroy(isDead: boolean): void {
    this.#user = undefined;
    // What does not answer one may not answer others: new ones go elsewhere.
    if (isDead) this.session.retire();
    if (this.#stream === undefined) {
      this.#release();
      return;
    }
    cancelStream(this.#stream);
    this.session.cancelled();
  }

  #closed(): void {
    const { rstCode } = this.#stream!;
    if (rstCode === REFUSED_STREAM) this.#failure = 'refused';
    if (rstCode === PROTOCOL_ERROR || rstCode === HTTP_1_1_REQUIRED) this.#failure = 'protocol';
    this.#over();
  }

  #over(): void {
    this.#release();
    const user = this.#user;
    this.#user = undefined;
    user?.targetFailed(this.#failure);
  }

  #release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.session.release(this);
  }
}

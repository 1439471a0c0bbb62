import { CANCEL, HTTP_1_1_REQUIRED, PROTOCOL_ERROR } from '../../http2/error-codes.ts';
import type { Http2Stream, StreamEnd, StreamHandler } from '../../http2/http2-stream.ts';
import { type ForwardedRequest, forwardedFor } from '../forwarded-request.ts';
import type { Trailers } from '../forwarded-trailers.ts';
import { HeadTooLarge } from '../head-too-large.ts';
import type { TargetFailure, TargetSide, TargetUser } from '../target/target-side.ts';
import type { WayLines } from '../way-lines.ts';
import { parseLines } from './fields.ts';
import { Http2ResponseHead } from './response-head.ts';
import type { Http2TargetSession, SessionUser } from './target-session.ts';

/** Where there are sessions. */
export interface SessionSource {
  sessionBeside(other: Http2TargetSession): Http2TargetSession;
}

/** One request to an HTTP/2 target: a stream of a session. */
export class Http2TargetStream implements TargetSide, SessionUser, StreamHandler {
  uses = 0;
  /** May be written on: its session has room for it. */
  isConnected = false;
  session: Http2TargetSession;
  readonly #sessions: SessionSource;
  #user: TargetUser | undefined;
  #stream: Http2Stream | undefined;
  #isReleased = false;
  #hasResponse = false;
  /** The user cannot take more of the response, of which so many bytes have come since. */
  #isHeld = false;
  #heldBytes = 0;

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
    this.#over(failure, false);
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
    if (!this.session.takesFields(fields)) throw new HeadTooLarge();
    const isEnded = head.bodyLength === 0;
    this.#stream = this.session.request(fields, head.neverIndexed, isEnded, this);
  }

  requestData(chunk: Buffer, start: number, end: number): void {
    this.#stream!.write(chunk, start, end);
  }

  requestEnd(trailers: Trailers | undefined): void {
    const stream = this.#stream!;
    // They may be left out (RFC 9110 §6.5.1), and the request not.
    if (trailers === undefined || !stream.takesFields(trailers.fields)) stream.end();
    else stream.end(trailers.fields, trailers.neverIndexed);
  }

  flush(): boolean {
    return this.#stream!.takesMore();
  }

  writable(): void {
    this.#user?.targetDrained();
  }

  // --- response -----------------------------------------------------------------------------

  head(fields: string[], isEnded: boolean): void {
    const head = new Http2ResponseHead(fields, isEnded, this.#stream!.neverIndexed);
    if (head.statusCode < 200) {
      this.#user?.targetInterim(head);
      return;
    }
    this.#hasResponse = true;
    this.#user?.targetHead(head);
    if (isEnded) this.end(undefined);
  }

  data(chunk: Buffer, start: number, end: number): void {
    const user = this.#user;
    if (user === undefined) return;
    user.bodyData(chunk, start, end);
    user.targetPause();
    if (this.#isHeld) this.#heldBytes += end - start;
    else this.#stream!.consume(end - start);
  }

  pause(): void {
    this.#isHeld = true;
  }

  resume(): void {
    this.#isHeld = false;
    const bytes = this.#heldBytes;
    this.#heldBytes = 0;
    if (bytes > 0) this.#stream?.consume(bytes);
  }

  end(fields: string[] | undefined): void {
    const user = this.#user;
    if (user === undefined || !this.#hasResponse) return;
    const trailers = fields && { fields, neverIndexed: this.#stream!.neverIndexed };
    const wasSent = user.targetEnd(trailers);
    this.#user = undefined;
    // Answered before it was asked: the rest of the request is of no use to anybody.
    if (!wasSent) this.#giveUp();
  }

  // --- ends ---------------------------------------------------------------------------------

  destroy(isDead: boolean): void {
    this.#user = undefined;
    this.#giveUp();
    // What does not answer one may not answer others: new ones go elsewhere.
    if (isDead) this.session.retire();
  }

  #giveUp(): void {
    this.#stream?.reset(CANCEL);
    this.#release(this.#stream !== undefined);
  }

  closed(end: StreamEnd, code: number): void {
    if (end === 'complete') this.#release(false);
    else this.#over(this.#failureOf(end, code), end === 'violation');
  }

  failed(): void {
    const user = this.#user;
    this.#user = undefined;
    this.#giveUp();
    user?.failed();
  }

  #failureOf(end: StreamEnd, code: number): TargetFailure {
    if (end === 'refused') return 'refused';
    if (end === 'violation') return 'protocol';
    if (end === 'lost') return this.session.failure;
    return code === PROTOCOL_ERROR || code === HTTP_1_1_REQUIRED ? 'protocol' : 'closed';
  }

  #over(failure: TargetFailure, wasGivenUp: boolean): void {
    this.#release(wasGivenUp);
    const user = this.#user;
    this.#user = undefined;
    user?.targetFailed(failure);
  }

  #release(wasGivenUp: boolean): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.session.release(this, wasGivenUp);
  }
}

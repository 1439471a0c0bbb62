import type { Socket } from 'node:net';
import { CANCEL, INTERNAL_ERROR, NO_ERROR } from '../../http2/error-codes.ts';
import { Http2Session } from '../../http2/http2-session.ts';
import type { Http2Stream } from '../../http2/http2-stream.ts';
import type { RequestReceiver, SessionEnd, SessionOwner } from '../../http2/session-options.ts';
import { SocketTransport } from '../../http2/socket-transport.ts';
import { PortalDoor } from '../admission/portal-door.ts';
import type { ClientSession } from '../client-session.ts';
import type { ExchangeContext } from '../http-exchange.ts';
import type { Entry } from '../http1/client-connection.ts';
import type { DataPlaneLimits } from '../limits.ts';
import { LOCAL_REPLIES, type LocalReply } from '../local-reply.ts';
import type { Refused } from '../refused-record.ts';
import type { Source } from '../request-head.ts';
import type { Sweepable, Sweeper } from '../sweeper.ts';
import { Http2ClientStream, type StreamOwner } from './client-stream.ts';
import { byteLengthOf } from './fields.ts';
import { flushSoon } from './flush-soon.ts';
import { type Http2RequestHead, parseHttp2Request } from './request-head.ts';
import { clientSessionLimits } from './session-limits.ts';

export interface Http2ConnectionOptions {
  readonly context: ExchangeContext;
  readonly limits: DataPlaneLimits;
  readonly sweeper: Sweeper;
  readonly entry: Entry;
  /** Of all its requests, but for the port when that is the authority's (`entry`). */
  readonly source: Source;
  /** TCP, also below TLS: with its end all is over. */
  readonly carrier: Socket;
  /** A stream asked a portal for what its client may not have. */
  denied(): void;
  /** A request that is malformed: the log gets a record of it, too. */
  refused(refused: Refused): void;
}

/** Before the lifetime ends, the client is told to begin nothing more here. */
const LIFETIME_NOTICE_MS = 5_000;
/** How long a client may take to say that it has heard of the end, and to take what is left. */
const LINGER_MS = 2_000;

/** A stream that gets no answer, and until when. */
interface HeldStream {
  readonly stream: Http2Stream;
  readonly until: number;
}

/** One HTTP/2 connection of a client: what streams are for, what limits them, and how it all ends. */
export class Http2Connection
  implements ClientSession, SessionOwner, RequestReceiver, StreamOwner, Sweepable
{
  /** Looked at in every round: its streams have times of their own. */
  readonly dueAt = 0;
  readonly context: ExchangeContext;
  readonly idleTimeoutMs: number;
  readonly #socket: Socket;
  readonly #session: Http2Session;
  readonly #options: Http2ConnectionOptions;
  readonly #streams = new Set<Http2ClientStream>();
  /** Those that were not admitted, the oldest first. */
  readonly #held: HeldStream[] = [];
  readonly #expiresAt: number;
  #source: Source;
  /** Of a portal. */
  readonly #door: PortalDoor | undefined;
  #idleAt: number;
  /** When the client was told that the connection ends. */
  #toldAt = Number.POSITIVE_INFINITY;
  /** When what is left is cut off. */
  #destroyAt = Number.POSITIVE_INFINITY;

  /** @param socket TCP or TLS, with nobody listening to its data */
  constructor(socket: Socket, options: Http2ConnectionOptions) {
    const { context, entry, limits, sweeper, source } = options;
    this.#socket = socket;
    this.#options = options;
    this.context = context;
    this.idleTimeoutMs = limits.idleTimeoutMs;
    this.#source = source;
    if (entry.listenerPort === undefined) this.#door = new PortalDoor(context.state, source);
    const now = sweeper.coarseNow;
    this.#expiresAt = now + limits.connectionLifetimeMs;
    this.#idleAt = now + limits.idleTimeoutMs;
    this.#session = new Http2Session({
      transport: new SocketTransport(socket),
      owner: this,
      requests: this,
      limits: clientSessionLimits(limits),
      clock: () => sweeper.coarseNow,
      flushSoon,
    });
    socket.on('data', (chunk: Buffer) => this.accept(chunk));
    socket.on('drain', () => this.#session.drained());
    // A client that sends nothing more cannot even open its windows: it is gone.
    socket.on('end', () => this.destroy());
    // 'close' follows, and tells all that matters.
    socket.on('error', () => {});
    socket.on('close', () => this.#closed());
    // Over TLS an error of what is below is not always told.
    options.carrier.on('close', () => this.destroy());
    sweeper.add(this);
  }

  get coarseNow(): number {
    return this.#options.sweeper.coarseNow;
  }

  /** Takes bytes of the client. */
  accept(chunk: Buffer): void {
    this.#session.receive(chunk);
  }

  drain(): void {
    this.#tellOfEnd();
  }

  destroy(): void {
    // What its streams were doing is recorded now.
    this.#session.destroy();
    this.#socket.destroy();
    // Node 26 leaves a TLS socket open for ever of which it has read the end. What was said leaves first.
    if (this.#options.carrier !== this.#socket) setImmediate(() => this.#options.carrier.destroy());
  }

  // --- streams ------------------------------------------------------------------------------

  request(stream: Http2Stream, fields: string[], isEnded: boolean): void {
    const { limits } = this.#options;
    const size = byteLengthOf(fields);
    const head = parseHttp2Request(fields, isEnded, stream.neverIndexed);
    if (head === undefined) {
      this.#refuse(stream, LOCAL_REPLIES.malformedRequest, size);
      return;
    }
    if (size > limits.maxHeadBytes || head.count > limits.maxHeaderCount) {
      this.#refuse(stream, LOCAL_REPLIES.headTooLarge, size);
      return;
    }
    if (this.#door !== undefined && !this.#enter(this.#door, head, stream)) return;
    const clientStream = new Http2ClientStream(stream, head, this.#source, this);
    this.#streams.add(clientStream);
    clientStream.start();
  }

  #enter(door: PortalDoor, head: Http2RequestHead, stream: Http2Stream): boolean {
    const entering = door.enter(head);
    if (entering === 'denied') {
      this.#options.denied();
      // Silence, as for a connection; but other streams of this one may have been admitted.
      const until = this.coarseNow + this.#options.limits.deniedHoldMs;
      this.#held.push({ stream, until });
      return false;
    }
    if ('reply' in entering) {
      this.#refuse(stream, entering.reply, head.byteLength);
      return false;
    }
    this.#source = entering.source;
    return true;
  }

  /** An answer to something that is no request. */
  #refuse(stream: Http2Stream, reply: LocalReply, bytesReceived: number): void {
    const { statusCode, body } = reply;
    stream.respond([':status', String(statusCode), 'content-type', 'text/plain'], false);
    const bytes = Buffer.from(body, 'latin1');
    stream.write(bytes, 0, bytes.length);
    stream.end();
    stream.resetAfterEnd(NO_ERROR);
    this.#refused(reply, bytesReceived, body.length);
  }

  requestRefused(fields: readonly string[], isTooLarge: boolean): void {
    const reply = isTooLarge ? LOCAL_REPLIES.headTooLarge : LOCAL_REPLIES.malformedRequest;
    this.#refused(reply, byteLengthOf(fields), 0);
  }

  #refused(reply: LocalReply, bytesReceived: number, bytesSent: number): void {
    const source = this.#source;
    this.#options.refused({ source, reply, protocol: 'HTTP/2', bytesReceived, bytesSent });
  }

  streamClosed(stream: Http2ClientStream, wasAnswered: boolean): void {
    this.#streams.delete(stream);
    this.#idleAt = this.coarseNow + this.idleTimeoutMs;
    if (wasAnswered) this.#session.forgiveReset();
  }

  settingsChanged(): void {}

  /** The client begins nothing more; what runs is finished. */
  goingAway(): void {}

  // --- ends ---------------------------------------------------------------------------------

  due(now: number): void {
    if (now >= this.#destroyAt) {
      this.destroy();
      return;
    }
    for (const stream of this.#streams)
      if (now >= stream.dueAt) stream.due(now, this.#session.pingedAt);
    while (this.#held.length > 0 && now >= this.#held[0]!.until) {
      this.#held.shift()!.stream.reset(CANCEL);
    }
    if (now >= this.#expiresAt) {
      for (const stream of this.#streams) stream.expired();
      this.#destroyAt = Math.min(this.#destroyAt, now + LINGER_MS);
    }
    const isIdle = this.#streams.size === 0;
    if (now >= this.#expiresAt - LIFETIME_NOTICE_MS || (isIdle && now >= this.#idleAt)) {
      this.#tellOfEnd();
    }
    // A client that has not even heard of the end has nothing here to lose any more.
    if (isIdle && now >= this.#toldAt + LINGER_MS) this.destroy();
    else this.#session.check(now);
  }

  /** Asks the client to go elsewhere. What is on its way is still served. */
  #tellOfEnd(): void {
    if (this.#toldAt !== Number.POSITIVE_INFINITY) return;
    this.#toldAt = this.coarseNow;
    this.#session.shutdown();
  }

  ending({ code, error }: SessionEnd): void {
    if (code === INTERNAL_ERROR) this.defect(error);
    // The client has a moment to read why: what it still sends would make the system reset the connection.
    this.#destroyAt = Math.min(this.#destroyAt, this.coarseNow + LINGER_MS);
  }

  defect(error: unknown): void {
    this.context.defect(error);
  }

  #closed(): void {
    this.#options.sweeper.remove(this);
    this.#session.lost();
  }
}

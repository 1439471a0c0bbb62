import type { ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
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
import { closeSoon } from './close-soon.ts';
import { END_STREAM, ENHANCE_YOUR_CALM, NO_ERROR, REFUSED_STREAM } from './error-codes.ts';
import { byteLengthOf, MAX_SENT_HEAD_BYTES, type RawFields } from './fields.ts';
import { type Http2RequestHead, parseHttp2Request } from './request-head.ts';
import { ResetBudget } from './reset-budget.ts';

export interface Http2ConnectionOptions {
  readonly context: ExchangeContext;
  readonly limits: DataPlaneLimits;
  readonly sweeper: Sweeper;
  readonly entry: Entry;
  /** Of all its requests, but for the port when that is the authority's (`entry`). */
  readonly source: Source;
  /** TCP, also below TLS: with its end all is over. */
  readonly carrier: Socket;
  /** A stream asked a portal for what its client may not have; the connection ends. */
  denied(): void;
  /** Told once, when the connection is over. */
  closed(connection: Http2Connection): void;
  /** A request that is malformed: the log gets a record of it, too. */
  refused(refused: Refused): void;
}

/** Before the lifetime ends, the client is told to begin nothing more here. */
const LIFETIME_NOTICE_MS = 5_000;
/** How long a client may take to say that it has heard of the end, and to take what is left. */
const LINGER_MS = 2_000;
/** Fields beyond the limit that are still answered with 400; with more the stream is reset. */
const MORE_FIELDS = 100;
/**
 * What a client may send ahead on all its streams together. A stream has the protocol's 64 KiB, which
 * is also what a stream that is held back keeps in memory.
 */
const CONNECTION_WINDOW_BYTES = 1024 * 1024;

/**
 * One HTTP/2 connection of a client. Framing, HPACK and flow control are node:http2's; here is what
 * streams are for, what limits them, and how it all ends.
 */
export class Http2Connection implements ClientSession, StreamOwner, Sweepable {
  /** Looked at in every round: its streams have times of their own. */
  readonly dueAt = 0;
  readonly context: ExchangeContext;
  readonly idleTimeoutMs: number;
  readonly #session: ServerHttp2Session;
  readonly #destroySession: () => void;
  readonly #options: Http2ConnectionOptions;
  readonly #streams = new Set<Http2ClientStream>();
  readonly #resets: ResetBudget;
  readonly #expiresAt: number;
  #source: Source;
  /** Of a portal. */
  readonly #door: PortalDoor | undefined;
  #idleAt: number;
  /** When the client last said that it is there. */
  #pingedAt = Number.NEGATIVE_INFINITY;
  /** When the client was told that the connection ends, and whether it has heard. */
  #toldAt = Number.POSITIVE_INFINITY;
  #hasHeard = false;
  /** When what is left is cut off. */
  #destroyAt = Number.POSITIVE_INFINITY;
  #isClosed = false;

  /** @param socket TCP or TLS; what was read of it must have been put back (`unshift`) */
  constructor(socket: Socket, options: Http2ConnectionOptions) {
    const { context, entry, limits, sweeper, source } = options;
    this.#options = options;
    this.context = context;
    if (entry.listenerPort === undefined) this.#door = new PortalDoor(context.state, source);
    this.idleTimeoutMs = limits.idleTimeoutMs;
    this.#source = source;
    const now = sweeper.coarseNow;
    this.#expiresAt = now + limits.connectionLifetimeMs;
    this.#idleAt = now + limits.idleTimeoutMs;
    this.#resets = new ResetBudget(limits.maxStreamResets, now);
    // Loaded by the first connection that needs it.
    const { performServerHandshake } = process.getBuiltinModule('node:http2');
    this.#session = performServerHandshake(socket, {
      settings: {
        maxConcurrentStreams: limits.maxConcurrentStreams,
        maxHeaderListSize: limits.maxHeadBytes + MORE_FIELDS * 32,
      },
      maxHeaderListPairs: limits.maxHeaderCount + MORE_FIELDS,
      maxSendHeaderBlockLength: MAX_SENT_HEAD_BYTES,
      // Which fields may come twice is for clients and targets to know.
      strictSingleValueFields: false,
    });
    this.#destroySession = deferDestroy(this.#session);
    this.#session.setLocalWindowSize(CONNECTION_WINDOW_BYTES);
    this.#session.on('stream', (stream, _, flags, fields) => this.#begin(stream, flags, fields));
    this.#session.on('ping', () => {
      this.#pingedAt = this.coarseNow;
    });
    // 'close' follows, and tells all that matters.
    this.#session.on('error', () => {});
    this.#session.on('close', () => this.#closed());
    // node:http2 takes no notice of either (node 26), and over TLS not always of an error.
    socket.on('end', () => this.destroy());
    options.carrier.on('close', () => this.destroy());
    sweeper.add(this);
  }

  get coarseNow(): number {
    return this.#options.sweeper.coarseNow;
  }

  drain(): void {
    this.#tellOfEnd();
  }

  destroy(): void {
    this.#destroySession();
    // Node 26 leaves a TLS socket open for ever of which it has read the end. Its GOAWAY leaves first.
    setImmediate(() => this.#options.carrier.destroy());
    this.#closed();
  }

  // --- streams ------------------------------------------------------------------------------

  #begin(stream: ServerHttp2Stream, flags: number, fields: RawFields): void {
    if (this.#toldAt !== Number.POSITIVE_INFINITY) {
      stream.on('error', () => {});
      stream.close(REFUSED_STREAM);
      return;
    }
    const { limits } = this.#options;
    const size = byteLengthOf(fields);
    const pseudoCount = fields.findIndex((text, i) => i % 2 === 0 && !text.startsWith(':'));
    if (size > limits.maxHeadBytes || fields.length - pseudoCount > 2 * limits.maxHeaderCount) {
      this.#refuse(stream, LOCAL_REPLIES.headTooLarge, size);
      return;
    }
    const head = parseHttp2Request(fields, (flags & END_STREAM) !== 0);
    if (head === undefined) {
      this.#refuse(stream, LOCAL_REPLIES.malformedRequest, size);
      return;
    }
    if (this.#door !== undefined && !this.#enter(this.#door, head, stream)) return;
    const clientStream = new Http2ClientStream(stream, head, this.#source, this);
    this.#streams.add(clientStream);
    clientStream.start();
  }

  #enter(door: PortalDoor, head: Http2RequestHead, stream: ServerHttp2Stream): boolean {
    const entering = door.enter(head);
    if (entering === 'denied') {
      stream.on('error', () => {});
      this.#options.denied();
      // What node:http2 has taken over cannot be kept open in silence.
      this.#cutOff();
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
  #refuse(stream: ServerHttp2Stream, reply: LocalReply, bytesReceived: number): void {
    const { statusCode, body } = reply;
    stream.on('error', () => {});
    this.#options.refused({
      source: this.#source,
      reply,
      protocol: 'HTTP/2',
      bytesReceived,
      bytesSent: body.length,
    });
    // The client may have reset it in the same packet.
    if (stream.destroyed || stream.closed) return;
    stream.respond([':status', String(statusCode), 'content-type', 'text/plain']);
    stream.end(body, 'latin1');
    closeSoon(stream);
  }

  streamClosed(stream: Http2ClientStream, wasReset: boolean): void {
    this.#streams.delete(stream);
    this.#idleAt = this.coarseNow + this.idleTimeoutMs;
    if (!wasReset && stream.wasServed) this.#resets.earn();
    else if (wasReset && !this.#resets.spend(this.coarseNow)) {
      this.#cutOff(new Error('too many streams were reset'), ENHANCE_YOUR_CALM);
    }
    this.#closeIfDone();
  }

  #cutOff(error?: Error, code: number = NO_ERROR): void {
    if (this.#toldAt !== Number.POSITIVE_INFINITY) return;
    this.#toldAt = this.coarseNow;
    this.#session.destroy(error, code);
  }

  // --- ends ---------------------------------------------------------------------------------

  due(now: number): void {
    if (now >= this.#destroyAt) {
      this.destroy();
      return;
    }
    for (const stream of this.#streams) if (now >= stream.dueAt) stream.due(now, this.#pingedAt);
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
  }

  /**
   * Asks the client to go elsewhere. What comes from now on is refused so that it may be sent again
   * safely: by GOAWAY's stream id, or one by one until GOAWAY has left. `session.close()` waits for the
   * answer to a PING, which says that it has: node 26 aborts when a request with a body comes between.
   */
  #tellOfEnd(): void {
    if (this.#toldAt !== Number.POSITIVE_INFINITY || this.#session.destroyed) return;
    this.#toldAt = this.coarseNow;
    this.#session.goaway(NO_ERROR);
    this.#session.ping(() => {
      this.#hasHeard = true;
      this.#closeIfDone();
    });
  }

  #closeIfDone(): void {
    if (this.#hasHeard && this.#streams.size === 0 && !this.#session.destroyed) {
      this.#session.close();
    }
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#options.sweeper.remove(this);
    // What they were doing is recorded now: their own end comes later.
    for (const stream of this.#streams) stream.abandon();
    this.#options.closed(this);
  }
}

/**
 * node:http2 destroys sessions itself, as for a body that is longer than it says. Node 26 aborts the whole
 * process when that happens within a read that has more requests. Returns what destroys it at once.
 */
function deferDestroy(session: ServerHttp2Session): () => void {
  const destroy = session.destroy.bind(session);
  session.destroy = (...reason) => {
    setImmediate(() => destroy(...reason));
  };
  return destroy;
}

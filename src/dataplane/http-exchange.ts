import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { ExchangeRecord } from './access-log/exchange-record.ts';
import { identityLines } from './auth/identity-lines.ts';
import { dropLatticeCredentials } from './auth/lattice-credentials.ts';
import type { AuthDeniedReason, Identity } from './auth/verdict.ts';
import { decide } from './decide/decide.ts';
import type { ForwardDecision, ReplyDecision } from './decide/decision.ts';
import type { RefusedRequest } from './explain/explain-refusal.ts';
import type { FailureReason } from './failure.ts';
import type { ForwardedRequest, ForwardedResponse } from './forwarded-request.ts';
import { forwardedTrailers, type Trailers } from './forwarded-trailers.ts';
import { HeadTooLarge } from './head-too-large.ts';
import { HeldBody } from './held-body.ts';
import { LOCAL_REPLIES, type LocalReply, localReply } from './local-reply.ts';
import type { Source } from './request-head.ts';
import type { Share, SharedRoom } from './shared-room.ts';
import type {
  DataPlaneState,
  NetworkRuntime,
  ServiceRuntime,
  TargetGroupRuntime,
  TargetRuntime,
  VpcRuntime,
} from './state.ts';
import { MAX_CONNECT_ATTEMPTS } from './target/target-runtime.ts';
import type { TargetFailure, TargetPool, TargetSide, TargetUser } from './target/target-side.ts';
import { wayLines } from './way-lines.ts';

/** What an exchange needs of the worker it runs in. */
export interface ExchangeContext {
  readonly state: DataPlaneState;
  /** Monotonic, ms. */
  readonly clock: () => number;
  /** Whether targets get signatures that were made for VPC Lattice. */
  readonly forwardsCredentials: boolean;
  /** For requests and passed-through connections that are under way. */
  readonly requests: SharedRoom;
  /** There was no room for one. */
  turnedAway(vpcId: string): void;
  /** @param serverName which name the target is asked for when it speaks TLS */
  pool(target: TargetRuntime, serverName: string): TargetPool;
  /** Begins a connection of its own. */
  dial(target: TargetRuntime): Socket;
  /** Hears of each request that authentication or authorisation refused. */
  refused(requestId: string, request: RefusedRequest): void;
  /** An exception that nothing foresaw has ended a request or a connection: a mistake of ours. */
  defect(error: unknown): void;
  /** Called exactly once for each exchange, when it has ended. */
  ended(record: ExchangeRecord): void;
}

/** The client's side of an exchange: writes in the client's protocol, and can hold its request back. */
export interface ClientSide {
  /** Bytes written to the client since the connection began. */
  readonly bytesWritten: number;
  /** The last grpc-status that was written for the exchange that runs; undefined for what is not gRPC. */
  readonly grpcStatus: number | undefined;
  /** Returns true when no body may follow. @throws HeadTooLarge */
  responseHead(head: ForwardedResponse, requestId: string, keepAlive: boolean): boolean;
  /** Returns its bytes. */
  interim(head: ForwardedResponse): number;
  responseData(chunk: Buffer, start: number, end: number): void;
  /** @param trailers of targets that speak HTTP/2; HTTP/1.1 clients do not get them */
  responseEnd(trailers: Trailers | undefined): void;
  localReply(reply: LocalReply, requestId: string, keepAlive: boolean): void;
  continueRequest(): void;
  /** Writes what was collected; false when the client does not read fast enough. */
  flush(): boolean;
  pauseRequest(): void;
  resumeRequest(): void;
  /** The exchange is over; `reusable` when the connection may carry the next request. */
  exchangeEnded(reusable: boolean): void;
  /** The response cannot be completed: the client has to see that it is cut. */
  cut(failure: FailureReason): void;
}

/** RFC 9110 §9.2.2: may be sent again when it is not known whether the target acted on it. */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);
/** What it comes to when no target can be used, by what went wrong with the last one before anything was sent. */
const UNUSED_REPLIES: ReadonlyMap<TargetFailure, LocalReply> = new Map([
  ['connect', LOCAL_REPLIES.connectFailed],
  ['handshake', LOCAL_REPLIES.targetProtocol],
  ['unused', LOCAL_REPLIES.targetClosed],
]);
/** How often a request is sent that targets refuse. */
const MAX_REFUSALS = 5;
/** A request's body is kept for a second try up to this size. */
const MAX_HELD_BYTES = 65_536;
/**
 * Interim responses of one exchange: nothing holds a target back that sends them for ever, and each takes
 * more memory than its text, as long as the client reads none. Enough for one a second and a lifetime.
 */
const MAX_INTERIM_BYTES = 512 * 1024;
const INTERIM_BYTES = 512;
/** Longer ids of clients are cut (AWS: 512 bytes). */
const MAX_REQUEST_ID_BYTES = 512;

/**
 * One request with its response, from its head to its log record: decide, choose a target, send,
 * stream back, record. Whatever happens, `ended` is called once.
 */
export class HttpExchange implements TargetUser, ExchangeRecord {
  readonly source: Source;
  readonly requestId: string;
  readonly startedAt = Date.now();
  readonly method: string;
  readonly path: string;
  readonly authority: string;
  readonly protocol: string;
  readonly userAgent: string;
  vpc: VpcRuntime | undefined = undefined;
  network: NetworkRuntime | undefined = undefined;
  service: ServiceRuntime | undefined = undefined;
  targetGroup: TargetGroupRuntime | undefined = undefined;
  target: TargetRuntime | undefined = undefined;
  statusCode = 0;
  bytesReceived: number;
  bytesSent = 0;
  durationMs = 0;
  requestToTargetMs = 0;
  responseFromTargetMs = 0;
  failure: FailureReason | undefined = undefined;
  identity: Identity | undefined = undefined;
  authDeniedReason: AuthDeniedReason | undefined = undefined;
  grpcStatus: number | undefined = undefined;

  readonly #context: ExchangeContext;
  readonly #client: ClientSide;
  readonly #head: ForwardedRequest;
  readonly #startMs: number;
  readonly #bytesBefore: number;
  /** What it has a part of while it is under way. */
  #share: Share | undefined;
  #connection: TargetSide | undefined;
  #tried: TargetRuntime[] | undefined;
  #connectAttempts = 0;
  /** Why the last one failed that could not be used. */
  #connectReply: LocalReply = LOCAL_REPLIES.noTarget;
  #refusals = 0;
  #retried = false;
  /** Body that came before the connection did, or that a second try would need; undefined once it is too much. */
  #held: HeldBody | undefined;
  #requestComplete: boolean;
  #requestTrailers: Trailers | undefined;
  #requestSent = false;
  #requestPaused = false;
  /** Of an answer of ours: gRPC's form hides in a 200 that it is none. */
  #countedStatus = 0;
  #responseBegun = false;
  #responsePaused = false;
  #interimBytes = 0;
  #firstByteMs = 0;
  #done = false;

  constructor(
    context: ExchangeContext,
    client: ClientSide,
    head: ForwardedRequest,
    source: Source,
  ) {
    this.#context = context;
    this.#client = client;
    this.#head = head;
    this.#startMs = context.clock();
    this.#bytesBefore = client.bytesWritten;
    this.#requestComplete = head.bodyLength === 0;
    this.source = source;
    this.requestId = requestIdOf(head);
    this.method = head.method;
    this.path = head.path;
    this.authority = head.authority;
    this.protocol = head.protocol;
    this.userAgent = head.userAgentLine < 0 ? '' : head.value(head.userAgentLine);
    this.bytesReceived = head.byteLength;
  }

  /** How long nothing may happen; the service's idle timeout once it is known. */
  get idleTimeoutMs(): number | undefined {
    return this.service?.part.idleTimeoutMs;
  }

  start(): void {
    const decision = decide(this.#head, this.source, this.#context.state, this.startedAt);
    this.vpc = decision.vpc;
    this.network = decision.network;
    this.service = decision.service;
    this.identity = decision.identity;
    if (decision.type === 'forward') this.#forward(decision);
    else this.#decided(decision);
  }

  #decided(decision: ReplyDecision): void {
    const { statusCode, failure, body, refusal } = decision;
    if (refusal?.by === 'policy') this.authDeniedReason = refusal.authDeniedReason;
    this.#reply(localReply(statusCode, failure, body));
    if (refusal === undefined) return;
    // Behind the answer, which need not wait for its explanation.
    this.#context.refused(this.requestId, {
      head: this.#head,
      source: this.source,
      nowMs: this.startedAt,
      decision,
      refusal,
      callers: this.#context.state.callers,
    });
  }

  // --- towards the target -------------------------------------------------------------------

  #forward(decision: ForwardDecision): void {
    const group = decision.choose();
    if (group === undefined) {
      this.#reply(LOCAL_REPLIES.noTarget);
      return;
    }
    this.targetGroup = group;
    const refusal = unservable(this.#head, group);
    if (refusal !== undefined) {
      this.#reply(refusal);
      return;
    }
    const { requests } = this.#context;
    const { shares, part } = this.vpc!;
    if (!requests.tryTake(shares.requests)) {
      this.#reply(LOCAL_REPLIES.noRoom);
      this.#context.turnedAway(part.id);
      return;
    }
    this.#share = shares.requests;
    if (!this.#context.forwardsCredentials) dropLatticeCredentials(this.#head);
    if (!this.#requestComplete) this.#held = new HeldBody();
    if (this.#head.expectsContinue && !this.#requestComplete) this.#client.continueRequest();
    this.#connect(undefined);
  }

  /** Takes the next target and a connection to it. @param failed what it was tried with before */
  #connect(failed: TargetSide | undefined): void {
    const group = this.targetGroup!;
    // A request that is sent again goes to another target, or to the same if it is the only one.
    const mayRepeat = this.#retried || this.#refusals > 0;
    const target = group.next(this.#tried) ?? (mayRepeat ? group.next() : undefined);
    if (target === undefined) {
      this.#reply(this.#connectReply);
      return;
    }
    this.target = target;
    const connection = this.#context.pool(target, this.#head.host).acquire(failed);
    this.#connection = connection;
    target.inFlight++;
    connection.begin(this);
  }

  targetReady(): void {
    const connection = this.#connection!;
    const way = wayLines(this, this.targetGroup!);
    const ofCaller = typeof this.identity === 'object' ? identityLines(this.identity) : '';
    try {
      connection.requestHead(this.#head, this.source.address, this.requestId, ofCaller, way);
    } catch (error) {
      this.#unwritten(error, LOCAL_REPLIES.headTooLargeForTarget);
      return;
    }
    const held = this.#held?.bytes;
    if (held !== undefined && held.length > 0) connection.requestData(held, 0, held.length);
    if (this.#requestComplete) this.#finishRequest();
    if (!connection.flush()) this.#pauseRequest();
    else this.#resumeRequest();
  }

  /** A piece of the request's body. */
  bodyFromClient(chunk: Buffer, start: number, end: number): void {
    this.bytesReceived += end - start;
    if (this.#done || this.#connection === undefined) return;
    if (this.#held !== undefined) this.#hold(this.#held, chunk, start, end);
    if (!this.#connection.isConnected) {
      // Not read on until there is somebody to read it for.
      this.#pauseRequest();
      return;
    }
    this.#connection.requestData(chunk, start, end);
  }

  /** The request's body is complete. */
  requestEnd(trailers?: Trailers): void {
    this.#requestComplete = true;
    this.#requestTrailers = forwardedTrailers(trailers);
    if (this.#connection?.isConnected) this.#finishRequest();
  }

  /** No more from the client for now. */
  requestPause(): void {
    const connection = this.#connection;
    if (connection?.isConnected && !connection.flush()) this.#pauseRequest();
  }

  #hold(held: HeldBody, chunk: Buffer, start: number, end: number): void {
    const isConnecting = !this.#connection!.isConnected;
    if (held.length + end - start > MAX_HELD_BYTES && !isConnecting) this.#held = undefined;
    else held.push(chunk, start, end);
  }

  #finishRequest(): void {
    const connection = this.#connection!;
    connection.requestEnd(this.#requestTrailers);
    this.#requestSent = true;
    this.requestToTargetMs = this.#context.clock() - this.#startMs;
    connection.flush();
  }

  targetDrained(): void {
    this.#resumeRequest();
  }

  #pauseRequest(): void {
    if (this.#requestPaused || this.#requestComplete) return;
    this.#requestPaused = true;
    this.#client.pauseRequest();
  }

  #resumeRequest(): void {
    if (!this.#requestPaused) return;
    this.#requestPaused = false;
    this.#client.resumeRequest();
  }

  // --- back to the client -------------------------------------------------------------------

  targetInterim(head: ForwardedResponse): void {
    // 100 is answered by us as soon as the request is known to be forwarded.
    if (head.statusCode === 100) return;
    try {
      this.#interimBytes += INTERIM_BYTES + this.#client.interim(head);
    } catch (error) {
      this.#context.defect(error);
      this.failed();
      return;
    }
    if (this.#interimBytes > MAX_INTERIM_BYTES) {
      this.#abandonTarget();
      this.#reply(LOCAL_REPLIES.targetProtocol);
      return;
    }
    this.targetPause();
  }

  targetHead(head: ForwardedResponse): boolean {
    this.#firstByteMs = this.#context.clock();
    this.#held = undefined;
    this.target!.responded();
    const keepAlive = this.#head.keepAlive && this.#requestComplete;
    try {
      const withoutBody = this.#client.responseHead(head, this.requestId, keepAlive);
      this.#responseBegun = true;
      this.statusCode = head.statusCode;
      return withoutBody;
    } catch (error) {
      this.#unwritten(error, LOCAL_REPLIES.responseHeadTooLarge);
      return true;
    }
  }

  bodyData(chunk: Buffer, start: number, end: number): void {
    this.#client.responseData(chunk, start, end);
  }

  targetPause(): void {
    if (!this.#client.flush() && !this.#responsePaused) {
      this.#responsePaused = true;
      this.#connection!.pause();
    }
  }

  /** The client reads again. */
  clientDrained(): void {
    if (!this.#responsePaused || this.#done) return;
    this.#responsePaused = false;
    if (this.#connection === undefined) this.#end(this.#head.keepAlive && this.#requestComplete);
    else this.#connection.resume();
  }

  targetEnd(trailers?: Trailers): boolean {
    this.#connection = undefined;
    this.target!.inFlight--;
    this.#client.responseEnd(forwardedTrailers(trailers));
    // What the client does not take has not been sent.
    if (this.#client.flush()) this.#end(this.#head.keepAlive && this.#requestComplete);
    else this.#responsePaused = true;
    return this.#requestSent;
  }

  targetFailed(failure: TargetFailure): void {
    const connection = this.#connection!;
    const target = this.target!;
    this.#connection = undefined;
    target.inFlight--;
    if (this.#responseBegun) {
      this.#cut(failure === 'protocol' ? 'TargetProtocolError' : 'TargetConnectionClosed');
      return;
    }
    const unusedReply = UNUSED_REPLIES.get(failure);
    if (unusedReply !== undefined) {
      target.connectFailed(Date.now());
      this.#connectReply = unusedReply;
      if (++this.#connectAttempts < MAX_CONNECT_ATTEMPTS) this.#tryBeside(target, connection);
      else this.#reply(unusedReply);
    } else if (failure === 'refused') {
      // It has done nothing: it has too much to do, or its connection is about to end.
      if (this.#isAtHand() && ++this.#refusals < MAX_REFUSALS) this.#tryBeside(target, connection);
      else this.#reply(LOCAL_REPLIES.targetRefused);
    } else if (failure === 'protocol') {
      this.#reply(LOCAL_REPLIES.targetProtocol);
    } else if (this.#maySendAgain()) {
      this.#retried = true;
      // The end of a kept connection says nothing about its target; that of a new one does.
      if (connection.uses === 1) target.connectFailed(Date.now());
      this.#tryBeside(target, connection);
    } else {
      this.#reply(LOCAL_REPLIES.targetClosed);
    }
  }

  #tryBeside(target: TargetRuntime, connection: TargetSide): void {
    this.#tried ??= [];
    this.#tried.push(target);
    this.#connect(connection);
  }

  /** Once, nothing of a response seen, and the request can be repeated without harm and from the start. */
  #maySendAgain(): boolean {
    return !this.#retried && IDEMPOTENT.has(this.method) && this.#isAtHand();
  }

  /** Whether all that the target got can be sent again. */
  #isAtHand(): boolean {
    return this.#head.bodyLength === 0 || this.#held !== undefined;
  }

  // --- ends ---------------------------------------------------------------------------------

  /** Nothing happened for the idle timeout. `clientStalled`: it was the client's turn. */
  timedOut(clientStalled: boolean): void {
    if (this.#done) return;
    if (this.#responseBegun) {
      this.#abandonTarget(!this.#responsePaused);
      this.#cut(this.#responsePaused ? 'ClientConnectionClosed' : 'TargetDataTimeout');
    } else {
      const isClients = clientStalled && !this.#requestComplete && !this.#requestPaused;
      this.#abandonTarget(!isClients);
      this.#reply(isClients ? LOCAL_REPLIES.requestTimeout : LOCAL_REPLIES.targetTimeout);
    }
  }

  /** The connection's lifetime is over. */
  expired(): void {
    if (this.#done) return;
    this.#abandonTarget();
    if (this.#responseBegun) this.#cut('ConnectionDurationExceeded');
    else this.#reply(LOCAL_REPLIES.connectionDurationExceeded);
  }

  /** The client is gone. */
  clientClosed(): void {
    if (this.#done) return;
    this.#abandonTarget();
    this.failure = 'ClientConnectionClosed';
    // What the guide lists as a cause of 400: closed before the body was complete.
    if (!this.#responseBegun && !this.#requestComplete) this.statusCode = 400;
    this.#finish();
  }

  /** The request's body breaks its framing. */
  clientFailed(): void {
    if (this.#done) return;
    this.#abandonTarget();
    if (this.#responseBegun) this.#cut('ClientProtocolError');
    else this.#reply(LOCAL_REPLIES.malformedRequest);
  }

  /** A mistake of ours has ended what one of the sides was doing: that is the end of this exchange, and of no other. */
  failed(): void {
    if (this.#done) return;
    this.#abandonTarget();
    if (this.#responseBegun) this.#cut('InternalError');
    else this.#reply(LOCAL_REPLIES.internal);
  }

  /** A side has not written the head that it was given. @param tooLarge what is answered when that is why */
  #unwritten(error: unknown, tooLarge: LocalReply): void {
    if (!(error instanceof HeadTooLarge)) {
      this.#context.defect(error);
      this.failed();
      return;
    }
    this.#abandonTarget();
    this.#reply(tooLarge);
  }

  #abandonTarget(isDead = false): void {
    const connection = this.#connection;
    if (connection === undefined) return;
    this.#connection = undefined;
    this.target!.inFlight--;
    connection.destroy(isDead);
  }

  #reply(reply: LocalReply): void {
    // A gRPC client reads the reason in the trailers of a response that has none (gRPC over HTTP/2).
    this.statusCode = this.#head.isGrpc ? 200 : reply.statusCode;
    this.#countedStatus = reply.statusCode;
    this.failure = reply.failure;
    const keepAlive = this.#head.keepAlive && this.#requestComplete;
    this.#client.localReply(reply, this.requestId, keepAlive);
    this.#client.flush();
    this.#end(keepAlive);
  }

  #cut(failure: FailureReason): void {
    this.failure = failure;
    // First, since that may still say something, which is recorded.
    this.#client.cut(failure);
    this.#finish();
  }

  #end(reusable: boolean): void {
    this.#finish();
    this.#client.exchangeEnded(reusable);
  }

  #finish(): void {
    this.#done = true;
    if (this.#share !== undefined) this.#context.requests.giveBack(this.#share);
    this.#held = undefined;
    const now = this.#context.clock();
    this.durationMs = now - this.#startMs;
    if (this.#firstByteMs > 0) this.responseFromTargetMs = now - this.#firstByteMs;
    this.bytesSent = this.#client.bytesWritten - this.#bytesBefore;
    this.grpcStatus = this.#client.grpcStatus;
    const counted = this.#countedStatus || this.statusCode;
    this.service?.counters.add(counted, this.bytesReceived, this.bytesSent);
    this.targetGroup?.counters.add(counted, this.bytesReceived, this.bytesSent);
    try {
      this.#context.ended(this);
    } catch (error) {
      // Whoever writes it down fails alone.
      this.#context.defect(error);
    }
  }
}

/** The client's id when it sent a usable one, else a new one. */
function requestIdOf(head: ForwardedRequest): string {
  const sent = head.requestIdLine < 0 ? '' : head.value(head.requestIdLine);
  return sent === '' ? randomUUID() : sent.slice(0, MAX_REQUEST_ID_BYTES);
}

/** What of a request tells which groups can take it. */
export type Spoken = Pick<ForwardedRequest, 'protocol' | 'isGrpc' | 'method'>;

/** Why a request cannot go to a group; undefined when it can. */
export function unservable(head: Spoken, group: TargetGroupRuntime): LocalReply | undefined {
  const { type, protocol } = group.part;
  if (type === 'LAMBDA' || type === 'ALB' || protocol === 'TCP')
    return LOCAL_REPLIES.targetTypeUnsupported;
  return unspoken(head, group);
}

/** What does not go to which group (VPC Lattice user guide, target groups, "Protocol version"). */
function unspoken(
  { protocol, isGrpc, method }: Spoken,
  group: TargetGroupRuntime,
): LocalReply | undefined {
  const isHttp2 = protocol === 'HTTP/2';
  switch (group.part.protocolVersion) {
    case 'HTTP1':
      return isGrpc ? LOCAL_REPLIES.grpcToHttp1 : undefined;
    case 'HTTP2':
      return isHttp2 ? undefined : LOCAL_REPLIES.notHttp2;
    case 'GRPC':
      if (!isHttp2) return LOCAL_REPLIES.notHttp2ForGrpc;
      return method === 'POST' ? undefined : LOCAL_REPLIES.notPostForGrpc;
  }
}

import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { connectionHead, judgeConnection } from '../auth/judge-connection.ts';
import type { Refusal, Verdict } from '../auth/verdict.ts';
import type { ClientSession } from '../client-session.ts';
import { connectionRecord } from '../connection-record.ts';
import type { FailureReason } from '../failure.ts';
import type { ExchangeContext } from '../http-exchange.ts';
import type { DataPlaneLimits } from '../limits.ts';
import { listenTo } from '../listen-to.ts';
import type { Source } from '../request-head.ts';
import type { Share } from '../shared-room.ts';
import type { TargetGroupRuntime, TargetRuntime, VpcRuntime } from '../state.ts';
import type { Sweepable, Sweeper } from '../sweeper.ts';
import { MAX_CONNECT_ATTEMPTS } from '../target/target-runtime.ts';
import type { TlsWay } from './tls-way.ts';

export interface PassthroughOptions {
  /** TCP, paused, and with nobody listening to its data. */
  readonly socket: Socket;
  /** What came from the client so far: its ClientHello. */
  readonly received: Buffer;
  readonly way: TlsWay;
  readonly source: Source;
  readonly context: Pick<
    ExchangeContext,
    'clock' | 'dial' | 'ended' | 'refused' | 'requests' | 'state' | 'turnedAway'
  >;
  readonly limits: DataPlaneLimits;
  readonly sweeper: Sweeper;
  /** Epoch ms. */
  readonly startedAt: number;
}

/** While the worker ends, a connection that is quiet for so long is taken for idle. */
const DRAIN_QUIET_MS = 1_000;

/**
 * One connection of a listener that passes TLS through: a target by weight and turn, then the bytes
 * of both sides as they come, each side held back by the other. It ends when both sides have, when
 * either breaks, when nothing comes for the service's idle timeout, or with its lifetime.
 */
export class PassthroughConnection implements ClientSession, Sweepable {
  dueAt: number;
  /** Its client is never told; whoever reads the log can ask why it was refused. */
  readonly #id = randomUUID();
  readonly #options: PassthroughOptions;
  readonly #client: Socket;
  readonly #startMs: number;
  readonly #expiresAt: number;
  #idleTimeoutMs: number;
  /** What it has a part of while it is under way. */
  #share: Share | undefined;
  #target: TargetRuntime | undefined;
  #targetSocket: Socket | undefined;
  readonly #tried: TargetRuntime[] = [];
  #isConnected = false;
  /** Of both sides, once they are connected. */
  #openSockets = 2;
  #bytesReceived: number;
  #bytesSent = 0;
  #isDone = false;
  #verdict: Verdict | undefined;

  constructor(options: PassthroughOptions) {
    const { socket, context, limits, sweeper, received, way } = options;
    this.#options = options;
    this.#client = socket;
    this.#startMs = context.clock();
    this.#expiresAt = sweeper.coarseNow + limits.connectionLifetimeMs;
    this.#idleTimeoutMs = way.service?.part.idleTimeoutMs ?? limits.idleTimeoutMs;
    this.#bytesReceived = received.length;
    this.dueAt = this.#expiresAt;
    sweeper.add(this);
    socket.on('close', (hadError) => {
      if (hadError || !this.#isConnected) this.#end('ClientConnectionClosed');
      else this.#closed();
    });
    this.#open();
  }

  /** Nobody can tell whether it is in use: as long as bytes come, it is. */
  drain(): void {
    this.#idleTimeoutMs = Math.min(this.#idleTimeoutMs, DRAIN_QUIET_MS);
    // Connecting has a time of its own.
    if (this.#isConnected) this.#touch();
  }

  destroy(): void {
    this.#end('ClientConnectionClosed');
  }

  due(now: number): void {
    if (now >= this.#expiresAt) this.#end('ConnectionDurationExceeded');
    else if (this.#isConnected) this.#end('TargetDataTimeout');
    else this.#connectFailed();
  }

  // --- a target -----------------------------------------------------------------------------

  #open(): void {
    const { source, startedAt, way } = this.#options;
    const { vpc, network, service, listener } = way;
    if (network === undefined || service === undefined) {
      this.#end('ClientAccessDenied');
      return;
    }
    this.#verdict = judgeConnection({ source, vpc, network, service, nowMs: startedAt });
    if (this.#verdict?.refusal !== undefined) {
      this.#end('ClientAccessDenied');
      this.#tellWhy(this.#verdict, this.#verdict.refusal);
      return;
    }
    const group = listener?.routes.chooseDefault();
    if (group?.part.protocol !== 'TCP') this.#end('TargetConnectionError');
    else if (this.#takeRoom(vpc!)) this.#connect(group);
    else this.#end('InternalError');
  }

  #takeRoom({ shares, part }: VpcRuntime): boolean {
    const { requests, turnedAway } = this.#options.context;
    if (!requests.tryTake(shares.requests)) {
      turnedAway(part.id);
      return false;
    }
    this.#share = shares.requests;
    return true;
  }

  #tellWhy({ identity }: Verdict, refusal: Refusal): void {
    const { source, startedAt, context, way } = this.#options;
    const { vpc, network, service } = way;
    context.refused(this.#id, {
      head: connectionHead(source.tls?.serverName ?? ''),
      source,
      nowMs: startedAt,
      decision: { vpc, network, service, identity, statusCode: undefined },
      refusal,
      callers: context.state.callers,
    });
  }

  #connect(group: TargetGroupRuntime): void {
    const { context, limits, sweeper } = this.#options;
    const target = group.next(this.#tried);
    if (target === undefined || this.#tried.length === MAX_CONNECT_ATTEMPTS) {
      this.#end('TargetConnectionError');
      return;
    }
    target.inFlight++;
    this.#target = target;
    const socket = context.dial(target);
    this.#targetSocket = socket;
    // Either side may end before the other.
    socket.allowHalfOpen = true;
    this.dueAt = Math.min(sweeper.now() + limits.connectTimeoutMs, this.#expiresAt);
    socket.on('connect', () => this.#connected(socket));
    socket.on('error', () => {});
    socket.on('close', (hadError) => {
      if (socket !== this.#targetSocket) return;
      if (!this.#isConnected) this.#connectFailed();
      else if (hadError) this.#end('TargetConnectionClosed');
      else this.#closed();
    });
  }

  #connectFailed(): void {
    const target = this.#target!;
    const socket = this.#targetSocket;
    this.#targetSocket = undefined;
    socket?.destroy();
    target.inFlight--;
    target.connectFailed(Date.now());
    this.#tried.push(target);
    this.#connect(target.group);
  }

  #connected(target: Socket): void {
    this.#isConnected = true;
    this.#target!.responded();
    target.setNoDelay(true);
    target.write(this.#options.received);
    this.#splice(this.#client, target, (size) => {
      this.#bytesReceived += size;
    });
    this.#splice(target, this.#client, (size) => {
      this.#bytesSent += size;
    });
    this.#client.resume();
    this.#touch();
  }

  /** One direction: what cannot be written at once stops the reading. */
  #splice(from: Socket, to: Socket, count: (size: number) => void): void {
    listenTo(from, {
      data: (chunk) => {
        count(chunk.length);
        this.#touch();
        if (!to.write(chunk)) from.pause();
      },
      end: () => to.end(),
    });
    to.on('drain', () => {
      // Whoever reads slowly is not idle.
      this.#touch();
      from.resume();
    });
  }

  // --- ends ---------------------------------------------------------------------------------

  #touch(): void {
    this.dueAt = Math.min(this.#options.sweeper.coarseNow + this.#idleTimeoutMs, this.#expiresAt);
  }

  /** One side is closed in order; the connection is over when the other is, too. */
  #closed(): void {
    if (--this.#openSockets === 0) this.#end(undefined);
  }

  #end(failure: FailureReason | undefined): void {
    if (this.#isDone) return;
    this.#isDone = true;
    const { context, sweeper, source, way, startedAt } = this.#options;
    sweeper.remove(this);
    if (this.#share !== undefined) context.requests.giveBack(this.#share);
    const target = this.#target;
    const targetSocket = this.#targetSocket;
    this.#targetSocket = undefined;
    if (target !== undefined && targetSocket !== undefined) target.inFlight--;
    // What is cut off has to look like it: an orderly end would say that nothing is missing.
    if (this.#isConnected && failure !== undefined) {
      if (targetSocket !== undefined) reset(targetSocket);
      reset(this.#client);
    } else {
      targetSocket?.destroy();
      this.#client.destroy();
    }
    const counters = [way.service?.counters, target?.group.counters];
    const statusCode = statusOf(failure);
    for (const one of counters) one?.add(statusCode, this.#bytesReceived, this.#bytesSent);
    context.ended(
      connectionRecord({
        source,
        way,
        startedAt,
        failure,
        requestId: this.#id,
        verdict: this.#verdict,
        target,
        durationMs: context.clock() - this.#startMs,
        bytesReceived: this.#bytesReceived,
        bytesSent: this.#bytesSent,
      }),
    );
  }
}

/** As what a connection that failed is counted, beside requests: the status that a request would have got. */
function statusOf(failure: FailureReason | undefined): number {
  switch (failure) {
    case 'ClientAccessDenied':
      return 403;
    case 'TargetConnectionClosed':
      return 502;
    case 'TargetConnectionError':
    case 'InternalError':
      return 503;
    default:
      return 0;
  }
}

/** A socket that has ended its side cannot be reset any more: node would neither reset nor close it. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

import { type Server, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type DnsOptions, Resolvers } from '../dns/resolvers.ts';
import { parseAddress } from '../lattice/cidr.ts';
import type { Answer, Question } from '../snapshot/explanation.ts';
import { type Channel, entranceKey, type FromWorker, type ToWorker } from '../snapshot/feed.ts';
import type { DialAddress, SnapshotDelta, VpcPart } from '../snapshot/parts.ts';
import type { Logger } from '../telemetry/logger.ts';
import { Seldom } from '../telemetry/seldom.ts';
import type { BoundHandle } from '../underlay/bind-socket.ts';
import { descriptorLimit } from '../underlay/descriptor-limit.ts';
import type { Dialer, SocketBatch } from '../underlay/underlay.ts';
import { AccessLog, fileDestinations } from './access-log/access-log.ts';
import { DeniedConnections } from './admission/denied-connections.ts';
import { ClientArrival } from './client-arrival.ts';
import { ConnectedClients } from './connected-clients.ts';
import { changedTotals } from './counter-totals.ts';
import { descriptorShares } from './descriptor-shares.ts';
import { explainPath } from './explain/explain-path.ts';
import { Refusals } from './explain/refusals.ts';
import { simulate } from './explain/simulate.ts';
import { HealthChecker } from './health/health-checker.ts';
import type { ExchangeContext } from './http-exchange.ts';
import type { Entry } from './http1/client-connection.ts';
import { type DataPlaneLimits, DEFAULT_LIMITS } from './limits.ts';
import { LocalShortages } from './local-shortages.ts';
import { plainAddress } from './plain-address.ts';
import { type Refused, refusedRecord } from './refused-record.ts';
import { SharedRoom } from './shared-room.ts';
import { socketAddress } from './socket-address.ts';
import {
  DataPlaneState,
  type TargetGroupRuntime,
  type TargetRuntime,
  type VpcRuntime,
} from './state.ts';
import { Sweeper } from './sweeper.ts';
import { ConnectionPool } from './target/connection-pool.ts';
import { Http2Pool } from './target/http2-pool.ts';
import { TargetPools } from './target/target-pools.ts';
import type { TargetPool } from './target/target-side.ts';
import { ServerCertificates } from './tls/server-certificates.ts';
import { targetTls } from './tls/target-tls.ts';

export interface WorkerOptions {
  /** Folder of the access logs. */
  readonly logDir: string;
  readonly dns: DnsOptions;
  /** Made with what asks for sockets; see `Dialer.take`. */
  readonly dialer: (ask: AskForSockets) => Dialer;
  readonly logger: Logger;
  readonly limits?: Partial<DataPlaneLimits>;
  /** How many descriptors this process may have; found out unless told. */
  readonly descriptors?: number;
  /** Whether targets get signatures that were made for VPC Lattice; not unless told. */
  readonly forwardCredentials?: boolean;
}

export type AskForSockets = (wanted: SocketBatch) => void;

/** What is said of a VPC that wants more than there is for it. */
const TURNED_AWAY = {
  connections:
    'connections of a VPC are closed at once: there are as many as limits and descriptors of a worker allow',
  requests:
    'requests of a VPC are answered 503: there are as many under way as descriptors of a worker allow',
};

const REPORT_INTERVAL_MS = 1_000;

/**
 * One data-plane worker: keeps the snapshot that its control plane sends, accepts the clients of
 * its VPCs, and carries their requests. It needs nobody for a request: without a control plane it
 * goes on with what it has.
 */
export class Worker {
  readonly state = new DataPlaneState({ now: Date.now });
  readonly #channel: Channel<FromWorker, ToWorker>;
  readonly #options: WorkerOptions;
  readonly #limits: DataPlaneLimits;
  readonly #dialer: Dialer;
  readonly #shortages: LocalShortages;
  readonly #sweeper = new Sweeper();
  readonly #accessLog: AccessLog;
  readonly #health: HealthChecker;
  readonly #certificates: ServerCertificates;
  readonly #resolvers: Resolvers;
  /** By `entranceKey`. */
  readonly #servers = new Map<string, Server>();
  readonly #clients: ConnectedClients;
  /** For requests that are under way. */
  readonly #requests: SharedRoom;
  /** For connections to targets that are kept. */
  readonly #keptRoom: SharedRoom;
  /** For connections that ask for names. */
  readonly #namesRoom: SharedRoom;
  readonly #turnedAway = new Seldom({ now: () => performance.now() });
  readonly #denied: DeniedConnections;
  readonly #refusals: Refusals;
  readonly #context: ExchangeContext;
  readonly #reportTimer: NodeJS.Timeout;
  /** Draining targets already reported as drained. */
  readonly #drained = new Set<TargetRuntime>();
  #refusedConnections = 0;
  #reportedOwnCount = 0;
  #isDraining = false;

  constructor(channel: Channel<FromWorker, ToWorker>, options: WorkerOptions) {
    this.#channel = channel;
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    const shares = descriptorShares(options.descriptors ?? descriptorLimit(), this.#limits);
    this.#clients = new ConnectedClients(shares.clients);
    this.#requests = new SharedRoom(shares.requests);
    this.#keptRoom = new SharedRoom(shares.kept);
    this.#namesRoom = new SharedRoom(shares.names);
    this.#resolvers = new Resolvers({
      ...options.dns,
      logger: options.logger,
      maxPending: shares.names,
      enter: (vpcId) => this.#enterForNames(vpcId),
    });
    this.#dialer = options.dialer((wanted) => channel.send({ type: 'wantSockets', ...wanted }));
    this.#shortages = new LocalShortages(options.logger, () => performance.now());
    this.#accessLog = new AccessLog({
      open: fileDestinations(options.logDir),
      logger: options.logger,
    });
    this.#certificates = new ServerCertificates({
      now: Date.now,
      onUnusable: (certificateId, reason) =>
        options.logger.error('a certificate cannot be used', { certificateId, reason }),
    });
    this.#health = new HealthChecker(this.state, {
      dial: (target, port, address) => this.#dial(target, port, address),
      report: (changes) => this.#channel.send({ type: 'health', changes }),
    });
    this.#denied = new DeniedConnections({
      limits: this.#limits,
      most: shares.denied,
      sweeper: this.#sweeper,
    });
    this.#refusals = new Refusals(this.#limits.refusalsKept, () => performance.now());
    this.#context = {
      state: this.state,
      clock: () => performance.now(),
      forwardsCredentials: options.forwardCredentials ?? false,
      requests: this.#requests,
      turnedAway: (vpcId) => this.#tellTurnedAway('requests', vpcId),
      pool: (target, serverName) => this.#pool(target, serverName),
      // A target without an address is never chosen.
      dial: (target) => this.#dial(target, target.part.port, target.part.dial!),
      refused: (requestId, request) => this.#refusals.add(requestId, request),
      defect: (error) =>
        options.logger.error('a mistake of this program has ended a request or a connection', {
          reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
      ended: (record) => this.#accessLog.record(record),
    };
    this.state.onTargetRemoved((target) => {
      this.#drained.delete(target);
      target.transport?.close();
    });
    this.state.onTargetGroupChanged((group) => this.#prepareToDial(group));
    this.#sweeper.start();
    this.#reportTimer = setInterval(() => this.#report(), REPORT_INTERVAL_MS).unref();
    channel.receive((message, handle) => this.#receive(message, handle));
    channel.send({ type: 'ready' });
  }

  /**
   * The control plane is gone, and this one has what it has until it ends. Where sockets for targets
   * came from there, those that are left are for requests: health stays as it was found last.
   */
  carryOnAlone(): void {
    if (this.#dialer.cutOff === undefined) return;
    this.#dialer.cutOff();
    this.#health.close();
  }

  /** Accepts nothing more, lets requests in flight finish, then resolves. Kept idle connections are closed. */
  async drain(): Promise<void> {
    if (this.#isDraining) return;
    this.#isDraining = true;
    this.#resolvers.closeAll();
    for (const key of [...this.#servers.keys()]) this.#unlisten(key);
    this.#denied.close();
    this.#clients.drain();
    await this.#clients.allClosed();
    await this.close();
  }

  /** Ends everything at once. */
  async close(): Promise<void> {
    this.#isDraining = true;
    clearInterval(this.#reportTimer);
    this.#report();
    this.#resolvers.closeAll();
    for (const key of [...this.#servers.keys()]) this.#unlisten(key);
    this.#clients.destroy();
    this.#denied.close();
    // What they were doing is recorded when they are closed, and the log after that.
    await this.#clients.allClosed();
    this.#health.close();
    for (const group of this.state.targetGroups.values()) {
      for (const target of group.targets.values()) target.transport?.close();
    }
    this.#sweeper.stop();
    this.#dialer.close?.();
    await this.#accessLog.close();
    this.#channel.close();
  }

  #receive(message: ToWorker, handle: unknown): void {
    switch (message.type) {
      case 'snapshot':
        this.#apply(message.delta);
        return;
      case 'health':
        this.#health.learn(message.known);
        return;
      case 'ticketSecret':
        this.#certificates.ticketSecret = Buffer.from(message.secret, 'base64');
        return;
      case 'listen':
        this.#listen(message.vpcId, message.listenerPort, handle as Server);
        return;
      case 'unlisten':
        this.#unlisten(entranceKey(message.vpcId, message.listenerPort));
        return;
      case 'socket':
        this.#dialer.take?.(message.batch, handle as BoundHandle);
        return;
      case 'socketsOver':
        this.#dialer.batchOver?.(message.batch);
        return;
      case 'forgetSockets':
        this.#dialer.forget?.(message.vpcId);
        return;
      case 'resolve':
        this.#resolvers.open(message.place, handle);
        return;
      case 'unresolve':
        this.#resolvers.close(message.vpcId, message.address);
        return;
      case 'ask':
        this.#channel.send({
          type: 'answer',
          id: message.id,
          answer: this.#answer(message.question),
        });
        return;
      case 'drain':
        void this.drain();
        return;
      default:
        message satisfies never;
    }
  }

  #answer(question: Question): Answer {
    switch (question.about) {
      case 'simulation':
        return simulate(question.simulation, this.state, Date.now());
      case 'path':
        return explainPath(question.path, this.state, Date.now());
      case 'refusal':
        return { explanations: this.#refusals.find(question.requestId, question.accountId) };
      default:
        return question satisfies never;
    }
  }

  #apply(delta: SnapshotDelta): void {
    this.state.apply(delta);
    this.#resolvers.apply(delta);
    if (delta.full || touchesVpcs(delta)) {
      // Clients of a VPC whose association is gone, or leads elsewhere now, are cut off at once.
      this.#clients.destroyMoved((vpcId) => this.state.vpcs.get(vpcId)?.network?.part.id);
      this.#shareAmong(this.state.vpcs);
      this.#denied.forgetUnless((vpcId) => this.state.vpcs.has(vpcId));
    }
    this.#channel.send({ type: 'applied', revision: delta.revision });
    for (const target of this.state.draining) target.transport?.close();
    this.#reportDrained();
  }

  #shareAmong(vpcs: ReadonlyMap<string, VpcRuntime>): void {
    const isShared = hasSeveral(vpcs.values(), ({ network }) => network !== undefined);
    this.#clients.isShared = isShared;
    this.#requests.isShared = isShared;
    this.#keptRoom.isShared = isShared;
    // Those in no network have these, too.
    this.#denied.isShared = vpcs.size > 1;
    this.#namesRoom.isShared = vpcs.size > 1;
  }

  #enterForNames(vpcId: string): (() => void) | undefined {
    // Of a VPC that is gone the resolver closes, too.
    const share = this.state.vpcs.get(vpcId)?.shares.names;
    if (share === undefined) return undefined;
    if (!this.#namesRoom.tryTake(share)) {
      this.#tellTurnedAway('connections', vpcId);
      return undefined;
    }
    return () => this.#namesRoom.giveBack(share);
  }

  #tellTurnedAway(what: keyof typeof TURNED_AWAY, vpcId: string): void {
    const times = this.#turnedAway.happened(`${what} ${vpcId}`);
    if (times !== undefined) this.#options.logger.warn(TURNED_AWAY[what], { vpcId, times });
  }

  #listen(vpcId: string, listenerPort: number | undefined, server: Server): void {
    if (this.#isDraining) {
      server.close();
      return;
    }
    const entry: Entry = { vpcId, listenerPort };
    const key = entranceKey(vpcId, listenerPort);
    this.#servers.get(key)?.close();
    this.#servers.set(key, server);
    server.on('connection', (socket) => this.#accept(socket, entry));
    server.on('error', (error) =>
      this.#options.logger.error('cannot accept connections', { vpcId, reason: error.message }),
    );
  }

  #unlisten(key: string): void {
    const server = this.#servers.get(key);
    this.#servers.delete(key);
    if (server?.listening) server.close();
  }

  #accept(socket: Socket, entry: Entry): void {
    const { vpcId } = entry;
    if (!this.#clients.hasRoomFor(vpcId)) {
      this.#refusedConnections++;
      this.#tellTurnedAway('connections', vpcId);
      socket.destroy();
      return;
    }
    // Nobody could say whose it is.
    if (socketAddress(socket, 'remoteAddress') === undefined) {
      socket.destroy();
      return;
    }
    const vpc = this.state.vpcs.get(vpcId);
    const network = vpc?.network;
    if (network === undefined || !this.#admits(vpc!.part, socket, entry)) {
      this.#denied.hold(socket, vpcId);
      return;
    }
    this.#clients.add(
      vpcId,
      network.part.id,
      new ClientArrival(socket, {
        context: this.#context,
        limits: this.#limits,
        sweeper: this.#sweeper,
        entry,
        certificates: this.#certificates,
        denied: (denied) => this.#denied.hold(denied, vpcId),
        countDenied: () => this.#denied.count(vpcId),
        closed: (arrival) => this.#clients.remove(vpcId, arrival),
        refused: (refused) => this.#refused(refused),
      }),
    );
  }

  /** What a client of a portal wants is known later, and judged then. */
  #admits(vpc: VpcPart, socket: Socket, { listenerPort }: Entry): boolean {
    if (listenerPort === undefined) return true;
    const { remotePort: port = 0 } = socket;
    const address = parseAddress(plainAddress(socketAddress(socket, 'remoteAddress')));
    // Not that of the service, which the client has not named yet: it may go by another.
    const front = parseAddress(plainAddress(socketAddress(socket, 'localAddress')));
    if (address === undefined || front === undefined) return false;
    const { admission } = this.state;
    return (
      admission.isGiven(vpc, address) &&
      admission.admitsClient(vpc, { address, front, port, listenerPort })
    );
  }

  #prepareToDial({ part: { used, vpcId }, targets }: TargetGroupRuntime): void {
    if (!used || vpcId === undefined) return;
    for (const { part } of targets.values()) {
      if (part.dial === undefined) continue;
      this.#dialer.prepare?.(vpcId, part.dial.host.includes(':') ? 6 : 4);
    }
  }

  /** @param port of the target as its VPC knows it */
  #dial(target: TargetRuntime, port: number, address: DialAddress): Socket {
    const { vpcId } = target.group.part;
    const vpc = vpcId === undefined ? undefined : this.state.vpcs.get(vpcId)?.part;
    if (vpc !== undefined && !this.state.admission.admitsTarget(vpc, target.part.address, port)) {
      // What security groups or network ACLs drop: a connection that never comes to be.
      return new Socket();
    }
    const socket = this.#dialer.dial(address, vpcId);
    socket.on('error', this.#shortages.notice);
    return socket;
  }

  #pool(target: TargetRuntime, serverName: string): TargetPool {
    const { transport } = target;
    if (transport instanceof ConnectionPool || transport instanceof Http2Pool) return transport;
    if (transport instanceof TargetPools) return transport.of(serverName);
    const { protocol, protocolVersion } = target.group.part;
    if (protocol === 'HTTPS') {
      const alpn = protocolVersion === 'HTTP1' ? 'http/1.1' : 'h2';
      const pools = new TargetPools((name) => this.#makePool(target, targetTls(name, alpn)));
      target.transport = pools;
      return pools.of(serverName);
    }
    const pool = this.#makePool(target);
    target.transport = pool;
    return pool;
  }

  #makePool(
    target: TargetRuntime,
    secure?: (socket: Socket) => TLSSocket,
  ): ConnectionPool | Http2Pool {
    const { protocolVersion, vpcId } = target.group.part;
    const options = {
      dial: () => this.#context.dial(target),
      ...(secure !== undefined && { secure }),
      limits: this.#limits,
      keptRoom: this.#keptRoom,
      // Groups that carry requests are in a VPC; when that is gone, so are its targets soon.
      kept: this.state.vpcs.get(vpcId ?? '')?.shares.kept ?? { count: 0 },
      sweeper: this.#sweeper,
      defect: (error: unknown) => this.#context.defect(error),
    };
    return protocolVersion === 'HTTP1' ? new ConnectionPool(options) : new Http2Pool(options);
  }

  #refused(refused: Refused): void {
    const vpc = this.state.vpcs.get(refused.source.vpcId);
    this.#accessLog.record(refusedRecord(refused, vpc));
  }

  #report(): void {
    const refusedConnections = this.#refusedConnections;
    const { droppedRecords } = this.#accessLog;
    const dns = { ...this.#resolvers.counts };
    const totals = changedTotals(this.state, {
      refusedConnections,
      deniedConnections: Object.fromEntries(this.#denied.counts),
      droppedLogRecords: droppedRecords,
      dns,
    });
    const ownCount =
      refusedConnections + this.#denied.total + droppedRecords + dns.queries + dns.failed;
    const hasRequests = hasKeys(totals.services) || hasKeys(totals.targetGroups);
    if (hasRequests || ownCount !== this.#reportedOwnCount) {
      this.#reportedOwnCount = ownCount;
      this.#channel.send({ type: 'counters', totals });
    }
    this.#reportDrained();
  }

  #reportDrained(): void {
    const targets: { groupId: string; key: string }[] = [];
    for (const target of this.state.draining) {
      if (target.inFlight > 0 || this.#drained.has(target)) continue;
      this.#drained.add(target);
      targets.push({ groupId: target.group.part.id, key: target.part.key });
    }
    for (const target of this.#drained) if (!target.part.draining) this.#drained.delete(target);
    if (targets.length > 0) this.#channel.send({ type: 'drained', targets });
  }
}

export const startWorker = (
  channel: Channel<FromWorker, ToWorker>,
  options: WorkerOptions,
): Worker => new Worker(channel, options);

const hasKeys = (record: object): boolean => {
  for (const _ in record) return true;
  return false;
};

const hasSeveral = <T>(values: Iterable<T>, isOne: (value: T) => boolean): boolean => {
  let count = 0;
  for (const value of values) if (isOne(value) && ++count > 1) return true;
  return false;
};

function touchesVpcs(delta: SnapshotDelta): boolean {
  return (
    delta.upsert.some((part) => part.kind === 'vpc' || part.kind === 'network') ||
    delta.remove.some((key) => key.startsWith('vpc/') || key.startsWith('network/'))
  );
}

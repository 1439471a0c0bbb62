import { createServer, isIPv6 } from 'node:net';
import type { DnsCounters, ResolverPlace } from '../snapshot/feed.ts';
import type { SnapshotDelta } from '../snapshot/parts.ts';
import type { Logger } from '../telemetry/logger.ts';
import { Seldom } from '../telemetry/seldom.ts';
import { Forwarder } from './forwarder.ts';
import { HostResolvers, type NameServer } from './host-resolvers.ts';
import { NameDirectory } from './name-directory.ts';
import { Resolver } from './resolver.ts';
import { TcpClients } from './tcp-clients.ts';
import { UdpClients } from './udp-clients.ts';

/** What the resolvers of an instance have in common. */
export interface DnsOptions {
  /** Where the generated names of services stand. */
  readonly generatedZone: string;
  /** Who is asked for all else, in order; absent: the host's own servers. */
  readonly forwarders?: readonly NameServer[];
}

export interface ResolversOptions extends DnsOptions {
  readonly logger: Logger;
  /** Questions that are asked of others at a time; each has a socket. */
  readonly maxPending: number;
  /** As `TcpClientsOptions.enter`, for a connection of a VPC. */
  readonly enter: (vpcId: string) => (() => void) | undefined;
  /** In milliseconds, from any moment on; for tests. */
  readonly now?: () => number;
}

interface Clients {
  close(): void;
}

/** The resolvers of all VPCs, on sockets that others have bound. */
export class Resolvers {
  readonly #directory: NameDirectory;
  readonly #forwarder: Forwarder;
  readonly #resolver: Resolver;
  readonly #enter: ResolversOptions['enter'];
  readonly #logger: Logger;
  /** Some errors come with packets, of which a stranger may send as many as it likes. */
  readonly #errors: Seldom;
  /** By VPC, then by address and transport. */
  readonly #clients = new Map<string, Map<string, Clients>>();
  #isClosed = false;

  constructor(options: ResolversOptions) {
    const { generatedZone, forwarders, logger, now = () => performance.now() } = options;
    const { enter, maxPending } = options;
    const host = new HostResolvers(now);
    this.#directory = new NameDirectory(generatedZone);
    this.#forwarder = new Forwarder({
      servers: forwarders === undefined ? () => host.servers() : () => forwarders,
      accountOf: (vpcId) => this.#directory.accountOf(vpcId),
      maxPending,
    });
    this.#resolver = new Resolver(this.#directory, this.#forwarder, logger);
    this.#enter = enter;
    this.#logger = logger;
    this.#errors = new Seldom({ now });
  }

  get counts(): DnsCounters {
    return this.#resolver.counts;
  }

  /** Takes over a delta; once it returns every new question sees it. */
  apply(delta: SnapshotDelta): void {
    this.#directory.apply(delta);
  }

  /** Serves a socket: bound, and as `dgram.Socket.bind` or `net.Server.listen` takes it. */
  open({ vpcId, address, transport }: ResolverPlace, handle: unknown): void {
    if (this.#isClosed) return;
    const resolver = this.#resolver;
    const onError = ({ code, message }: NodeJS.ErrnoException) => {
      const times = this.#errors.happened(`${vpcId} ${code}`);
      if (times === undefined) return;
      const fields = { vpcId, address, transport, reason: message, times };
      this.#logger.error('cannot answer DNS', fields);
    };
    const ofVpc = this.#clients.get(vpcId) ?? new Map<string, Clients>();
    this.#clients.set(vpcId, ofVpc);
    const key = `${transport} ${address}`;
    ofVpc.get(key)?.close();
    if (transport === 'udp') {
      const type = isIPv6(address) ? 'udp6' : 'udp4';
      ofVpc.set(key, new UdpClients(handle, { vpcId, resolver, type, onError }));
      return;
    }
    const server = createServer({ allowHalfOpen: true });
    server.on('error', onError);
    ofVpc.set(key, new TcpClients(server, { vpcId, resolver, enter: () => this.#enter(vpcId) }));
    server.listen(handle as object);
  }

  /** Nobody is to answer at the address any more. */
  close(vpcId: string, address: string): void {
    const ofVpc = this.#clients.get(vpcId);
    for (const transport of ['udp', 'tcp']) {
      const key = `${transport} ${address}`;
      ofVpc?.get(key)?.close();
      ofVpc?.delete(key);
    }
    if (ofVpc?.size === 0) this.#clients.delete(vpcId);
  }

  /** All at once: when it returns, others may bind the same addresses. */
  closeAll(): void {
    this.#isClosed = true;
    for (const ofVpc of this.#clients.values()) {
      for (const clients of ofVpc.values()) clients.close();
    }
    this.#clients.clear();
    this.#forwarder.close();
  }
}

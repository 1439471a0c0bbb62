import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { memoryChannel } from '../../src/app/workers/memory-channel.ts';
import type { DataPlaneLimits } from '../../src/dataplane/limits.ts';
import { listenOn } from '../../src/dataplane/listen-on.ts';
import {
  aListener,
  aMembership,
  aNetwork,
  anAcl,
  aService,
  aTarget,
  aTargetGroup,
  aVpc,
} from '../../src/dataplane/sample-parts.ts';
import { aCertificate } from '../../src/dataplane/tls/sample-certificate.ts';
import { startWorker, type Worker } from '../../src/dataplane/worker.ts';
import type {
  Channel,
  CounterTotals,
  FromWorker,
  RequestCounters,
  ToWorker,
} from '../../src/snapshot/feed.ts';
import type {
  CertificatePart,
  ListenerPart,
  NetworkPart,
  Part,
  ServicePart,
  TargetGroupPart,
  TargetPart,
} from '../../src/snapshot/parts.ts';
import { type Logger, silentLogger } from '../../src/telemetry/logger.ts';
import { dialLoopback, LoopbackUnderlay } from '../../src/underlay/loopback/loopback.ts';
import type { Dial, Dialer } from '../../src/underlay/underlay.ts';
import { RawClient, type RawResponse } from './raw-client.ts';

export interface DataPlaneOptions {
  readonly parts: readonly Part[];
  readonly forwardCredentials?: boolean;
  readonly limits?: Partial<DataPlaneLimits>;
  readonly descriptors?: number;
  readonly dial?: Dial;
  readonly prepare?: Dialer['prepare'];
  readonly logger?: Logger;
}

/** A line of the access log: the fields that these tests look at. */
export interface LogLine {
  readonly requestMethod: string;
  readonly requestPath: string;
  readonly responseCode: number;
  readonly failureReason: string;
  readonly serviceArn: string;
  readonly targetGroupArn: string;
  readonly targetIpPort: string;
  readonly hostHeader: string;
  readonly serverNameIndication: string;
  readonly sslCipher: string;
  readonly tlsVersion: string;
  readonly sourceIpPort: string;
  readonly requestId: string;
  readonly userAgent: string;
  readonly protocol: string;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly resolvedUser: string;
  readonly authDeniedReason: string;
  readonly grpcResponseCode: number | '-';
  readonly callerPrincipal: string;
  readonly callerPrincipalOrgID: string;
  /** JSON. */
  readonly callerPrincipalTags: string;
}

/** A worker in this process with a portal for `vpc-1`. The network must be `sn-1`, whose log is kept. */
export class DataPlane {
  readonly worker: Worker;
  /** Of the portal of `vpc-1`. */
  readonly port: number;
  /** All that the worker sent. */
  readonly messages: FromWorker[] = [];
  /** Resolves when the worker has closed its channel. */
  readonly ended: Promise<void>;
  readonly #channel: Channel<ToWorker, FromWorker>;
  readonly #logDir: string;
  readonly #underlay: LoopbackUnderlay;
  readonly #clients: RawClient[] = [];
  #waiting: (() => void)[] = [];
  #revision = 0;
  #lines: LogLine[] | undefined;

  private constructor(
    worker: Worker,
    port: number,
    channel: Channel<ToWorker, FromWorker>,
    logDir: string,
    underlay: LoopbackUnderlay,
  ) {
    this.worker = worker;
    this.port = port;
    this.#channel = channel;
    this.#logDir = logDir;
    this.#underlay = underlay;
    this.ended = new Promise((resolve) => channel.onClose(resolve));
    channel.receive((message) => {
      this.messages.push(message);
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  static async start({
    parts,
    limits,
    descriptors,
    forwardCredentials = false,
    dial = dialLoopback,
    prepare,
    logger = silentLogger,
  }: DataPlaneOptions): Promise<DataPlane> {
    const [channel, workerEnd] = memoryChannel<ToWorker, FromWorker>();
    const logDir = mkdtempSync(join(tmpdir(), 'pergola-dataplane-'));
    const worker = startWorker(workerEnd, {
      logDir,
      dialer: () => ({ dial, ...(prepare !== undefined && { prepare }) }),
      dns: { generatedZone: 'on.aws', forwarders: [] },
      logger,
      forwardCredentials,
      ...(limits !== undefined && { limits }),
      ...(descriptors !== undefined && { descriptors }),
    });
    const underlay = new LoopbackUnderlay({ basePort: 0 });
    const entrance = underlay.open('vpc-1');
    const plane = new DataPlane(worker, entrance.port, channel, logDir, underlay);
    await plane.apply(parts);
    const server = await listenOn(entrance.handle);
    channel.send({ type: 'listen', vpcId: 'vpc-1', port: entrance.port }, server);
    return plane;
  }

  /** A further way into a VPC: a portal, or for one port of services; returns its port. */
  async listen(vpcId: string, listenerPort?: number): Promise<number> {
    const { handle, port } = this.#underlay.open(vpcId);
    const place = { vpcId, port, ...(listenerPort !== undefined && { listenerPort }) };
    this.#channel.send({ type: 'listen', ...place }, await listenOn(handle));
    return port;
  }

  send(message: ToWorker, handle?: unknown): void {
    this.#channel.send(message, handle);
  }

  /** Resolves when every new request sees the change. */
  async apply(upsert: readonly Part[], remove: readonly string[] = []): Promise<void> {
    this.#revision += 1;
    const revision = this.#revision;
    const delta = { revision, full: false, upsert, remove };
    this.#channel.send({ type: 'snapshot', delta });
    await this.message((message) => message.type === 'applied' && message.revision === revision);
  }

  /** The first message, past or to come, that fits. */
  async message(fits: (message: FromWorker) => boolean): Promise<FromWorker> {
    for (;;) {
      const found = this.messages.find(fits);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async client(port: number = this.port): Promise<RawClient> {
    const client = await RawClient.connect(port);
    this.#clients.push(client);
    return client;
  }

  /** A client over TLS; by default for `shop.example`. */
  async secureClient(options: ConnectionOptions = {}): Promise<RawClient> {
    const client = await RawClient.secure(this.port, options);
    this.#clients.push(client);
    return client;
  }

  /** Sends bytes on a connection of their own and reads one response. */
  async ask(bytes: string | Buffer, method = 'GET'): Promise<RawResponse> {
    const client = await this.client();
    client.send(bytes);
    const response = await client.response(method);
    client.destroy();
    return response;
  }

  get(path: string, headers: readonly string[] = []): Promise<RawResponse> {
    return this.ask(request(`GET ${path}`, headers));
  }

  /** All that the worker has reported; a report names only what has changed. Complete after `stop`. */
  get totals(): CounterTotals {
    const services: Record<string, RequestCounters> = {};
    const targetGroups: Record<string, RequestCounters> = {};
    let own: Omit<CounterTotals, 'services' | 'targetGroups'> = {
      refusedConnections: 0,
      deniedConnections: {},
      droppedLogRecords: 0,
      dns: { queries: 0, forwarded: 0, failed: 0 },
    };
    for (const message of this.messages) {
      if (message.type !== 'counters') continue;
      Object.assign(services, message.totals.services);
      Object.assign(targetGroups, message.totals.targetGroups);
      own = message.totals;
    }
    return { ...own, services, targetGroups };
  }

  /** Ends the worker at once and returns the access log of `sn-1`. */
  async stop(): Promise<readonly LogLine[]> {
    if (this.#lines !== undefined) return this.#lines;
    for (const client of this.#clients) client.destroy();
    await Promise.all(this.#clients.map((client) => client.closed));
    await this.worker.close();
    this.#lines = this.recorded();
    rmSync(this.#logDir, { recursive: true, force: true });
    return this.#lines;
  }

  /** What the access log of `sn-1` has by now. */
  recorded(): LogLine[] {
    const files = readdirSync(this.#logDir).filter((name) => name.startsWith(NETWORK_LOG.id));
    // The greater the number, the older the file.
    return files
      .sort()
      .reverse()
      .flatMap((name) => readFileSync(join(this.#logDir, name), 'utf8').split('\n'))
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine);
  }
}

const NETWORK_LOG = {
  id: 'als-1',
  arn: 'arn:aws:vpc-lattice:us-west-2:111122223333:accesslogsubscription/als-1',
  destinationArn: 'arn:aws:s3:::logs',
};

/** A request's head: the line without its version, `Host: shop.example` and further lines. */
export const request = (line: string, headers: readonly string[] = []): string =>
  [`${line} HTTP/1.1`, 'Host: shop.example', ...headers, '', ''].join('\r\n');

export interface ShopOptions {
  /** Ports of the targets of `tg-1`, to which the default action forwards. */
  readonly targets?: readonly number[];
  readonly network?: Partial<NetworkPart>;
  readonly service?: Partial<ServicePart>;
  readonly listener?: Partial<ListenerPart>;
  readonly group?: Partial<TargetGroupPart>;
}

export interface SecureShopOptions extends ShopOptions {
  /** Shown for `shop.example`. */
  readonly certificate?: CertificatePart;
}

/** As `shop`, over HTTPS on port 443. */
export const secureShop = ({
  certificate = aCertificate(),
  service,
  listener,
  ...options
}: SecureShopOptions = {}): Part[] => [
  ...shop({
    ...options,
    listener: { port: 443, protocol: 'HTTPS', ...listener },
    service: {
      certificates: [{ host: 'shop.example', certificateId: certificate.id }],
      ...service,
    },
  }),
  certificate,
];

export const targetAt = (port: number, part: Partial<TargetPart> = {}): TargetPart =>
  aTarget(1, { key: `10.0.0.1/${port}`, port, dial: { host: '127.0.0.1', port }, ...part });

/** A VPC with one service, `shop.example`: without `targets` it answers 404 by its default action. */
export const shop = ({ targets, network, service, listener, group }: ShopOptions = {}): Part[] => [
  aVpc(),
  aNetwork({ logs: [NETWORK_LOG], ...network }),
  aMembership(),
  aService({
    listeners: [
      aListener({
        ...(targets !== undefined && {
          defaultAction: {
            type: 'forward',
            targetGroups: [{ targetGroupId: 'tg-1', weight: 100 }],
          },
        }),
        ...listener,
      }),
    ],
    ...service,
  }),
  anAcl(),
  aTargetGroup({ targets: (targets ?? []).map((port) => targetAt(port)), ...group }),
];

import { openAuthority } from '../certificates/authority-files.ts';
import { ensureFirstAccount } from '../control/accounts.ts';
import { createApi } from '../control/api.ts';
import { keepCredentialFiles } from '../control/credential-files.ts';
import { type ApiServer, startApiServer } from '../control/http-server.ts';
import {
  CertificateRenewal,
  ensureManagedCertificate,
} from '../control/lifecycle/certificate-renewal.ts';
import { failLaunches } from '../control/lifecycle/fail-launches.ts';
import { Lifecycle } from '../control/lifecycle/lifecycle.ts';
import { dnsZone } from '../lattice/dns-entry.ts';
import { randomId } from '../lattice/ids.ts';
import { Publisher } from '../publish/publisher.ts';
import type { SnapshotDelta } from '../snapshot/parts.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Logger } from '../telemetry/logger.ts';
import { bindResolver, type ResolverSockets } from '../underlay/bind-resolver.ts';
import { LoopbackUnderlay } from '../underlay/loopback/loopback.ts';
import { AccessLogFiles } from './access-log-files.ts';
import { openDataFolder } from './data-folder.ts';
import { DataPlaneBoard } from './data-plane-board.ts';
import { removeInstanceFile, writeInstanceFile } from './instance-file.ts';
import { keepRegion } from './keep-region.ts';
import { checkMachine, openNetworks, removeLeftNetworks } from './networks/open-networks.ts';
import { findOrphans, retireOrphans } from './orphans.ts';
import type { PergolaSettings } from './settings.ts';
import type { StopSignals } from './stop-signals.ts';
import { unlessAborted } from './unless-aborted.ts';
import { VpcPorts } from './vpc-ports.ts';
import { within } from './within.ts';
import { workerExplanations } from './worker-explanations.ts';
import { chooseWorkers } from './workers/choose-workers.ts';
import { type PoolClock, WorkerPool } from './workers/worker-pool.ts';

/** A Pergola that answers API calls and carries traffic. */
export interface RunningPergola {
  /** Base URL of the API, without a slash at the end. */
  readonly api: string;
  readonly region: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly credentialsFile: string;
  readonly configFile: string;
  /** Whether VPCs have portals and resolvers on this machine. */
  readonly hasPortals: boolean;
  /** URL of each VPC's portal, by VPC id. */
  portals(): Readonly<Record<string, string>>;
  /** `ADDRESS:PORT` at which each VPC's names are asked for, by VPC id. */
  resolvers(): Readonly<Record<string, string>>;
  /**
   * Accepts no API call any more, lets requests in flight finish (at most `stopMs` of the settings),
   * closes the store. A later call with `atOnce` cuts the waiting short.
   */
  stop(options?: { readonly atOnce?: boolean }): Promise<void>;
  /** Resolves when it is stopped. */
  readonly stopped: Promise<void>;
}

/**
 * Starts everything that a Pergola is made of; resolves when it is ready. When a part cannot start,
 * those before it are stopped again.
 * @throws DataFolderError when another pergola runs on the data folder, it is of another region,
 *   or it cannot be used.
 * @throws NetnsUnavailableError when VPCs are to be network namespaces and cannot be.
 * @throws AuthorityFilesError when the certificate authority's files cannot be used.
 * @throws Error with a text for the operator when the API's port is taken, the store cannot be
 *   opened or the workers' program is missing. Workers that end while they start do not keep the
 *   API from coming up: they are replaced, and what kills them may be a change to take back.
 * @throws the reason of `signals.stop` when that is aborted before it is ready.
 */
export const startPergola = async (
  settings: PergolaSettings,
  logger: Logger,
  signals: StopSignals = NO_SIGNALS,
): Promise<RunningPergola> => {
  const undo: (() => Promise<void> | void)[] = [];
  try {
    const pergola = await start(settings, logger, signals, undo);
    signals.stop.addEventListener('abort', () => void pergola.stop());
    signals.atOnce.addEventListener('abort', () => void pergola.stop({ atOnce: true }));
    return pergola;
  } catch (error) {
    await runBackwards(undo, logger);
    throw error;
  }
};

const start = async (
  settings: PergolaSettings,
  logger: Logger,
  signals: StopSignals,
  undo: (() => Promise<void> | void)[],
): Promise<RunningPergola> => {
  const { stop } = signals;
  stop.throwIfAborted();
  const startedAt = new Date();
  const now = () => new Date();

  // Before anything is made: it may well be missing what it needs.
  const machine = settings.underlay === 'netns' ? await checkMachine(settings.dataDir) : undefined;

  const folder = openDataFolder(settings.dataDir);
  undo.push(() => folder.unlock());

  const store = await openSqliteStore({ file: folder.storeFile });
  undo.push(() => store.close());
  const region = await keepRegion(store, {
    dir: folder.dir,
    asked: settings.region,
    initial: settings.control.region,
    now: now(),
  });
  const control = { ...settings.control, region };
  await ensureFirstAccount(store, now(), control.partition);

  const authority = await openAuthority(folder.authorityDir, now());
  const zone = dnsZone(control);
  await ensureManagedCertificate(store, authority, { zone, scope: control, now: now() });

  const { logDir } = folder;
  const logFiles = new AccessLogFiles({ store, logDir, clock: systemClock, logger });
  undo.push(() => logFiles.stop());
  await logFiles.start();

  stop.throwIfAborted();
  const publisher = new Publisher({
    store,
    logger,
    organization: control.organization,
    ignoresAddressMap: machine !== undefined,
  });
  await publisher.start();
  undo.push(() => publisher.stop());
  stop.throwIfAborted();

  const lifecycle = new Lifecycle({
    store,
    onError: (error) => logger.error('resources did not change their status in time', { error }),
  });

  const board = new DataPlaneBoard({
    parts: () => publisher.parts,
    pool: () => pool,
    onDrained: (targets) => {
      lifecycle.drained(targets).catch((error: unknown) => {
        logger.warn('drained targets stay until their time is up', {
          targets: targets.length,
          error,
        });
      });
    },
  });
  undo.push(store.subscribe((changes) => board.follow(changes)));

  let orphans = await findOrphans(folder.socketDir);
  const addFeed = (send: (delta: SnapshotDelta) => void) => publisher.addFeed({ send });
  let acceptor: WorkerPool | undefined;
  const networks =
    machine &&
    openNetworks({
      store,
      snapshots: { addFeed },
      machine,
      hasPorts: settings.portals,
      acceptor: () => acceptor,
      giveUp: (reasons) => failLaunches(store, reasons, now()),
      clock: systemClock,
      logger,
    });
  if (networks !== undefined) {
    undo.push(() => networks.stop());
    // What they serve is made anew.
    await retireOrphans(orphans, [], logger);
    orphans = [];
    await unlessAborted(stop, () => networks.start());
  }
  const workers = await chooseWorkers(
    settings,
    {
      generatedZone: zone,
      ...(settings.dnsForwarders !== undefined && { forwarders: settings.dnsForwarders }),
    },
    folder,
    logger,
  );
  const pool = new WorkerPool({
    ...workers,
    snapshots: { addFeed },
    ...(networks !== undefined && { openSockets: networks.openSockets }),
    events: board,
    knownHealth: board.knownHealth,
    clock: systemClock,
    logger,
  });
  acceptor = pool;
  const cutShort = new AbortController();
  const atOnce = AbortSignal.any([signals.atOnce, cutShort.signal]);
  let server: ApiServer | undefined;
  // Side by side and under one deadline: who keeps the API waiting keeps no portal open.
  undo.push(async () => {
    const graceMs = atOnce.aborted ? 0 : settings.stopMs;
    atOnce.addEventListener('abort', () => {
      void server?.close(0);
      pool.kill();
    });
    portals.stop();
    resolvers.stop();
    await Promise.all([server?.close(graceMs), pool.stop(graceMs)]);
  });

  let tellPorts = () => {};
  const ports = { store, now, clock: systemClock, logger, onChange: () => tellPorts() };
  const portals = new VpcPorts({
    ...ports,
    kind: 'portal',
    underlay: new LoopbackUnderlay({ basePort: settings.portalPort, host: settings.host }),
    acceptor: pool,
  });
  const resolvers = new VpcPorts({
    ...ports,
    kind: 'resolver',
    underlay: new LoopbackUnderlay({
      basePort: settings.dnsPort,
      host: settings.host,
      flag: '--dns-port',
      bind: bindResolver,
    }),
    acceptor: {
      listen: async ({ vpcId }, sockets) => {
        pool.resolve(vpcId, settings.host, sockets as ResolverSockets);
      },
      unlisten: (vpcId) => pool.unresolve(vpcId, settings.host),
    },
  });

  await unlessAborted(stop, () => pool.start());
  await unlessAborted(stop, () => publisher.settle(publisher.revision, settings.settleMs));

  let isReady = false;
  const portsOpen = Promise.withResolvers<void>();
  server = await startApiServer({
    host: settings.host,
    port: settings.port,
    logger,
    isReady: () => isReady,
    api: createApi({
      store,
      settings: control,
      newId: randomId,
      now,
      targetHealth: board,
      dataPlane: board,
      ...(networks !== undefined && { networks: networks.report }),
      explanations: workerExplanations(pool),
      certificateAuthority: authority,
      logger,
      settle: async (revision) => {
        const { settleMs } = settings;
        const open = portsOpen.promise.then(async () => {
          const ports = [portals, resolvers].map((one) => one.settled(settleMs, revision));
          return (await Promise.all(ports)).every((isOpen) => isOpen);
        });
        const [areOpen, isUsed, areNetworksMade] = await Promise.all([
          within(settleMs, open),
          publisher.settle(revision, settleMs),
          within(settleMs, networks?.settled().then(() => true) ?? Promise.resolve(true)),
        ]);
        if (!areOpen) {
          logger.warn('not every VPC has its portal and resolver yet', { revision });
        }
        if (!areNetworksMade) {
          logger.warn('not every VPC has its network yet', { revision });
        }
        if (!isUsed) {
          logger.warn('not every worker uses a change yet', { revision });
        }
      },
    }),
  });
  const { url } = server;
  undo.push(() => portsOpen.resolve());
  if (orphans.length > 0) {
    // They know which targets fail; nobody has told the new workers.
    await unlessAborted(stop, () => board.firstVerdicts(FIRST_VERDICTS_MS));
  }
  stop.throwIfAborted();

  // Only now, when others can take their place: the ports are nobody's for a few milliseconds.
  await retireOrphans(orphans, pool.facts(), logger);
  if (networks === undefined) await removeLeftNetworks(settings.dataDir, logger);

  await unlessAborted(stop, () =>
    Promise.all(
      settings.portals ? [portals, resolvers].map((ports) => ports.start(settings.settleMs)) : [],
    ),
  );
  if (networks !== undefined) await unlessAborted(stop, () => networks.listen());
  portsOpen.resolve();

  undo.push(() => lifecycle.stop());
  await lifecycle.start();
  const renewal = new CertificateRenewal({
    store,
    authority,
    onError: (error) => logger.error('certificates were not renewed in time', { error }),
  });
  undo.push(() => renewal.stop());
  renewal.start();

  const files = await keepCredentialFiles({
    store,
    directory: folder.dir,
    region: control.region,
    endpointUrl: url,
    logger,
  });
  undo.push(() => files.close());
  stop.throwIfAborted();

  const portalUrls = () =>
    Object.fromEntries(
      [...portals.ports()].map(([vpcId, port]) => [vpcId, urlOf(settings.host, port)]),
    );
  const resolverAddresses = () =>
    Object.fromEntries(
      [...resolvers.ports()].map(([vpcId, port]) => [vpcId, authorityOf(settings.host, port)]),
    );
  tellPorts = () =>
    writeInstanceFile(folder.instanceFile, {
      pid: process.pid,
      api: url,
      region: control.region,
      startedAt: startedAt.toISOString(),
      ...(machine !== undefined && { namespacePrefix: machine.prefix }),
      portals: portalUrls(),
      resolvers: resolverAddresses(),
    });
  undo.push(() => {
    tellPorts = () => {};
    removeInstanceFile(folder.instanceFile);
  });
  tellPorts();
  isReady = true;

  const { promise: stopped, resolve } = Promise.withResolvers<void>();
  let stopping: Promise<void> | undefined;
  return {
    api: url,
    region: control.region,
    dataDir: folder.dir,
    credentialsFile: files.credentialsFile,
    configFile: files.configFile,
    hasPortals: settings.portals,
    portals: portalUrls,
    resolvers: resolverAddresses,
    stopped,
    stop: (how) => {
      if (how?.atOnce) {
        cutShort.abort();
      }
      stopping ??= runBackwards(undo, logger).then(resolve);
      return stopping;
    },
  };
};

const NO_SIGNALS: StopSignals = {
  stop: new AbortController().signal,
  atOnce: new AbortController().signal,
};

/** How long workers that take over from others may check targets before they serve. */
const FIRST_VERDICTS_MS = 1000;

/** The last that was started is stopped first; one that fails to stop does not keep the others. */
const runBackwards = async (
  undo: readonly (() => Promise<void> | void)[],
  logger: Logger,
): Promise<void> => {
  for (const step of undo.toReversed()) {
    try {
      await step();
    } catch (error) {
      logger.error('a part did not stop cleanly', { error });
    }
  }
};

const urlOf = (host: string, port: number): string => `http://${authorityOf(host, port)}`;

const authorityOf = (host: string, port: number): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;

const systemClock: PoolClock = {
  now: Date.now,
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

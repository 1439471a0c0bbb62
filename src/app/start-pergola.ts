import { ensureFirstAccount } from '../control/accounts.ts';
import { createApi } from '../control/api.ts';
import { keepCredentialFiles } from '../control/credential-files.ts';
import { startApiServer } from '../control/http-server.ts';
import { Lifecycle } from '../control/lifecycle/lifecycle.ts';
import { randomId } from '../lattice/ids.ts';
import { Publisher } from '../publish/publisher.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Logger } from '../telemetry/logger.ts';
import { LoopbackUnderlay } from '../underlay/loopback/loopback.ts';
import { openDataFolder } from './data-folder.ts';
import { DataPlaneBoard } from './data-plane-board.ts';
import { removeInstanceFile, writeInstanceFile } from './instance-file.ts';
import { findWorkerSockets, retireOrphans } from './orphans.ts';
import { Portals } from './portals.ts';
import type { PergolaSettings } from './settings.ts';
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
  /** URL of each VPC's portal, by VPC id. */
  portals(): Readonly<Record<string, string>>;
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
 * @throws DataFolderError when another pergola runs on the data folder, or it cannot be used.
 * @throws Error with a text for the operator when the API's port is taken, the store cannot be
 *   opened or a worker does not start.
 */
export const startPergola = async (
  settings: PergolaSettings,
  logger: Logger,
): Promise<RunningPergola> => {
  const undo: (() => Promise<void> | void)[] = [];
  try {
    return await start(settings, logger, undo);
  } catch (error) {
    await runBackwards(undo, logger);
    throw error;
  }
};

const start = async (
  settings: PergolaSettings,
  logger: Logger,
  undo: (() => Promise<void> | void)[],
): Promise<RunningPergola> => {
  const startedAt = new Date();
  const now = () => new Date();
  const { control } = settings;

  const folder = openDataFolder(settings.dataDir);
  undo.push(() => folder.unlock());

  const store = await openSqliteStore({ file: folder.storeFile });
  undo.push(() => store.close());
  await ensureFirstAccount(store, now(), control.partition);

  const publisher = new Publisher({ store, logger });
  await publisher.start();
  undo.push(() => publisher.stop());

  const lifecycle = new Lifecycle({
    store,
    onError: (error) => logger.error('resources did not change their status in time', { error }),
  });

  const board = new DataPlaneBoard({
    parts: () => publisher.parts,
    pool: () => pool,
    onDrained: (groupId, targetKey) => {
      lifecycle.drained(groupId, targetKey).catch((error: unknown) => {
        logger.warn('a drained target stays until its time is up', { groupId, targetKey, error });
      });
    },
  });
  undo.push(store.subscribe((changes) => board.follow(changes)));

  const orphans = findWorkerSockets(folder.socketDir);
  const workers = await chooseWorkers(settings, folder, logger);
  const pool = new WorkerPool({
    ...workers,
    snapshots: { addFeed: (send) => publisher.addFeed({ send }) },
    events: board,
    clock: systemClock,
    logger,
  });
  let isAtOnce = false;
  undo.push(() => pool.stop(isAtOnce ? 0 : settings.stopMs));
  await pool.start();
  await publisher.settle(publisher.revision, settings.settleMs);

  let tellPortals = () => {};
  const portals = new Portals({
    store,
    underlay: new LoopbackUnderlay({ basePort: settings.portalPort, host: settings.host }),
    acceptor: pool,
    now,
    logger,
    onChange: () => tellPortals(),
  });
  undo.push(() => portals.stop());

  let isReady = false;
  const portalsOpen = Promise.withResolvers<void>();
  const server = await startApiServer({
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
      logger,
      settle: async (revision) => {
        await portalsOpen.promise;
        await portals.settled();
        if (!(await publisher.settle(revision, settings.settleMs))) {
          logger.warn('not every worker uses a change yet', { revision });
        }
      },
    }),
  });
  undo.push(() => server.close(isAtOnce ? 0 : settings.stopMs));
  undo.push(() => portalsOpen.resolve());

  // Only now, when others can take their place: the ports are nobody's for a few milliseconds.
  await retireOrphans(orphans, pool.facts(), logger);

  await portals.start();
  portalsOpen.resolve();

  await lifecycle.start();
  undo.push(() => lifecycle.stop());

  const files = await keepCredentialFiles({
    store,
    directory: folder.dir,
    region: control.region,
    endpointUrl: server.url,
    logger,
  });
  undo.push(() => files.close());

  const portalUrls = () =>
    Object.fromEntries(
      [...portals.ports()].map(([vpcId, port]) => [vpcId, urlOf(settings.host, port)]),
    );
  tellPortals = () =>
    writeInstanceFile(folder.instanceFile, {
      pid: process.pid,
      api: server.url,
      region: control.region,
      startedAt: startedAt.toISOString(),
      portals: portalUrls(),
    });
  undo.push(() => {
    tellPortals = () => {};
    removeInstanceFile(folder.instanceFile);
  });
  tellPortals();
  isReady = true;

  const { promise: stopped, resolve } = Promise.withResolvers<void>();
  let stopping: Promise<void> | undefined;
  return {
    api: server.url,
    region: control.region,
    dataDir: folder.dir,
    credentialsFile: files.credentialsFile,
    configFile: files.configFile,
    portals: portalUrls,
    stopped,
    stop: ({ atOnce = false } = {}) => {
      if (atOnce) {
        isAtOnce = true;
        if (stopping !== undefined) {
          void server.close(0);
          pool.kill();
        }
      }
      stopping ??= runBackwards(undo, logger).then(resolve);
      return stopping;
    },
  };
};

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

const urlOf = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

const systemClock: PoolClock = {
  now: Date.now,
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

import type { DnsOptions } from '../../dns/resolvers.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { DataFolder } from '../data-folder.ts';
import type { PergolaSettings } from '../settings.ts';
import { forkWorker } from './forked-worker.ts';
import type { StartWorkerLink } from './worker-link.ts';

/** As many processes as the settings say, or one worker in this process for 0. */
export const chooseWorkers = async (
  { workers, limits, forwardCredentials, underlay, orphanMs, stopMs }: PergolaSettings,
  dns: DnsOptions,
  { logDir, socketDir }: DataFolder,
  logger: Logger,
): Promise<{ count: number; startLink: StartWorkerLink }> => {
  if (workers === 0) {
    // Only here: with worker processes, this one has no use for the data plane's code.
    const [{ startInProcessWorker }, { openDialer }] = await Promise.all([
      import('./in-process-worker.ts'),
      import('../../underlay/open-dialer.ts'),
    ]);
    return {
      count: 1,
      startLink: () =>
        startInProcessWorker({
          logDir,
          limits,
          forwardCredentials,
          dns,
          dialer: openDialer(underlay),
          logger,
        }),
    };
  }
  const options = {
    logDir,
    limits,
    forwardCredentials,
    dns,
    underlay,
    socketDir,
    orphanMs,
    drainMs: stopMs,
  };
  return {
    count: workers,
    startLink: () => forkWorker(options, (text) => process.stderr.write(text)),
  };
};

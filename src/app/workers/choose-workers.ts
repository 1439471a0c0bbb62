import type { DnsOptions } from '../../dns/resolvers.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { DataFolder } from '../data-folder.ts';
import { giveLogFolder } from '../give-log-folder.ts';
import type { PergolaSettings } from '../settings.ts';
import { chooseWorkerUser, thisProcess } from './choose-worker-user.ts';
import { forkWorker } from './forked-worker.ts';
import { openStartPowerless, type StartPowerless } from './start-powerless.ts';
import type { StartWorkerLink } from './worker-link.ts';

/**
 * As many processes as the settings say, or one worker in this process for 0.
 * @throws WorkerUserError when worker processes are to leave root and cannot.
 */
export const chooseWorkers = async (
  settings: PergolaSettings,
  dns: DnsOptions,
  { logDir, socketDir }: DataFolder,
  logger: Logger,
): Promise<{ count: number; startLink: StartWorkerLink }> => {
  const { workers, limits, forwardCredentials, underlay, orphanMs, stopMs } = settings;
  const self = thisProcess();
  if (workers === 0) {
    if (self.isRoot && underlay === 'netns') {
      logger.warn('the data plane is a part of this process, which is root: give --workers 1');
    }
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
  const user = chooseWorkerUser(settings, self, logger);
  if (user !== undefined) giveLogFolder(logDir, user);
  const startPowerless = self.hasPrivileges ? powerlessStart(logger) : START;
  const options = {
    ...(user !== undefined && { user }),
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
    startLink: () =>
      startPowerless(() => forkWorker(options, (text) => process.stderr.write(text))),
  };
};

const START: StartPowerless = (start) => start();

/** They leave root in any case; this is what keeps them from finding another way back. */
const powerlessStart = (logger: Logger): StartPowerless => {
  try {
    return openStartPowerless();
  } catch (error) {
    logger.warn('worker processes could gain privileges', { error: (error as Error).message });
    return START;
  }
};

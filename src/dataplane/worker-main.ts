import { flushCompileCache } from 'node:module';
import { jsonLogger } from '../telemetry/json-logger.ts';
import { openDialer } from '../underlay/open-dialer.ts';
import { leaveRoot } from './leave-root.ts';
import { startWorker } from './worker.ts';
import { joinControlPlane, readWorkerProcessOptions } from './worker-process.ts';

/** Main file of a data-plane worker process, started by the control plane. */
const options = readWorkerProcessOptions(process.argv);
const { user } = options;
// Makes a socket where only the user may who started everything.
const channel = joinControlPlane(options);
const logger = jsonLogger();
// Nothing has come yet, from nobody: not one byte of the channel is read before this file's end.
if (user !== undefined) {
  // For the next one: the user could not write it at the end, as Node does.
  flushCompileCache();
  leaveRoot(user, options.logDir);
}
const worker = startWorker(channel, {
  logDir: user === undefined ? options.logDir : '.',
  limits: options.limits,
  forwardCredentials: options.forwardCredentials,
  dns: options.dns,
  dialer: openDialer(options.underlay),
  logger,
});
process.once('disconnect', () => worker.carryOnAlone());

import { jsonLogger } from '../telemetry/json-logger.ts';
import { openDialer } from '../underlay/open-dialer.ts';
import { startWorker } from './worker.ts';
import { joinControlPlane, readWorkerProcessOptions } from './worker-process.ts';

/** Main file of a data-plane worker process, started by the control plane. */
const options = readWorkerProcessOptions(process.argv);
startWorker(joinControlPlane(options), {
  logDir: options.logDir,
  limits: options.limits,
  forwardCredentials: options.forwardCredentials,
  dns: options.dns,
  dialer: (ask) => {
    const dialer = openDialer(options.underlay)(ask);
    // What it has made it can go on using.
    process.once('disconnect', () => dialer.cutOff?.());
    return dialer;
  },
  logger: jsonLogger(),
});

import { jsonLogger } from '../telemetry/json-logger.ts';
import { dialLoopback } from '../underlay/loopback/loopback.ts';
import { startWorker } from './worker.ts';
import { joinControlPlane, readWorkerProcessOptions } from './worker-process.ts';

/** Main file of a data-plane worker process, started by the control plane. */
const options = readWorkerProcessOptions(process.argv);
startWorker(joinControlPlane(options), {
  logDir: options.logDir,
  limits: options.limits,
  forwardCredentials: options.forwardCredentials,
  dial: dialLoopback,
  dns: options.dns,
  logger: jsonLogger(),
});

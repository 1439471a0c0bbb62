import { listenOn } from '../../dataplane/listen-on.ts';
import { startWorker, type WorkerOptions } from '../../dataplane/worker.ts';
import type { FromWorker, ToWorker } from '../../snapshot/feed.ts';
import { memoryChannel } from './memory-channel.ts';
import { listenMessage, type WorkerLink } from './worker-link.ts';

/** A worker within this process: for tests, and for machines on which one process is enough. */
export const startInProcessWorker = (options: WorkerOptions): WorkerLink => {
  const [channel, workerEnd] = memoryChannel<ToWorker, FromWorker>();
  const ended = new Promise<string>((resolve) => {
    channel.onClose(() => resolve('closed'));
  });
  const worker = startWorker(workerEnd, options);
  return {
    pid: process.pid,
    channel,
    ended,
    async listen(place, handle) {
      channel.send(listenMessage(place), await listenOn(handle));
    },
    give: async (message, socket) => channel.send(message, socket),
    kill: () => {
      void worker.close();
    },
  };
};

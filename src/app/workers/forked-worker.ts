import { fork } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type ListeningReport,
  type WorkerProcessOptions,
  workerSocketPath,
} from '../../dataplane/worker-process.ts';
import { type Channel, entranceKey, type FromWorker, type ToWorker } from '../../snapshot/feed.ts';
import {
  listenMessage,
  WorkerEndedError,
  type WorkerLink,
  WorkerProgramError,
} from './worker-link.ts';

// Built packages hold compiled files beside each other under the same names.
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const WORKER_MAIN = fileURLToPath(
  new URL(`../../dataplane/worker-main.${extension}`, import.meta.url),
);

interface Pending {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts a worker process. What it writes to its standard error goes to `onText`.
 * @throws WorkerProgramError, and the system's error when there is no room for a process.
 */
export const forkWorker = (
  options: WorkerProcessOptions,
  onText: (text: string) => void,
  program: string = WORKER_MAIN,
): WorkerLink => {
  if (!existsSync(program)) {
    throw new WorkerProgramError(program);
  }
  const child = fork(program, [JSON.stringify(options)], {
    // Others may send signals to processes of their user; this one's would open a debugger.
    ...(options.user !== undefined && { execArgv: [...process.execArgv, '--disable-sigusr1'] }),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child.stderr?.setEncoding('utf8').on('data', onText);
  /** Sockets on their way to the worker. */
  const given = new Set<{ close(): void }>();
  /** By `entranceKey`. */
  const listening = new Map<string, Pending>();

  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  void ended.then((how) => {
    for (const pending of listening.values()) {
      pending.reject(new WorkerEndedError(how));
    }
    listening.clear();
    // What was not sent by then never is, and nobody else knows of it.
    for (const socket of given) socket.close();
    given.clear();
    if (child.pid !== undefined) {
      removeSocket(workerSocketPath(options.socketDir, child.pid));
    }
  });

  const channel = parentEnd(child, (report) => {
    const key = entranceKey(report.vpcId, report.listenerPort);
    const pending = listening.get(key);
    listening.delete(key);
    if (report.error === undefined) {
      pending?.resolve();
    } else {
      pending?.reject(new Error(report.error));
    }
  });

  return {
    pid: child.pid ?? 0,
    channel,
    ended,
    listen: (place, handle) =>
      new Promise((resolve, reject) => {
        if (!child.connected) {
          reject(new WorkerEndedError('its channel is closed'));
          return;
        }
        listening.set(entranceKey(place.vpcId, place.listenerPort), { resolve, reject });
        channel.send(listenMessage(place), handle);
      }),
    give: (message, socket) =>
      new Promise((resolve) => {
        if (!child.connected) {
          socket.close();
          resolve();
          return;
        }
        // Not before it is sent, for its descriptor would be closed by then.
        given.add(socket);
        child.send(message, socket as never, {}, () => {
          if (given.delete(socket)) socket.close();
          resolve();
        });
      }),
    kill: () => {
      child.kill('SIGKILL');
    },
  };
};

/** One that was killed could not do it. */
const removeSocket = (path: string): void => {
  try {
    rmSync(path, { force: true });
  } catch {
    // The next start looks at what is left.
  }
};

const parentEnd = (
  child: ReturnType<typeof fork>,
  onListening: (report: ListeningReport) => void,
): Channel<ToWorker, FromWorker> => {
  const waiting: FromWorker[] = [];
  let receiver: ((message: FromWorker, handle: unknown) => void) | undefined;
  child.on('message', (message: FromWorker | ListeningReport) => {
    if (message.type === 'listening') {
      onListening(message);
    } else if (receiver === undefined) {
      waiting.push(message);
    } else {
      receiver(message, undefined);
    }
  });
  return {
    send(message, handle) {
      if (child.connected) {
        // A worker that goes while a message is on its way is noticed by its end.
        child.send(message, handle as never, {}, () => {});
      }
    },
    receive(to) {
      receiver = to;
      for (const message of waiting.splice(0)) {
        to(message, undefined);
      }
    },
    onClose(listener) {
      child.once('disconnect', listener);
    },
    close() {
      if (child.connected) {
        child.disconnect();
      }
    },
  };
};

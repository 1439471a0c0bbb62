import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { DnsOptions } from '../dns/resolvers.ts';
import { type Channel, entranceKey, type FromWorker, type ToWorker } from '../snapshot/feed.ts';
import type { UnderlayName } from '../underlay/underlay.ts';
import type { WorkerUser } from './leave-root.ts';
import type { DataPlaneLimits } from './limits.ts';
import { listenOn } from './listen-on.ts';

/** What a worker process is told at its start, as JSON in its first argument. */
export interface WorkerProcessOptions {
  /** Whose it becomes before it takes anything from anybody; absent: it stays whose it is. */
  readonly user?: WorkerUser;
  /** Where its access logs go. */
  readonly logDir: string;
  readonly limits: DataPlaneLimits;
  /** Whether targets get signatures that were made for VPC Lattice. */
  readonly forwardCredentials: boolean;
  /** How it resolves names for clients. */
  readonly dns: DnsOptions;
  /** How it dials into VPCs. */
  readonly underlay: UnderlayName;
  /** Where it can be reached after its control plane died; short enough for a socket's path. */
  readonly socketDir: string;
  /** How long it goes on serving alone then. */
  readonly orphanMs: number;
  /** How long requests in flight may take when it is told to end. */
  readonly drainMs: number;
}

/** Answer to `listen`, beside the channel's own messages: whether the worker accepts there now. */
export interface ListeningReport {
  readonly type: 'listening';
  readonly vpcId: string;
  readonly port: number;
  readonly listenerPort?: number;
  readonly error?: string;
}

/** The text that a new control plane sends to `<socketDir>/worker-<pid>.sock`, and the answers. */
export const RETIRE = 'retire\n';
export const RETIRED = 'retired\n';
export const ATTACHED = 'attached\n';

export const workerSocketPath = (socketDir: string, pid: number): string =>
  join(socketDir, `worker-${pid}.sock`);

/** @throws when this process was not started as a worker. */
export const readWorkerProcessOptions = (argv: readonly string[]): WorkerProcessOptions => {
  const text = argv[2];
  if (text === undefined || process.send === undefined) {
    throw new Error('this program is started by `pergola up`, not by hand');
  }
  return JSON.parse(text) as WorkerProcessOptions;
};

/**
 * The worker's end of the IPC channel. When the control plane dies, the channel does not close:
 * the worker is an orphan and goes on serving with the snapshot it has, until its time is up or a
 * new control plane retires it; then its sockets stop listening and it gets `drain`.
 */
export const joinControlPlane = (options: WorkerProcessOptions): Channel<FromWorker, ToWorker> =>
  new WorkerProcess(options);

type Receiver = (message: ToWorker, handle: unknown) => void;

class WorkerProcess implements Channel<FromWorker, ToWorker> {
  readonly #options: WorkerProcessOptions;
  /** By `entranceKey`. */
  readonly #servers = new Map<string, Server>();
  readonly #socketPath: string;
  readonly #retireSocket: Server;
  /** Keeps the order of messages while a socket is being listened on. */
  #work: Promise<void> = Promise.resolve();
  #waiting: { message: ToWorker; handle: unknown }[] = [];
  #receiver: Receiver | undefined;
  #draining = false;
  #closed = false;
  readonly #closeListeners: (() => void)[] = [];

  constructor(options: WorkerProcessOptions) {
    this.#options = options;
    this.#socketPath = workerSocketPath(options.socketDir, process.pid);
    this.#retireSocket = this.#openRetireSocket();
    process.on('message', (message, handle) => {
      this.#work = this.#work.then(() => this.#take(message as ToWorker, handle));
    });
    process.on('disconnect', () => this.#orphaned());
    // A terminal signals every process of the group; the control plane says what is to happen.
    process.on('SIGINT', () => {});
    process.on('SIGHUP', () => {});
    process.on('SIGTERM', () => {
      if (!process.connected) {
        this.#retire();
      }
    });
    // Whoever read them may have died with the control plane.
    process.stdout.on('error', () => {});
    process.stderr.on('error', () => {});
  }

  send(message: FromWorker): void {
    this.#post(message);
  }

  receive(receiver: Receiver): void {
    this.#receiver = receiver;
    for (const { message, handle } of this.#waiting.splice(0)) {
      receiver(message, handle);
    }
  }

  onClose(listener: () => void): void {
    this.#closeListeners.push(listener);
  }

  close(): void {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    this.#retireSocket.close();
    this.#removeSocket();
    if (process.connected) {
      process.disconnect?.();
    }
    for (const listener of this.#closeListeners) {
      listener();
    }
  }

  /** Where it may not do that, who looks for orphans does, or its control plane. */
  #removeSocket(): void {
    try {
      rmSync(this.#socketPath, { force: true });
    } catch {
      // It was made when this process was root.
    }
  }

  async #take(message: ToWorker, handle: unknown): Promise<void> {
    if (message.type === 'listen') {
      const report = { ...message, type: 'listening' } as const;
      const key = entranceKey(message.vpcId, message.listenerPort);
      try {
        const server = await listenOn(handle);
        this.#servers.get(key)?.close();
        this.#servers.set(key, server);
        this.#deliver(message, server);
        this.#post(report);
      } catch (error) {
        this.#post({ ...report, error: (error as Error).message });
      }
      return;
    }
    if (message.type === 'unlisten') {
      this.#closeServer(entranceKey(message.vpcId, message.listenerPort));
    }
    if (message.type === 'drain') {
      this.#drain();
      return;
    }
    this.#deliver(message, handle);
  }

  #deliver(message: ToWorker, handle: unknown): void {
    if (this.#receiver === undefined) {
      this.#waiting.push({ message, handle });
    } else {
      this.#receiver(message, handle);
    }
  }

  #post(message: FromWorker | ListeningReport): void {
    if (process.connected) {
      process.send?.(message, undefined, {}, () => {});
    }
  }

  #orphaned(): void {
    if (this.#draining || this.#closed) {
      return;
    }
    if (this.#servers.size === 0) {
      this.#retire();
      return;
    }
    setTimeout(() => this.#retire(), this.#options.orphanMs).unref();
  }

  #retire(): void {
    if (!this.#draining) {
      this.#drain();
    }
  }

  /** At once: a new control plane binds the same ports as soon as it hears of it. */
  #drain(): void {
    this.#draining = true;
    for (const key of [...this.#servers.keys()]) {
      this.#closeServer(key);
    }
    this.#deliver({ type: 'drain' }, undefined);
    setTimeout(() => process.exit(0), this.#options.drainMs).unref();
  }

  #closeServer(key: string): void {
    const server = this.#servers.get(key);
    this.#servers.delete(key);
    if (server?.listening) {
      server.close();
    }
  }

  #openRetireSocket(): Server {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.setTimeout(5000, () => socket.destroy());
      let text = '';
      socket.setEncoding('latin1').on('data', (chunk) => {
        text += chunk;
        if (text === RETIRE && process.connected) {
          socket.end(ATTACHED);
        } else if (text === RETIRE) {
          this.#retire();
          socket.end(RETIRED);
        } else if (text.length > RETIRE.length) {
          socket.destroy();
        }
      });
    });
    // Without it the worker still ends by itself; a new control plane then finds its ports taken.
    server.on('error', (error) => console.error(`pergola worker: ${error.message}`));
    rmSync(this.#socketPath, { force: true });
    server.listen(this.#socketPath);
    return server.unref();
  }
}

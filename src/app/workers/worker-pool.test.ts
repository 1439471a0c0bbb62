import { describe, expect, test } from 'vitest';
import type { FromWorker, ToWorker } from '../../snapshot/feed.ts';
import { silentLogger } from '../../telemetry/logger.ts';
import { memoryChannel } from './memory-channel.ts';
import type { WorkerLink } from './worker-link.ts';
import { type SnapshotFeed, WorkerPool } from './worker-pool.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A worker that does what the test says. */
class FakeWorker {
  readonly received: ToWorker[] = [];
  readonly listens: string[] = [];
  readonly link: WorkerLink;
  readonly say: (message: FromWorker) => void;
  readonly die: (how: string) => void;
  listenError: Error | undefined;

  constructor(pid: number) {
    const [channel, far] = memoryChannel<ToWorker, FromWorker>();
    const { promise: ended, resolve } = Promise.withResolvers<string>();
    this.say = (message) => far.send(message);
    this.die = resolve;
    far.receive((message) => {
      this.received.push(message);
      if (message.type === 'drain') {
        resolve('exit code 0');
      }
    });
    this.link = {
      pid,
      channel,
      ended,
      kill: () => resolve('SIGKILL'),
      listen: async (vpcId, port) => {
        this.listens.push(`${vpcId}:${port}`);
        if (this.listenError !== undefined) {
          throw this.listenError;
        }
      },
    };
  }
}

const newPool = (count: number) => {
  const workers: FakeWorker[] = [];
  const timers: { ms: number; run: () => void }[] = [];
  const ended: number[] = [];
  const feeds: (SnapshotFeed & { revisions: number[]; removed: boolean })[] = [];
  let nowMs = 0;
  const pool = new WorkerPool({
    count,
    startLink: () => {
      const worker = new FakeWorker(100 + workers.length);
      workers.push(worker);
      return worker.link;
    },
    snapshots: {
      addFeed: (send) => {
        const feed = {
          revisions: [] as number[],
          removed: false,
          applied: (revision: number) => void feed.revisions.push(revision),
          remove: () => {
            feed.removed = true;
          },
        };
        feeds.push(feed);
        send({ revision: 1, full: true, upsert: [], remove: [] });
        return feed;
      },
    },
    events: {
      health: () => {},
      drained: () => {},
      ended: (worker) => void ended.push(worker),
    },
    clock: {
      now: () => nowMs,
      after: (ms, run) => {
        const timer = { ms, run };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
    },
    logger: silentLogger,
  });
  const start = async () => {
    const started = pool.start();
    for (const worker of workers) {
      worker.say({ type: 'ready' });
    }
    await started;
  };
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { pool, workers, timers, ended, feeds, start, pass };
};

describe('worker pool', () => {
  test('is started when all workers are ready; each has the snapshot', async () => {
    const { pool, workers } = newPool(2);
    let isStarted = false;
    const started = pool.start().then(() => {
      isStarted = true;
    });
    workers[0]?.say({ type: 'ready' });
    await turn();
    expect(isStarted).toBe(false);
    workers[1]?.say({ type: 'ready' });
    await started;
    expect(workers.map(({ received }) => received[0]?.type)).toEqual(['snapshot', 'snapshot']);
  });

  test('does not start when a worker ends before it is ready', async () => {
    const { pool, workers } = newPool(2);
    const started = pool.start();
    workers[0]?.die('exit code 1');
    await expect(started).rejects.toThrow('ended while starting: exit code 1');
    expect(workers).toHaveLength(2);
  });

  test('passes on what a worker has applied', async () => {
    const { pool, workers, feeds, start } = newPool(1);
    await start();
    workers[0]?.say({ type: 'applied', revision: 7 });
    await turn();
    expect(feeds[0]?.revisions).toEqual([7]);
    expect(pool.facts()).toMatchObject([{ index: 0, pid: 100, revision: 7 }]);
  });

  test('replaces a worker that dies, with all entrances and the snapshot', async () => {
    const { pool, workers, feeds, ended, start, pass } = newPool(2);
    await start();
    await pool.listen('vpc-1', 7180, {});
    await pool.listen('vpc-2', 7181, {});
    pool.unlisten('vpc-2');
    pass(5000);
    workers[0]?.die('SIGKILL');
    await turn();

    expect(workers).toHaveLength(3);
    expect(workers[2]?.listens).toEqual(['vpc-1:7180']);
    expect(workers[2]?.received[0]?.type).toBe('snapshot');
    expect(feeds.map(({ removed }) => removed)).toEqual([true, false, false]);
    expect(ended).toEqual([1]);
    expect(pool.facts().map(({ pid }) => pid)).toEqual([102, 101]);
    expect([...pool.live()]).toEqual([3, 2]);
  });

  test('waits longer and longer with one that dies again and again, and not after a long life', async () => {
    const { workers, timers, start, pass } = newPool(1);
    await start();
    const pauses: number[] = [];
    for (let i = 0; i < 9; i += 1) {
      workers.at(-1)?.die('exit code 1');
      await turn();
      const timer = timers.shift();
      pauses.push(timer?.ms ?? 0);
      timer?.run();
    }
    expect(pauses).toEqual([0, 100, 200, 400, 800, 1600, 3200, 5000, 5000]);
    pass(1000);
    workers.at(-1)?.die('exit code 1');
    await turn();
    expect(timers).toEqual([]);
    expect(workers).toHaveLength(11);
  });

  test('a portal is open when one worker accepts there', async () => {
    const { pool, workers, start } = newPool(2);
    await start();
    (workers[0] as FakeWorker).listenError = new Error('listen EADDRINUSE');
    await expect(pool.listen('vpc-1', 7180, {})).resolves.toBeUndefined();
  });

  test('a portal where no worker can accept is refused and forgotten', async () => {
    const { pool, workers, start, pass } = newPool(1);
    await start();
    (workers[0] as FakeWorker).listenError = new Error('listen EADDRINUSE');
    await expect(pool.listen('vpc-1', 7180, {})).rejects.toThrow('EADDRINUSE');
    pass(5000);
    workers[0]?.die('SIGKILL');
    await turn();
    expect(workers[1]?.listens).toEqual([]);
  });

  test('drains when it stops, and replaces nobody then', async () => {
    const { pool, workers, timers, start } = newPool(2);
    await start();
    await pool.stop(30_000);
    expect(workers.map(({ received }) => received.at(-1)?.type)).toEqual(['drain', 'drain']);
    expect(workers).toHaveLength(2);
    expect(timers).toEqual([]);
  });

  test('kills what is not drained in time', async () => {
    const { pool, workers, timers, start } = newPool(1);
    await start();
    // Says nothing and does nothing when it is told to drain.
    const [stuck] = workers as [FakeWorker];
    stuck.link.channel.send = () => {};
    const stopped = pool.stop(30_000);
    expect(timers.map(({ ms }) => ms)).toEqual([30_000]);
    timers[0]?.run();
    await stopped;
    expect(pool.facts()).toEqual([]);
  });
});

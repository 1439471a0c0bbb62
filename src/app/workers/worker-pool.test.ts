import { describe, expect, test } from 'vitest';
import type { Answer, Explanation } from '../../snapshot/explanation.ts';
import type { FromWorker, TargetHealthReport, ToWorker } from '../../snapshot/feed.ts';
import { silentLogger } from '../../telemetry/logger.ts';
import { memoryChannel } from './memory-channel.ts';
import type { OpenSockets } from './socket-handover.ts';
import { WorkerEndedError, type WorkerLink, WorkerProgramError } from './worker-link.ts';
import { type SnapshotFeed, WorkerPool } from './worker-pool.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A worker that does what the test says. */
class FakeWorker {
  readonly received: ToWorker[] = [];
  readonly listens: string[] = [];
  readonly given: unknown[] = [];
  /** How many messages were on their way before each of them. */
  readonly heardBeforeListens: number[] = [];
  readonly link: WorkerLink;
  readonly say: (message: FromWorker) => void;
  readonly die: (how: string) => void;
  listenError: Error | undefined;

  constructor(pid: number) {
    const [channel, far] = memoryChannel<ToWorker, FromWorker>();
    const { promise: ended, resolve } = Promise.withResolvers<string>();
    let sent = 0;
    const { send } = channel;
    channel.send = (...message) => {
      sent += 1;
      send.apply(channel, message);
    };
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
      give: async (message, socket) => {
        this.given.push(socket);
        channel.send(message);
      },
      listen: async ({ vpcId, port }) => {
        this.listens.push(`${vpcId}:${port}`);
        this.heardBeforeListens.push(sent);
        if (this.listenError !== undefined) {
          throw this.listenError;
        }
      },
    };
  }
}

const newPool = (
  count: number,
  beforeStart = () => {},
  logger = silentLogger,
  openSockets?: OpenSockets,
) => {
  const workers: FakeWorker[] = [];
  const timers: { ms: number; run: () => void }[] = [];
  const ended: number[] = [];
  const known: TargetHealthReport[] = [];
  const feeds: (SnapshotFeed & { revisions: number[]; removed: boolean })[] = [];
  let nowMs = 0;
  const pool = new WorkerPool({
    count,
    startLink: () => {
      beforeStart();
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
      counters: () => {},
      ended: (worker) => void ended.push(worker),
    },
    knownHealth: () => known,
    ...(openSockets && { openSockets }),
    clock: {
      now: () => nowMs,
      after: (ms, run) => {
        const timer = { ms, run };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
    },
    logger,
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
  return { pool, workers, timers, ended, feeds, known, start, pass };
};

const anExplanation = (at: string): Explanation => ({
  at,
  allowed: false,
  outcome: { message: '', targetGroupIds: [] },
  request: { method: 'GET', target: '/', authority: 'shop.example', protocol: 'http' },
  source: { vpcId: 'vpc-1', address: '10.0.0.1' },
  caller: { kind: 'anonymous' },
  layers: [],
  advice: [],
});

describe('a question to the pool', () => {
  const refusal = { about: 'refusal', requestId: 'id' } as const;
  const simulation = {
    about: 'simulation',
    simulation: {
      principalArn: 'anonymous',
      vpcId: 'vpc-1',
      method: 'GET',
      url: 'http://shop.example/',
      headers: [],
    },
  } as const;
  const askedOf = ({ received }: FakeWorker) => received.filter(({ type }) => type === 'ask');
  const answer = (worker: FakeWorker | undefined, answer: Answer): void => {
    const asked = worker && askedOf(worker).at(-1);
    if (asked?.type !== 'ask') throw new Error('nothing was asked');
    worker?.say({ type: 'answer', id: asked.id, answer });
  };
  const [older, newer] = [anExplanation('2026-04-01T12:00'), anExplanation('2026-04-01T12:01')];

  test('about a refusal goes to all workers, and what they know is put together, the newest first', async () => {
    const { pool, workers, timers, start } = newPool(3);
    await start();
    const asked = pool.ask(refusal);
    await turn();
    answer(workers[2], { explanations: [anExplanation('2026-04-01T12:02'), older] });
    answer(workers[0], { explanations: [newer] });
    answer(workers[1], { explanations: [] });
    expect(await asked).toEqual({
      explanations: [anExplanation('2026-04-01T12:02'), newer, older],
    });
    expect(timers).toEqual([]);
  });

  test('about a refusal has an answer though a worker is silent, if another one knows it', async () => {
    const { pool, workers, timers, start } = newPool(2);
    await start();
    const [known, unknown] = [pool.ask(refusal), pool.ask({ ...refusal, requestId: 'other' })];
    await turn();
    const [first] = workers as [FakeWorker];
    for (const message of askedOf(first)) {
      if (message.type !== 'ask' || message.question.about !== 'refusal') continue;
      const isKnown = message.question.requestId === 'id';
      const answered: Answer = { explanations: isKnown ? [older] : [] };
      first.say({ type: 'answer', id: message.id, answer: answered });
    }
    await turn();
    expect(timers.map(({ ms }) => ms)).toEqual([2000, 2000]);
    for (const { run } of [...timers]) run();
    expect(await known).toEqual({ explanations: [older] });
    expect(await unknown).toBeUndefined();
  });

  test('about a refusal has no more than eight answers', async () => {
    const { pool, workers, start } = newPool(2);
    await start();
    const asked = pool.ask(refusal);
    await turn();
    for (const worker of workers) {
      answer(worker, { explanations: Array.from({ length: 8 }, () => older) });
    }
    expect(await asked).toEqual({ explanations: Array.from({ length: 8 }, () => older) });
  });

  test('about a refusal is answered when nobody knows it', async () => {
    const { pool, workers, start } = newPool(2);
    await start();
    const asked = pool.ask(refusal);
    await turn();
    for (const worker of workers) answer(worker, { explanations: [] });
    expect(await asked).toEqual({ explanations: [] });
  });

  test('about a simulation goes to one worker, to another one the next time', async () => {
    const { pool, workers, start } = newPool(2);
    await start();
    for (const worker of workers) {
      const asked = pool.ask(simulation);
      await turn();
      answer(worker, { explanation: older });
      expect(await asked).toEqual({ explanation: older });
    }
    expect(workers.map((worker) => askedOf(worker).length)).toEqual([1, 1]);
  });

  test('about a simulation goes to the next worker when one hangs, within the time of one question', async () => {
    const { pool, workers, start, timers } = newPool(2);
    await start();
    const asked = pool.ask(simulation);
    await turn();
    expect(workers.map((worker) => askedOf(worker).length)).toEqual([1, 0]);
    expect(timers.map(({ ms }) => ms)).toEqual([1000]);
    timers[0]?.run();
    await turn();
    expect(timers.map(({ ms }) => ms)).toEqual([1000]);
    answer(workers[1], { explanation: older });
    expect(await asked).toEqual({ explanation: older });
    expect(timers).toEqual([]);
  });

  test('about a simulation goes to the next worker when one ends', async () => {
    const { pool, workers, start } = newPool(2);
    await start();
    const asked = pool.ask(simulation);
    await turn();
    workers[0]?.die('SIGKILL');
    await turn();
    answer(workers[1], { explanation: older });
    expect(await asked).toEqual({ explanation: older });
  });

  test('about a simulation has no answer when all hang, and asks four of many', async () => {
    const { pool, workers, start, timers } = newPool(6);
    await start();
    const asked = pool.ask(simulation);
    for (let i = 0; i < 4; i += 1) {
      await turn();
      expect(timers.map(({ ms }) => ms)).toEqual([500]);
      timers[0]?.run();
    }
    expect(await asked).toBeUndefined();
    expect(workers.map((worker) => askedOf(worker).length)).toEqual([1, 1, 1, 1, 0, 0]);
  });

  test('has no answer when its worker ends, and late answers hurt nobody', async () => {
    const { pool, workers, start, timers } = newPool(1);
    await start();
    const asked = pool.ask(simulation);
    await turn();
    workers[0]?.die('SIGKILL');
    expect(await asked).toBeUndefined();
    expect(timers).toEqual([]);
    answer(workers[0], { explanation: older });
    const again = pool.ask(simulation);
    await turn();
    workers[1]?.say({ type: 'answer', id: 999, answer: { explanation: older } });
    answer(workers[1], { explanation: newer });
    expect(await again).toEqual({ explanation: newer });
  });

  test('has no answer while no worker lives', async () => {
    const { pool } = newPool(1);
    expect(await pool.ask(simulation)).toBeUndefined();
    expect(await pool.ask(refusal)).toBeUndefined();
  });
});

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

  test('is started also when a worker ends before it is ready, and goes on trying', async () => {
    const { pool, workers, timers } = newPool(2);
    const started = pool.start();
    workers[0]?.die('exit code 1');
    workers[1]?.say({ type: 'ready' });
    await started;
    expect(workers).toHaveLength(3);
    workers[2]?.die('exit code 1');
    await turn();
    expect(timers.map(({ ms }) => ms)).toEqual([100]);
    timers[0]?.run();
    expect(workers).toHaveLength(4);
  });

  test('does not start when there is no program to run', async () => {
    const { pool } = newPool(2, () => {
      throw new WorkerProgramError('/gone/worker-main.js');
    });
    await expect(pool.start()).rejects.toThrow('`/gone/worker-main.js`');
  });

  test('tries again when there was no room for a process', async () => {
    let tries = 0;
    const { pool, workers, timers } = newPool(1, () => {
      tries += 1;
      if (tries < 3) {
        throw new Error('spawn ENOMEM');
      }
    });
    await pool.start();
    expect(workers).toEqual([]);
    timers.shift()?.run();
    expect(workers).toHaveLength(1);
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
    await pool.listen({ vpcId: 'vpc-1', port: 7180 }, {});
    await pool.listen({ vpcId: 'vpc-2', port: 7181 }, {});
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

  test('makes sockets for a worker that asks, and says when a batch is over', async () => {
    const sockets = [1, 2, 3].map(() => ({ getsockname: () => 0, close: () => {} }));
    const asked: unknown[] = [];
    const { workers, start } = newPool(1, undefined, undefined, (vpcId, family, count) => {
      asked.push([vpcId, family, count]);
      return sockets.slice(0, count);
    });
    await start();
    const [worker] = workers;
    worker?.say({ type: 'wantSockets', batch: 7, vpcId: 'vpc-1', family: 6, count: 2 });
    await turn();
    expect(asked).toEqual([['vpc-1', 6, 2]]);
    expect(worker?.given).toEqual(sockets.slice(0, 2));
    expect(worker?.received.slice(-3)).toEqual([
      { type: 'socket', batch: 7 },
      { type: 'socket', batch: 7 },
      { type: 'socketsOver', batch: 7 },
    ]);
  });

  test('says once in a while that no sockets can be made, however often it is asked', async () => {
    const warnings: unknown[] = [];
    const logger = {
      ...silentLogger,
      warn: (...warning: readonly unknown[]) => void warnings.push(warning),
    };
    const { workers, start } = newPool(1, undefined, logger, () => {
      throw new Error('no such network');
    });
    await start();
    for (let i = 0; i < 100; i += 1) {
      workers[0]?.say({
        type: 'wantSockets',
        batch: i + 1,
        vpcId: 'vpc-gone',
        family: 4,
        count: 1,
      });
      await turn();
    }
    await turn();
    expect(warnings).toEqual([
      [
        'no connection can be made in a VPC',
        { vpcId: 'vpc-gone', error: 'no such network', times: 1 },
      ],
    ]);
  });

  test('tells every worker the same secret for TLS tickets', async () => {
    const { workers, start } = newPool(2);
    await start();
    const [first, second] = workers.map(({ received }) =>
      received.find(({ type }) => type === 'ticketSecret'),
    );
    expect(first).toEqual({ type: 'ticketSecret', secret: expect.stringMatching(/^.{44}$/) });
    expect(second).toEqual(first);
  });

  test('tells a new worker what is known of targets, between the snapshot and the entrances', async () => {
    const { pool, workers, known, start } = newPool(1);
    await start();
    await pool.listen({ vpcId: 'vpc-1', port: 7180 }, {});
    known.push({ groupId: 'tg', key: '10.0.0.1/80', health: 'UNHEALTHY' });
    workers[0]?.die('SIGKILL');
    await turn();

    expect(workers[0]?.received.map(({ type }) => type)).toEqual(['snapshot', 'ticketSecret']);
    expect(workers[1]?.received.map(({ type }) => type)).toEqual([
      'snapshot',
      'ticketSecret',
      'health',
    ]);
    expect(workers[1]?.received[2]).toEqual({ type: 'health', known });
    expect(workers[1]?.heardBeforeListens).toEqual([3]);
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
    await expect(pool.listen({ vpcId: 'vpc-1', port: 7180 }, {})).resolves.toBeUndefined();
  });

  test('nobody waits for workers that are not to come', async () => {
    const { pool, workers, start } = newPool(1);
    await start();
    (workers[0] as FakeWorker).listenError = new WorkerEndedError('SIGKILL');
    const waiting = pool.listen({ vpcId: 'vpc-1', port: 7180 }, {});
    pool.kill();
    await waiting;
    await pool.listen({ vpcId: 'vpc-1', port: 7181 }, {});
  });

  test('a worker that cannot accept where another one does is told of, and asked again later and later', async () => {
    const warnings: unknown[] = [];
    const { pool, workers, timers, start } = newPool(2, undefined, {
      ...silentLogger,
      warn: (message, fields) => void warnings.push([message, fields]),
    });
    await start();
    const [failing, other] = workers as [FakeWorker, FakeWorker];
    failing.listenError = new Error('listen EMFILE');
    await pool.listen({ vpcId: 'vpc-1', port: 7180 }, {});
    await turn();
    expect(warnings).toEqual([
      [
        'a worker cannot accept connections of a VPC',
        { vpcId: 'vpc-1', port: 7180, pid: 100, error: 'listen EMFILE', pauseMs: 1000 },
      ],
    ]);
    timers.shift()?.run();
    await turn();
    expect(timers.map(({ ms }) => ms)).toEqual([2000]);
    failing.listenError = undefined;
    timers.shift()?.run();
    await turn();
    expect(failing.listens).toEqual(Array(3).fill('vpc-1:7180'));
    expect(other.listens).toEqual(['vpc-1:7180']);
    expect(warnings).toHaveLength(2);
    expect(timers).toEqual([]);
  });

  test.each([
    { name: 'its VPC went', before: (pool: WorkerPool) => pool.unlisten('vpc-1') },
    { name: 'it ended', before: (_: WorkerPool, failing: FakeWorker) => failing.die('SIGKILL') },
  ])('a worker that could not accept is not asked again after $name', async ({ before }) => {
    const { pool, workers, timers, start, pass } = newPool(2);
    await start();
    const failing = workers[0] as FakeWorker;
    failing.listenError = new Error('listen EMFILE');
    await pool.listen({ vpcId: 'vpc-1', port: 7180 }, {});
    await turn();
    pass(5000);
    before(pool, failing);
    await turn();
    timers.shift()?.run();
    await turn();
    expect(failing.listens).toEqual(['vpc-1:7180']);
  });

  test('nobody is asked again after a stop', async () => {
    const { pool, workers, timers, start } = newPool(2);
    await start();
    (workers[0] as FakeWorker).listenError = new Error('listen EMFILE');
    await pool.listen({ vpcId: 'vpc-1', port: 7180 }, {});
    await turn();
    expect(timers).toHaveLength(1);
    await pool.stop(30_000);
    expect(timers).toEqual([]);
  });

  test('a portal where no worker can accept is refused and forgotten', async () => {
    const { pool, workers, start, pass } = newPool(1);
    await start();
    (workers[0] as FakeWorker).listenError = new Error('listen EADDRINUSE');
    await expect(pool.listen({ vpcId: 'vpc-1', port: 7180 }, {})).rejects.toThrow('EADDRINUSE');
    pass(5000);
    workers[0]?.die('SIGKILL');
    await turn();
    expect(workers[1]?.listens).toEqual([]);
  });

  test('a portal that comes while no worker lives is taken by the next one', async () => {
    const { pool, workers, timers, start } = newPool(1);
    await start();
    workers[0]?.die('SIGKILL');
    await turn();
    workers[1]?.die('SIGKILL');
    await turn();
    expect(pool.facts()).toEqual([]);
    let isOpen = false;
    const listening = pool.listen({ vpcId: 'vpc-1', port: 7180 }, {}).then(() => {
      isOpen = true;
    });
    await turn();
    expect(isOpen).toBe(false);
    timers[0]?.run();
    await listening;
    expect(workers[2]?.listens).toEqual(['vpc-1:7180']);
  });

  test('a portal waits for the next worker when the one that was asked ends', async () => {
    const { pool, workers, start } = newPool(1);
    await start();
    (workers[0] as FakeWorker).listenError = new WorkerEndedError('SIGKILL');
    const listening = pool.listen({ vpcId: 'vpc-1', port: 7180 }, {});
    await turn();
    workers[0]?.die('SIGKILL');
    await listening;
    expect(workers[1]?.listens).toEqual(['vpc-1:7180']);
  });

  test('a portal that is taken back while it waits is not opened by the next worker', async () => {
    const { pool, workers, timers, start } = newPool(1);
    await start();
    for (const index of [0, 1]) {
      workers[index]?.die('SIGKILL');
      await turn();
    }
    const listening = pool.listen({ vpcId: 'vpc-1', port: 7180 }, {});
    pool.unlisten('vpc-1');
    await listening;
    timers[0]?.run();
    expect(workers[2]?.listens).toEqual([]);
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

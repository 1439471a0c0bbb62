import { describe, expect, test } from 'vitest';
import type { Part, SnapshotDelta } from '../snapshot/parts.ts';
import { type Delay, Feeds } from './feeds.ts';

const network = (id: string, authType: 'NONE' | 'AWS_IAM' = 'NONE'): Part => ({
  kind: 'network',
  id,
  arn: `arn:${id}`,
  accountId: '111122223333',
  authType,
  logs: [],
});
const delta = (revision: number, upsert: Part[], remove: string[] = []): SnapshotDelta => ({
  revision,
  full: false,
  upsert,
  remove,
});

/** A clock that only moves when the test says so. */
const handClock = () => {
  const timers = new Set<() => void>();
  const delay: Delay = (_, run) => {
    timers.add(run);
    return () => timers.delete(run);
  };
  const elapse = () => {
    for (const run of [...timers]) run();
  };
  return { delay, elapse, timers };
};

const recorder = () => {
  const received: SnapshotDelta[] = [];
  return { received, send: (one: SnapshotDelta) => void received.push(one) };
};

describe('a feed', () => {
  test('first gets everything, then what changes, one at a time', () => {
    const feeds = new Feeds();
    feeds.publish(delta(3, []));
    const feed = recorder();
    const link = feeds.add(feed, new Map([['network/a', network('a')]]), 3);
    const full = { revision: 3, full: true, upsert: [network('a')], remove: [] };
    expect(feed.received).toEqual([full]);
    link.applied(3);
    feeds.publish(delta(4, [network('b')]));
    expect(feed.received).toEqual([full, delta(4, [network('b')])]);
  });

  test('that is slow gets what came meanwhile in one delta, the latest of each part', () => {
    const feeds = new Feeds();
    const feed = recorder();
    const link = feeds.add(feed, new Map(), 0);
    feeds.publish(delta(1, [network('a'), network('b'), network('c')]));
    feeds.publish(delta(2, [network('a', 'AWS_IAM')], ['network/b', 'network/x']));
    feeds.publish(delta(3, [network('d')], ['network/c']));
    feeds.publish(delta(4, [network('c', 'AWS_IAM')]));
    expect(feed.received).toHaveLength(1);
    link.applied(0);
    expect(feed.received[1]).toEqual(
      delta(
        4,
        [network('a', 'AWS_IAM'), network('c', 'AWS_IAM'), network('d')],
        ['network/b', 'network/x'],
      ),
    );
    feeds.publish(delta(5, [network('e')]));
    link.applied(4);
    expect(feed.received[2]).toEqual(delta(5, [network('e')]));
  });

  test('is not woken by a delta without anything, and counts as having applied it', async () => {
    const feeds = new Feeds();
    const feed = recorder();
    const link = feeds.add(feed, new Map(), 0);
    link.applied(0);
    feeds.publish(delta(1, []));
    expect(feed.received).toHaveLength(1);
    expect(await feeds.settle(1, 1000)).toBe(true);
  });

  test('that applies within `send` works too', async () => {
    const feeds = new Feeds();
    const received: number[] = [];
    const link = feeds.add(
      {
        send: ({ revision }) => {
          received.push(revision);
          if (revision > 0) link.applied(revision);
        },
      },
      new Map(),
      0,
    );
    link.applied(0);
    feeds.publish(delta(1, [network('a')]));
    feeds.publish(delta(2, [network('a')]));
    expect(received).toEqual([0, 1, 2]);
    expect(await feeds.settle(2, 1000)).toBe(true);
  });

  test('that is removed gets nothing more', () => {
    const feeds = new Feeds();
    const feed = recorder();
    const link = feeds.add(feed, new Map(), 0);
    link.applied(0);
    link.remove();
    link.applied(0);
    feeds.publish(delta(1, [network('a')]));
    expect(feed.received).toHaveLength(1);
  });
});

describe('settle', () => {
  const setUp = () => {
    const clock = handClock();
    const feeds = new Feeds(clock.delay);
    const [fast, slow] = [feeds.add(recorder(), new Map(), 0), feeds.add(recorder(), new Map(), 0)];
    fast.applied(0);
    slow.applied(0);
    return { feeds, clock, fast, slow };
  };
  const watch = (promise: Promise<boolean>) => {
    const state: { settled?: boolean } = {};
    void promise.then((settled) => {
      state.settled = settled;
    });
    return state;
  };
  const turn = () => new Promise(setImmediate);

  test('waits for the slowest feed', async () => {
    const { feeds, fast, slow, clock } = setUp();
    feeds.publish(delta(1, [network('a')]));
    const settling = feeds.settle(1, 1000);
    const state = watch(settling);
    fast.applied(1);
    await turn();
    expect(state).toEqual({});
    slow.applied(1);
    expect(await settling).toBe(true);
    expect(clock.timers.size).toBe(0);
  });

  test('is true once a later revision is applied', async () => {
    const { feeds, fast, slow } = setUp();
    feeds.publish(delta(1, [network('a')]));
    feeds.publish(delta(2, [network('b')]));
    const settling = feeds.settle(1, 1000);
    for (const link of [fast, slow]) link.applied(1);
    expect(await settling).toBe(true);
    const second = watch(feeds.settle(2, 1000));
    await turn();
    expect(second).toEqual({});
  });

  test('does not wait for a feed that dies', async () => {
    const { feeds, fast, slow } = setUp();
    feeds.publish(delta(1, [network('a')]));
    const settling = feeds.settle(1, 1000);
    fast.applied(1);
    slow.remove();
    expect(await settling).toBe(true);
  });

  test('does not wait for a feed that cannot be sent to', async () => {
    const { feeds, fast, slow } = setUp();
    const dead = {
      send: ({ full }: SnapshotDelta) => {
        if (!full) throw new Error('channel closed');
      },
    };
    feeds.add(dead, new Map(), 0).applied(0);
    feeds.publish(delta(1, [network('a')]));
    fast.applied(1);
    slow.applied(1);
    expect(await feeds.settle(1, 1000)).toBe(true);
  });

  test('is false when time is up', async () => {
    const { feeds, clock, fast } = setUp();
    feeds.publish(delta(1, [network('a')]));
    fast.applied(1);
    const settling = feeds.settle(1, 1000);
    clock.elapse();
    expect(await settling).toBe(false);
    expect(clock.timers.size).toBe(0);
  });

  test('waits for a feed that is new and has applied nothing yet', async () => {
    const { feeds } = setUp();
    const late = feeds.add(recorder(), new Map(), 0);
    const settling = feeds.settle(0, 1000);
    late.applied(0);
    expect(await settling).toBe(true);
  });

  test('is true at once without feeds', async () => {
    const feeds = new Feeds();
    feeds.publish(delta(1, [network('a')]));
    expect(await feeds.settle(1, 1000)).toBe(true);
  });

  test('of a revision that does not come is false when the publisher gives up', async () => {
    const { feeds } = setUp();
    const settling = feeds.settle(1, 1000);
    feeds.giveUp();
    expect(await settling).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import { type Sweepable, Sweeper } from './sweeper.ts';

class Member implements Sweepable {
  dueAt: number;
  readonly seenAt: number[] = [];
  onDue: () => void = () => {};

  constructor(dueAt: number) {
    this.dueAt = dueAt;
  }

  due(now: number): void {
    this.seenAt.push(now);
    this.onDue();
  }
}

const made = () => {
  let now = 0;
  let sweep = () => {};
  const sweeper = new Sweeper(
    () => now,
    (run) => {
      sweep = run;
    },
  );
  const tickAt = (time: number) => {
    now = time;
    sweeper.tick();
  };
  return {
    sweeper,
    tickAt,
    sweep: () => sweep(),
    at: (time: number) => {
      tickAt(time);
      sweep();
    },
  };
};

describe('Sweeper', () => {
  test('calls those whose time has come, and goes on until they set another', () => {
    const { sweeper, at } = made();
    const [early, late, never] = [new Member(10), new Member(20), new Member(Infinity)];
    for (const member of [early, late, never]) sweeper.add(member);
    at(9);
    at(10);
    early.dueAt = 30;
    at(25);
    at(30);
    expect(early.seenAt).toEqual([10, 30]);
    expect(late.seenAt).toEqual([25, 30]);
    expect(never.seenAt).toEqual([]);
  });

  test('forgets those that were removed, also during a sweep', () => {
    const { sweeper, at } = made();
    const [first, second] = [new Member(1), new Member(1)];
    sweeper.add(first);
    sweeper.add(second);
    first.onDue = () => {
      sweeper.remove(first);
      sweeper.remove(second);
    };
    at(1);
    at(2);
    expect(first.seenAt).toEqual([1]);
    expect(second.seenAt).toEqual([]);
  });

  test('tells the time of the last tick, and the exact one', () => {
    let now = 5;
    const sweeper = new Sweeper(() => now);
    expect(sweeper.coarseNow).toBe(5);
    now = 7;
    expect([sweeper.coarseNow, sweeper.now()]).toEqual([5, 7]);
    sweeper.tick();
    expect(sweeper.coarseNow).toBe(7);
  });

  test('hears what has come by then before it calls', () => {
    const { sweeper, tickAt, sweep } = made();
    const member = new Member(200);
    sweeper.add(member);
    tickAt(250);
    // Read between the tick and the sweep.
    member.dueAt = sweeper.coarseNow + 200;
    sweep();
    expect(member.seenAt).toEqual([]);
  });

  test('does not count the time in which the process did not run', () => {
    const { sweeper, at } = made();
    const member = new Member(400);
    sweeper.add(member);
    at(250);
    at(60_000);
    expect(sweeper.coarseNow).toBe(625);
    member.dueAt = 800;
    at(60_100);
    expect(member.seenAt).toEqual([625]);
    at(60_200);
    expect(member.seenAt).toEqual([625, 825]);
    expect(sweeper.now()).toBe(825);
  });

  test('sweeps by itself between start and stop', async () => {
    const sweeper = new Sweeper();
    const member = new Member(0);
    const swept = new Promise<void>((resolve) => {
      member.onDue = resolve;
    });
    sweeper.add(member);
    sweeper.start();
    // The timer keeps no process alive, so something else has to for this test.
    const alive = setInterval(() => {}, 1000);
    await swept;
    clearInterval(alive);
    sweeper.stop();
  });
});

import { describe, expect, test } from 'vitest';
import { NetworkBoard } from './network-board.ts';

const attempt = (instances: Readonly<Record<string, string | undefined>>, network?: string) => ({
  network,
  instances: new Map(Object.entries(instances)),
});

const NOBODY = new Map();

describe('what is there of networks', () => {
  test('an instance is reachable from the attempt on that made it', () => {
    const board = new NetworkBoard({ hasPorts: false });
    expect(board.isReachable('i-1')).toBe(false);
    board.attempted('vpc-1', attempt({ 'i-1': 'no room', 'i-2': undefined }));
    expect([board.isReachable('i-1'), board.isReachable('i-2')]).toEqual([false, true]);
    board.attempted('vpc-1', attempt({ 'i-1': undefined }));
    expect([board.isReachable('i-1'), board.isReachable('i-2')]).toEqual([true, false]);
    expect(board.problems()).toEqual([]);
  });

  test('a network that is not there is one problem, whatever is in it', () => {
    const board = new NetworkBoard({ hasPorts: false });
    board.attempted('vpc-1', attempt({ 'i-1': 'no router', 'i-2': 'no router' }, 'no router'));
    expect(board.problems()).toEqual([{ vpcId: 'vpc-1', reason: 'no router' }]);
    board.forget('vpc-1');
    expect(board.problems()).toEqual([]);
  });

  test('a port at which nobody accepts is a problem for as long as that is so', () => {
    const board = new NetworkBoard({ hasPorts: false });
    board.attempted('vpc-1', attempt({ 'i-1': undefined }));
    const failures = new Map([[53, 'DNS has it']]);
    expect([1, 2].map(() => board.listened('vpc-1', failures))).toEqual([true, false]);
    expect(board.problems()).toEqual([{ vpcId: 'vpc-1', port: 53, reason: 'DNS has it' }]);
    expect(board.isReachable('i-1')).toBe(true);
    expect(board.listened('vpc-1', new Map())).toBe(false);
    expect(board.problems()).toEqual([]);
    expect(board.listened('vpc-1', failures)).toBe(true);
    board.forget('vpc-1');
    board.attempted('vpc-1', attempt({}));
    expect(board.problems()).toEqual([]);
  });

  test('a launch is given up with the third attempt, and asked for until it is gone', () => {
    const board = new NetworkBoard({ hasPorts: false });
    const fails = attempt({ 'i-1': 'no room' });
    const given = [1, 2, 3, 4].map(() => board.attempted('vpc-1', fails));
    expect(given).toEqual([NOBODY, NOBODY, new Map(fails.instances), new Map(fails.instances)]);
  });

  test.each([
    { name: 'before this process did', prepare: (board: NetworkBoard) => board.expect('i-1') },
    {
      name: 'a moment ago',
      prepare: (board: NetworkBoard) =>
        void board.attempted('vpc-1', attempt({ 'i-1': undefined })),
    },
  ])('what ran $name is never given up', ({ prepare }) => {
    const board = new NetworkBoard({ hasPorts: false });
    prepare(board);
    for (let times = 0; times < 10; times += 1) {
      expect(board.attempted('vpc-1', attempt({ 'i-1': 'no room' }))).toEqual(NOBODY);
    }
    expect(board.isReachable('i-1')).toBe(false);
  });
});

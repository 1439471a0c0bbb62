import { describe, expect, test } from 'vitest';
import type { CounterTotals, TargetHealth } from '../../snapshot/feed.ts';
import { CounterSum } from './counter-sum.ts';
import { DrainBoard } from './drain-board.ts';
import { TargetHealthBoard } from './target-health-board.ts';

describe('health that all workers say together', () => {
  const cases: { name: string; said: TargetHealth[]; merged: TargetHealth }[] = [
    { name: 'all that reported say HEALTHY', said: ['HEALTHY', 'HEALTHY'], merged: 'HEALTHY' },
    { name: 'one says UNHEALTHY', said: ['HEALTHY', 'UNHEALTHY'], merged: 'UNHEALTHY' },
    { name: 'one has not found out yet', said: ['INITIAL', 'HEALTHY'], merged: 'INITIAL' },
    { name: 'UNHEALTHY beside INITIAL', said: ['INITIAL', 'UNHEALTHY'], merged: 'UNHEALTHY' },
  ];
  test.each(cases)('$name: $merged', ({ said, merged }) => {
    const board = new TargetHealthBoard();
    for (const [worker, health] of said.entries()) {
      board.report(worker, [{ groupId: 'tg', key: '10.0.0.1/80', health }]);
    }
    expect(board.read('tg', '10.0.0.1/80')).toBe(merged);
  });

  test('is unknown before anyone reported, and after the target or its last reporter went', () => {
    const board = new TargetHealthBoard();
    const report = () => board.report(1, [{ groupId: 'tg', key: 'a/1', health: 'HEALTHY' }]);
    expect(board.read('tg', 'a/1')).toBeUndefined();
    report();
    board.forgetTarget('tg', 'a/1');
    expect(board.read('tg', 'a/1')).toBeUndefined();
    report();
    board.forgetWorker(1);
    expect(board.read('tg', 'a/1')).toBeUndefined();
  });

  test('no longer counts a worker that died', () => {
    const board = new TargetHealthBoard();
    board.report(1, [{ groupId: 'tg', key: 'a/1', health: 'UNHEALTHY' }]);
    board.report(2, [{ groupId: 'tg', key: 'a/1', health: 'HEALTHY' }]);
    board.forgetWorker(1);
    expect(board.read('tg', 'a/1')).toBe('HEALTHY');
  });
});

describe('a target is drained', () => {
  const target = { groupId: 'tg', key: 'a/1' };
  const newBoard = (...workers: number[]) => {
    const alive = new Set(workers);
    const drained: string[] = [];
    const board = new DrainBoard(
      () => alive,
      (groupId, key) => drained.push(`${groupId}/${key}`),
    );
    return { alive, drained, board };
  };

  test('when all live workers say so, once', () => {
    const { board, drained } = newBoard(1, 2);
    board.report(1, [target]);
    expect(drained).toEqual([]);
    board.report(2, [target]);
    expect(drained).toEqual(['tg/a/1']);
  });

  test('when the one that still had a request died', () => {
    const { alive, board, drained } = newBoard(1, 2);
    board.report(1, [target]);
    alive.delete(2);
    board.forgetWorker(2);
    expect(drained).toEqual(['tg/a/1']);
  });

  test('not by what was said before it was registered again', () => {
    const { board, drained } = newBoard(1, 2);
    board.report(1, [target]);
    board.forgetTarget('tg', 'a/1');
    board.report(2, [target]);
    expect(drained).toEqual([]);
  });
});

describe('counters', () => {
  const totals = (requests: number): CounterTotals => ({
    services: {
      svc: {
        requests,
        status2xx: requests,
        status3xx: 0,
        status4xx: 0,
        status5xx: 0,
        bytesReceived: requests * 10,
        bytesSent: requests * 20,
      },
    },
    targetGroups: {},
    refusedConnections: requests,
    droppedLogRecords: 0,
  });

  test('are summed over workers, and those of dead ones stay counted', () => {
    const sum = new CounterSum();
    sum.report(1, totals(5));
    sum.report(1, totals(7));
    sum.report(2, totals(1));
    sum.workerEnded(1);
    sum.report(3, totals(2));
    expect(sum.totals()).toEqual(totals(10));
  });

  test('are zero at the start', () => {
    expect(new CounterSum().totals()).toMatchObject({ services: {}, refusedConnections: 0 });
  });
});

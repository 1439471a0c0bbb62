import { describe, expect, test } from 'vitest';
import type { CounterTotals, RequestCounters, TargetHealth } from '../../snapshot/feed.ts';
import { CounterSum } from './counter-sum.ts';
import { DrainBoard } from './drain-board.ts';
import { TargetHealthBoard } from './target-health-board.ts';

describe('health that all workers say together', () => {
  const cases: { name: string; said: TargetHealth[]; merged: TargetHealth }[] = [
    { name: 'all that reported say HEALTHY', said: ['HEALTHY', 'HEALTHY'], merged: 'HEALTHY' },
    { name: 'one says UNHEALTHY', said: ['HEALTHY', 'UNHEALTHY'], merged: 'UNHEALTHY' },
    { name: 'one has not found out yet', said: ['INITIAL', 'HEALTHY'], merged: 'HEALTHY' },
    { name: 'nobody has found out yet', said: ['INITIAL', 'INITIAL'], merged: 'INITIAL' },
    { name: 'UNHEALTHY beside INITIAL', said: ['INITIAL', 'UNHEALTHY'], merged: 'UNHEALTHY' },
  ];
  test.each(cases)('$name: $merged', ({ said, merged }) => {
    const board = new TargetHealthBoard();
    for (const [worker, health] of said.entries()) {
      board.report(worker, [{ groupId: 'tg', key: '10.0.0.1/80', health }]);
    }
    expect(board.read('tg', '10.0.0.1/80')).toBe(merged);
  });

  test('is unknown before anyone reported, and after the target went', () => {
    const board = new TargetHealthBoard();
    const report = () => board.report(1, [{ groupId: 'tg', key: 'a/1', health: 'HEALTHY' }]);
    expect(board.read('tg', 'a/1')).toBeUndefined();
    report();
    board.forgetTarget('tg', 'a/1');
    expect(board.read('tg', 'a/1')).toBeUndefined();
  });

  test('is known to a new worker, as far as there is a verdict', () => {
    const board = new TargetHealthBoard();
    const say = (worker: number, key: string, health: TargetHealth) =>
      board.report(worker, [{ groupId: 'tg', key, health }]);
    say(1, 'a/1', 'HEALTHY');
    say(2, 'a/1', 'UNHEALTHY');
    say(1, 'b/1', 'HEALTHY');
    say(2, 'b/1', 'INITIAL');
    say(1, 'c/1', 'INITIAL');
    expect(board.known()).toEqual([
      { groupId: 'tg', key: 'a/1', health: 'UNHEALTHY' },
      { groupId: 'tg', key: 'b/1', health: 'HEALTHY' },
    ]);
  });

  test('outlives the last worker that knew, until another one has a verdict', () => {
    const board = new TargetHealthBoard();
    const say = (worker: number, health: TargetHealth) =>
      board.report(worker, [{ groupId: 'tg', key: 'a/1', health }]);
    say(1, 'UNHEALTHY');
    board.forgetWorker(1);
    expect(board.known()).toEqual([{ groupId: 'tg', key: 'a/1', health: 'UNHEALTHY' }]);
    say(2, 'INITIAL');
    expect(board.read('tg', 'a/1')).toBe('UNHEALTHY');
    say(2, 'HEALTHY');
    expect(board.read('tg', 'a/1')).toBe('HEALTHY');
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
    const drained: string[][] = [];
    const board = new DrainBoard(
      () => alive,
      (targets) => void drained.push(targets.map(({ groupId, key }) => `${groupId}/${key}`)),
    );
    return { alive, drained, board };
  };

  test('when all live workers say so, once', () => {
    const { board, drained } = newBoard(1, 2);
    board.report(1, [target]);
    expect(drained).toEqual([]);
    board.report(2, [target]);
    expect(drained).toEqual([['tg/a/1']]);
  });

  test('when the one that still had a request died', () => {
    const { alive, board, drained } = newBoard(1, 2);
    board.report(1, [target]);
    alive.delete(2);
    board.forgetWorker(2);
    expect(drained).toEqual([['tg/a/1']]);
  });

  test('together with all that the same report or end drains', () => {
    const { alive, board, drained } = newBoard(1, 2);
    const targets = ['a/1', 'b/1', 'c/1'].map((key) => ({ groupId: 'tg', key }));
    board.report(1, targets);
    board.report(2, targets.slice(0, 2));
    expect(drained).toEqual([['tg/a/1', 'tg/b/1']]);
    board.report(1, [{ groupId: 'tg', key: 'd/1' }]);
    alive.delete(2);
    board.forgetWorker(2);
    expect(drained.slice(1)).toEqual([['tg/c/1', 'tg/d/1']]);
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
  const counters = (requests: number): RequestCounters => ({
    requests,
    status2xx: requests,
    status3xx: 0,
    status4xx: 0,
    status5xx: 0,
    bytesReceived: requests * 10,
    bytesSent: requests * 20,
  });
  const totals = (services: Record<string, number>, refusedConnections = 0): CounterTotals => ({
    services: Object.fromEntries(
      Object.entries(services).map(([id, requests]) => [id, counters(requests)]),
    ),
    targetGroups: {},
    refusedConnections,
    deniedConnections: refusedConnections === 0 ? {} : { vpc: refusedConnections },
    droppedLogRecords: 0,
    dns: { queries: 0, forwarded: 0, failed: 0 },
  });

  test('are summed over workers, and those of dead ones stay counted', () => {
    const sum = new CounterSum();
    sum.report(1, totals({ svc: 5 }, 5));
    sum.report(1, totals({ svc: 7 }, 7));
    sum.report(2, totals({ svc: 1 }, 1));
    sum.workerEnded(1);
    sum.report(3, totals({ svc: 2 }, 2));
    expect(sum.of('services', 'svc')).toEqual(counters(10));
    expect(sum.refusedConnections()).toBe(10);
    expect(sum.deniedConnections('vpc')).toBe(10);
    sum.forget('deniedConnections', 'vpc');
    expect(sum.deniedConnections('vpc')).toBe(0);
  });

  test('that a report does not name are as they were', () => {
    const sum = new CounterSum();
    sum.report(1, totals({ one: 5, two: 1 }));
    sum.report(1, totals({ two: 3 }));
    sum.report(1, totals({}));
    expect(sum.of('services', 'one')).toEqual(counters(5));
    expect(sum.of('services', 'two')).toEqual(counters(3));
    expect(sum.of('targetGroups', 'one')).toBeUndefined();
  });

  test('go with what they count, those of dead workers, too', () => {
    const sum = new CounterSum();
    sum.report(1, totals({ gone: 5, stays: 1 }));
    sum.report(2, totals({ gone: 5, stays: 1 }));
    sum.workerEnded(1);
    sum.forget('services', 'gone');
    expect(sum.of('services', 'gone')).toBeUndefined();
    expect(sum.of('services', 'stays')).toEqual(counters(2));
  });

  test('are zero at the start', () => {
    const sum = new CounterSum();
    expect(sum.of('services', 'svc')).toBeUndefined();
    expect([sum.refusedConnections(), sum.droppedLogRecords()]).toEqual([0, 0]);
  });
});

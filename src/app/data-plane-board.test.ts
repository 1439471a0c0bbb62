import { describe, expect, test } from 'vitest';
import { aHealthCheck, aService, aTarget, aTargetGroup } from '../dataplane/sample-parts.ts';
import type { Change, ChangeSet } from '../lattice/documents.ts';
import { keyOf } from '../snapshot/delta.ts';
import type { CounterTotals, RequestCounters, TargetHealth } from '../snapshot/feed.ts';
import type { Part, PartKey } from '../snapshot/parts.ts';
import { DataPlaneBoard } from './data-plane-board.ts';

const counters = (requests: number): RequestCounters => ({
  requests,
  status2xx: requests,
  status3xx: 0,
  status4xx: 0,
  status5xx: 0,
  bytesReceived: 0,
  bytesSent: 0,
});

const totals = (
  services: Record<string, RequestCounters>,
  targetGroups: Record<string, RequestCounters> = {},
): CounterTotals => ({
  services,
  targetGroups,
  refusedConnections: 0,
  deniedConnections: {},
  droppedLogRecords: 0,
  dns: { queries: 0, forwarded: 0, failed: 0 },
});

const newBoard = (parts: readonly Part[], ...workers: number[]) => {
  const byKey = new Map<PartKey, Part>(parts.map((part) => [keyOf(part), part]));
  const alive = new Set(workers);
  const board = new DataPlaneBoard({
    parts: () => byKey,
    pool: () => ({ live: () => alive, facts: () => [] }),
    onDrained: () => {},
  });
  return { board, parts: byKey, alive };
};

const gone = (kind: 'service' | 'targetGroup', id: string): ChangeSet => ({
  revision: 1,
  changes: [{ kind, id } as unknown as Change],
});

describe('counters of the data plane', () => {
  test('go with the resource, and a late report does not bring them back', () => {
    const { board, parts } = newBoard([aService({ id: 'svc-1' }), aTargetGroup({ id: 'tg-1' })], 1);
    board.counters(1, totals({ 'svc-1': counters(3) }, { 'tg-1': counters(2) }));
    expect(board.serviceCounters('svc-1')).toEqual(counters(3));
    expect(board.targetGroupCounters('tg-1')).toEqual(counters(2));
    parts.clear();
    board.follow(gone('service', 'svc-1'));
    board.follow(gone('targetGroup', 'tg-1'));
    board.counters(1, totals({ 'svc-1': counters(4) }, { 'tg-1': counters(3) }));
    expect(board.serviceCounters('svc-1')).toBeUndefined();
    expect(board.targetGroupCounters('tg-1')).toBeUndefined();
  });

  test('of each of very many are read in no time', () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => `svc-${i}`);
    const { board } = newBoard(
      ids.map((id) => aService({ id })),
      1,
      2,
    );
    const all = totals(Object.fromEntries(ids.map((id) => [id, counters(1)])));
    board.counters(1, all);
    board.counters(2, all);
    board.ended(1);
    const startedAt = performance.now();
    const sum = ids.reduce((before, id) => before + (board.serviceCounters(id)?.requests ?? 0), 0);
    expect(sum).toBe(40_000);
    // Some 20 ms; with the totals of all built for each it takes minutes.
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

describe('first verdicts', () => {
  const group = aTargetGroup({
    healthCheck: aHealthCheck(),
    targets: [aTarget(1), aTarget(2), aTarget(3, { draining: true })],
  });
  const say = (board: DataPlaneBoard, worker: number, target: number, health: TargetHealth) =>
    board.health(worker, [{ groupId: group.id, key: aTarget(target).key, health }]);

  const cases: { name: string; parts: readonly Part[]; said: [number, number, TargetHealth][] }[] =
    [
      {
        name: 'each worker knows a healthy target',
        parts: [group],
        said: [
          [1, 1, 'HEALTHY'],
          [2, 2, 'HEALTHY'],
        ],
      },
      {
        name: 'all that can be used fail',
        parts: [group],
        said: [
          [1, 1, 'UNHEALTHY'],
          [1, 2, 'UNHEALTHY'],
          [2, 1, 'UNHEALTHY'],
          [2, 2, 'UNHEALTHY'],
        ],
      },
      { name: 'nothing is checked', parts: [aTargetGroup()], said: [] },
      { name: 'the group is not used', parts: [{ ...group, used: false }], said: [] },
    ];
  test.each(cases)('are there when $name, not before', async ({ parts, said }) => {
    const { board } = newBoard(parts, 1, 2);
    let isDone = false;
    const done = board.firstVerdicts(60_000).then((isKnown) => {
      isDone = true;
      return isKnown;
    });
    for (const [worker, target, health] of said) {
      await Promise.resolve();
      expect(isDone).toBe(false);
      say(board, worker, target, health);
    }
    expect(await done).toBe(true);
  });

  test('are waited for so long and no longer', async () => {
    const { board } = newBoard([group], 1, 2);
    say(board, 1, 1, 'HEALTHY');
    say(board, 2, 1, 'UNHEALTHY');
    expect(await board.firstVerdicts(20)).toBe(false);
  });
});

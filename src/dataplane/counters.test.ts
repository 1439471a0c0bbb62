import { describe, expect, test } from 'vitest';
import { changedTotals } from './counter-totals.ts';
import { Counters } from './counters.ts';
import { aDelta, aService, aSnapshot } from './sample-parts.ts';
import { DataPlaneState } from './state.ts';

const worker = {
  refusedConnections: 3,
  deniedConnections: { 'vpc-1': 2 },
  droppedLogRecords: 4,
  dns: { queries: 5, forwarded: 2, failed: 1 },
};

describe('counters', () => {
  test('count requests by class of status, and bytes', () => {
    const counters = new Counters();
    for (const status of [0, 101, 200, 299, 300, 404, 499, 500, 599]) counters.add(status, 10, 1);
    expect(counters.totals()).toEqual({
      requests: 9,
      status2xx: 2,
      status3xx: 1,
      status4xx: 2,
      status5xx: 2,
      bytesReceived: 90,
      bytesSent: 9,
    });
  });

  test('a snapshot of them does not change any more', () => {
    const counters = new Counters();
    counters.add(200, 1, 1);
    const totals = counters.totals();
    counters.add(200, 1, 1);
    expect(totals.requests).toBe(1);
  });

  test('the totals name only what had a request since the last time', () => {
    const state = new DataPlaneState({ now: () => 0 });
    state.apply(aDelta([...aSnapshot(), aService({ id: 'svc-2' })]));
    state.services.get('svc-1')!.counters.add(200, 1, 2);
    state.targetGroups.get('tg-1')!.counters.add(500, 1, 2);
    const totals = changedTotals(state, worker);
    expect(Object.keys(totals.services)).toEqual(['svc-1']);
    expect(totals.targetGroups['tg-1']).toMatchObject({ requests: 1, status5xx: 1 });
    expect(totals).toMatchObject(worker);
    expect(changedTotals(state, worker)).toEqual({ services: {}, targetGroups: {}, ...worker });
    state.services.get('svc-1')!.counters.add(200, 1, 2);
    expect(changedTotals(state, worker).services['svc-1']).toMatchObject({ requests: 2 });
    state.services.get('svc-1')!.counters.add(200, 1, 2);
    state.apply(aDelta([], ['service/svc-1', 'targetGroup/tg-1']));
    expect(changedTotals(state, worker)).toEqual({ services: {}, targetGroups: {}, ...worker });
  });
});

import type { CounterTotals, DnsCounters, RequestCounters } from '../snapshot/feed.ts';
import type { Counters } from './counters.ts';
import type { DataPlaneState } from './state.ts';

/** What a worker counts beside services and target groups. */
export interface WorkerCounters {
  readonly refusedConnections: number;
  /** By VPC id. */
  readonly deniedConnections: Readonly<Record<string, number>>;
  readonly droppedLogRecords: number;
  readonly dns: DnsCounters;
}

/** Totals of everything that had a request since they were taken last, for the control plane. */
export function changedTotals(state: DataPlaneState, worker: WorkerCounters): CounterTotals {
  return {
    services: totalsOf(state.services),
    targetGroups: totalsOf(state.targetGroups),
    ...worker,
  };
}

function totalsOf(
  counted: ReadonlyMap<string, { readonly counters: Counters }>,
): Record<string, RequestCounters> {
  const totals: Record<string, RequestCounters> = {};
  for (const [id, { counters }] of counted) {
    const changed = counters.takeChanged();
    if (changed !== undefined) totals[id] = changed;
  }
  return totals;
}

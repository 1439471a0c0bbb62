import type { CounterTotals, RequestCounters } from '../../snapshot/feed.ts';

/** Counters of all workers since the control plane started, those that died included. */
export class CounterSum {
  readonly #byWorker = new Map<number, CounterTotals>();
  #ended: CounterTotals = NO_TOTALS;

  report(worker: number, totals: CounterTotals): void {
    this.#byWorker.set(worker, totals);
  }

  /** What a worker counted stays counted. */
  workerEnded(worker: number): void {
    const totals = this.#byWorker.get(worker);
    if (totals !== undefined) {
      this.#byWorker.delete(worker);
      this.#ended = addTotals(this.#ended, totals);
    }
  }

  totals(): CounterTotals {
    let sum = this.#ended;
    for (const totals of this.#byWorker.values()) {
      sum = addTotals(sum, totals);
    }
    return sum;
  }
}

const NO_TOTALS: CounterTotals = {
  services: {},
  targetGroups: {},
  refusedConnections: 0,
  droppedLogRecords: 0,
};

const addTotals = (a: CounterTotals, b: CounterTotals): CounterTotals => ({
  services: addByName(a.services, b.services),
  targetGroups: addByName(a.targetGroups, b.targetGroups),
  refusedConnections: a.refusedConnections + b.refusedConnections,
  droppedLogRecords: a.droppedLogRecords + b.droppedLogRecords,
});

type ByName = Readonly<Record<string, RequestCounters>>;

const addByName = (a: ByName, b: ByName): ByName => {
  const sum: Record<string, RequestCounters> = { ...a };
  for (const [name, counters] of Object.entries(b)) {
    const before = sum[name];
    sum[name] = before === undefined ? counters : addCounters(before, counters);
  }
  return sum;
};

const addCounters = (a: RequestCounters, b: RequestCounters): RequestCounters => ({
  requests: a.requests + b.requests,
  status2xx: a.status2xx + b.status2xx,
  status3xx: a.status3xx + b.status3xx,
  status4xx: a.status4xx + b.status4xx,
  status5xx: a.status5xx + b.status5xx,
  bytesReceived: a.bytesReceived + b.bytesReceived,
  bytesSent: a.bytesSent + b.bytesSent,
});

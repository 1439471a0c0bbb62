import type { CounterTotals, DnsCounters, RequestCounters } from '../../snapshot/feed.ts';

/** Of what there are counters by id. */
export type CountedKind = 'services' | 'targetGroups';

interface Counted {
  readonly services: Map<string, RequestCounters>;
  readonly targetGroups: Map<string, RequestCounters>;
  readonly deniedConnections: Map<string, number>;
  refusedConnections: number;
  droppedLogRecords: number;
  dns: DnsCounters;
}

/**
 * Counters of all workers since the control plane started, those that died included. A read costs
 * as much as there are workers, however much is counted.
 */
export class CounterSum {
  readonly #byWorker = new Map<number, Counted>();
  readonly #ended: Counted = nothingCounted();

  /** Takes a worker's totals; what they do not name is as it was. */
  report(worker: number, totals: CounterTotals): void {
    const counted = this.#byWorker.get(worker) ?? nothingCounted();
    this.#byWorker.set(worker, counted);
    for (const kind of KINDS) {
      for (const [id, counters] of Object.entries(totals[kind])) {
        counted[kind].set(id, counters);
      }
    }
    for (const [vpcId, count] of Object.entries(totals.deniedConnections)) {
      counted.deniedConnections.set(vpcId, count);
    }
    counted.refusedConnections = totals.refusedConnections;
    counted.droppedLogRecords = totals.droppedLogRecords;
    counted.dns = totals.dns;
  }

  /** What a worker counted stays counted. */
  workerEnded(worker: number): void {
    const counted = this.#byWorker.get(worker);
    if (counted === undefined) {
      return;
    }
    this.#byWorker.delete(worker);
    for (const kind of KINDS) {
      for (const [id, counters] of counted[kind]) {
        this.#ended[kind].set(id, add(this.#ended[kind].get(id), counters));
      }
    }
    for (const [vpcId, count] of counted.deniedConnections) {
      const before = this.#ended.deniedConnections.get(vpcId) ?? 0;
      this.#ended.deniedConnections.set(vpcId, before + count);
    }
    this.#ended.refusedConnections += counted.refusedConnections;
    this.#ended.droppedLogRecords += counted.droppedLogRecords;
    this.#ended.dns = addDns(this.#ended.dns, counted.dns);
  }

  /** Undefined when nothing was counted for this id. */
  of(kind: CountedKind, id: string): RequestCounters | undefined {
    let sum = this.#ended[kind].get(id);
    for (const counted of this.#byWorker.values()) {
      const counters = counted[kind].get(id);
      if (counters !== undefined) {
        sum = add(sum, counters);
      }
    }
    return sum;
  }

  /** What was counted for something that is gone. */
  forget(kind: CountedKind | 'deniedConnections', id: string): void {
    for (const counted of this.#all()) {
      counted[kind].delete(id);
    }
  }

  deniedConnections(vpcId: string): number {
    let sum = 0;
    for (const { deniedConnections } of this.#all()) {
      sum += deniedConnections.get(vpcId) ?? 0;
    }
    return sum;
  }

  refusedConnections(): number {
    return this.#total('refusedConnections');
  }

  droppedLogRecords(): number {
    return this.#total('droppedLogRecords');
  }

  dns(): DnsCounters {
    return [...this.#byWorker.values()].reduce((sum, { dns }) => addDns(sum, dns), this.#ended.dns);
  }

  *#all(): Iterable<Counted> {
    yield this.#ended;
    yield* this.#byWorker.values();
  }

  #total(name: 'refusedConnections' | 'droppedLogRecords'): number {
    let sum = 0;
    for (const counted of this.#all()) {
      sum += counted[name];
    }
    return sum;
  }
}

const KINDS = ['services', 'targetGroups'] as const satisfies readonly CountedKind[];

const nothingCounted = (): Counted => ({
  services: new Map(),
  targetGroups: new Map(),
  deniedConnections: new Map(),
  refusedConnections: 0,
  droppedLogRecords: 0,
  dns: { queries: 0, forwarded: 0, failed: 0 },
});

const addDns = (a: DnsCounters, b: DnsCounters): DnsCounters => ({
  queries: a.queries + b.queries,
  forwarded: a.forwarded + b.forwarded,
  failed: a.failed + b.failed,
});

const add = (a: RequestCounters | undefined, b: RequestCounters): RequestCounters =>
  a === undefined
    ? b
    : {
        requests: a.requests + b.requests,
        status2xx: a.status2xx + b.status2xx,
        status3xx: a.status3xx + b.status3xx,
        status4xx: a.status4xx + b.status4xx,
        status5xx: a.status5xx + b.status5xx,
        bytesReceived: a.bytesReceived + b.bytesReceived,
        bytesSent: a.bytesSent + b.bytesSent,
      };

import type { DataPlaneReport } from '../control/data-plane-report.ts';
import type { TargetHealthReader } from '../control/operation.ts';
import type { Change, ChangeSet } from '../lattice/documents.ts';
import type { TargetHealthReport } from '../snapshot/feed.ts';
import type { Parts, TargetGroupPart } from '../snapshot/parts.ts';
import { partKey } from '../snapshot/parts.ts';
import { CounterSum } from './workers/counter-sum.ts';
import { DrainBoard, type GroupTarget } from './workers/drain-board.ts';
import { TargetHealthBoard } from './workers/target-health-board.ts';
import type { WorkerEvents, WorkerPool } from './workers/worker-pool.ts';

/** Of what is counted by its id. */
const PART_KINDS = {
  services: 'service',
  targetGroups: 'targetGroup',
  deniedConnections: 'vpc',
} as const;

export interface DataPlaneBoardOptions {
  /** What the workers are told; what they say of anything else is out of date. */
  readonly parts: () => Parts;
  readonly pool: () => Pick<WorkerPool, 'live' | 'facts'>;
  readonly onDrained: (targets: readonly GroupTarget[]) => void;
}

/** What all workers say together, for the API. */
export class DataPlaneBoard implements WorkerEvents, DataPlaneReport, TargetHealthReader {
  readonly #options: DataPlaneBoardOptions;
  readonly #health = new TargetHealthBoard();
  readonly #drains: DrainBoard;
  readonly #counters = new CounterSum();
  #onHealth: () => void = () => {};

  constructor(options: DataPlaneBoardOptions) {
    this.#options = options;
    this.#drains = new DrainBoard(() => options.pool().live(), options.onDrained);
  }

  health: WorkerEvents['health'] = (worker, changes) => {
    this.#health.report(
      worker,
      changes.filter(({ groupId, key }) => this.#findTarget(groupId, key) !== undefined),
    );
    this.#onHealth();
  };

  drained: WorkerEvents['drained'] = (worker, targets) => {
    this.#drains.report(
      worker,
      targets.filter(({ groupId, key }) => this.#findTarget(groupId, key)?.draining),
    );
  };

  counters: WorkerEvents['counters'] = (worker, totals) => {
    this.#counters.report(worker, {
      ...totals,
      services: this.#present('services', totals.services),
      targetGroups: this.#present('targetGroups', totals.targetGroups),
      deniedConnections: this.#present('deniedConnections', totals.deniedConnections),
    });
  };

  ended: WorkerEvents['ended'] = (worker) => {
    this.#health.forgetWorker(worker);
    this.#drains.forgetWorker(worker);
    this.#counters.workerEnded(worker);
    this.#onHealth();
  };

  /** To be told of every change of the store. */
  follow({ changes }: ChangeSet): void {
    for (const change of changes) {
      switch (change.kind) {
        case 'target':
          this.#followTarget(change);
          break;
        case 'service':
          if (change.after === undefined) this.#counters.forget('services', change.id);
          break;
        case 'targetGroup':
          if (change.after === undefined) this.#counters.forget('targetGroups', change.id);
          break;
        case 'vpc':
          if (change.after === undefined) this.#counters.forget('deniedConnections', change.id);
          break;
      }
    }
  }

  read: TargetHealthReader['read'] = (groupId, key) => this.#health.read(groupId, key);

  /** What a worker that has not checked anything yet is told of targets. */
  knownHealth = (): readonly TargetHealthReport[] => this.#health.known();

  /**
   * True once every live worker can tell where to send requests: of each target group that it
   * checks it knows a healthy target, or has a verdict on all. False when that takes longer than
   * `limitMs`.
   */
  firstVerdicts(limitMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (isKnown: boolean) => {
        clearTimeout(timer);
        this.#onHealth = () => {};
        resolve(isKnown);
      };
      const timer = setTimeout(() => done(false), limitMs);
      this.#onHealth = () => {
        if (this.#haveVerdicts()) {
          done(true);
        }
      };
      this.#onHealth();
    });
  }

  workers: DataPlaneReport['workers'] = () => this.#options.pool().facts();

  serviceCounters: DataPlaneReport['serviceCounters'] = (serviceId) =>
    this.#counters.of('services', serviceId);

  targetGroupCounters: DataPlaneReport['targetGroupCounters'] = (groupId) =>
    this.#counters.of('targetGroups', groupId);

  refusedConnections: DataPlaneReport['refusedConnections'] = () =>
    this.#counters.refusedConnections();

  deniedConnections: DataPlaneReport['deniedConnections'] = (vpcId) =>
    this.#counters.deniedConnections(vpcId);

  droppedLogRecords: DataPlaneReport['droppedLogRecords'] = () =>
    this.#counters.droppedLogRecords();

  dns: DataPlaneReport['dns'] = () => this.#counters.dns();

  #followTarget({ before, after }: Extract<Change, { kind: 'target' }>): void {
    const target = after ?? before;
    if (target === undefined) {
      return;
    }
    const key = `${target.targetId}/${target.port}`;
    if (after === undefined) {
      this.#health.forgetTarget(target.targetGroupId, key);
    }
    if (after?.drainUntil === undefined) {
      this.#drains.forgetTarget(target.targetGroupId, key);
    }
  }

  #findTarget(groupId: string, key: string) {
    const part = this.#options.parts().get(partKey('targetGroup', groupId));
    return part?.kind === 'targetGroup'
      ? part.targets.find((target) => target.key === key)
      : undefined;
  }

  /** A worker's last words of what is gone would otherwise be kept for ever. */
  #present<T>(kind: keyof typeof PART_KINDS, totals: Readonly<Record<string, T>>) {
    const parts = this.#options.parts();
    return Object.fromEntries(
      Object.entries(totals).filter(([id]) => parts.has(partKey(PART_KINDS[kind], id))),
    );
  }

  #haveVerdicts(): boolean {
    const workers = [...this.#options.pool().live()];
    if (workers.length === 0) {
      return false;
    }
    for (const part of this.#options.parts().values()) {
      if (part.kind === 'targetGroup' && part.used && part.healthCheck !== undefined) {
        if (!workers.every((worker) => this.#hasVerdict(worker, part))) {
          return false;
        }
      }
    }
    return true;
  }

  #hasVerdict(worker: number, group: TargetGroupPart): boolean {
    let isAnyOpen = false;
    for (const { key, draining } of group.targets) {
      if (!draining) {
        const health = this.#health.readOf(worker, group.id, key);
        if (health === 'HEALTHY') {
          return true;
        }
        isAnyOpen ||= health === 'INITIAL';
      }
    }
    return !isAnyOpen;
  }
}

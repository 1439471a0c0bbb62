import type { DataPlaneReport } from '../control/data-plane-report.ts';
import type { TargetHealthReader } from '../control/operation.ts';
import type { ChangeSet } from '../lattice/documents.ts';
import type { Parts } from '../snapshot/parts.ts';
import { partKey } from '../snapshot/parts.ts';
import { DrainBoard } from './workers/drain-board.ts';
import { TargetHealthBoard } from './workers/target-health-board.ts';
import type { WorkerEvents, WorkerPool } from './workers/worker-pool.ts';

export interface DataPlaneBoardOptions {
  /** What the workers are told; what they say of anything else is out of date. */
  readonly parts: () => Parts;
  readonly pool: () => Pick<WorkerPool, 'live' | 'facts' | 'totals'>;
  readonly onDrained: (groupId: string, targetKey: string) => void;
}

/** What all workers say together, for the API. */
export class DataPlaneBoard implements WorkerEvents, DataPlaneReport, TargetHealthReader {
  readonly #options: DataPlaneBoardOptions;
  readonly #health = new TargetHealthBoard();
  readonly #drains: DrainBoard;

  constructor(options: DataPlaneBoardOptions) {
    this.#options = options;
    this.#drains = new DrainBoard(() => options.pool().live(), options.onDrained);
  }

  health: WorkerEvents['health'] = (worker, changes) => {
    this.#health.report(
      worker,
      changes.filter(({ groupId, key }) => this.#findTarget(groupId, key) !== undefined),
    );
  };

  drained: WorkerEvents['drained'] = (worker, targets) => {
    this.#drains.report(
      worker,
      targets.filter(({ groupId, key }) => this.#findTarget(groupId, key)?.draining),
    );
  };

  ended: WorkerEvents['ended'] = (worker) => {
    this.#health.forgetWorker(worker);
    this.#drains.forgetWorker(worker);
  };

  /** To be told of every change of the store. */
  follow({ changes }: ChangeSet): void {
    for (const change of changes) {
      if (change.kind !== 'target') {
        continue;
      }
      const target = change.after ?? change.before;
      if (target === undefined) {
        continue;
      }
      const key = `${target.targetId}/${target.port}`;
      if (change.after === undefined) {
        this.#health.forgetTarget(target.targetGroupId, key);
      }
      if (change.after?.drainUntil === undefined) {
        this.#drains.forgetTarget(target.targetGroupId, key);
      }
    }
  }

  read: TargetHealthReader['read'] = (groupId, key) => this.#health.read(groupId, key);

  workers: DataPlaneReport['workers'] = () => this.#options.pool().facts();

  serviceCounters: DataPlaneReport['serviceCounters'] = (serviceId) =>
    this.#options.pool().totals().services[serviceId];

  targetGroupCounters: DataPlaneReport['targetGroupCounters'] = (groupId) =>
    this.#options.pool().totals().targetGroups[groupId];

  refusedConnections: DataPlaneReport['refusedConnections'] = () =>
    this.#options.pool().totals().refusedConnections;

  droppedLogRecords: DataPlaneReport['droppedLogRecords'] = () =>
    this.#options.pool().totals().droppedLogRecords;

  #findTarget(groupId: string, key: string) {
    const part = this.#options.parts().get(partKey('targetGroup', groupId));
    return part?.kind === 'targetGroup'
      ? part.targets.find((target) => target.key === key)
      : undefined;
  }
}

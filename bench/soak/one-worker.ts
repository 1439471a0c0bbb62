import type { DataPlaneLimits } from '../../src/dataplane/limits.ts';
import { type LoadedService, loadFolder, type ServicePlan } from '../pergola/data-folder.ts';
import { startInstance } from '../pergola/instance.ts';
import type { Soak } from './soak.ts';

export interface OneWorker {
  readonly services: readonly LoadedService[];
  /** The port at which clients enter the VPC. */
  readonly portal: number;
  readonly workerPid: number;
  /** As long as it is the one that it was. */
  isAlive(): boolean;
  stop(): Promise<void>;
}

/** An instance with one worker, whose memory is watched, or which good and bad clients share. */
export const startOneWorker = async (
  { cleanup, folder }: Soak,
  plans: readonly ServicePlan[],
  { limits, cores }: { limits?: Partial<DataPlaneLimits>; cores?: string | undefined } = {},
): Promise<OneWorker> => {
  const target = { a: 9 };
  const { dataDir, services } = await loadFolder({ cleanup, folder }, target, plans, limits);
  const instance = await startInstance({ cleanup }, { dataDir, cores, workers: 1 });
  const [workerPid] = instance.workerPids();
  const [service] = services;
  if (workerPid === undefined || service === undefined) throw new Error('no worker or no service');
  return {
    services,
    portal: instance.portals.get(service.vpcId) as number,
    workerPid,
    isAlive: () => instance.workerPids().includes(workerPid),
    stop: instance.stop,
  };
};

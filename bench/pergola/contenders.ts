import type { Bench } from '../bench.ts';
import type { HttpContender } from '../proxies/contender.ts';
import type { Target } from '../target/target.ts';
import { loadFolder, type ServicePlan } from './data-folder.ts';
import { startInstance } from './instance.ts';

/** One instance with one worker: each service of it is a contender with the name beside it. */
export const startPergola = async (
  bench: Bench,
  target: Pick<Target, 'a'>,
  plans: readonly (readonly [name: string, plan: ServicePlan])[],
): Promise<readonly [HttpContender, ...HttpContender[]]> => {
  const { dataDir, services } = await loadFolder(
    bench,
    target,
    plans.map(([, plan]) => plan),
  );
  const instance = await startInstance(bench, { dataDir, cores: bench.cores.proxy, workers: 1 });
  const pids = instance.workerPids();
  const [first, ...others] = services.map(
    ({ host, vpcId }, i): HttpContender => ({
      name: plans[i]?.[0] ?? '',
      port: instance.portals.get(vpcId) as number,
      host,
      idHeader: 'x-amzn-requestid',
      pids: () => pids,
      stop: instance.stop,
    }),
  );
  if (first === undefined) throw new Error('Pergola without a service');
  return [first, ...others];
};

import type { Bench } from '../bench.ts';
import { type LaunchTimes, measureLaunches } from '../netns/launches.ts';
import { type ManyNetworksRow, measureManyNetworks } from '../netns/many-networks.ts';
import { openEntry } from '../netns/open-entry.ts';
import { type CrossingResults, measureCrossing } from '../netns/proxying.ts';
import type { Target } from '../target/target.ts';

export type NetnsResults =
  | {
      readonly crossing: CrossingResults;
      readonly launches: LaunchTimes;
      readonly sizes: readonly ManyNetworksRow[];
    }
  /** What is missing on this machine. */
  | { readonly skipped: string };

/** VPCs as network namespaces, where that is possible. */
export const benchNetns = async (bench: Bench, target: Target): Promise<NetnsResults> => {
  const entry = await openEntry();
  if (entry instanceof Error) return { skipped: entry.message };
  return {
    crossing: await measureCrossing(bench, target, entry),
    launches: await measureLaunches(bench, entry),
    sizes: await measureManyNetworks(bench),
  };
};

import type { ApiClient } from '../../src/cli/api-client.ts';
import { listTargets, pause } from './lattice.ts';
import { type RunningTarget, startTarget } from './targets.ts';
import { TARGET_GROUPS } from './topology.ts';

/** Starts every target process of the storefront. */
export const startTargets = async (): Promise<RunningTarget[]> => {
  const started = await Promise.allSettled(
    TARGET_GROUPS.flatMap(({ targets, protocol, protocolVersion }) =>
      targets.map(({ name, isFailing }) =>
        startTarget(name, {
          isFailing: isFailing === true,
          isTls: protocol === 'HTTPS',
          isGrpc: protocolVersion === 'GRPC',
        }),
      ),
    ),
  );
  const targets = started.flatMap((result) =>
    result.status === 'fulfilled' ? [result.value] : [],
  );
  const failure = started.find((result) => result.status === 'rejected');
  if (failure !== undefined) {
    await Promise.all(targets.map((target) => target.stop()));
    throw failure.reason;
  }
  return targets;
};

/**
 * Waits until no target is INITIAL any more, which takes two health checks. Not forever: an
 * operator may have switched the checks off.
 */
export const waitUntilChecked = async (
  client: ApiClient,
  targetGroupIds: ReadonlyMap<string, string>,
  timeoutMs = 20_000,
): Promise<void> => {
  const start = Date.now();
  let waiting = [...targetGroupIds.values()];
  while (waiting.length > 0 && Date.now() - start < timeoutMs) {
    const lists = await Promise.all(waiting.map((id) => listTargets(client, id)));
    waiting = waiting.filter((_, index) =>
      lists[index]?.some(({ status }) => status === 'INITIAL'),
    );
    if (waiting.length > 0) await pause(250);
  }
};

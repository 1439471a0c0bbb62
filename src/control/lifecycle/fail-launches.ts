import { interfaceArnOf } from '../../lattice/vpc.ts';
import type { Store } from '../../store/store.ts';
import { dropTags } from '../tags.ts';

/**
 * Terminates instances whose machines could not be made, which gives their addresses back; those that
 * were terminated meanwhile stay as they are.
 *
 * @param reasons By instance id.
 */
export const failLaunches = async (
  store: Store,
  reasons: ReadonlyMap<string, string>,
  now: Date,
): Promise<void> => {
  const at = now.toISOString();
  await store.write(async (tx) => {
    for (const [id, launchFailure] of reasons) {
      const instance = await tx.get('instance', id);
      if (instance === undefined || instance.terminatedAt !== undefined) continue;
      await dropTags(tx, interfaceArnOf(instance));
      await tx.update('instance', {
        ...instance,
        launchFailure,
        terminatedAt: at,
        lastUpdatedAt: at,
      });
    }
  });
};

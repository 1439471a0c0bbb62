import type { WriteTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { dropTags } from '../../../tags.ts';
import { isShown } from './instances-of.ts';

/** Deletes the caller's instances that were terminated so long ago that nobody is shown them. */
export const forgetOldInstances = async (
  tx: WriteTransaction,
  { caller, now }: RequestContext,
): Promise<void> => {
  const { items } = await tx.list('instance', { index: 'account', equals: caller.accountId });
  for (const instance of items) {
    if (isShown(instance, now)) continue;
    await dropTags(tx, instance.arn);
    await tx.delete('instance', instance.id);
  }
};

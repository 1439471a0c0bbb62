import { dropTags } from '../../../tags.ts';
import { resolveResource } from '../resolve.ts';
import { latticeWrite } from '../shapes.ts';

export const deleteAccessLogSubscription = latticeWrite<'DeleteAccessLogSubscription'>(
  async (tx, input, context) => {
    const { id, arn } = await resolveResource(
      tx,
      'accessLogSubscription',
      input.accessLogSubscriptionIdentifier,
      context,
    );
    await tx.delete('accessLogSubscription', id);
    await dropTags(tx, arn);
    return {};
  },
);

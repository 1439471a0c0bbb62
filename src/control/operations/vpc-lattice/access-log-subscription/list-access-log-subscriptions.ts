import { listPage } from '../../../pagination.ts';
import { idOf } from '../resolve.ts';
import { latticeRead } from '../shapes.ts';
import { subscriptionDetails } from './subscription-answer.ts';

/** What does not exist has no subscriptions: AWS's model knows no ResourceNotFoundException here. */
export const listAccessLogSubscriptions = latticeRead<'ListAccessLogSubscriptions'>(
  async (tx, input, context) => {
    const { accountId } = context.caller;
    const { resourceIdentifier } = input;
    const resource = idOf(resourceIdentifier);
    const page = await listPage(
      tx,
      'accessLogSubscription',
      { index: 'resource', equals: resource },
      input,
      { accountId, operation: 'ListAccessLogSubscriptions', filter: { resource } },
      (subscription) =>
        subscription.accountId === accountId &&
        [subscription.resourceId, subscription.resourceArn].includes(resourceIdentifier),
    );
    return { ...page, items: page.items.map(subscriptionDetails) };
  },
);

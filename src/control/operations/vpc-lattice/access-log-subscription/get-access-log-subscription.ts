import { resolveResource } from '../resolve.ts';
import { latticeRead } from '../shapes.ts';
import { subscriptionDetails } from './subscription-answer.ts';

export const getAccessLogSubscription = latticeRead<'GetAccessLogSubscription'>(
  async (tx, input, context) =>
    subscriptionDetails(
      await resolveResource(
        tx,
        'accessLogSubscription',
        input.accessLogSubscriptionIdentifier,
        context,
      ),
    ),
);

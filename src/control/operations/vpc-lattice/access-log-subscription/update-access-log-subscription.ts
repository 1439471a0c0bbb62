import { conflict } from '../../../errors.ts';
import { resolveResource } from '../resolve.ts';
import { latticeWrite } from '../shapes.ts';
import { destinationType } from './destination.ts';
import { subscriptionAnswer } from './subscription-answer.ts';

export const updateAccessLogSubscription = latticeWrite<'UpdateAccessLogSubscription'>(
  async (tx, input, context) => {
    const before = await resolveResource(
      tx,
      'accessLogSubscription',
      input.accessLogSubscriptionIdentifier,
      context,
    );
    const { destinationArn } = input;
    const typeBefore = destinationType(before.destinationArn);
    if (destinationType(destinationArn) !== typeBefore) {
      throw conflict(
        'ACCESS_LOG_SUBSCRIPTION',
        before.id,
        `The destination of access log subscription ${before.id} must stay of type ${typeBefore}.`,
      );
    }
    const subscription = { ...before, destinationArn, lastUpdatedAt: context.now.toISOString() };
    await tx.update('accessLogSubscription', subscription);
    return subscriptionAnswer(subscription);
  },
);

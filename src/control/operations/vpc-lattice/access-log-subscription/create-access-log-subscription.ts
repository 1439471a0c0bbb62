import { accessLogSubscriptionArn } from '../../../../lattice/arn.ts';
import { alreadyExists, invalid } from '../../../errors.ts';
import { asTaggable } from '../../../taggable.ts';
import { putTags } from '../../../tags.ts';
import { insertOrTaken } from '../insert.ts';
import { resolvePolicyResource } from '../policy-resource.ts';
import { present } from '../present.ts';
import { latticeWrite } from '../shapes.ts';
import { destinationType } from './destination.ts';
import { subscriptionAnswer } from './subscription-answer.ts';

export const createAccessLogSubscription = latticeWrite<'CreateAccessLogSubscription'>(
  async (tx, input, context) => {
    const { accountId } = context.caller;
    const { destinationArn, resourceIdentifier } = input;
    const { kind, document: resource } = await resolvePolicyResource(
      tx,
      resourceIdentifier,
      context,
    );
    const type = destinationType(destinationArn);
    if (kind === 'service' && input.serviceNetworkLogType !== undefined) {
      throw invalid('serviceNetworkLogType is supported for service networks only.');
    }
    const id = context.newId('accessLogSubscription');
    const now = context.now.toISOString();
    const subscription = present({
      id,
      accountId,
      arn: accessLogSubscriptionArn(context.settings, accountId, id),
      resourceId: resource.id,
      resourceArn: resource.arn,
      destinationArn,
      serviceNetworkLogType:
        kind === 'serviceNetwork' ? (input.serviceNetworkLogType ?? 'SERVICE') : undefined,
      createdAt: now,
      lastUpdatedAt: now,
    });
    await insertOrTaken(tx, 'accessLogSubscription', subscription, ({ holder }) =>
      alreadyExists(
        'ACCESS_LOG_SUBSCRIPTION',
        holder,
        `Access log subscription with destination type ${type} for ${resource.id}`,
      ),
    );
    await putTags(tx, asTaggable(subscription), input.tags, context);
    return {
      ...subscriptionAnswer(subscription),
      serviceNetworkLogType: subscription.serviceNetworkLogType,
    };
  },
);

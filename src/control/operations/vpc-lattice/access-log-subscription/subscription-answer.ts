import type { AccessLogSubscription } from '../../../../lattice/resources.ts';

/** What create and update have in common. */
export const subscriptionAnswer = (subscription: AccessLogSubscription) => ({
  id: subscription.id,
  arn: subscription.arn,
  resourceId: subscription.resourceId,
  resourceArn: subscription.resourceArn,
  destinationArn: subscription.destinationArn,
});

/** What get and list say. */
export const subscriptionDetails = (subscription: AccessLogSubscription) => ({
  ...subscriptionAnswer(subscription),
  serviceNetworkLogType: subscription.serviceNetworkLogType,
  createdAt: new Date(subscription.createdAt),
  lastUpdatedAt: new Date(subscription.lastUpdatedAt),
});

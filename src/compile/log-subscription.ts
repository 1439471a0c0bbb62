import type { LogSubscriptionPart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';
import { compareText } from './grouped.ts';

/** Subscriptions of a service or service network to logs of services, by id. */
export const compileLogs = (index: DocumentIndex, resourceId: string): LogSubscriptionPart[] =>
  [...index.logsByResource.of(resourceId)]
    .filter(({ serviceNetworkLogType = 'SERVICE' }) => serviceNetworkLogType === 'SERVICE')
    .sort((a, b) => compareText(a.id, b.id))
    .map(({ id, arn, destinationArn }) => ({ id, arn, destinationArn }));

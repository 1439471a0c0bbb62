import { resolveResource } from '../resolve.ts';
import { latticeRead } from '../shapes.ts';
import { serviceAnswer, serviceStatus } from './service-answer.ts';

export const getService = latticeRead<'GetService'>(async (tx, input, context) => {
  const service = await resolveResource(tx, 'service', input.serviceIdentifier, context);
  return {
    ...serviceAnswer(service),
    status: serviceStatus(service),
    dnsEntry: service.dnsEntry,
    createdAt: new Date(service.createdAt),
    lastUpdatedAt: new Date(service.lastUpdatedAt),
  };
});

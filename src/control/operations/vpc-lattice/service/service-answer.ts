import type { Service } from '../../../../lattice/resources.ts';
import type { Output } from '../shapes.ts';

/** What create, get and update have in common. */
export const serviceAnswer = (service: Service) => ({
  id: service.id,
  arn: service.arn,
  name: service.name,
  customDomainName: service.customDomainName,
  certificateArn: service.certificateArn,
  authType: service.authType,
  idleTimeoutSeconds: service.idleTimeoutSeconds,
});

/** `Status` without what a service never is. */
export const serviceStatus = ({ status }: Service) =>
  status as Exclude<Service['status'], 'UPDATE_IN_PROGRESS' | 'UPDATE_FAILED'>;

export const serviceSummary = (
  service: Service,
): NonNullable<Output<'ListServices'>['items']>[number] => ({
  id: service.id,
  name: service.name,
  arn: service.arn,
  createdAt: new Date(service.createdAt),
  lastUpdatedAt: new Date(service.lastUpdatedAt),
  dnsEntry: service.dnsEntry,
  customDomainName: service.customDomainName,
  status: serviceStatus(service),
});

import type { Listener, Service } from '../../../../lattice/resources.ts';
import type { Output } from '../shapes.ts';

/** What create, get and update have in common. */
export const listenerAnswer = (listener: Listener, service: Service) => ({
  arn: listener.arn,
  id: listener.id,
  name: listener.name,
  protocol: listener.protocol,
  port: listener.port,
  serviceArn: service.arn,
  serviceId: service.id,
  defaultAction: listener.defaultAction,
});

export const listenerSummary = (listener: Listener): Output<'ListListeners'>['items'][number] => ({
  arn: listener.arn,
  id: listener.id,
  name: listener.name,
  protocol: listener.protocol,
  port: listener.port,
  createdAt: new Date(listener.createdAt),
  lastUpdatedAt: new Date(listener.lastUpdatedAt),
});

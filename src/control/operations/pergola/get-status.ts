import type { Service, TargetGroup } from '../../../lattice/resources.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { isOperator } from '../../accounts.ts';
import { NO_DATA_PLANE, NO_REQUESTS } from '../../data-plane-report.ts';
import type { RequestContext } from '../../operation.ts';
import { targetStatus } from '../vpc-lattice/target/target-status.ts';
import { domainProblem } from './domain-problem.ts';
import { networksOfService, servicesOfNetwork, vpcsOfNetwork } from './named-links.ts';
import { networkProblems } from './network-problems.ts';
import { type Output, pergolaRead } from './pergola-operation.ts';
import { portalSummaries } from './portal-summaries.ts';
import { visibleTo } from './visibility.ts';

type Status = Output<'GetStatus'>;

/** All that there is, at a glance: the caller's own; for the operator everybody's, and the workers. */
export const getStatus = pergolaRead<'GetStatus'>(async (tx, _input, context) => {
  const { caller, settings, dataPlane = NO_DATA_PLANE } = context;
  const visible = await visibleTo(tx, caller);
  const seesProcesses = await isOperator(tx, caller.accountId);
  const workers = dataPlane.workers();
  const networks = (await tx.list('serviceNetwork', visible)).items;
  const services = (await tx.list('service', visible)).items;
  const targetGroups = (await tx.list('targetGroup', visible)).items;
  return {
    region: settings.region,
    // What every worker uses; without workers nothing is in use.
    revision: workers.length === 0 ? 0 : Math.min(...workers.map(({ revision }) => revision)),
    workers: seesProcesses ? workers : undefined,
    portals: (await portalSummaries(tx, context)).map((portal) => ({
      ...portal,
      deniedConnections: dataPlane.deniedConnections(portal.vpcId),
    })),
    networks: await Promise.all(
      networks.map(async ({ id, arn, name, accountId, authType }) => ({
        id,
        arn,
        name,
        accountId,
        authType,
        services: await servicesOfNetwork(tx, id),
        vpcs: await vpcsOfNetwork(tx, id),
      })),
    ),
    services: await Promise.all(services.map((service) => serviceStatus(tx, service, context))),
    targetGroups: await Promise.all(
      targetGroups.map((group) => targetGroupStatus(tx, group, context)),
    ),
    refusedConnections: seesProcesses ? dataPlane.refusedConnections() : 0,
    networkProblems: seesProcesses ? await networkProblems(tx, context) : undefined,
    dns: seesProcesses ? dataPlane.dns() : undefined,
    droppedLogRecords: seesProcesses ? dataPlane.droppedLogRecords() : 0,
  };
});

const serviceStatus = async (
  tx: ReadTransaction,
  service: Service,
  { dataPlane = NO_DATA_PLANE, now }: RequestContext,
): Promise<Status['services'][number]> => {
  const listeners = (await tx.list('listener', { index: 'service', equals: service.id })).items;
  return {
    id: service.id,
    arn: service.arn,
    name: service.name,
    accountId: service.accountId,
    status: service.status,
    authType: service.authType,
    domainName: service.dnsEntry.domainName,
    customDomainName: service.customDomainName,
    domainProblem: await domainProblem(tx, service, listeners, now),
    networks: await networksOfService(tx, service.id),
    listeners: await Promise.all(
      listeners.map(async ({ id, name, protocol, port }) => ({
        id,
        name,
        protocol,
        port,
        rules: await tx.count('rule', { index: 'listener', equals: id }),
      })),
    ),
    counters: dataPlane.serviceCounters(service.id) ?? NO_REQUESTS,
  };
};

const targetGroupStatus = async (
  tx: ReadTransaction,
  group: TargetGroup,
  { dataPlane = NO_DATA_PLANE, targetHealth }: RequestContext,
): Promise<Status['targetGroups'][number]> => {
  const targets = (await tx.list('target', { index: 'targetGroup', equals: group.id })).items;
  const service = group.serviceId && (await tx.get('service', group.serviceId));
  return {
    id: group.id,
    arn: group.arn,
    name: group.name,
    accountId: group.accountId,
    type: group.type,
    protocol: group.config.protocol,
    protocolVersion: group.config.protocolVersion,
    status: group.status,
    services: service ? [{ id: service.id, name: service.name }] : [],
    targets: targets.map((target) => {
      const { status = 'UNAVAILABLE', reasonCode } = targetStatus(target, group, targetHealth);
      return {
        id: target.targetId,
        // A Lambda function has no port.
        port: target.port === 0 ? undefined : target.port,
        status,
        reasonCode,
      };
    }),
    counters: dataPlane.targetGroupCounters(group.id) ?? NO_REQUESTS,
  };
};

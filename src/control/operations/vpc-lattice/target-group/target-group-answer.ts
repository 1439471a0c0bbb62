import { serviceArn } from '../../../../lattice/arn.ts';
import type { TargetGroup } from '../../../../lattice/resources.ts';
import type { RequestContext } from '../../../operation.ts';
import type { Output } from '../shapes.ts';

/** What create, get and update have in common. */
export const targetGroupAnswer = (group: TargetGroup) => ({
  id: group.id,
  arn: group.arn,
  name: group.name,
  type: group.type,
  config: group.config,
  status: targetGroupStatus(group),
});

/** `Status` without what a target group never is. */
const targetGroupStatus = ({ status }: TargetGroup) =>
  status as Exclude<TargetGroup['status'], 'UPDATE_IN_PROGRESS' | 'UPDATE_FAILED'>;

/** The services that use the group: one or none, and of the same account. */
export const serviceArnsOf = (group: TargetGroup, { settings }: RequestContext): string[] =>
  group.serviceId === undefined ? [] : [serviceArn(settings, group.accountId, group.serviceId)];

export const targetGroupSummary = (
  group: TargetGroup,
  context: RequestContext,
): NonNullable<Output<'ListTargetGroups'>['items']>[number] => ({
  id: group.id,
  arn: group.arn,
  name: group.name,
  type: group.type,
  createdAt: new Date(group.createdAt),
  lastUpdatedAt: new Date(group.lastUpdatedAt),
  port: group.config.port,
  protocol: group.config.protocol,
  ipAddressType: group.config.ipAddressType,
  vpcIdentifier: group.config.vpcIdentifier,
  lambdaEventStructureVersion: group.config.lambdaEventStructureVersion,
  status: targetGroupStatus(group),
  serviceArns: serviceArnsOf(group, context),
});

import type { SecurityGroup, Vpc } from '../../../../lattice/vpc.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Arn } from '../ec2-arn.ts';
import { insertRule } from '../security-group-rules/insert-rule.ts';

/** A new group in a VPC, with the rule that every new group has: all traffic may leave. */
export const insertGroup = async (
  tx: WriteTransaction,
  vpc: Vpc,
  groupName: string,
  description: string,
  context: RequestContext,
): Promise<SecurityGroup> => {
  const id = context.newId('securityGroup');
  const now = context.now.toISOString();
  const group: SecurityGroup = {
    id,
    arn: ec2Arn(context, 'security-group', id),
    accountId: context.caller.accountId,
    createdAt: now,
    lastUpdatedAt: now,
    vpcId: vpc.id,
    groupName,
    description,
  };
  await tx.insert('securityGroup', group);
  await insertRule(tx, group, { ...ALL, isEgress: true, cidrIpv4: '0.0.0.0/0' }, context);
  if (vpc.ipv6CidrBlock !== undefined) {
    await insertRule(tx, group, { ...ALL, isEgress: true, cidrIpv6: '::/0' }, context);
  }
  return group;
};

/** The group that each VPC comes with: its members reach each other (VPC user guide, "Default security groups"). */
export const insertDefaultGroup = async (
  tx: WriteTransaction,
  vpc: Vpc,
  context: RequestContext,
): Promise<void> => {
  const group = await insertGroup(tx, vpc, 'default', 'default VPC security group', context);
  await insertRule(tx, group, { ...ALL, isEgress: false, referencedGroupId: group.id }, context);
};

const ALL = { ipProtocol: '-1', fromPort: -1, toPort: -1 } as const;

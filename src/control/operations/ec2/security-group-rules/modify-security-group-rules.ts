import type { SecurityGroup, SecurityGroupRule } from '../../../../lattice/vpc.ts';
import type { IpPermission, SecurityGroupRuleRequest } from '../../../../protocol/generated/ec2.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Write } from '../ec2-operation.ts';
import { ec2Error, invalidParameterValue, missingParameter } from '../errors.ts';
import { getOwned } from '../owned.ts';
import { parsePermissions } from './parse-permissions.ts';
import { describeRule, ruleKey } from './rule-spec.ts';
import { rulesById } from './rules-by-id.ts';
import { rulesOf } from './rules-of.ts';

/** Replaces what rules of a group say; ids, tags and directions stay. */
export const modifySecurityGroupRules = ec2Write<'ModifySecurityGroupRules'>(
  async (tx, input, context) => {
    const group = await getOwned(tx, 'securityGroup', input.GroupId, context);
    const ids = input.SecurityGroupRules.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId);
    if (ids.length === 0) throw missingParameter('securityGroupRules');
    if (new Set(ids).size < ids.length) {
      throw invalidParameterValue('The same security group rule must not appear multiple times');
    }
    const rules = await rulesById(tx, group, ids, undefined, context);
    const after: SecurityGroupRule[] = [];
    for (const [i, before] of rules.entries()) {
      const request = input.SecurityGroupRules[i]!.SecurityGroupRule;
      if (!request) throw missingParameter('securityGroupRule');
      after.push(await replace(tx, group, before, request, context));
    }
    await assertNoTwins(tx, group, after);
    await tx.updateAll('securityGroupRule', after);
    return { Return: true };
  },
);

const replace = async (
  tx: WriteTransaction,
  group: SecurityGroup,
  before: SecurityGroupRule,
  request: SecurityGroupRuleRequest,
  context: RequestContext,
): Promise<SecurityGroupRule> => {
  const specs = await parsePermissions(
    tx,
    group,
    { IpPermissions: [toPermission(request)] },
    before.isEgress,
    context,
  );
  if (specs.length !== 1) {
    throw invalidParameterValue(
      'A security group rule must have exactly one of cidrIpv4, cidrIpv6, prefixListId and referencedGroupId',
    );
  }
  const { id, arn, accountId, groupId, createdAt } = before;
  const lastUpdatedAt = context.now.toISOString();
  return { id, arn, accountId, groupId, createdAt, lastUpdatedAt, ...specs[0]! };
};

const toPermission = (request: SecurityGroupRuleRequest): IpPermission => {
  const { IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId } =
    request;
  const described = request.Description === undefined ? {} : { Description: request.Description };
  // Terraform writes a group of a named account as `<account>/<group>`.
  const [GroupId, UserId] = ReferencedGroupId?.split('/').reverse() ?? [];
  return {
    ...(IpProtocol !== undefined && { IpProtocol }),
    ...(FromPort !== undefined && { FromPort }),
    ...(ToPort !== undefined && { ToPort }),
    ...(CidrIpv4 !== undefined && { IpRanges: [{ CidrIp: CidrIpv4, ...described }] }),
    ...(CidrIpv6 !== undefined && { Ipv6Ranges: [{ CidrIpv6, ...described }] }),
    ...(PrefixListId !== undefined && { PrefixListIds: [{ PrefixListId, ...described }] }),
    ...(GroupId !== undefined && {
      UserIdGroupPairs: [{ GroupId, ...(UserId !== undefined && { UserId }), ...described }],
    }),
  };
};

const assertNoTwins = async (
  tx: WriteTransaction,
  group: SecurityGroup,
  after: readonly SecurityGroupRule[],
): Promise<void> => {
  const changed = new Set(after.map(({ id }) => id));
  const others = (await rulesOf(tx, group.id)).filter(({ id }) => !changed.has(id));
  const taken = new Set(others.map(ruleKey));
  for (const rule of after) {
    if (taken.has(ruleKey(rule))) {
      throw ec2Error(
        'InvalidPermission.Duplicate',
        `the specified rule "${describeRule(rule)}" already exists`,
      );
    }
    taken.add(ruleKey(rule));
  }
};

import type { SecurityGroup, SecurityGroupRule } from '../../../../lattice/vpc.ts';
import type { SecurityGroup as SecurityGroupAnswer } from '../../../../protocol/generated/ec2.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { readTags } from '../../../tags.ts';
import { ec2Read } from '../ec2-operation.ts';
import { applyFilters, onlyValue } from '../filters.ts';
import { getAllOwned } from '../owned.ts';
import { byCreation, cutPage } from '../page.ts';
import { toPermissions } from '../security-group-rules/permission-answer.ts';
import { rulesOf } from '../security-group-rules/rules-of.ts';
import { toTagList } from '../tags/tag-list.ts';
import { findGroup } from './find-group.ts';
import { groupFilters } from './group-filters.ts';

/** Groups of the caller, all or those named, that match the filters, with their rules as permissions. */
export const describeSecurityGroups = ec2Read<'DescribeSecurityGroups'>(
  async (tx, input, context) => {
    for (const GroupName of input.GroupNames ?? []) await findGroup(tx, { GroupName }, context);
    const candidates = input.GroupIds?.length
      ? await getAllOwned(tx, 'securityGroup', input.GroupIds, context)
      : await groupsIn(tx, onlyValue(input.Filters, 'vpc-id'), context);
    const asksForRules = input.Filters?.some(({ Name }) => Name?.includes('ip-permission.'));
    const rules = asksForRules
      ? await rulesOfAll(tx, candidates)
      : new Map<string, readonly SecurityGroupRule[]>();
    const table = groupFilters(({ id }) => rules.get(id) ?? []);
    const matching = await applyFilters(tx, candidates, input.Filters, table, ({ arn }) => arn);
    const page = cutPage(matching, byCreation, 'DescribeSecurityGroups', input, context);
    const SecurityGroups = [];
    for (const group of page.rows) SecurityGroups.push(await toGroupAnswer(tx, group));
    return { SecurityGroups, NextToken: page.nextToken };
  },
);

const groupsIn = async (
  tx: ReadTransaction,
  vpcId: string | undefined,
  { caller: { accountId } }: RequestContext,
): Promise<readonly SecurityGroup[]> => {
  const query =
    vpcId === undefined ? { index: 'account', equals: accountId } : { index: 'vpc', equals: vpcId };
  const { items } = await tx.list('securityGroup', query);
  return items.filter((group) => group.accountId === accountId);
};

const rulesOfAll = async (tx: ReadTransaction, groups: readonly SecurityGroup[]) => {
  const rules = new Map<string, readonly SecurityGroupRule[]>();
  for (const { id } of groups) rules.set(id, await rulesOf(tx, id));
  return rules;
};

const toGroupAnswer = async (
  tx: ReadTransaction,
  group: SecurityGroup,
): Promise<SecurityGroupAnswer> => {
  const rules = await rulesOf(tx, group.id);
  return {
    GroupId: group.id,
    IpPermissionsEgress: toPermissions(rules.filter(({ isEgress }) => isEgress)),
    Tags: toTagList(await readTags(tx, group.arn)),
    VpcId: group.vpcId,
    SecurityGroupArn: group.arn,
    OwnerId: group.accountId,
    GroupName: group.groupName,
    Description: group.description,
    IpPermissions: toPermissions(rules.filter(({ isEgress }) => !isEgress)),
  };
};

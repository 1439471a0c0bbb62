import type { SecurityGroupRule } from '../../../../lattice/vpc.ts';
import { readTags } from '../../../tags.ts';
import { ec2Read } from '../ec2-operation.ts';
import { applyFilters, type FilterTable, onlyValue } from '../filters.ts';
import { getAllOwned } from '../owned.ts';
import { byCreation, cutPage } from '../page.ts';
import { toRuleAnswer } from './rule-answer.ts';

/** Rules of the caller's groups, all or those named, that match the filters. */
export const describeSecurityGroupRules = ec2Read<'DescribeSecurityGroupRules'>(
  async (tx, input, context) => {
    const { accountId } = context.caller;
    const groupId = onlyValue(input.Filters, 'group-id');
    const query =
      groupId === undefined
        ? { index: 'account', equals: accountId }
        : { index: 'group', equals: groupId };
    const candidates = input.SecurityGroupRuleIds?.length
      ? await getAllOwned(tx, 'securityGroupRule', input.SecurityGroupRuleIds, context)
      : (await tx.list('securityGroupRule', query)).items.filter(
          (rule) => rule.accountId === accountId,
        );
    const matching = await applyFilters(tx, candidates, input.Filters, FILTERS, ({ arn }) => arn);
    const page = cutPage(matching, byCreation, 'DescribeSecurityGroupRules', input, context);
    const SecurityGroupRules = [];
    for (const rule of page.rows) {
      SecurityGroupRules.push(toRuleAnswer(rule, await readTags(tx, rule.arn)));
    }
    return { SecurityGroupRules, NextToken: page.nextToken };
  },
);

const FILTERS: FilterTable<SecurityGroupRule> = {
  'group-id': ({ groupId }) => groupId,
  'security-group-rule-id': ({ id }) => id,
};

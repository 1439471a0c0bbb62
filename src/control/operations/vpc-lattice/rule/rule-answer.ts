import type { Rule } from '../../../../lattice/resources.ts';
import type { Output } from '../shapes.ts';

/** What every answer about a rule has; the default rule has neither match nor priority. */
export const ruleAnswer = (
  rule: Rule,
): Omit<Output<'UpdateRule'>, 'match' | 'action'> &
  Pick<Rule, 'action'> & { match: Rule['match'] | undefined } => ({
  arn: rule.arn,
  id: rule.id,
  name: rule.name,
  isDefault: rule.isDefault,
  match: rule.match,
  priority: rule.priority,
  action: rule.action,
});

export const ruleSummary = (rule: Rule): Output<'ListRules'>['items'][number] => ({
  arn: rule.arn,
  id: rule.id,
  name: rule.name,
  isDefault: rule.isDefault,
  priority: rule.priority,
  createdAt: new Date(rule.createdAt),
  lastUpdatedAt: new Date(rule.lastUpdatedAt),
});

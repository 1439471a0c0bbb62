import { resolveRule } from '../resolve.ts';
import { latticeRead } from '../shapes.ts';
import { ruleAnswer } from './rule-answer.ts';

export const getRule = latticeRead<'GetRule'>(async (tx, input, context) => {
  const { rule } = await resolveRule(tx, input, context);
  return {
    ...ruleAnswer(rule),
    createdAt: new Date(rule.createdAt),
    lastUpdatedAt: new Date(rule.lastUpdatedAt),
  };
});

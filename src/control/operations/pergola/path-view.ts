import type {
  ExplainedCheck,
  ExplainedTarget,
  PathExplanation,
} from '../../../protocol/generated/pergola.ts';

/**
 * A path as an account may see it: of rules that are another account's only whether they let the
 * connection through, and of another account's service not which targets it has.
 */
export const pathFor = (path: PathExplanation, accountId: string): PathExplanation => {
  const isOwnService = path.to.accountId === accountId;
  return {
    ...path,
    checks: path.checks.map((check) => checkFor(check, accountId)),
    targets: isOwnService ? path.targets.map((target) => targetFor(target, accountId)) : [],
  };
};

const targetFor = (target: ExplainedTarget, accountId: string): ExplainedTarget => ({
  ...target,
  checks: target.checks.map((check) => checkFor(check, accountId)),
});

const checkFor = (check: ExplainedCheck, accountId: string): ExplainedCheck => {
  if (check.accountId === accountId || check.rules.length === 0) return check;
  return {
    ...check,
    message: `${check.passes ? 'passed' : 'refused'}: the rules are for account ${check.accountId} to see`,
    rules: [],
    advice: check.passes ? [] : [`ask account ${check.accountId}`],
    isHidden: true,
  };
};

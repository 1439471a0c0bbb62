import type {
  ExplainedCheck,
  ExplainedPlace,
  ExplainedTarget,
  PathExplanation,
} from '../../../protocol/generated/pergola.ts';

/**
 * A path as an account may see it: of what is another account's only whether it lets the connection
 * through, and of another account's service not which listeners and targets it has. Which service has
 * the name is known to whoever is in its network.
 */
export const pathFor = (path: PathExplanation, accountId: string): PathExplanation => {
  const isOwnVpc = path.from.accountId === accountId;
  const isOwnService = path.to.accountId === accountId;
  const isNamed = ({ check, passes }: ExplainedCheck) =>
    check === 'service' && (passes || isOwnVpc);
  return {
    ...path,
    from: isOwnVpc ? path.from : placeForParticipant(path.from),
    checks: path.checks.map((check) => (isNamed(check) ? check : checkFor(check, accountId))),
    targets: isOwnService ? path.targets.map((target) => targetFor(target, accountId)) : [],
  };
};

/** Its network interface is the participant's own; without one it is in the default group, the VPC owner's. */
const placeForParticipant = (from: ExplainedPlace): ExplainedPlace =>
  from.networkInterfaceId === undefined ? { ...from, securityGroupIds: [] } : from;

const targetFor = (target: ExplainedTarget, accountId: string): ExplainedTarget => ({
  ...target,
  checks: target.checks.map((check) => checkFor(check, accountId)),
});

const checkFor = (check: ExplainedCheck, accountId: string): ExplainedCheck => {
  if (check.accountId === accountId) return check;
  return {
    ...check,
    message: `${check.passes ? 'passed' : 'refused'}: the details are for account ${check.accountId} to see`,
    rules: [],
    advice: check.passes ? [] : [`ask account ${check.accountId}`],
    isHidden: true,
  };
};

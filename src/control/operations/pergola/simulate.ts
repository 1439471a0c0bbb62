import { parseResourcePolicy } from '../../../policy/policy-document.ts';
import type { SimulateRequest } from '../../../protocol/generated/pergola.ts';
import { isOperator } from '../../accounts.ts';
import { accessDenied, invalid, invalidField } from '../../errors.ts';
import { NO_EXPLANATIONS } from '../../explanations.ts';
import { acceptAuthPolicy } from '../vpc-lattice/auth-policy/accept-policy.ts';
import { explanationFor } from './explanation-view.ts';
import { visibleVpc } from './mapping-place.ts';
import { pergolaStaged } from './pergola-operation.ts';

/** What would happen to a request, which is not sent; with policies that are not stored, if wanted. */
export const simulate = pergolaStaged<'Simulate'>(async (store, input, context) => {
  const { caller, settings, explanations = NO_EXPLANATIONS } = context;
  const isByOperator = await store.read(async (tx) => {
    await visibleVpc(tx, input.vpcId, context);
    return isOperator(tx, caller.accountId);
  });
  const principal = toArn(input.principal, caller.accountId, settings.partition);
  if (!isByOperator && !isOwnPrincipal(principal, caller.accountId)) {
    throw accessDenied(
      `only the first account, \`default\`, can simulate callers of other accounts; give \`anonymous\` or a principal of account ${caller.accountId}`,
    );
  }
  assertPolicies(input, settings.quotas.authPolicyBytes);
  const answer = await explanations.ofSimulation({ ...input, principal });
  if ('problem' in answer) throw invalid(answer.problem);
  const explanation = explanationFor(answer.explanation, {
    accountId: caller.accountId,
    isOperator: isByOperator,
    ownLayers: [
      ...(input.networkPolicy === undefined ? [] : ['network-based policy']),
      ...(input.servicePolicy === undefined ? [] : ['service-based policy']),
    ],
  });
  if (explanation === undefined) throw new Error('the VPC of a simulation is the caller’s');
  return { explanation };
});

/** `root`, `user/NAME`, `role/NAME` and `assumed-role/ROLE/SESSION` are those of the caller's account. */
const toArn = (principal: string, accountId: string, partition: string): string => {
  if (principal === 'anonymous' || principal.startsWith('arn:')) return principal;
  const service = principal.startsWith('assumed-role/') ? 'sts' : 'iam';
  return `arn:${partition}:${service}::${accountId}:${principal}`;
};

const isOwnPrincipal = (principal: string, accountId: string): boolean =>
  principal === 'anonymous' || principal.split(':')[4] === accountId;

/** Exactly what PutAuthPolicy would take; says where in the policy the problem is. */
const assertPolicies = (input: SimulateRequest, mostBytes: number): void => {
  for (const field of ['servicePolicy', 'networkPolicy'] as const) {
    const text = input[field];
    if (text === undefined) continue;
    const parsed = parseResourcePolicy(text);
    if ('problem' in parsed) {
      const place = parsed.place === '' ? '' : ` (${parsed.place})`;
      throw invalidField(field, `${parsed.problem}${place}`);
    }
    acceptAuthPolicy(text, mostBytes);
  }
};

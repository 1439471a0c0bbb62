import type { IamRole } from '../../lattice/identity.ts';
import { authorize } from '../../policy/authorize.ts';
import { ServiceError } from '../../protocol/service-error.ts';
import type { ReadTransaction } from '../../store/store.ts';
import type { RequestContext } from '../operation.ts';
import { entityResource } from './actions/iam-resources.ts';
import { denialError } from './denial.ts';
import type { KeyValues } from './key-values.ts';
import { storedPolicies } from './policy-cache.ts';
import { federatedCaller, policyCaller } from './policy-caller.ts';
import { policyRequest } from './policy-request.ts';
import { isAllowedWith, isNamed } from './resource-grant.ts';

/** What is asked for when a role is assumed. */
export interface Assumption {
  readonly roleArn: string;
  /** `sts:AssumeRole`, and what else the session that is asked for needs. */
  readonly actions: readonly [string, ...string[]];
  /** Condition keys of the call's input. */
  readonly keys: KeyValues;
}

/**
 * Lets a caller pass whom both the role's trust policy and the caller's own policies allow each of the
 * actions; a trust policy that names the caller within its account makes up for its identity policies
 * ("Cross-account policy evaluation logic" in AWS's IAM user guide).
 *
 * @returns the role
 * @throws ServiceError AccessDeniedException in AWS's words, which say why only of the organisation: a
 *   role that is not there is refused like one that does not trust the caller
 */
export const assertMayAssume = async (
  tx: ReadTransaction,
  { roleArn, actions, keys }: Assumption,
  context: RequestContext,
): Promise<IamRole> => {
  const role = await tx.findUnique('iamRole', 'arn', roleArn);
  const trust = role && storedPolicies.trust.get(role.trustPolicy);
  const resource = role ? entityResource(role) : { arn: roleArn };
  const caller = await policyCaller(tx, context);
  const { layers } = caller;
  for (const action of actions) {
    const check = { action, resource };
    const request = policyRequest({ caller, service: 'sts', context, keys }, check);
    const refused = { principalArn: context.caller.principalArn, action, resource: roleArn };
    const { kind, decidedBy } = authorize({ layers, request });
    if (decidedBy === 'service control policy') {
      throw denialError('sts', { ...refused, kind, decidedBy });
    }
    if (trust === undefined || !isAllowedWith(trust, layers, request)) {
      throw denialError('sts', { ...refused, kind, decidedBy: undefined });
    }
  }
  // Without one the first action was refused.
  return role as IamRole;
};

/**
 * The same for somebody whom an identity provider vouches for, who has no policies: the trust policy has
 * to name the provider.
 *
 * @param provider its ARN
 * @throws ServiceError AccessDenied
 */
export const assertMayAssumeFederated = async (
  tx: ReadTransaction,
  provider: string,
  { roleArn, actions, keys }: Assumption,
  context: RequestContext,
): Promise<IamRole> => {
  const role = await tx.findUnique('iamRole', 'arn', roleArn);
  if (role && isTrusted(provider, role, { actions, keys }, context)) return role;
  throw new ServiceError(
    'AccessDenied',
    403,
    'Not authorized to perform sts:AssumeRoleWithWebIdentity',
  );
};

const isTrusted = (
  provider: string,
  role: IamRole,
  { actions, keys }: Omit<Assumption, 'roleArn'>,
  context: RequestContext,
): boolean => {
  const caller = federatedCaller(provider);
  const trust = storedPolicies.trust.get(role.trustPolicy);
  return actions.every((action) => {
    const check = { action, resource: entityResource(role) };
    const request = policyRequest({ caller, service: 'sts', context, keys }, check);
    return isNamed(trust, request) && isAllowedWith(trust, caller.layers, request);
  });
};

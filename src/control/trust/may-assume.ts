import type { IamRole } from '../../lattice/identity.ts';
import type { Principal } from '../../policy/principal.ts';
import type { PolicyRequest } from '../../policy/request.ts';
import { ServiceError } from '../../protocol/service-error.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { callerPrincipal } from '../authorization/caller-principal.ts';
import { KeyLookup, type KeyValues } from '../authorization/key-values.ts';
import { callerPolicies, entityOf } from '../caller-policies.ts';
import type { Caller } from '../operation.ts';
import { askPolicies, askTrustPolicy } from './ask-policies.ts';

/**
 * Whether a caller may do each of `actions` to a role: the role's trust policy has to allow it, and
 * so have the caller's own policies, unless the trust policy names the caller itself in the same
 * account ("Cross-account policy evaluation logic" in AWS's IAM user guide).
 */
export const mayAssume = async (
  tx: ReadTransaction,
  caller: Caller,
  role: IamRole,
  actions: readonly string[],
  values: KeyValues,
): Promise<boolean> => {
  const policies = await callerPolicies(tx, caller, await entityOf(tx, caller));
  const bounds = [policies?.boundary, policies?.session];
  return actions.every((action) => {
    const request = requestOf(callerPrincipal(caller), role, action, values);
    const trust = askTrustPolicy(role.trustPolicy, request);
    if (trust === 'deny' || trust === 'silent') return false;
    const ask = (documents: readonly string[] | undefined) =>
      documents === undefined ? 'allow' : askPolicies(documents, request);
    const own = ask(policies?.identity);
    const limits = bounds.map(ask);
    if (own === 'deny' || limits.includes('deny')) return false;
    const isNamed = trust === 'named' && caller.accountId === role.accountId;
    // A user that is named needs nothing more; of a role, its boundary and session still count.
    if (isNamed && caller.session?.roleId === undefined) return true;
    return (isNamed || own === 'allow') && limits.every((says) => says === 'allow');
  });
};

/** The same for somebody whom an identity provider vouches for, who has no policies of its own. */
export const mayAssumeFederated = (
  provider: string,
  role: IamRole,
  actions: readonly string[],
  values: KeyValues,
): boolean =>
  actions.every((action) => {
    const request = requestOf({ kind: 'federated', provider }, role, action, values);
    return askTrustPolicy(role.trustPolicy, request) === 'named';
  });

/** In AWS's words; a role that is not there is refused in the same way. */
export const notAuthorizedToAssume = (caller: Caller, roleArn: string): ServiceError =>
  new ServiceError(
    'AccessDenied',
    403,
    `User: ${caller.principalArn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
  );

const requestOf = (
  principal: Principal,
  role: IamRole,
  action: string,
  values: KeyValues,
): PolicyRequest => {
  const lookup = new KeyLookup(values);
  return { principal, action, resource: role.arn, value: (key) => lookup.value(key) };
};

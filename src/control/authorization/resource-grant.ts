import { parseArn } from '../../lattice/arn.ts';
import { authorize, type PolicyLayer } from '../../policy/authorize.ts';
import type { CallerLayer } from '../../policy/caller-layers.ts';
import { statementsOf } from '../../policy/policy-document.ts';
import type { Principal } from '../../policy/principal.ts';
import type { PolicyRequest } from '../../policy/request.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { type KnownPolicy, storedPolicies } from './policy-cache.ts';

/**
 * Whether the resource's own policy makes up for policies of the caller that are silent: within the
 * account it does when it names the caller. Such policies can only allow, so there is no need to ask
 * when the caller's own do.
 */
export const isGrantedByResource = async (
  tx: ReadTransaction,
  layers: readonly PolicyLayer<CallerLayer>[],
  request: PolicyRequest,
): Promise<boolean> => {
  const stored = await tx.get('resourcePolicy', request.resource);
  if (stored === undefined) return false;
  return isAllowedWith(storedPolicies.resource.get(stored.policy), layers, request);
};

/**
 * Whether a policy of a resource and a caller's own together allow. The resource's has to; the layers of
 * the caller have to as well, but for those that it makes up for when it suffices alone: of a user
 * only service control policies are left then, and of a role its boundary and session policy too.
 */
export const isAllowedWith = (
  resource: KnownPolicy,
  layers: readonly PolicyLayer<CallerLayer>[],
  request: PolicyRequest,
): boolean => {
  if (authorize({ layers, request }).kind === 'explicitDeny') return false;
  const needed = sufficesAlone(resource, request)
    ? layers.filter(({ name }) => isNeeded(name, request.principal))
    : layers;
  const ofResource = { name: 'resource', policies: [resource.policy] };
  return authorize({ layers: [...needed, ofResource], request }).allowed;
};

const isNeeded = (layer: CallerLayer, { kind }: Principal): boolean =>
  layer === 'service control policy' || (kind !== 'user' && layer !== 'identity-based policy');

/** "Cross-account policy evaluation logic" in AWS's IAM user guide. */
const sufficesAlone = (resource: KnownPolicy, request: PolicyRequest): boolean => {
  const { principal } = request;
  return (
    'accountId' in principal &&
    principal.accountId === parseArn(request.resource)?.accountId &&
    isNamed(resource, request)
  );
};

/** Whether a statement that applies names the caller itself, and not just its account or everybody. */
export const isNamed = ({ document, policy }: KnownPolicy, request: PolicyRequest): boolean => {
  const statements = statementsOf(document);
  const names: readonly unknown[] = namesOf(request.principal);
  return policy
    .explain(request)
    .some(
      ({ mismatches, statement }) =>
        mismatches.length === 0 &&
        principalsIn(statements[statement]?.Principal).some((name) => names.includes(name)),
    );
};

const namesOf = (principal: Principal): readonly string[] => {
  switch (principal.kind) {
    case 'user':
      return [principal.arn];
    case 'roleSession':
      return [principal.arn, principal.roleArn];
    case 'federated':
      return [principal.provider];
    default:
      return [];
  }
};

const principalsIn = (principal: unknown): readonly unknown[] =>
  typeof principal === 'object' && principal !== null ? Object.values(principal).flat() : [];

import { statementsOf } from '../../policy/policy-document.ts';
import type { PolicyRequest } from '../../policy/request.ts';
import { storedPolicies } from '../authorization/policy-cache.ts';

/**
 * What the policy of a role or of another resource says to a caller. `named`: it names the caller itself,
 * which is enough within the account. `account`: it names the caller's account or everybody, so that
 * the caller's own policies have to allow it too.
 */
export type ResourceAnswer = 'deny' | 'named' | 'account' | 'silent';

export const askTrustPolicy = (text: string, request: PolicyRequest): ResourceAnswer =>
  askResource('trust', text, request);

export const askResourcePolicy = (text: string, request: PolicyRequest): ResourceAnswer =>
  askResource('resource', text, request);

const askResource = (
  kind: 'trust' | 'resource',
  text: string,
  request: PolicyRequest,
): ResourceAnswer => {
  const { document, policy } = storedPolicies[kind].get(text);
  const applying = policy.explain(request).filter(({ mismatches }) => mismatches.length === 0);
  if (applying.length === 0) return 'silent';
  if (applying.some(({ effect }) => effect === 'Deny')) return 'deny';
  const statements = statementsOf(document);
  const own = namesOf(request);
  const isNamed = applying.some(({ statement }) =>
    principalsIn(statements[statement]?.Principal).some((name) =>
      (own as readonly unknown[]).includes(name),
    ),
  );
  return isNamed ? 'named' : 'account';
};

/** What policies of the caller say together: a deny wins, one that allows is enough. */
export const askPolicies = (
  texts: readonly string[],
  request: PolicyRequest,
): 'deny' | 'allow' | 'silent' => {
  const effects = texts.map(
    (text) => storedPolicies.identity.get(text).policy.evaluate(request)?.effect,
  );
  if (effects.includes('Deny')) return 'deny';
  return effects.includes('Allow') ? 'allow' : 'silent';
};

const namesOf = ({ principal }: PolicyRequest): readonly string[] => {
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

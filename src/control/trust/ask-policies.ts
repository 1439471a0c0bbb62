import { type CompiledPolicy, compilePolicy } from '../../policy/compile-policy.ts';
import {
  type PolicyDocument,
  parseIdentityPolicy,
  parseTrustPolicy,
  statementsOf,
} from '../../policy/policy-document.ts';
import type { PolicyRequest } from '../../policy/request.ts';

/**
 * What a role's trust policy says to an attempt to assume it. `named`: it names the caller itself,
 * which is enough within the account. `account`: it names the caller's account or everybody, so that
 * the caller's own policies have to allow it too.
 */
export type TrustAnswer = 'deny' | 'named' | 'account' | 'silent';

export const askTrustPolicy = (text: string, request: PolicyRequest): TrustAnswer => {
  const document = readStored(text, parseTrustPolicy);
  const policy = compilePolicy(document, 'trust policy');
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
  const effects = texts
    .map((text, i): CompiledPolicy => compilePolicy(readStored(text, parseIdentityPolicy), `${i}`))
    .map((policy) => policy.evaluate(request)?.effect);
  if (effects.includes('Deny')) return 'deny';
  return effects.includes('Allow') ? 'allow' : 'silent';
};

/** Documents were parsed before they were stored: one that cannot be read is our bug, and allows nothing. */
const readStored = (text: string, parse: typeof parseTrustPolicy): PolicyDocument => {
  const parsed = parse(text);
  if ('problem' in parsed) throw new Error(`a stored policy cannot be read: ${parsed.problem}`);
  return parsed.document;
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

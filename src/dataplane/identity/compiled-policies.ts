import { type CompiledPolicy, compilePolicy } from '../../policy/compile-policy.ts';
import { type PolicyDocument, parseIdentityPolicy } from '../../policy/policy-document.ts';

/** Where a policy is kept: a part, or something in one. */
export interface PolicyHolder {
  /** JSON text. */
  readonly document: string;
}

/**
 * By holder. Parts are replaced when they change and never changed, so a policy is compiled again
 * only when it, or the user, role or group that it is written into, became another.
 */
const compiled = new WeakMap<PolicyHolder, CompiledPolicy>();

/**
 * The policy of `holder`, compiled when it is first asked for.
 *
 * @param name in reasons; the same for a holder every time
 */
export const compiledPolicy = (holder: PolicyHolder, name: string): CompiledPolicy => {
  let policy = compiled.get(holder);
  if (policy === undefined) {
    const parsed = parseIdentityPolicy(holder.document);
    policy = compilePolicy('document' in parsed ? parsed.document : DENIES_ALL, name);
    compiled.set(holder, policy);
  }
  return policy;
};

/**
 * For a text that is no policy. The API stores none, so it is our bug; a policy that is passed over
 * might have been one that denies.
 */
const DENIES_ALL: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'PolicyCannotBeRead', Effect: 'Deny', Action: '*', Resource: '*' }],
};

import type { PolicyLayer } from '../../policy/authorize.ts';
import { compilePolicy } from '../../policy/compile-policy.ts';
import { parseResourcePolicy } from '../../policy/policy-document.ts';

export type AuthPolicyLayerName = 'network-based policy' | 'service-based policy';

/** How explanations call the policy itself. */
const POLICY_NAMES: Readonly<Record<AuthPolicyLayerName, string>> = {
  'network-based policy': "the service network's auth policy",
  'service-based policy': "the service's auth policy",
};

/** What of a service network or a service says whether requests are authorised. */
export interface Guarded {
  readonly authType: 'NONE' | 'AWS_IAM';
  /** Policy document as JSON text. */
  readonly authPolicy?: string;
}

/**
 * The layer that an auth policy makes, compiled when it is first asked for. One without a policy
 * allows nothing: so it is for AWS_IAM without a policy ("Auth policies" in VPC Lattice's user guide),
 * and for a text that is none, which the API would not have stored.
 */
export class AuthPolicyLayer<Name extends AuthPolicyLayerName> implements PolicyLayer<Name> {
  readonly name: Name;
  readonly #text: string | undefined;
  #policies: PolicyLayer['policies'] | undefined;

  constructor(name: Name, text: string | undefined) {
    this.name = name;
    this.#text = text;
  }

  get policies(): PolicyLayer['policies'] {
    this.#policies ??= this.#compile();
    return this.#policies;
  }

  #compile(): PolicyLayer['policies'] {
    if (this.#text === undefined) return [];
    const parsed = parseResourcePolicy(this.#text);
    return 'document' in parsed ? [compilePolicy(parsed.document, POLICY_NAMES[this.name])] : [];
  }
}

/** @returns undefined for the type NONE: a policy is kept then, and not asked. */
export const authPolicyLayer = <Name extends AuthPolicyLayerName>(
  name: Name,
  { authType, authPolicy }: Guarded,
): AuthPolicyLayer<Name> | undefined =>
  authType === 'NONE' ? undefined : new AuthPolicyLayer(name, authPolicy);

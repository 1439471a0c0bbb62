import type {
  AccessKeyPart,
  AccountPart,
  GroupPart,
  ManagedPolicyPart,
  PrincipalPart,
  SessionTokenKeyPart,
} from '../../snapshot/parts.ts';

/** Parts that say who callers are and what limits them, but for their access keys. */
export type CallerPart =
  | AccountPart
  | PrincipalPart
  | GroupPart
  | ManagedPolicyPart
  | SessionTokenKeyPart;

export type IdentityPart = CallerPart | AccessKeyPart;

/** What is known of accounts, principals and their policies at this moment. */
export class IdentityParts {
  readonly #accounts = new Map<string, AccountPart>();
  readonly #principals = new Map<string, PrincipalPart>();
  readonly #principalsByName = new Map<string, PrincipalPart>();
  readonly #groups = new Map<string, GroupPart>();
  readonly #managedPolicies = new Map<string, ManagedPolicyPart>();
  readonly #sessionTokenKeys = new Map<string, Buffer>();

  get accounts(): ReadonlyMap<string, AccountPart> {
    return this.#accounts;
  }

  /** By unique id. */
  get principals(): ReadonlyMap<string, PrincipalPart> {
    return this.#principals;
  }

  get groups(): ReadonlyMap<string, GroupPart> {
    return this.#groups;
  }

  /** By ARN; those of AWS are not among them. */
  get managedPolicies(): ReadonlyMap<string, ManagedPolicyPart> {
    return this.#managedPolicies;
  }

  /** What opens session tokens. */
  get sessionTokenKeys(): ReadonlyMap<string, Buffer> {
    return this.#sessionTokenKeys;
  }

  principalByName(
    type: PrincipalPart['type'],
    accountId: string,
    name: string,
  ): PrincipalPart | undefined {
    return this.#principalsByName.get(nameKey({ type, accountId, name }));
  }

  /** Parts of one kind and id: `before` is what was there, `after` what is there now. */
  change(before: CallerPart | undefined, after: CallerPart | undefined): void {
    const part = (after ?? before) as CallerPart;
    switch (part.kind) {
      case 'account':
        put(this.#accounts, part, after);
        return;
      case 'principal':
        this.#rename(before as PrincipalPart | undefined, after as PrincipalPart | undefined);
        put(this.#principals, part, after);
        return;
      case 'group':
        put(this.#groups, part, after);
        return;
      case 'managedPolicy':
        put(this.#managedPolicies, part, after);
        return;
      case 'sessionTokenKey':
        if (after === undefined) this.#sessionTokenKeys.delete(part.id);
        else this.#sessionTokenKeys.set(part.id, Buffer.from(part.secret, 'base64'));
        return;
      default:
        part satisfies never;
    }
  }

  #rename(before: PrincipalPart | undefined, after: PrincipalPart | undefined): void {
    const from = before && nameKey(before);
    const to = after && nameKey(after);
    // Deleted only when it has to be: what is deleted and set again over and over makes maps slow.
    // Nor when another one has the name by now.
    if (from !== undefined && from !== to && this.#principalsByName.get(from) === before) {
      this.#principalsByName.delete(from);
    }
    if (to !== undefined) this.#principalsByName.set(to, after as PrincipalPart);
  }
}

function put<P extends { readonly id: string }>(
  parts: Map<string, P>,
  part: P,
  after: unknown,
): void {
  if (after === undefined) parts.delete(part.id);
  else parts.set(part.id, part);
}

/** Exact: no two names of an account differ in case alone, and ARNs are compared with it. */
function nameKey({ type, accountId, name }: Pick<PrincipalPart, 'type' | 'accountId' | 'name'>) {
  return `${type}/${accountId}/${name}`;
}

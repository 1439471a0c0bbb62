import type { Principal } from './principal.ts';

/** Whether a caller is one of those that a statement names. */
export interface PrincipalTest {
  matches(principal: Principal): boolean;
}

/** @param element the `Principal` element of a policy that was parsed */
export const compilePrincipal = (element: unknown): PrincipalTest => new NamedPrincipals(element);

/**
 * Who is left when those that a `NotPrincipal` names are taken away. A Deny spares only whom it names
 * in full; an Allow, which AWS advises against, leaves out whom it names in any way.
 *
 * @param element the `NotPrincipal` element of a policy that was parsed
 */
export const compileNotPrincipal = (element: unknown, effect: 'Allow' | 'Deny'): PrincipalTest => {
  const named = new NamedPrincipals(element);
  return effect === 'Allow'
    ? { matches: (principal) => !named.matches(principal) }
    : { matches: (principal) => !named.excepts(principal) };
};

/** Those of the names in a `Principal` element that stand for the caller; for explanations. */
export const namesOf = (element: unknown, principal: Principal): readonly string[] => {
  if (element === '*') return ['*'];
  return Object.entries(element as Record<string, string | string[]>).flatMap(([type, names]) =>
    [names].flat().filter((name) => compilePrincipal({ [type]: name }).matches(principal)),
  );
};

const ACCOUNT = /^(?:\d{12}|arn:[^:]*:iam::(\d{12}):root)$/;

class NamedPrincipals implements PrincipalTest {
  readonly #isAnybody: boolean;
  /** An account stands for all that belongs to it. */
  readonly #accounts = new Set<string>();
  readonly #arns = new Set<string>();
  readonly #providers: ReadonlySet<string>;
  readonly #services: ReadonlySet<string>;

  constructor(element: unknown) {
    const byType = element === '*' ? { AWS: '*' } : (element as Record<string, string | string[]>);
    const ofType = (type: string): string[] => [byType[type] ?? []].flat();
    const aws = ofType('AWS');
    this.#isAnybody = aws.includes('*');
    this.#providers = new Set(ofType('Federated'));
    this.#services = new Set(ofType('Service'));
    for (const name of aws) {
      const account = ACCOUNT.exec(name);
      if (account === null) this.#arns.add(name);
      else this.#accounts.add(account[1] ?? name);
    }
  }

  matches(principal: Principal): boolean {
    if (this.#isAnybody) return true;
    switch (principal.kind) {
      case 'anonymous':
        return false;
      case 'root':
        return this.#accounts.has(principal.accountId);
      case 'user':
        return this.#accounts.has(principal.accountId) || this.#arns.has(principal.arn);
      case 'roleSession':
        return (
          this.#accounts.has(principal.accountId) ||
          this.#arns.has(principal.arn) ||
          this.#arns.has(principal.roleArn)
        );
      case 'federated':
        return this.#providers.has(principal.provider) || this.#providers.has('*');
      case 'service':
        return this.#services.has(principal.name) || this.#services.has('*');
    }
  }

  /**
   * Whether a caller is spared by a `NotPrincipal`: only when all that it is, is named. For a user that
   * is its account and itself, for a session its account, its role and itself ("Specifying
   * NotPrincipal with Deny" in AWS's IAM user guide).
   */
  excepts(principal: Principal): boolean {
    if (this.#isAnybody || (principal.kind !== 'user' && principal.kind !== 'roleSession')) {
      return this.matches(principal);
    }
    return (
      this.#accounts.has(principal.accountId) &&
      this.#arns.has(principal.arn) &&
      (principal.kind === 'user' || this.#arns.has(principal.roleArn))
    );
  }
}

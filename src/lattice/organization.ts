import type { Account } from './account.ts';

/** What AWS Organizations would say of the accounts here. */
export interface OrganizationSettings {
  /** `o-a1b2c3d4e5` */
  readonly id: string;
  /** Path of each account, by its id or name: `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`. */
  readonly accounts: Readonly<Record<string, string>>;
  readonly serviceControlPolicies: readonly ServiceControlPolicy[];
}

export interface ServiceControlPolicy {
  readonly name: string;
  /** Ids of the root, of organisational units and of accounts, or names of accounts. */
  readonly targets: readonly string[];
  /** Policy document as JSON text. */
  readonly document: string;
}

/** Where an account stands in its organisation. */
export interface OrganizationPlace {
  /** `aws:PrincipalOrgID` */
  readonly organizationId: string;
  /** `aws:PrincipalOrgPaths`: `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/` */
  readonly path: string;
  /**
   * Service control policies from the root of the organisation down to the account: a list for each
   * level that has any, and each of them has to allow.
   */
  readonly serviceControlPolicies: readonly (readonly ServiceControlPolicy[])[];
}

/** Undefined for an account that the settings do not put into the organisation. */
export const organizationPlace = (
  organization: OrganizationSettings | undefined,
  account: Pick<Account, 'id' | 'name'>,
): OrganizationPlace | undefined => {
  const { accounts = {} } = organization ?? {};
  const path = [account.id, account.name].flatMap((key) =>
    Object.hasOwn(accounts, key) ? [accounts[key] as string] : [],
  )[0];
  if (!organization || path === undefined) return undefined;
  const levels = path
    .split('/')
    .filter((level) => level !== '')
    .slice(1);
  const serviceControlPolicies = [...levels.map((level) => [level]), [account.id, account.name]]
    .map((names) =>
      organization.serviceControlPolicies.filter(({ targets }) =>
        targets.some((target) => names.includes(target)),
      ),
    )
    .filter((policies) => policies.length > 0);
  return { organizationId: organization.id, path, serviceControlPolicies };
};

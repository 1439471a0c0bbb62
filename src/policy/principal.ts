/** Who asks, as policies see callers. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | RootPrincipal
  | UserPrincipal
  | RoleSessionPrincipal
  | FederatedPrincipal
  | ServicePrincipal;

interface OfAccount {
  /** 12 digits. */
  readonly accountId: string;
  readonly orgId?: string;
  /** `o-a1b2c3/r-ab12/ou-ab12-11111111/` */
  readonly orgPath?: string;
  /** Tags of the user, or of the role and its session. */
  readonly tags?: ReadonlyMap<string, string>;
}

/** The account itself, with its root credentials. */
export interface RootPrincipal extends OfAccount {
  readonly kind: 'root';
  /** `arn:aws:iam::111122223333:root` */
  readonly arn: string;
}

export interface UserPrincipal extends OfAccount {
  readonly kind: 'user';
  /** `arn:aws:iam::111122223333:user/path/name`, or `arn:aws:sts::111122223333:federated-user/name` */
  readonly arn: string;
  /** `AIDA…` */
  readonly userId?: string;
  readonly userName?: string;
}

export interface RoleSessionPrincipal extends OfAccount {
  readonly kind: 'roleSession';
  /** `arn:aws:sts::111122223333:assumed-role/name/session` */
  readonly arn: string;
  /** `arn:aws:iam::111122223333:role/path/name`: the ARN of a session does not have the path. */
  readonly roleArn: string;
  /** `AROA…:session` */
  readonly userId?: string;
}

/** Somebody whom an identity provider vouches for, when a role is assumed with a web identity. */
export interface FederatedPrincipal {
  readonly kind: 'federated';
  /** `accounts.example.com`, or the ARN of the provider */
  readonly provider: string;
}

export interface ServicePrincipal {
  readonly kind: 'service';
  /** `lambda.amazonaws.com` */
  readonly name: string;
}

/** How a principal is written where AWS names it. */
export const principalName = (principal: Principal): string => {
  switch (principal.kind) {
    case 'anonymous':
      return 'anonymous';
    case 'federated':
      return principal.provider;
    case 'service':
      return principal.name;
    default:
      return principal.arn;
  }
};

/**
 * What a session token says of the session that it was made for. Whoever can open the token needs
 * nothing else to know the caller; only what may change meanwhile (the policies of the role, its
 * tags) is looked up by the ARNs and ids in it.
 */
export interface SessionClaims {
  /** The temporary access key that the token goes with: `ASIA…`. */
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly accountId: string;
  readonly kind: SessionKind;
  /** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`; for GetSessionToken that of the user or root. */
  readonly principalArn: string;
  /** `AROA…:SESSION`, `AIDA…`, or the account id for root: as `aws:userid` shows it. */
  readonly principalId: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  /** Seconds since 1970; from then on the token is worth nothing. */
  readonly expiresAt: number;
  /** The role that was assumed, with its path. */
  readonly roleArn?: string;
  /** `AROA…`: a role that was made anew under the same name is another one. */
  readonly roleId?: string;
  readonly sessionName?: string;
  /** `AIDA…` */
  readonly userId?: string;
  readonly sourceIdentity?: string;
  /** Session tags, transitive ones of the session before included. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly transitiveTagKeys?: readonly string[];
  /** Policy document that bounds what the session may do. */
  readonly sessionPolicy?: string;
  /** ARNs of managed policies that bound it, together with `sessionPolicy`. */
  readonly sessionPolicyArns?: readonly string[];
  /** How the session came to be, for policies that ask about the identity provider. */
  readonly webIdentity?: WebIdentityClaims;
}

export type SessionKind = 'assumedRole' | 'user' | 'root';

/** Of the token with which AssumeRoleWithWebIdentity was called. */
export interface WebIdentityClaims {
  /** ARN of the provider: `aws:FederatedProvider`. */
  readonly provider: string;
  /** Without scheme: what stands before the colon of its condition keys. */
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

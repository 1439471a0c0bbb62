/** Who wants to assume a role, as policies see callers. */
export type Assuming =
  | { readonly kind: 'root' | 'user'; readonly arn: string; readonly accountId: string }
  | {
      readonly kind: 'roleSession';
      /** Of the session. */
      readonly arn: string;
      readonly roleArn: string;
      readonly accountId: string;
    }
  /** `provider`: ARN of the identity provider. */
  | { readonly kind: 'federated'; readonly provider: string };

export interface AssumeQuestion {
  readonly principal: Assuming;
  /** `sts:AssumeRole`, or one of the actions that go with it. */
  readonly action: string;
  /** ARN of the role. */
  readonly resource: string;
  /** Value of a condition key in small letters, but for what follows a `/`. */
  value(key: string): string | readonly string[] | undefined;
}

/**
 * What policies say to an attempt to assume a role. Documents are JSON text that was checked when it
 * was stored.
 */
export interface TrustEvaluator {
  /**
   * What a trust policy says. `principal`: it names the caller itself, which is enough within the
   * account. `account`: it names the caller's account or everybody, so that the caller's own policies
   * have to allow it too.
   */
  trust(document: string, question: AssumeQuestion): 'deny' | 'principal' | 'account' | 'silent';
  /** What policies of the caller say together: a deny wins, one that allows is enough. */
  identity(documents: readonly string[], question: AssumeQuestion): 'deny' | 'allow' | 'silent';
}

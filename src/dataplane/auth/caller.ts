import type { PolicyLayer } from '../../policy/authorize.ts';
import type { CallerLayer } from '../../policy/caller-layers.ts';
import type { Principal } from '../../policy/principal.ts';
import type { VerificationKeys } from '../../sigv4/verification-keys.ts';

/**
 * A caller whose signature was verified, with all that policies may ask about it. Made once for all
 * requests of the caller, from one state of the identities; holds no secret.
 */
export interface Caller {
  readonly principal: Principal;
  readonly accessKeyId: string;
  /** 12 digits. */
  readonly accountId: string;
  /** As `aws:PrincipalType` has it. */
  readonly type: 'Account' | 'User' | 'AssumedRole';
  readonly sessionName: string | undefined;
  readonly organizationId: string | undefined;
  readonly organizationPath: string | undefined;
  /** Tags of the user or role, those of the session over them. */
  readonly tags: ReadonlyMap<string, string>;
  /**
   * Values of the condition keys that depend on the caller alone, under the keys by which policies
   * look them up (small letters up to a slash): `aws:principalarn`, `aws:principaltag/Team`, ...
   */
  readonly keys: ReadonlyMap<string, string | readonly string[]>;
  /** What limits the caller, compiled when first asked for. The root of an account has no identity layer. */
  readonly layers: readonly PolicyLayer<CallerLayer>[];
}

/** What an access key id, with or without a session token, leads to. */
export type FoundCaller =
  | { readonly found: 'caller'; readonly caller: Caller; readonly keys: VerificationKeys }
  /** No such key, an inactive one, a token that is not ours or of another key, a principal that was deleted. */
  | { readonly found: 'nobody' }
  | { readonly found: 'expiredSession'; readonly caller: Caller };

/** The identities of a snapshot. Its cost does not depend on how many there are. */
export interface CallerDirectory {
  find(accessKeyId: string, sessionToken: string | undefined, nowMs: number): FoundCaller;
  /**
   * For simulations: the ARN of a user, a role (or a session of it, by `assumed-role/NAME/SESSION`) or
   * the root of an account; undefined when there is none.
   */
  findByArn(arn: string, nowMs: number): Caller | undefined;
}

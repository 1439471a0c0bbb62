import type { Principal } from './principal.ts';

/** What a request has for the condition keys of policies. */
export interface ConditionValues {
  /**
   * @param key in small letters, but for what follows a `/`: `aws:principaltag/Team`
   * @returns undefined, or an empty list, when the request has no such key. A list where the key may
   *   have several values, even when it has one.
   */
  value(key: string): string | readonly string[] | undefined;
}

/** A question to policies: may this principal do this to that? */
export interface PolicyRequest extends ConditionValues {
  readonly principal: Principal;
  /** `vpc-lattice-svcs:Invoke` */
  readonly action: string;
  /** ARN of what the action is done to. */
  readonly resource: string;
}

import type { ReadTransaction } from '../../store/store.ts';
import type { RequestContext } from '../operation.ts';
import type { KeyValues } from './key-values.ts';

/** Something that a call is about, as policies see it. */
export interface AskedResource {
  /** Its ARN, whether it exists or not; `*` stands for the id of what is yet to be made. */
  readonly arn: string;
  /** Condition keys that go with it: its tags, the VPC that it is in. */
  readonly keys?: KeyValues;
}

/** One question to policies: may the caller do this to that? */
export interface Check {
  /** `vpc-lattice:TagResource` */
  readonly action: string;
  readonly resource: AskedResource;
}

/** Where a call is looked at: documents as they are, and who calls. */
export interface CallScope {
  readonly tx: ReadTransaction;
  readonly context: Pick<RequestContext, 'caller' | 'settings'>;
}

/**
 * What has to be allowed for an operation, as AWS's service authorization reference has it. Resources
 * are named before anybody looks whether they are there: whoever may not read one is not told either.
 */
export interface RequiredAction<Input> {
  /** Where policies know it under another name than the operation: `vpc-lattice:UpdateRule`. */
  readonly action?: string;
  /**
   * `always`: no policy is asked. `operation`: the operation itself asks, together with the trust policy
   * of the role that it is about (`assert-may-assume.ts`). Absent: the caller's policies are asked before.
   */
  readonly rule?: 'always' | 'operation';
  /** What it is done to; it has to be allowed for each. Absent: `*`. */
  on?(input: Input, scope: CallScope): Promise<readonly AskedResource[]>;
  /** Condition keys that the input has, for all resources alike; they stand before the resource's own. */
  keys?(input: Input, scope: CallScope): KeyValues;
  /** What has to be allowed beside it, such as tagging what is made. */
  also?(input: Input, scope: CallScope): Promise<readonly Check[]>;
}

/** A row for each operation of a service; one that is missing does not compile. */
export type RequiredActions<Operations extends Record<keyof Operations, { input: unknown }>> = {
  readonly [Name in keyof Operations]: RequiredAction<Operations[Name]['input']>;
};

/** For what is done to no resource in particular: lists, and what is about the account. */
export const ANYTHING: AskedResource = { arn: '*' };

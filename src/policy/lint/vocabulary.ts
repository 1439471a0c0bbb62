import type { OperatorFamily } from '../operators/operator.ts';

/** What a service asks policies: with which actions, about which resources, telling what. */
export interface PolicyVocabulary {
  readonly actions: readonly VocabularyAction[];
  readonly keys: readonly VocabularyKey[];
}

export interface VocabularyAction {
  /** `vpc-lattice-svcs:Invoke` */
  readonly name: string;
  /** Patterns that all ARNs match about which this is asked. */
  readonly resources: readonly string[];
  /** True when resources end in a path that the client spells. */
  readonly hasPath?: boolean;
  /** True when callers of this action have no identity. */
  readonly isAnonymous?: boolean;
}

export interface VocabularyKey {
  /** `aws:SourceIp`; with a slash at the end when a name follows: `aws:PrincipalTag/`. */
  readonly name: string;
  readonly family: OperatorFamily;
  /** True when values are a path that the client spells. */
  readonly isPath?: boolean;
  /** True when a request can have several values. */
  readonly isMultivalued?: boolean;
  /** Patterns of which all values match one; absent for free text. */
  readonly shapes?: readonly string[];
  /** Actions of the vocabulary that have the key; all when absent. */
  readonly actions?: readonly string[];
}

/** Something in a policy that does not do what it seems to. */
export interface PolicyWarning {
  /** `Statement[0].Condition.StringEquals.aws:SourceVpc` */
  readonly place: string;
  readonly text: string;
}

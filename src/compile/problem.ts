import type { PartKey } from '../snapshot/parts.ts';

export type ProblemCode =
  | 'danglingTargetGroup'
  | 'danglingNetwork'
  | 'danglingService'
  | 'danglingVpc'
  | 'danglingUser'
  | 'danglingGroup'
  | 'duplicateAssociation'
  | 'duplicateHost'
  | 'duplicatePort'
  | 'duplicatePriority'
  | 'duplicatePolicy'
  | 'duplicateTarget'
  | 'missingCertificate'
  | 'missingPriority'
  | 'missingVersion'
  | 'unsuitableAction'
  | 'unsuitableTargetGroup'
  | 'invalidMatcher';

/**
 * Something in the resources that cannot be served as it is written. The API refuses nearly all of
 * them, so each says which document to look at.
 */
export interface Problem {
  readonly code: ProblemCode;
  /** Part in which something is left out or replaced. */
  readonly part: PartKey;
  /** Id of the document that causes it. */
  readonly id: string;
  readonly message: string;
}

/** Takes the problems of one part while it is compiled. */
export type Report = (code: ProblemCode, id: string, message: string) => void;

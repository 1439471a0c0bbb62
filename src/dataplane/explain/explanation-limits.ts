/** How much of what strangers and policies say goes into an explanation. */
export interface ExplanationLimits {
  /** Statements of a layer; those that matter most. */
  readonly statements: number;
  /** Mismatches of a statement, or what makes a Deny apply. */
  readonly mismatches: number;
  /** Characters of a sentence, a request target or an ARN. */
  readonly text: number;
  /** Characters of a canonical request. */
  readonly canonicalRequest: number;
}

export const GENEROUS: ExplanationLimits = {
  statements: 20,
  mismatches: 8,
  text: 1024,
  canonicalRequest: 8192,
};

/** For what would take more room than an entry has. */
export const TIGHT: ExplanationLimits = {
  statements: 2,
  mismatches: 2,
  text: 160,
  canonicalRequest: 1024,
};

export const cut = (text: string, limit: number): string =>
  text.length > limit ? `${text.slice(0, limit)}…` : text;

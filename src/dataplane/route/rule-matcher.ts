import type { RequestHead } from '../request-head.ts';

/** Finds the rule that a request matches, among rules given in ascending order of priority. */
export interface RuleMatcher {
  /** Position of the first rule that matches, or -1. */
  match(head: RequestHead): number;
}

import type { MatchPart } from '../../snapshot/parts.ts';
import type { RequestHead } from '../request-head.ts';
import { type HeaderSlots, toConditions } from './condition.ts';
import { RequestView } from './request-view.ts';
import { RuleIndex } from './rule-index.ts';
import type { RuleMatcher } from './rule-matcher.ts';

/** The rules of a listener as an index: how many there are hardly matters to a request. */
export class CompiledMatcher implements RuleMatcher {
  readonly #index: RuleIndex;
  readonly #view: RequestView;

  constructor(rules: readonly MatchPart[]) {
    const slots: HeaderSlots = new Map();
    this.#index = new RuleIndex(
      rules.map((match, position) => ({ position, conditions: toConditions(match, slots) })),
    );
    this.#view = new RequestView(slots);
  }

  match(head: RequestHead): number {
    if (this.#index.first === Number.POSITIVE_INFINITY) return -1;
    this.#view.begin(head);
    const position = this.#index.match(this.#view, Number.POSITIVE_INFINITY);
    this.#view.end();
    return position === Number.POSITIVE_INFINITY ? -1 : position;
  }
}

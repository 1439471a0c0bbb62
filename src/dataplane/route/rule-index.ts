import { type Condition, holds, type Subject } from './condition.ts';
import { PrefixTree } from './prefix-tree.ts';
import type { RequestView } from './request-view.ts';

/** A rule by its position in the order of priority, with the conditions that are still to be checked. */
export interface IndexedRule {
  readonly position: number;
  readonly conditions: readonly Condition[];
}

/** Up to this many rules are simply tried one after the other. */
const MAX_LIST = 8;
/** Up to this many header names are looked up in the request; with more the request's are looked up here. */
const MAX_HEADERS_BY_NAME = 4;

/**
 * Rules indexed by one condition each: the one that fewest rules share, so that the buckets are
 * small. A bucket that is still large is an index again, by the conditions that are left. What can
 * be indexed by nothing is tried one by one.
 */
export class RuleIndex {
  /** Position of the first rule in it; a search that has a better one need not look. */
  readonly first: number;
  /** Ascending by position. */
  readonly #list: readonly IndexedRule[];
  readonly #groups: readonly SubjectIndex[];
  readonly #headerGroups: ReadonlyMap<number, readonly SubjectIndex[]>;

  /** `rules` are in ascending order of position. */
  constructor(rules: readonly IndexedRule[]) {
    this.first = rules[0]?.position ?? Number.POSITIVE_INFINITY;
    const list: IndexedRule[] = [];
    const buckets = new Map<string, { condition: Condition; rules: IndexedRule[] }>();
    const counts = rules.length > MAX_LIST ? countKeys(rules) : undefined;
    for (const rule of rules) {
      const by = counts === undefined ? undefined : mostSelective(rule, counts);
      if (by === undefined) {
        list.push(rule);
        continue;
      }
      const bucket = buckets.get(by.key) ?? { condition: by, rules: [] };
      buckets.set(by.key, bucket);
      const conditions = rule.conditions.filter((condition) => condition !== by);
      bucket.rules.push({ position: rule.position, conditions });
    }
    this.#list = list;
    const groups = groupBySubject(buckets.values());
    this.#groups = groups.filter((group) => group.subject.field !== 'header');
    this.#headerGroups = Map.groupBy(
      groups.filter((group) => group.subject.field === 'header'),
      (group) => group.subject.slot,
    );
  }

  /** Position of the first rule that matches if it is before `best`, else `best`. */
  match(view: RequestView, best: number): number {
    for (const rule of this.#list) {
      if (rule.position >= best) break;
      if (allHold(rule.conditions, view)) {
        best = rule.position;
        break;
      }
    }
    for (const group of this.#groups) best = group.match(view, best);
    return this.#headerGroups.size === 0 ? best : this.#matchHeaders(view, best);
  }

  #matchHeaders(view: RequestView, best: number): number {
    if (this.#headerGroups.size <= MAX_HEADERS_BY_NAME) {
      for (const groups of this.#headerGroups.values()) {
        for (const group of groups) best = group.match(view, best);
      }
      return best;
    }
    for (const slot of view.presentSlots()) {
      const groups = this.#headerGroups.get(slot);
      if (groups !== undefined) for (const group of groups) best = group.match(view, best);
    }
    return best;
  }
}

/** The conditions on one text: equal to something, or beginning with something. */
class SubjectIndex {
  readonly subject: Subject;
  readonly #first: number;
  readonly #exact: ReadonlyMap<string, RuleIndex>;
  readonly #prefixes: PrefixTree<RuleIndex> | undefined;

  constructor(buckets: readonly { condition: Condition; rules: readonly IndexedRule[] }[]) {
    this.subject = buckets[0]!.condition.subject;
    const exact = new Map<string, RuleIndex>();
    const prefixes = new PrefixTree<RuleIndex>();
    let first = Number.POSITIVE_INFINITY;
    for (const { condition, rules } of buckets) {
      const index = new RuleIndex(rules);
      first = Math.min(first, index.first);
      if (condition.type === 'exact') exact.set(condition.value, index);
      else prefixes.at(condition.value).value = index;
    }
    this.#first = first;
    this.#exact = exact;
    this.#prefixes = buckets.length > exact.size ? prefixes : undefined;
  }

  match(view: RequestView, best: number): number {
    if (this.#first >= best) return best;
    const texts = view.read(this.subject);
    if (texts === undefined) return best;
    if (typeof texts === 'string') return this.#matchText(texts, view, best);
    for (const text of texts) best = this.#matchText(text, view, best);
    return best;
  }

  #matchText(text: string, view: RequestView, best: number): number {
    const exact = this.#exact.get(text);
    if (exact !== undefined && exact.first < best) best = exact.match(view, best);
    const prefixes = this.#prefixes;
    if (prefixes === undefined) return best;
    for (
      let node: ReturnType<typeof prefixes.step> = prefixes.root;
      node !== undefined;
      node = prefixes.step(node, text)
    ) {
      if (node.value !== undefined && node.value.first < best) best = node.value.match(view, best);
    }
    return best;
  }
}

function allHold(conditions: readonly Condition[], view: RequestView): boolean {
  for (const condition of conditions) if (!holds(condition, view)) return false;
  return true;
}

function countKeys(rules: readonly IndexedRule[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { conditions } of rules) {
    for (const { key } of conditions) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The condition that fewest rules share; of equal ones the first. Undefined when none can be indexed. */
function mostSelective(rule: IndexedRule, counts: Map<string, number>): Condition | undefined {
  let best: Condition | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const condition of rule.conditions) {
    if (condition.type === 'contains') continue;
    const count = counts.get(condition.key) ?? 0;
    if (count < fewest) {
      fewest = count;
      best = condition;
    }
  }
  return best;
}

function groupBySubject(
  buckets: Iterable<{ condition: Condition; rules: IndexedRule[] }>,
): SubjectIndex[] {
  const bySubject = Map.groupBy(
    buckets,
    ({ condition: { subject } }) => `${subject.field} ${subject.slot} ${subject.isFolded}`,
  );
  return [...bySubject.values()].map((group) => new SubjectIndex(group));
}

import type { MatchPart } from '../../snapshot/parts.ts';
import type { RequestView } from './request-view.ts';
import { toWireText } from './wire-text.ts';

/** The text of a request that a condition looks at. */
export interface Subject {
  readonly field: 'method' | 'path' | 'target' | 'header';
  /** For a header: its number among the names that the listener's rules ask for; otherwise -1. */
  readonly slot: number;
  /** Compared in lower case. */
  readonly isFolded: boolean;
}

/** One thing that must hold for a rule to match. `value` is in lower case when the subject is. */
export interface Condition {
  readonly subject: Subject;
  readonly type: 'exact' | 'prefix' | 'contains';
  readonly value: string;
  /** Equal for equal conditions. */
  readonly key: string;
}

/** Numbers the header names that a listener's rules ask for. */
export type HeaderSlots = Map<string, number>;

/** A rule's match as a list of conditions, those that are cheap to check first. */
export function toConditions(match: MatchPart, slots: HeaderSlots): Condition[] {
  const conditions: Condition[] = [];
  const add = (subject: Subject, type: Condition['type'], text: string) => {
    const wire = toWireText(text);
    const value = subject.isFolded ? wire.toLowerCase() : wire;
    const key = `${subject.field} ${subject.slot} ${subject.isFolded} ${type} ${value}`;
    if (!conditions.some((known) => known.key === key)) {
      conditions.push({ subject, type, value, key });
    }
  };
  const { method, path, headers } = match;
  if (method !== undefined) add({ field: 'method', slot: -1, isFolded: false }, 'exact', method);
  if (path !== undefined) {
    // Our choice: a pattern that asks for a query is compared with path and query.
    const field = path.value.includes('?') ? 'target' : 'path';
    add({ field, slot: -1, isFolded: !path.caseSensitive }, path.type, path.value);
  }
  for (const { name, match: text, caseSensitive } of headers) {
    const lowerName = name.toLowerCase();
    const slot = slots.get(lowerName) ?? slots.size;
    slots.set(lowerName, slot);
    const subject: Subject = { field: 'header', slot, isFolded: !caseSensitive };
    if ('exact' in text) add(subject, 'exact', text.exact);
    else if ('prefix' in text) add(subject, 'prefix', text.prefix);
    else {
      // A text that contains something is there, and that can be indexed: it begins with nothing.
      add(subject, 'prefix', '');
      add(subject, 'contains', text.contains);
    }
  }
  return conditions;
}

/** Whether a condition holds; for a repeated header when it holds for one of its texts. */
export function holds(condition: Condition, view: RequestView): boolean {
  const texts = view.read(condition.subject);
  if (texts === undefined) return false;
  if (typeof texts === 'string') return holdsFor(condition, texts);
  for (const text of texts) if (holdsFor(condition, text)) return true;
  return false;
}

function holdsFor({ type, value }: Condition, text: string): boolean {
  if (type === 'exact') return text === value;
  return type === 'prefix' ? text.startsWith(value) : text.includes(value);
}

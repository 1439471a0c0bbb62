import type { HeaderMatchPart, MatchPart, PathMatchPart } from '../../snapshot/parts.ts';
import type { RequestHead } from '../request-head.ts';
import type { RuleMatcher } from './rule-matcher.ts';
import { toWireText } from './wire-text.ts';

/**
 * What matching means, in the plainest words; the compiled matcher must agree with it. Reads every
 * rule for every request, so it is for tests and measurements only.
 */
export class NaiveMatcher implements RuleMatcher {
  readonly #rules: readonly MatchPart[];

  constructor(rules: readonly MatchPart[]) {
    this.#rules = rules;
  }

  match(head: RequestHead): number {
    return this.#rules.findIndex(
      (rule) =>
        (rule.method === undefined || rule.method === head.method) &&
        (rule.path === undefined || matchesPath(rule.path, head)) &&
        rule.headers.every((header) => matchesHeader(header, head)),
    );
  }
}

function matchesPath(match: PathMatchPart, head: RequestHead): boolean {
  const fold = match.caseSensitive ? (text: string) => text : (text: string) => text.toLowerCase();
  const wanted = fold(toWireText(match.value));
  const path = fold(match.value.includes('?') ? head.target : head.path);
  return match.type === 'exact' ? path === wanted : path.startsWith(wanted);
}

function matchesHeader(header: HeaderMatchPart, head: RequestHead): boolean {
  const name = header.name.toLowerCase();
  const values =
    name === 'host'
      ? [head.authority]
      : head.values.filter((_, i) => head.names[i] === name && head.isPassedOn?.(i) !== false);
  if (values.length === 0) return false;
  const fold = header.caseSensitive ? (text: string) => text : (text: string) => text.toLowerCase();
  return [...values, values.join(',')].some((value) => {
    const text = fold(value);
    if ('exact' in header.match) return text === fold(toWireText(header.match.exact));
    if ('prefix' in header.match) return text.startsWith(fold(toWireText(header.match.prefix)));
    return text.includes(fold(toWireText(header.match.contains)));
  });
}

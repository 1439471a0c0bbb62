import type { HttpMatch, Listener, Rule } from '../lattice/resources.ts';
import type { MatchPart, RulePart } from '../snapshot/parts.ts';
import { compileAction } from './action.ts';
import type { DocumentIndex } from './document-index.ts';
import { oldestFirst } from './grouped.ts';
import type { Report } from './problem.ts';

/** Rules of a listener, ascending by priority, without the default rule. */
export const compileRules = (
  index: DocumentIndex,
  listener: Listener,
  report: Report,
): RulePart[] => {
  const byPriority = new Map<number, Rule>();
  for (const rule of oldestFirst(index.rulesByListener.of(listener.id))) {
    if (rule.isDefault) continue;
    if (rule.priority === undefined) {
      report('missingPriority', rule.id, `rule \`${rule.id}\` has no priority and is left out`);
      continue;
    }
    const holder = byPriority.get(rule.priority);
    if (holder) {
      report(
        'duplicatePriority',
        rule.id,
        `rule \`${rule.id}\` has priority ${rule.priority} of the older rule \`${holder.id}\` and is left out`,
      );
      continue;
    }
    byPriority.set(rule.priority, rule);
  }
  return [...byPriority]
    .sort(([a], [b]) => a - b)
    .map(([priority, rule]) => ({
      id: rule.id,
      priority,
      match: compileMatch(rule.match?.httpMatch ?? {}),
      action: compileAction(index, rule.action, listener.protocol, rule.id, report),
    }));
};

export const compileMatch = ({ method, pathMatch, headerMatches = [] }: HttpMatch): MatchPart => ({
  ...(method !== undefined && { method }),
  ...(pathMatch && {
    path: {
      ...('exact' in pathMatch.match
        ? { type: 'exact' as const, value: pathMatch.match.exact }
        : { type: 'prefix' as const, value: pathMatch.match.prefix }),
      caseSensitive: pathMatch.caseSensitive ?? false,
    },
  }),
  headers: headerMatches.map(({ name, match, caseSensitive = false }) => ({
    name: name.toLowerCase(),
    match,
    caseSensitive,
  })),
});

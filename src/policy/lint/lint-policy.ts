import { CompiledStatement } from '../compiled-statement.ts';
import { conditionKey, parsePattern } from '../pattern.ts';
import { type PolicyDocument, type PolicyStatement, statementsOf } from '../policy-document.ts';
import { quote } from '../problem.ts';
import { lintCondition, toShape, variableAsText } from './lint-condition.ts';
import { lintDeniedResource } from './lint-path.ts';
import { arnPatternsMeet } from './patterns-meet.ts';
import type { PolicyVocabulary, PolicyWarning, VocabularyAction } from './vocabulary.ts';

/**
 * Finds what is well formed and yet does not do what it seems to: statements that can never apply,
 * conditions that never or always hold.
 *
 * @param document that one of the parsers accepted
 * @param vocabulary of the service that will ask the policy
 */
export const lint = (
  document: PolicyDocument,
  vocabulary: PolicyVocabulary,
): readonly PolicyWarning[] => {
  const variables = document.Version === '2012-10-17';
  return statementsOf(document).flatMap((statement, index) => {
    const place = Array.isArray(document.Statement) ? `Statement[${index}]` : 'Statement';
    const compiled = new CompiledStatement(statement, { policy: '', index, variables });
    const actions = vocabulary.actions.filter(({ name }) => compiled.hasAction(name.toLowerCase()));
    const warn = (at: string, texts: readonly string[]): readonly PolicyWarning[] =>
      texts.map((text) => ({ place: `${place}.${at}`, text }));
    if (actions.length === 0) {
      const at = statement.Action === undefined ? 'NotAction' : 'Action';
      const asked = vocabulary.actions.map(({ name }) => quote(name)).join(' and ');
      return warn(at, [`the policy is asked about ${asked} only, so this never applies`]);
    }
    return [
      ...lintPrincipals(statement, actions, warn),
      ...lintResources(statement, actions, variables, warn),
      ...lintPaths(statement, actions, warn),
      ...lintConditions(statement, actions, variables, vocabulary, warn),
    ];
  });
};

type Warn = (at: string, texts: readonly string[]) => readonly PolicyWarning[];

const lintPrincipals = (
  { Effect, Principal, NotPrincipal }: PolicyStatement,
  actions: readonly VocabularyAction[],
  warn: Warn,
): readonly PolicyWarning[] => {
  if (NotPrincipal !== undefined && Effect === 'Allow') {
    const text = 'allows everybody else, anonymous callers too; name whom to allow, or write Deny';
    return warn('NotPrincipal', [text]);
  }
  const isForAnybody =
    Principal === undefined ||
    Principal === '*' ||
    [(Principal as Record<string, string | string[]>)['AWS'] ?? []].flat().includes('*');
  return isForAnybody || !actions.every(({ isAnonymous }) => isAnonymous)
    ? []
    : warn('Principal', [
        `callers of ${actions.map(({ name }) => quote(name)).join(' and ')} are anonymous, so this never applies; write "*"`,
      ]);
};

const lintResources = (
  { Resource = [] }: PolicyStatement,
  actions: readonly VocabularyAction[],
  variables: boolean,
  warn: Warn,
): readonly PolicyWarning[] =>
  [Resource].flat().flatMap((text) => {
    if (!variables && text.includes('${')) return warn('Resource', [variableAsText(text)]);
    const isAsked = (pattern: string, { resources }: VocabularyAction): boolean => {
      const tokens = parsePattern(pattern, { variables, wildcards: true }) ?? [];
      return resources.some((shape) => arnPatternsMeet(tokens, toShape(shape)));
    };
    const missed = actions.filter((action) => !isAsked(text, action));
    const withPath = missed.find((action) => isAsked(`${text}/*`, action));
    if (withPath !== undefined) {
      const hint = `resources of ${quote(withPath.name)} end in a path; write ${quote(`${text}/*`)}`;
      return warn('Resource', [`${quote(text)} never applies to requests: ${hint}`]);
    }
    return missed.length === actions.length
      ? warn('Resource', [
          `no resource of ${actions.map(({ name }) => quote(name)).join(' or ')} is like ${quote(text)}`,
        ])
      : [];
  });

/** What a statement leaves out by the paths of resources. */
const lintPaths = (
  { Effect, Resource = [], NotResource = [] }: PolicyStatement,
  actions: readonly VocabularyAction[],
  warn: Warn,
): readonly PolicyWarning[] => {
  if (!actions.some(({ hasPath }) => hasPath)) return [];
  const element = Effect === 'Deny' ? 'Resource' : 'NotResource';
  const denied = [Effect === 'Deny' ? Resource : NotResource].flat();
  return denied.flatMap((text) => warn(element, lintDeniedResource(text)));
};

const lintConditions = (
  { Effect, Condition = {} }: PolicyStatement,
  actions: readonly VocabularyAction[],
  variables: boolean,
  vocabulary: PolicyVocabulary,
  warn: Warn,
): readonly PolicyWarning[] => {
  const required = Object.entries(Condition['Null'] ?? {})
    .filter(([, wanted]) => String(wanted) === 'false')
    .map(([key]) => conditionKey(key));
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) =>
      warn(
        `Condition.${operator}.${key}`,
        lintCondition(
          {
            operator,
            key,
            wanted: [values].flat().map(String),
            effect: Effect,
            actions: actions.map(({ name }) => name),
            variables,
            isRequired: required.includes(conditionKey(key)),
          },
          vocabulary,
        ),
      ),
    ),
  );
};

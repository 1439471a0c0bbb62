import type { OperatorFamily } from '../operators/operator.ts';
import { findOperator, type OperatorUse } from '../operators/operators.ts';
import { conditionKey, type PatternToken, parsePattern } from '../pattern.ts';
import { quote } from '../problem.ts';
import { lintDeniedPath } from './lint-path.ts';
import { arnPatternsMeet, patternsMeet } from './patterns-meet.ts';
import type { PolicyVocabulary, VocabularyKey } from './vocabulary.ts';

export interface ConditionToLint {
  /** As written: `ForAnyValue:StringLike`. */
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
  readonly effect: 'Allow' | 'Deny';
  /** Actions of the vocabulary that the statement is about. */
  readonly actions: readonly string[];
  /** Whether the version of the policy has variables. */
  readonly variables: boolean;
  /** Whether the statement wants the key to be there, by `Null`. */
  readonly isRequired: boolean;
}

/** What does not do what it seems to in one condition, in words. */
export const lintCondition = (
  condition: ConditionToLint,
  { keys }: PolicyVocabulary,
): readonly string[] => {
  const use = findOperator(condition.operator);
  if (use === undefined) return [];
  const key = findKey(condition.key, keys);
  if (key === undefined || !isThere(key, condition.actions)) {
    return [`${whyAbsent(condition, key, keys)}, so the condition ${fateOfAbsent(use)}`];
  }
  return [
    ...lintQuantifier(condition, use, key),
    ...lintFamily(use.operator.family, key),
    ...lintValues(condition, use, key),
    ...lintPath(condition, use, key),
  ];
};

const findKey = (name: string, keys: readonly VocabularyKey[]): VocabularyKey | undefined => {
  const wanted = conditionKey(name);
  return keys.find((key) => {
    const known = key.name.toLowerCase();
    return known.endsWith('/')
      ? wanted.startsWith(known) && wanted.length > known.length
      : wanted === known;
  });
};

const isThere = ({ actions }: VocabularyKey, asked: readonly string[]): boolean =>
  actions === undefined || asked.some((action) => actions.includes(action));

const whyAbsent = (
  { key: name, actions }: ConditionToLint,
  key: VocabularyKey | undefined,
  keys: readonly VocabularyKey[],
): string => {
  if (key !== undefined)
    return `${quote(name)} is not there for ${actions.map(quote).join(' and ')}`;
  const bare = `${name.toLowerCase()}${name.endsWith('/') ? '' : '/'}`;
  return keys.some((known) => known.name.toLowerCase() === bare)
    ? `${quote(name)} needs a name behind a slash`
    : `${quote(name)} is no condition key that requests have`;
};

const fateOfAbsent = ({ operator, quantifier, ifExists }: OperatorUse): string => {
  if (operator.family === 'presence') return 'holds for `true` only';
  const holds =
    ifExists || quantifier === 'ForAllValues' || (quantifier === undefined && operator.isNegated);
  return holds ? 'always holds' : 'never holds';
};

const SEVERAL_VALUES =
  'the key can have several values: without `ForAnyValue:` or `ForAllValues:` in front an Allow wants the condition to hold for all of them, a Deny for one';

const lintQuantifier = (
  { effect, isRequired }: ConditionToLint,
  { operator, quantifier }: OperatorUse,
  { isMultivalued = false }: VocabularyKey,
): readonly string[] => {
  if (operator.family === 'presence') return [];
  if (isMultivalued && quantifier === undefined) {
    return [SEVERAL_VALUES];
  }
  if (!isMultivalued && quantifier !== undefined) {
    return [`the key has one value; leave out \`${quantifier}:\``];
  }
  return quantifier === 'ForAllValues' && effect === 'Allow' && !isRequired
    ? ['`ForAllValues:` holds for requests without the key, too; add `Null` with `false`']
    : [];
};

/** Who is refused by a Deny for a path, or by an Allow for all others. */
const lintPath = (
  { effect, wanted }: ConditionToLint,
  { operator }: OperatorUse,
  { isPath }: VocabularyKey,
): readonly string[] =>
  isPath && operator.family === 'string' && operator.isNegated === (effect === 'Allow')
    ? wanted.flatMap(lintDeniedPath)
    : [];

const VALUE_NAMES: Readonly<Record<OperatorFamily, string>> = {
  string: 'text',
  numeric: 'a number',
  date: 'a date',
  bool: '`true` or `false`',
  binary: 'bytes in base64',
  ip: 'an address or block',
  arn: 'an ARN',
  presence: '`true` or `false`',
};

/** Text can be compared with all keys, and free text by all operators. */
const lintFamily = (family: OperatorFamily, key: VocabularyKey): readonly string[] => {
  const isFree = key.family === 'string' && key.shapes === undefined;
  const isTime = key.family === 'date' && family === 'numeric';
  const isFit = isFree || isTime || [key.family, 'string', 'presence'].includes(family);
  return isFit
    ? []
    : [`values of the key are ${VALUE_NAMES[key.family]}, which this operator does not compare`];
};

const lintValues = (
  { wanted, variables }: ConditionToLint,
  { operator }: OperatorUse,
  key: VocabularyKey,
): readonly string[] => {
  const { senseless } = operator.compile(wanted, { variables });
  const warnings = senseless.map(
    (text) => `${quote(text)} is not ${VALUE_NAMES[operator.family]}, so nothing equals it`,
  );
  if (operator.family !== 'string' && operator.family !== 'arn') return warnings;
  const wildcards = operator.family === 'arn' || operator.name.endsWith('Like');
  const ignoresCase = operator.name.endsWith('IgnoreCase');
  for (const text of wanted) {
    if (!variables && text.includes('${')) warnings.push(variableAsText(text));
    else if (!wildcards && /(^|[^{])[*?]/.test(text)) {
      const like = operator.name.replace(/Equals(IgnoreCase)?/, 'Like');
      warnings.push(`${quote(text)} is compared as it is, stars too; write \`${like}\``);
    } else if (!canBe(text, { wildcards, variables, ignoresCase }, key)) {
      warnings.push(`no value of the key is like ${quote(text)}`);
    }
  }
  return warnings;
};

export const variableAsText = (text: string): string =>
  `${quote(text)} is compared as it is; for variables write \`"Version": "2012-10-17"\``;

const canBe = (
  text: string,
  syntax: { wildcards: boolean; variables: boolean; ignoresCase: boolean },
  { family, shapes }: VocabularyKey,
): boolean => {
  const cased = (pattern: string): string => (syntax.ignoresCase ? pattern.toLowerCase() : pattern);
  const wanted = parsePattern(cased(text), syntax);
  const meet = family === 'arn' ? arnPatternsMeet : patternsMeet;
  return (
    shapes === undefined ||
    wanted === undefined ||
    shapes.some((shape) => meet(wanted, toShape(cased(shape))))
  );
};

export const toShape = (pattern: string): readonly PatternToken[] =>
  parsePattern(pattern, { variables: false, wildcards: true }) ?? [];

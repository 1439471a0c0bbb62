import type { AssumeQuestion, TrustEvaluator } from './trust-evaluator.ts';

/**
 * Knows what trust policies mostly consist of: principals, actions and resources with wildcards, and
 * conditions with StringEquals, StringLike, ArnEquals, ArnLike and Bool. A statement with anything
 * else refuses: as an Allow it does not apply, as a Deny it does.
 */
export const minimalTrustEvaluator: TrustEvaluator = {
  trust: (document, question) => {
    let says: 'principal' | 'account' | 'silent' = 'silent';
    for (const statement of statementsIn(document)) {
      const isDeny = statement['Effect'] !== 'Allow';
      const named =
        'NotPrincipal' in statement
          ? isDeny && 'account'
          : principalMatch(statement['Principal'], question);
      if (!named || !applies(statement, question, isDeny)) continue;
      if (isDeny) return 'deny';
      if (says !== 'principal') says = named;
    }
    return says;
  },

  identity: (documents, question) => {
    let isAllowed = false;
    for (const statement of documents.flatMap(statementsIn)) {
      const isDeny = statement['Effect'] !== 'Allow';
      if (!matchesResource(statement, question) || !applies(statement, question, isDeny)) continue;
      if (isDeny) return 'deny';
      isAllowed = true;
    }
    return isAllowed ? 'allow' : 'silent';
  },
};

type Statement = Readonly<Record<string, unknown>>;

const statementsIn = (document: string): readonly Statement[] => {
  const { Statement } = JSON.parse(document) as { Statement: Statement | readonly Statement[] };
  return [Statement].flat();
};

const textsOf = (value: unknown): readonly string[] => [value].flat().map(String);

/** Whether action and condition hold; where that is not known, a deny applies and an allow does not. */
const applies = (statement: Statement, question: AssumeQuestion, ifUnknown: boolean): boolean => {
  const matches = (patterns: unknown) =>
    textsOf(patterns).some((pattern) =>
      isGlobMatch(pattern.toLowerCase(), question.action.toLowerCase()),
    );
  const isAction =
    'NotAction' in statement ? !matches(statement['NotAction']) : matches(statement['Action']);
  return isAction && (conditionHolds(statement['Condition'], question) ?? ifUnknown);
};

const matchesResource = (statement: Statement, { resource }: AssumeQuestion): boolean => {
  const matches = (patterns: unknown) =>
    textsOf(patterns).some((pattern) => isGlobMatch(pattern, resource));
  return 'NotResource' in statement
    ? !matches(statement['NotResource'])
    : matches(statement['Resource']);
};

const principalMatch = (
  principal: unknown,
  { principal: caller }: AssumeQuestion,
): 'principal' | 'account' | false => {
  if (principal === '*') return caller.kind === 'federated' ? false : 'account';
  const names = principal as Readonly<Record<string, unknown>>;
  if (caller.kind === 'federated') {
    const providers = 'Federated' in names ? textsOf(names['Federated']) : [];
    return providers.includes(caller.provider) && 'principal';
  }
  const accounts = 'AWS' in names ? textsOf(names['AWS']) : [];
  const own = caller.kind === 'roleSession' ? [caller.arn, caller.roleArn] : [caller.arn];
  if (caller.kind !== 'root' && accounts.some((name) => own.includes(name))) return 'principal';
  const isOfAccount = (name: string) =>
    name === '*' ||
    name === caller.accountId ||
    (/^arn:[a-z-]+:iam::\d{12}:root$/.test(name) && name.split(':')[4] === caller.accountId);
  return accounts.some(isOfAccount) && 'account';
};

/** Undefined: not known. */
const conditionHolds = (condition: unknown, question: AssumeQuestion): boolean | undefined => {
  if (condition === undefined) return true;
  let isKnown = true;
  for (const [operator, keys] of Object.entries(condition as object)) {
    const test = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
    for (const [key, wanted] of Object.entries(keys as object)) {
      const patterns = textsOf(wanted);
      const actual = question.value(conditionKey(key));
      // Variables, and keys with several values, need an operator that says what to do with them.
      if (!test || Array.isArray(actual) || patterns.some((text) => text.includes('${'))) {
        isKnown = false;
      } else if (actual === undefined || !patterns.some((text) => test(text, String(actual)))) {
        return false;
      }
    }
  }
  return isKnown ? true : undefined;
};

type Test = (pattern: string, actual: string) => boolean;

const isEqual: Test = (pattern, actual) => pattern === actual;

/** `*` and `?` as wildcards, in time that is linear in the text for each `*`. */
const isGlobMatch: Test = (pattern, actual) => {
  let p = 0;
  let a = 0;
  let star = -1;
  let mark = 0;
  while (a < actual.length) {
    if (pattern[p] === '*') {
      star = p;
      p += 1;
      mark = a;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === actual[a])) {
      p += 1;
      a += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      a = mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
};

const OPERATORS: Readonly<Record<string, Test>> = {
  StringEquals: isEqual,
  StringLike: isGlobMatch,
  ArnEquals: isGlobMatch,
  ArnLike: isGlobMatch,
  Bool: (pattern, actual) => pattern.toLowerCase() === actual.toLowerCase(),
};

/** Names of condition keys are the same whatever their case; what follows a slash (a tag's key) is not. */
export const conditionKey = (key: string): string => {
  const slash = key.indexOf('/');
  return slash < 0 ? key.toLowerCase() : key.slice(0, slash).toLowerCase() + key.slice(slash);
};

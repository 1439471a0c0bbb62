import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePolicy } from './compile-policy.ts';
import { aPolicyDocument, aRequest, type GeneratedRequest } from './policy.arbitrary.ts';
import { type PolicyStatement, statementsOf } from './policy-document.ts';

/**
 * The rules once more, as plainly as they can be written and without care for time: with regular
 * expressions, for texts and presence only. Our engine has to decide the same.
 */
const decide = (
  statements: readonly PolicyStatement[],
  request: GeneratedRequest,
  variables: boolean,
) => {
  const effects = statements
    .filter((statement) => applies(statement, request, variables))
    .map(({ Effect }) => Effect);
  return effects.includes('Deny') ? 'Deny' : effects[0];
};

const applies = (
  statement: PolicyStatement,
  request: GeneratedRequest,
  variables: boolean,
): boolean => {
  const { Effect, Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const action = [Action ?? NotAction ?? []]
    .flat()
    .some((text) => toRegExp(text, 'i').test(request.action));
  const resources = [Resource ?? NotResource ?? []].flat().map((text) => {
    const filled = variables ? fillIn(text, request) : text;
    return filled === undefined ? undefined : matchesArn(filled, request.resource);
  });
  const isHit = resources.includes(true);
  const isResource =
    Resource !== undefined
      ? isHit
      : !isHit && !(Effect === 'Allow' && resources.includes(undefined));
  return (
    isNamed(statement, request) &&
    action === (Action !== undefined) &&
    isResource &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        holds(operator, key, [values].flat().map(String), Effect, request, variables),
      ),
    )
  );
};

const isNamed = (
  { Effect, Principal, NotPrincipal }: PolicyStatement,
  { principal }: GeneratedRequest,
) => {
  const element = Principal ?? NotPrincipal;
  if (element === '*') return Principal !== undefined;
  const { AWS = [], Service, Federated } = element as Record<string, string | string[]>;
  const names = [AWS].flat().map((text) => text.replace(/^arn:aws:iam::(\d+):root$/, '$1'));
  const parts =
    principal.kind === 'anonymous'
      ? [false]
      : principal.kind === 'service'
        ? [Service === principal.name]
        : principal.kind === 'federated'
          ? [Federated === principal.provider]
          : [
              names.includes(principal.accountId),
              ...(principal.kind === 'root' ? [] : [names.includes(principal.arn)]),
              ...(principal.kind === 'roleSession' ? [names.includes(principal.roleArn)] : []),
            ];
  if (Principal !== undefined) return parts.includes(true);
  return Effect === 'Deny' ? parts.includes(false) : !parts.includes(true);
};

const KNOWN =
  /^(?:(For\w+Values?):)?(String(?:Not)?(?:Equals|EqualsIgnoreCase|Like)|Null)(IfExists)?$/;

const holds = (
  operator: string,
  key: string,
  wanted: readonly string[],
  effect: string,
  { values }: GeneratedRequest,
  variables: boolean,
): boolean => {
  const [, quantifier, base = '', ifExists] = KNOWN.exec(operator) ?? [];
  const found = values[key.toLowerCase().replace('/t', '/T')];
  const actual = found === undefined ? [] : [found].flat();
  if (base === 'Null') return wanted.some((text) => text === String(actual.length === 0));
  const isNot = base.includes('Not');
  if (actual.length === 0 && ifExists) return true;
  if (quantifier && actual.every((text) => text === '')) return quantifier === 'ForAllValues';
  if (actual.length === 0) return isNot;
  const flags = base.endsWith('IgnoreCase') ? 'i' : '';
  const fits = actual.map((text) => {
    const truths = wanted.map((one) => {
      const filled = variables ? fillIn(one, { values }) : one;
      if (filled === undefined) return undefined;
      const isLike = base.endsWith('Like');
      return toRegExp(filled, flags, isLike).test(text);
    });
    const truth = truths.includes(true) || (truths.includes(undefined) ? undefined : false);
    return isNot ? (truth === undefined ? effect === 'Deny' : !truth) : truth === true;
  });
  const needsAll = quantifier === undefined ? effect === 'Allow' : quantifier === 'ForAllValues';
  return needsAll ? !fits.includes(false) : fits.includes(true);
};

/** Characters of values stand far away from those with a meaning. */
const AWAY = 0xe000;
const away = (text: string): string =>
  [...text].map((one) => String.fromCharCode(one.charCodeAt(0) + AWAY)).join('');

const fillIn = (text: string, { values }: Pick<GeneratedRequest, 'values'>): string | undefined => {
  let isWhole = true;
  const filled = text.replace(
    /\$\{([\w:]+)(?:, '(\w+)')?\}/g,
    (_, key: string, fallback?: string) => {
      const value = values[key];
      const chosen = typeof value === 'string' ? value : fallback;
      if (chosen === undefined) isWhole = false;
      return away(chosen ?? '');
    },
  );
  return isWhole ? filled : undefined;
};

const toRegExp = (pattern: string, flags: string, isLike = true): RegExp => {
  const source = [...pattern].map((one) => {
    if (isLike && one === '*') return '[^]*';
    if (isLike && one === '?') return '[^]';
    const code = one.charCodeAt(0);
    const plain = code >= AWAY ? code - AWAY : code;
    return `\\u${plain.toString(16).padStart(4, '0')}`;
  });
  return new RegExp(`^${source.join('')}$`, flags);
};

const matchesArn = (pattern: string, resource: string): boolean => {
  const parts = pattern.split(':');
  if (parts.length < 6) return toRegExp(pattern, '').test(resource);
  const actual = resource.split(':');
  const six = (all: string[]) => [...all.slice(0, 5), all.slice(5).join(':')];
  return six(parts).every((part, i) => toRegExp(part, '').test(six(actual)[i] as string));
};

test('the engine decides as the rules, written plainly, do', () => {
  const seen = new Map<string | undefined, number>();
  fc.assert(
    fc.property(
      aPolicyDocument,
      fc.array(aRequest, { minLength: 1, maxLength: 4 }),
      (generated, requests) => {
        const Statement = statementsOf(generated).map(({ Condition = {}, ...statement }) => ({
          ...statement,
          Condition: Object.fromEntries(
            Object.entries(Condition).filter(([name]) => KNOWN.test(name)),
          ),
        }));
        const policy = compilePolicy({ ...generated, Statement }, 'p');
        for (const request of requests) {
          const expected = decide(Statement, request, generated.Version === '2012-10-17');
          expect(policy.evaluate(request)?.effect).toBe(expected);
          seen.set(expected, (seen.get(expected) ?? 0) + 1);
        }
      },
    ),
    { numRuns: 3_000 },
  );
  for (const effect of ['Allow', 'Deny', undefined]) expect(seen.get(effect)).toBeGreaterThan(300);
});

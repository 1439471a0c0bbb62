// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of policies look like that
import { describe, expect, test } from 'vitest';
import { authorize, explainLayers, type PolicyLayer } from './authorize.ts';
import { compilePolicy } from './compile-policy.ts';
import type { PolicyRequest } from './request.ts';
import { limitWork, spendWork, WorkLimitError } from './work-limit.ts';

type Values = Readonly<Record<string, string | readonly string[]>>;

const statement = (Effect: 'Allow' | 'Deny', other: object = {}) => ({
  Effect,
  Principal: '*',
  Action: '*',
  Resource: '*',
  ...other,
});

const layer = (name: string, ...Statement: object[]): PolicyLayer => ({
  name,
  policies: [compilePolicy({ Version: '2012-10-17', Statement } as never, name)],
});

const aRequest = (resource: string, values: Values = {}): PolicyRequest => ({
  principal: { kind: 'anonymous' },
  action: 's:Get',
  resource,
  value: (key) => values[key],
});

const list = <T>(length: number, make: (i: number) => T): T[] =>
  Array.from({ length }, (_, i) => make(i));
const when = (operator: string, wanted: unknown) => ({
  Condition: { [operator]: { 'aws:x': wanted } },
});

/** The longest that a request can have. */
const LONG = 'a'.repeat(58_000);
const HARD = list(480, (i) => `*a?a?a?a${i}b*`);
const CUT_SHORT = { allowed: false, kind: 'explicitDeny', decidedBy: 'hard', isCutShort: true };

describe('a request that would take too long', () => {
  interface Case {
    readonly name: string;
    readonly hard: object;
    readonly resource?: string;
    readonly values?: Values;
  }

  test.each<Case>([
    { name: 'by patterns with signs for any character', hard: { Resource: HARD }, resource: LONG },
    {
      name: 'by short texts between stars',
      hard: { Resource: list(900, (i) => `*aaaa${i}b*`) },
      resource: LONG,
    },
    {
      name: 'by long texts between stars',
      hard: { Resource: list(30, (i) => `*${'a'.repeat(300)}${i}*`) },
      resource: LONG,
    },
    {
      name: 'by long patterns between stars',
      hard: { Resource: list(10, () => `*?${'a'.repeat(900)}b?*`) },
      resource: LONG,
    },
    {
      name: 'by variables that the request fills',
      hard: { Resource: list(80, (i) => `*\${aws:x}${i}b*`) },
      resource: LONG,
      values: { 'aws:x': 'a'.repeat(2000) },
    },
    {
      name: 'by making patterns of what the request says',
      hard: { Resource: list(100, (i) => `*?\${aws:x}${i}b*`) },
      resource: 'x',
      values: { 'aws:x': 'a'.repeat(2000) },
    },
    {
      name: 'by many values',
      hard: when(
        'ForAnyValue:StringLike',
        list(400, (i) => `a*${i}`),
      ),
      values: { 'aws:x': list(29_000, () => 'a') },
    },
    {
      name: 'by ARNs that are compared part by part',
      hard: when(
        'ForAnyValue:ArnLike',
        list(300, (i) => `arn:aws:iam::*:*a*${i}`),
      ),
      values: { 'aws:x': list(300, () => 'arn:aws:iam::1:aaaa') },
    },
    {
      name: 'by reading a long value again and again',
      hard: {
        Condition: Object.fromEntries(
          ['StringEquals', 'StringEqualsIgnoreCase'].map((operator) => [
            operator,
            Object.fromEntries(list(50, (i) => [`aws:x${i}`, LONG])),
          ]),
        ),
      },
      values: Object.fromEntries(list(50, (i) => [`aws:x${i}`, LONG])),
    },
  ])('is denied $name', ({ hard, resource = 'x', values }) => {
    const request = aRequest(resource, values);
    for (const Effect of ['Allow', 'Deny'] as const) {
      const layers = [
        layer('first', statement('Allow')),
        layer('hard', statement('Allow'), statement(Effect, hard), statement('Allow', hard)),
        layer('last', statement('Allow')),
      ];
      const isAsked = Effect === 'Deny';
      // An Allow that was found first makes it unnecessary to ask the others.
      expect(authorize({ layers, request })).toMatchObject(isAsked ? CUT_SHORT : { allowed: true });
    }
    const alone = [layer('hard', statement('Allow', hard))];
    expect(authorize({ layers: alone, request })).toMatchObject(CUT_SHORT);
  });

  test('is denied by what all of its layers cost together', () => {
    const hard = statement('Deny', { Resource: HARD.slice(0, 3) });
    const layers = list(8, (i) => `layer ${i}`).map((name) =>
      layer(name, hard, statement('Allow')),
    );
    expect(authorize({ layers: layers.slice(0, 1), request: aRequest(LONG) }).allowed).toBe(true);
    expect(authorize({ layers, request: aRequest(LONG) })).toMatchObject({
      kind: 'explicitDeny',
      isCutShort: true,
    });
  });

  test('costs nothing to those that follow it', () => {
    const hard = [layer('hard', statement('Deny', { Resource: HARD }), statement('Allow'))];
    authorize({ layers: hard, request: aRequest(LONG) });
    expect(authorize({ layers: hard, request: aRequest('aaa') }).allowed).toBe(true);
  });

  test('is explained as it was decided, without what would take too long', () => {
    const layers = [
      layer('hard', statement('Allow'), ...list(3, () => statement('Deny', { Resource: HARD }))),
      layer('easy', statement('Allow')),
    ];
    const [hard, easy] = explainLayers({ layers, request: aRequest(LONG) });
    expect(hard).toMatchObject({ says: 'explicitDeny', isCutShort: true, unexplained: 3 });
    expect(hard?.reasons).toHaveLength(1);
    expect(easy).toMatchObject({ unexplained: 0 });
  });

  test('keeps the answer of a layer whose reasons take too long', () => {
    const layers = [layer('easy', statement('Allow'), statement('Allow', { Resource: HARD }))];
    const [easy] = explainLayers({ layers, request: aRequest(LONG) });
    expect(easy).toMatchObject({ says: 'allow', unexplained: 1 });
    expect(easy).not.toHaveProperty('isCutShort');
  });

  test('is one that cannot be: an honest policy of 10 KB is asked to its end', () => {
    const Resource = list(250, (i) => `*/service/svc-1/tenants/*/items-${i}/*`);
    const resource = `arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-1/${'tenants/1/'.repeat(100)}`;
    const layers = [layer('honest', statement('Deny', { Resource }), statement('Allow'))];
    expect(authorize({ layers, request: aRequest(resource) }).allowed).toBe(true);
  });
});

describe('a variable', () => {
  test.each([
    { length: 2048, effect: 'Allow', operator: 'StringEquals', allowed: true },
    { length: 2049, effect: 'Allow', operator: 'StringEquals', allowed: false },
    { length: 2049, effect: 'Allow', operator: 'StringNotEquals', allowed: false },
    { length: 2049, effect: 'Deny', operator: 'StringNotEquals', allowed: false },
  ] as const)(
    'of $length characters in an $effect with $operator',
    ({ length, effect, operator, allowed }) => {
      const value = 'v'.repeat(length);
      const Condition = { [operator]: { 'aws:y': "${aws:x, 'v'}" } };
      const own = layer('a', statement('Allow'), statement(effect, { Condition }));
      const layers = effect === 'Deny' ? [own] : [layer('a', statement(effect, { Condition }))];
      const other = operator === 'StringNotEquals' && effect === 'Allow' ? 'w' : value;
      const request = aRequest('x', { 'aws:x': value, 'aws:y': other });
      expect(authorize({ layers, request }).allowed).toBe(allowed);
    },
  );
});

describe('a limit', () => {
  test('ends where what it was for ends', () => {
    expect(() => limitWork(10, () => spendWork(11))).toThrow(WorkLimitError);
    expect(() => spendWork(1_000_000_000)).not.toThrow();
  });

  test('within another is its own, and the other goes on behind it', () => {
    const nested = () => {
      spendWork(6);
      limitWork(10, () => spendWork(10));
      spendWork(4);
      spendWork(1);
    };
    expect(() => limitWork(10, nested)).toThrow(WorkLimitError);
    expect(() => limitWork(11, nested)).not.toThrow();
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compilePolicy } from '../compile-policy.ts';
import { findOperator, OPERATORS } from './operators.ts';

interface OperatorCase {
  readonly name: string;
  /** Only in files about more than one operator. */
  readonly operator?: string;
  readonly wanted: unknown;
  /** Absent when the request does not have the key. */
  readonly actual?: string | readonly string[];
  /** Of other keys, as they are looked up. */
  readonly values?: Readonly<Record<string, string | readonly string[]>>;
  /** Allow unless it matters. */
  readonly effect?: 'Allow' | 'Deny';
  readonly holds: boolean;
}

interface OperatorFile {
  readonly operator?: string;
  readonly cases: readonly OperatorCase[];
}

const folder = new URL('../testdata/operators/', import.meta.url);
const files = readdirSync(folder).map((name): [string, OperatorFile] => [
  name,
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as OperatorFile,
]);

const holds = (
  operator: string,
  { wanted, actual, values = {}, effect }: OperatorCase,
): boolean => {
  const Condition = { [operator]: { 'test:Key/Name': wanted } };
  const statement = { Effect: effect ?? 'Allow', Action: '*', Resource: '*', Condition } as const;
  const policy = compilePolicy({ Version: '2012-10-17', Statement: statement }, 'test');
  const asked: string[] = [];
  const reason = policy.evaluate({
    principal: { kind: 'anonymous' },
    action: 'test:Do',
    resource: 'arn:aws:test:::x',
    value: (key) => {
      asked.push(key);
      return key === 'test:key/Name' ? actual : values[key];
    },
  });
  // Whatever is asked for was announced.
  expect(policy.usedKeys).toEqual(expect.arrayContaining(asked));
  return reason !== undefined;
};

describe.each(files)('%s', (_file, { operator = '', cases }) => {
  const rows = cases.map((one) => ({ ...one, operator: one.operator ?? operator }));
  test.each(rows)('$operator: $name -> $holds', (row) => {
    expect(holds(row.operator, row)).toBe(row.holds);
  });
});

test('every operator has cases that hold and cases that do not', () => {
  for (const { name } of OPERATORS) {
    const outcomes = files
      .filter(([, file]) => file.operator === name)
      .flatMap(([, file]) => file.cases.map((one) => one.holds));
    expect(new Set(outcomes), name).toEqual(new Set([true, false]));
  }
});

test('there are the operators of IAM', () => {
  expect(OPERATORS).toHaveLength(27);
  expect(findOperator('ForAnyValue:StringLikeIfExists')).toMatchObject({
    operator: { name: 'StringLike' },
    quantifier: 'ForAnyValue',
    ifExists: true,
  });
  expect(findOperator('BoolIfExists')).toMatchObject({ quantifier: undefined, ifExists: true });
  expect(findOperator('constructor')).toBeUndefined();
});

test('in a policy of 2008 a variable is text', () => {
  const variable = `\${aws:username}`;
  const Condition = { StringEquals: { 'test:Key': variable } };
  const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition } as const;
  const matches = (Version: '2008-10-17' | '2012-10-17', actual: string) =>
    compilePolicy({ Version, Statement: statement }, 'test').evaluate({
      principal: { kind: 'anonymous' },
      action: 'test:Do',
      resource: 'x',
      value: (key) => (key === 'test:key' ? actual : 'alice'),
    }) !== undefined;
  expect(matches('2008-10-17', variable)).toBe(true);
  expect(matches('2008-10-17', 'alice')).toBe(false);
  expect(matches('2012-10-17', 'alice')).toBe(true);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseResourcePolicy, statementsOf } from './policy-document.ts';

const statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const policy = (changes: object = {}, document: object = {}): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...changes }], ...document });

describe('a policy is accepted', () => {
  test.each<{ name: string; text: string }>([
    { name: 'with everything for everybody', text: policy() },
    { name: 'without a version', text: JSON.stringify({ Statement: [statement] }) },
    { name: 'of the old version', text: policy({}, { Version: '2008-10-17' }) },
    { name: 'with a single statement', text: JSON.stringify({ Statement: statement }) },
    { name: 'with ids', text: policy({ Sid: 'a' }, { Id: 'b' }) },
    {
      name: 'with the elements in their Not form',
      text: policy({
        Principal: undefined,
        NotPrincipal: { AWS: '111122223333' },
        Action: undefined,
        NotAction: ['a:B'],
        Resource: undefined,
        NotResource: 'arn:aws:s3:::x',
      }),
    },
    {
      name: 'with principals of every type',
      text: policy({
        Principal: {
          AWS: ['111122223333', 'arn:aws:iam::111122223333:role/a'],
          Service: 'lambda.amazonaws.com',
          Federated: 'example.com',
          CanonicalUser: '0f',
        },
      }),
    },
    {
      name: 'with conditions',
      text: policy({
        Condition: {
          StringNotEqualsIgnoreCase: { 'aws:PrincipalType': 'anonymous' },
          'ForAnyValue:StringLikeIfExists': { 'vpc-lattice-svcs:RequestQueryString/a': ['b', 'c'] },
          NumericEquals: { 'vpc-lattice-svcs:Port': 80 },
          Null: { 'aws:SourceIp': true },
          IpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
          DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
          ArnLike: { 'aws:PrincipalArn': 'arn:*' },
          Bool: { 'aws:SecureTransport': 'true' },
        },
      }),
    },
  ])('$name', ({ text }) => {
    expect(parseResourcePolicy(text)).toEqual({ document: JSON.parse(text) });
  });
});

describe('a policy is refused', () => {
  const S = 'Statement 1 of the policy';
  test.each<{ name: string; text: string; problem: string }>([
    { name: 'that is nothing', text: '', problem: 'The policy is not valid JSON' },
    { name: 'that is a list', text: '[]', problem: 'The policy is not a JSON object' },
    { name: 'that is null', text: 'null', problem: 'The policy is not a JSON object' },
    {
      name: 'with an unknown element',
      text: policy({}, { Statements: [] }),
      problem: 'The policy has an unknown element Statements',
    },
    {
      name: 'of an unknown version',
      text: policy({}, { Version: '2026-01-01' }),
      problem: 'The Version of the policy must be 2012-10-17 or 2008-10-17',
    },
    {
      name: 'with an id that is a number',
      text: policy({}, { Id: 1 }),
      problem: 'The Id of the policy must be a string',
    },
    { name: 'without statements', text: '{}', problem: 'The policy has no Statement' },
    { name: 'with no statement', text: '{"Statement":[]}', problem: 'The policy has no Statement' },
    {
      name: 'with a text for a statement',
      text: '{"Statement":"x"}',
      problem: `${S} is not a JSON object`,
    },
    {
      name: 'with an unknown element in a statement',
      text: policy({ Actions: '*' }),
      problem: `${S} has an unknown element Actions`,
    },
    {
      name: 'with a Sid that is a number',
      text: policy({ Sid: 1 }),
      problem: `${S} has a Sid that is not a string`,
    },
    {
      name: 'without an effect',
      text: policy({ Effect: undefined }),
      problem: `${S} needs an Effect of Allow or Deny`,
    },
    {
      name: 'with an effect in small letters',
      text: policy({ Effect: 'allow' }),
      problem: `${S} needs an Effect of Allow or Deny`,
    },
    ...['Principal', 'Action', 'Resource'].flatMap((name) => [
      {
        name: `without a ${name}`,
        text: policy({ [name]: undefined }),
        problem: `${S} needs a ${name}`,
      },
      {
        name: `with two kinds of ${name}`,
        text: policy({ [`Not${name}`]: '*' }),
        problem: `${S} has both a ${name} and a Not${name}`,
      },
      {
        name: `with an empty ${name}`,
        text: policy({ [name]: [] }),
        problem: `${S} has a malformed ${name}`,
      },
    ]),
    {
      name: 'with a principal that is a bare account',
      text: policy({ Principal: '111122223333' }),
      problem: `${S} has a malformed Principal`,
    },
    {
      name: 'with a principal of an unknown type',
      text: policy({ Principal: { User: 'a' } }),
      problem: `${S} has a malformed Principal`,
    },
    {
      name: 'with a condition that is a list',
      text: policy({ Condition: [] }),
      problem: `${S} has a Condition that is not a JSON object`,
    },
    {
      name: 'with an unknown operator',
      text: policy({ Condition: { StringMatches: { a: 'b' } } }),
      problem: `${S} has an unknown condition operator StringMatches`,
    },
    {
      name: 'with Null if it exists',
      text: policy({ Condition: { NullIfExists: { a: 'true' } } }),
      problem: `${S} has an unknown condition operator NullIfExists`,
    },
    {
      name: 'with an operator without keys',
      text: policy({ Condition: { Bool: 'true' } }),
      problem: `${S} has a malformed condition Bool`,
    },
    {
      name: 'with a key without values',
      text: policy({ Condition: { Bool: { a: [] } } }),
      problem: `${S} has a malformed condition Bool on a`,
    },
    {
      name: 'with a second statement that is wrong',
      text: JSON.stringify({ Statement: [statement, { ...statement, Effect: 'Maybe' }] }),
      problem: 'Statement 2 of the policy needs an Effect of Allow or Deny',
    },
  ])('$name', ({ text, problem }) => {
    expect(parseResourcePolicy(text)).toEqual({ problem });
  });

  test('rather than thrown at, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const parsed = parseResourcePolicy(text);
        expect('problem' in parsed || 'document' in parsed).toBe(true);
      }),
    );
  });
});

test('statementsOf makes a list of one statement', () => {
  expect(statementsOf({ Statement: statement as never })).toEqual([statement]);
  expect(statementsOf({ Statement: [statement, statement] as never })).toHaveLength(2);
});

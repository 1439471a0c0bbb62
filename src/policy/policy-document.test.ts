import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseIdentityPolicy,
  parseResourcePolicy,
  parseTrustPolicy,
  statementsOf,
} from './policy-document.ts';

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
        },
      }),
    },
    {
      name: 'with conditions',
      text: policy({
        Condition: {
          StringNotEqualsIgnoreCase: { 'aws:PrincipalType': 'anonymous' },
          'ForAnyValue:StringLikeIfExists': {
            'vpc-lattice-svcs:RequestQueryString/a': ['b', 'c'],
            'vpc-lattice-svcs:RequestQueryString/A': 'another parameter',
          },
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
  const at = (place: string): string => `Statement[0].${place}`;
  const condition = (Condition: object): string => policy({ Condition });
  test.each<{ name: string; text: string; problem: string; place: string }>([
    { name: 'that is nothing', text: '', problem: 'The policy is not valid JSON', place: '' },
    { name: 'that is a list', text: '[]', problem: 'The policy is not a JSON object', place: '' },
    { name: 'that is null', text: 'null', problem: 'The policy is not a JSON object', place: '' },
    {
      name: 'with an unknown element',
      text: policy({}, { Statements: [] }),
      problem: 'The policy has an unknown element `Statements`',
      place: 'Statements',
    },
    {
      name: 'of an unknown version',
      text: policy({}, { Version: '2026-01-01' }),
      problem: 'The Version of the policy must be 2012-10-17 or 2008-10-17',
      place: 'Version',
    },
    {
      name: 'with an id that is a number',
      text: policy({}, { Id: 1 }),
      problem: 'The Id of the policy must be a string',
      place: 'Id',
    },
    {
      name: 'without statements',
      text: '{}',
      problem: 'The policy has no Statement',
      place: 'Statement',
    },
    {
      name: 'with no statement',
      text: '{"Statement":[]}',
      problem: 'The policy has no Statement',
      place: 'Statement',
    },
    {
      name: 'with a text for a statement',
      text: '{"Statement":"x"}',
      problem: `${S} is not a JSON object`,
      place: 'Statement',
    },
    {
      name: 'with an unknown element in a statement',
      text: policy({ Actions: '*' }),
      problem: `${S} has an unknown element \`Actions\``,
      place: at('Actions'),
    },
    {
      name: 'with a Sid that is a number',
      text: policy({ Sid: 1 }),
      problem: `${S} has a Sid that is not a string`,
      place: at('Sid'),
    },
    {
      name: 'without an effect',
      text: policy({ Effect: undefined }),
      problem: `${S} needs an Effect of Allow or Deny`,
      place: at('Effect'),
    },
    {
      name: 'with an effect in small letters',
      text: policy({ Effect: 'allow' }),
      problem: `${S} needs an Effect of Allow or Deny`,
      place: at('Effect'),
    },
    ...[
      { name: 'Principal', article: 'a' },
      { name: 'Action', article: 'an' },
      { name: 'Resource', article: 'a' },
    ].flatMap(({ name, article }) => [
      {
        name: `without ${article} ${name}`,
        text: policy({ [name]: undefined }),
        problem: `${S} needs ${article} ${name}`,
        place: at(name),
      },
      {
        name: `with two kinds of ${name}`,
        text: policy({ [`Not${name}`]: '*' }),
        problem: `${S} has both ${article} ${name} and a Not${name}`,
        place: at(`Not${name}`),
      },
      {
        name: `with an empty ${name}`,
        text: policy({ [name]: [] }),
        problem: expect.stringContaining(`${S} has a malformed ${name}; write `),
        place: at(name),
      },
    ]),
    {
      name: 'with a principal that is a bare account',
      text: policy({ Principal: '111122223333' }),
      problem: `${S} has a malformed Principal; write "*", or an object with AWS, Service or Federated`,
      place: at('Principal'),
    },
    {
      name: 'with a principal of an unknown type',
      text: policy({ Principal: { User: 'a' } }),
      problem: `${S} has a Principal of an unknown type \`User\``,
      place: at('Principal'),
    },
    {
      name: 'with a canonical user',
      text: policy({ Principal: { CanonicalUser: '0f' } }),
      problem: `${S} has a Principal of type CanonicalUser, which only S3 knows`,
      place: at('Principal.CanonicalUser'),
    },
    ...[
      'alice',
      '11112222333',
      'arn:aws:iam::111122223333:role/*',
      'arn:aws:iam::111122223333:*',
      'arn:aws:iam::*:root',
      'arn:aws:iam::111122223333:group/a',
      'arn:aws:sts::111122223333:assumed-role/a',
      'arn:aws:s3:::a',
    ].map((name) => ({
      name: `with the principal ${name}`,
      text: policy({ Principal: { AWS: ['111122223333', name] } }),
      problem: `${S} has a Principal.AWS \`${name}\`, which is no account, user, role or role session; a * stands alone`,
      place: at('Principal.AWS'),
    })),
    {
      name: 'with an open variable in a resource',
      text: policy({ Resource: 'arn:aws:s3:::${aws:username' }),
      problem: `${S} has a malformed variable in its Resource \`arn:aws:s3:::\${aws:username\``,
      place: at('Resource'),
    },
    {
      name: 'with a condition that is a list',
      text: policy({ Condition: [] }),
      problem: `${S} has a Condition that is not a JSON object`,
      place: at('Condition'),
    },
    {
      name: 'with an unknown operator',
      text: condition({ StringMatches: { a: 'b' } }),
      problem: `${S} has an unknown condition operator \`StringMatches\``,
      place: at('Condition.StringMatches'),
    },
    ...[
      'NullIfExists',
      'ForAnyValue:Null',
      'stringEquals',
      'ForAny:Bool',
      '',
      'BoolIfExistsIfExists',
    ].map((operator) => ({
      name: `with the operator ${operator}`,
      text: condition({ [operator]: { a: 'true' } }),
      problem: `${S} has an unknown condition operator \`${operator}\``,
      place: at(`Condition.${operator}`),
    })),
    {
      name: 'with an operator without keys',
      text: condition({ Bool: 'true' }),
      problem: `${S} has a malformed Condition.Bool`,
      place: at('Condition.Bool'),
    },
    {
      name: 'with a key without values',
      text: condition({ Bool: { a: [] } }),
      problem: `${S} has a malformed Condition.Bool on \`a\``,
      place: at('Condition.Bool.a'),
    },
    {
      name: 'with an object for a value',
      text: condition({ StringEquals: { a: [{}] } }),
      problem: `${S} has a malformed Condition.StringEquals on \`a\``,
      place: at('Condition.StringEquals.a'),
    },
    {
      name: 'with the same key in other letters',
      text: condition({ StringEquals: { 'aws:SourceVpc': 'a', 'aws:sourcevpc': 'b' } }),
      problem: `${S} has a Condition.StringEquals with the key \`aws:sourcevpc\` twice`,
      place: at('Condition.StringEquals.aws:sourcevpc'),
    },
    {
      name: 'with a broken variable in a condition',
      text: condition({ StringLike: { a: `\${}` } }),
      problem: `${S} has a malformed variable in Condition.StringLike on \`a\`: \`\${}\``,
      place: at('Condition.StringLike.a'),
    },
    {
      name: 'with an element that is there twice',
      text: '{"Statement":{"Condition":{"Bool":{"a":"true"},"\\u0042ool":{"a":"false"}}}}',
      problem: 'The policy has the element `Statement.Condition.Bool` twice',
      place: 'Statement.Condition.Bool',
    },
    {
      name: 'with a second statement that is wrong',
      text: JSON.stringify({ Statement: [statement, { ...statement, Effect: 'Maybe' }] }),
      problem: 'Statement 2 of the policy needs an Effect of Allow or Deny',
      place: 'Statement[1].Effect',
    },
  ])('$name', ({ text, problem, place }) => {
    expect(parseResourcePolicy(text)).toEqual({ problem, place });
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

const { Principal: _, ...identity } = statement;
const own = (changes: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ ...identity, ...changes }] });

describe('a policy of an identity', () => {
  test('has no principal', () => {
    expect(parseIdentityPolicy(own({ Sid: 'All' }))).toEqual({ document: expect.anything() });
  });

  test.each([
    { changes: { Principal: '*' }, place: 'Statement[0].Principal' },
    { changes: { NotPrincipal: { AWS: '*' } }, place: 'Statement[0].NotPrincipal' },
    { changes: { Action: 'Invoke' }, place: 'Statement[0].Action' },
    { changes: { Action: ['a:B', 'a:b:c'] }, place: 'Statement[0].Action' },
    { changes: { Sid: 'all of it' }, place: 'Statement[0].Sid' },
    { changes: { Resource: undefined }, place: 'Statement[0].Resource' },
  ])('is refused with $changes', ({ changes, place }) => {
    expect(parseIdentityPolicy(own(changes))).toEqual({ problem: expect.any(String), place });
  });

  test('has every Sid once', () => {
    const twice = JSON.stringify({
      Statement: [
        { ...identity, Sid: 'a' },
        { ...identity, Sid: 'a' },
      ],
    });
    expect(parseIdentityPolicy(twice)).toEqual({
      problem: 'Statement 2 of the policy has the Sid `a` of another one',
      place: 'Statement[1].Sid',
    });
    expect(parseIdentityPolicy(twice.replaceAll('"a"', '""'))).toHaveProperty('document');
  });
});

describe('a trust policy', () => {
  const trust = {
    Effect: 'Allow',
    Principal: { Service: 'ec2.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };

  test('has principals and no resource', () => {
    expect(parseTrustPolicy(JSON.stringify({ Statement: trust }))).toHaveProperty('document');
  });

  test.each([
    { changes: { Resource: '*' }, place: 'Statement.Resource' },
    { changes: { Principal: undefined, NotPrincipal: '*' }, place: 'Statement.NotPrincipal' },
    { changes: { Principal: undefined }, place: 'Statement.Principal' },
  ])('is refused with $changes', ({ changes, place }) => {
    const text = JSON.stringify({ Statement: { ...trust, ...changes } });
    expect(parseTrustPolicy(text)).toEqual({ problem: expect.any(String), place });
  });
});

test('statementsOf makes a list of one statement', () => {
  expect(statementsOf({ Statement: statement as never })).toEqual([statement]);
  expect(statementsOf({ Statement: [statement, statement] as never })).toHaveLength(2);
});

import { describe, expect, test } from 'vitest';
import type { Principal } from '../../policy/principal.ts';
import type { PolicyRequest } from '../../policy/request.ts';
import { askPolicies, askTrustPolicy } from './ask-policies.ts';

const USER: Principal = {
  kind: 'user',
  arn: 'arn:aws:iam::111122223333:user/ada',
  accountId: '111122223333',
};
const SESSION: Principal = {
  kind: 'roleSession',
  arn: 'arn:aws:sts::111122223333:assumed-role/caller/one',
  roleArn: 'arn:aws:iam::111122223333:role/path/caller',
  accountId: '111122223333',
};
const PROVIDER = 'arn:aws:iam::111122223333:oidc-provider/oidc.example.com';
const FEDERATED: Principal = { kind: 'federated', provider: PROVIDER };

const ask = (principal: Principal, action = 'sts:AssumeRole'): PolicyRequest => ({
  principal,
  action,
  resource: 'arn:aws:iam::111122223333:role/target',
  value: (key) => (key === 'sts:externalid' ? 'one' : key === 'aws:tagkeys' ? ['a'] : undefined),
});

const allow = (Principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...more,
});
const root = { AWS: 'arn:aws:iam::111122223333:root' };
const condition = (Condition: object) => ({ Condition });

describe('a trust policy', () => {
  test.each([
    {
      name: 'that names the user',
      who: USER,
      statements: [allow({ AWS: USER.arn })],
      says: 'named',
    },
    { name: 'that names the account', who: USER, statements: [allow(root)], says: 'account' },
    {
      name: 'that names the account by its id',
      who: USER,
      statements: [allow({ AWS: ['111122223333'] })],
      says: 'account',
    },
    { name: 'that names everybody', who: USER, statements: [allow('*')], says: 'account' },
    {
      name: 'that names another account',
      who: USER,
      statements: [allow({ AWS: '444455556666' })],
      says: 'silent',
    },
    {
      name: 'that names the role of a session',
      who: SESSION,
      statements: [allow({ AWS: SESSION.roleArn })],
      says: 'named',
    },
    {
      name: 'that names a session',
      who: SESSION,
      statements: [allow({ AWS: SESSION.arn })],
      says: 'named',
    },
    {
      name: 'that names the provider',
      who: FEDERATED,
      statements: [allow({ Federated: PROVIDER })],
      says: 'named',
    },
    {
      name: 'that names everybody, to the provider',
      who: FEDERATED,
      statements: [allow('*')],
      says: 'account',
    },
    {
      name: 'for another action',
      who: USER,
      statements: [allow(root, { Action: 'sts:TagSession' })],
      says: 'silent',
    },
    {
      name: 'for all but this action',
      who: USER,
      statements: [allow(root, { Action: undefined, NotAction: 'sts:TagSession' })].map(
        ({ Action: _, ...rest }) => rest,
      ),
      says: 'account',
    },
    {
      name: 'for actions with a wildcard, in capitals',
      who: USER,
      statements: [allow(root, { Action: 'STS:Assume*' })],
      says: 'account',
    },
    {
      name: 'that denies after it allows',
      who: USER,
      statements: [allow(root), { ...allow(root), Effect: 'Deny' }],
      says: 'deny',
    },
    {
      name: 'whose condition holds',
      who: USER,
      statements: [allow(root, condition({ StringEquals: { 'STS:ExternalId': ['x', 'one'] } }))],
      says: 'account',
    },
    {
      name: 'whose condition does not hold',
      who: USER,
      statements: [allow(root, condition({ StringEquals: { 'sts:ExternalId': 'x' } }))],
      says: 'silent',
    },
    {
      name: 'whose key is absent',
      who: USER,
      statements: [allow(root, condition({ StringLike: { 'aws:absent': '*' } }))],
      says: 'silent',
    },
  ])('$name says $says', ({ who, statements, says }) => {
    const document = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    expect(askTrustPolicy(document, ask(who))).toBe(says);
  });
});

describe('policies of the caller', () => {
  const says = (...statements: object[]) =>
    askPolicies(
      statements.map((Statement) => JSON.stringify({ Statement })),
      ask(USER),
    );
  const may = (Resource: string) => ({ Effect: 'Allow', Action: 'sts:*', Resource });

  test.each([
    { name: 'nothing', statements: [], expected: 'silent' },
    {
      name: 'the role',
      statements: [may('arn:aws:iam::111122223333:role/target')],
      expected: 'allow',
    },
    {
      name: 'roles with a wildcard',
      statements: [may('arn:aws:iam::*:role/t?rg*t')],
      expected: 'allow',
    },
    {
      name: 'another role',
      statements: [may('arn:aws:iam::111122223333:role/targe')],
      expected: 'silent',
    },
    {
      name: 'all but the role',
      statements: [{ Effect: 'Allow', Action: '*', NotResource: '*target' }],
      expected: 'silent',
    },
    { name: 'a denial', statements: [may('*'), { ...may('*'), Effect: 'Deny' }], expected: 'deny' },
  ])('that speak of $name: $expected', ({ statements, expected }) => {
    expect(says(...statements)).toBe(expected);
  });
});

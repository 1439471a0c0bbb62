import { expect, test } from 'vitest';
import { type Principal, principalName } from './principal.ts';
import { principalValue } from './principal-value.ts';

const KEYS = [
  'aws:principaltype',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:userid',
  'aws:username',
  'aws:principaltag/TEAM',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:federatedprovider',
];

const accountId = '111122223333';
const org = { orgId: 'o-1', orgPath: 'o-1/r-1/' };
const tags = new Map([
  ['x', 'y'],
  ['Team', 'shop'],
]);

test.each<{ principal: Principal; name: string; values: object }>([
  {
    principal: { kind: 'anonymous' },
    name: 'anonymous',
    values: {
      'aws:principaltype': 'Anonymous',
      'aws:userid': 'anonymous',
      'aws:principalisawsservice': 'false',
    },
  },
  {
    principal: { kind: 'root', arn: 'arn:aws:iam::111122223333:root', accountId },
    name: 'arn:aws:iam::111122223333:root',
    values: {
      'aws:principaltype': 'Account',
      'aws:principalarn': 'arn:aws:iam::111122223333:root',
      'aws:principalaccount': accountId,
      'aws:userid': accountId,
      'aws:principalisawsservice': 'false',
    },
  },
  {
    principal: { kind: 'user', arn: 'U', accountId, userId: 'AIDA', userName: 'a', ...org, tags },
    name: 'U',
    values: {
      'aws:principaltype': 'User',
      'aws:principalarn': 'U',
      'aws:principalaccount': accountId,
      'aws:principalorgid': 'o-1',
      'aws:principalorgpaths': ['o-1/r-1/'],
      'aws:userid': 'AIDA',
      'aws:username': 'a',
      'aws:principaltag/TEAM': 'shop',
      'aws:principalisawsservice': 'false',
    },
  },
  {
    principal: { kind: 'roleSession', arn: 'S', roleArn: 'R', accountId, userId: 'AROA:s' },
    name: 'S',
    values: {
      'aws:principaltype': 'AssumedRole',
      'aws:principalarn': 'R',
      'aws:principalaccount': accountId,
      'aws:userid': 'AROA:s',
      'aws:principalisawsservice': 'false',
    },
  },
  {
    principal: { kind: 'federated', provider: 'P' },
    name: 'P',
    values: { 'aws:federatedprovider': 'P', 'aws:principalisawsservice': 'false' },
  },
  {
    principal: { kind: 'service', name: 'lambda.amazonaws.com' },
    name: 'lambda.amazonaws.com',
    values: {
      'aws:principalisawsservice': 'true',
      'aws:principalservicename': 'lambda.amazonaws.com',
    },
  },
])('what $principal.kind callers have', ({ principal, name, values }) => {
  const known = KEYS.map((key) => [key, principalValue(principal, key)] as const);
  expect(Object.fromEntries(known.filter(([, value]) => value !== undefined))).toEqual(values);
  expect(principalName(principal)).toBe(name);
});

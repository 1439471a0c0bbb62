import { expect, test } from 'vitest';
import { callerValues, type SessionFacts } from './caller-values.ts';
import type { Principal } from './principal.ts';

const accountId = '111122223333';
const ofOrganization = { orgId: 'o-a1b2c3d4e5', orgPath: 'o-a1b2c3d4e5/r-ab12/' };
const everybody = { 'aws:principalaccount': accountId, 'aws:principalisawsservice': 'false' };

test.each<{ name: string; principal: Principal; session?: SessionFacts; values: object }>([
  {
    name: 'the root of an account, without an organisation',
    principal: { kind: 'root', arn: 'arn:aws:iam::111122223333:root', accountId },
    values: {
      ...everybody,
      'aws:principalarn': 'arn:aws:iam::111122223333:root',
      'aws:principaltype': 'Account',
      'aws:userid': accountId,
    },
  },
  {
    name: 'a user of an organisation, with tags',
    principal: {
      kind: 'user',
      arn: 'arn:aws:iam::111122223333:user/alice',
      accountId,
      userId: 'AIDA1',
      userName: 'alice',
      tags: new Map([['Team', 'shop']]),
      ...ofOrganization,
    },
    values: {
      ...everybody,
      'aws:principalarn': 'arn:aws:iam::111122223333:user/alice',
      'aws:principaltype': 'User',
      'aws:userid': 'AIDA1',
      'aws:username': 'alice',
      'aws:principaltag/Team': 'shop',
      'aws:principalorgid': 'o-a1b2c3d4e5',
      'aws:principalorgpaths': ['o-a1b2c3d4e5/r-ab12/'],
    },
  },
  {
    name: 'a session of a role, made with a web identity',
    principal: {
      kind: 'roleSession',
      arn: 'arn:aws:sts::111122223333:assumed-role/checkout/pod-1',
      roleArn: 'arn:aws:iam::111122223333:role/shop/checkout',
      accountId,
      userId: 'AROA1:pod-1',
    },
    session: {
      issuedAt: 1_750_000_000,
      sourceIdentity: 'alice',
      federatedProvider: 'arn:aws:iam::111122223333:oidc-provider/issuer.example',
    },
    values: {
      ...everybody,
      'aws:principalarn': 'arn:aws:iam::111122223333:role/shop/checkout',
      'aws:principaltype': 'AssumedRole',
      'aws:userid': 'AROA1:pod-1',
      'aws:tokenissuetime': '2025-06-15T15:06:40.000Z',
      'aws:multifactorauthpresent': 'false',
      'aws:sourceidentity': 'alice',
      'aws:federatedprovider': 'arn:aws:iam::111122223333:oidc-provider/issuer.example',
    },
  },
  {
    name: 'somebody whom an identity provider vouches for',
    principal: { kind: 'federated', provider: 'arn:aws:iam::1:oidc-provider/issuer.example' },
    values: {
      'aws:federatedprovider': 'arn:aws:iam::1:oidc-provider/issuer.example',
      'aws:principalisawsservice': 'false',
    },
  },
  {
    name: 'a service of AWS',
    principal: { kind: 'service', name: 'lambda.amazonaws.com' },
    values: {
      'aws:principalservicename': 'lambda.amazonaws.com',
      'aws:principalisawsservice': 'true',
    },
  },
])('$name', ({ principal, session, values }) => {
  expect(Object.fromEntries(callerValues(principal, session))).toEqual(values);
});

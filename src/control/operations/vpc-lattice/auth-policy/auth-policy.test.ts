import { describe, expect, test } from 'vitest';
import { arnOf, idNumber, NOW, OTHER_ACCOUNT, openLattice } from '../lattice-fixture.ts';

const SN = idNumber('serviceNetwork', 1);
const SVC = idNumber('service', 1);
const POLICY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}';

const openResources = async () => {
  const lattice = await openLattice();
  await lattice.call('CreateServiceNetwork', { name: 'shop' });
  await lattice.call('CreateService', { name: 'cart', authType: 'AWS_IAM' });
  return lattice;
};

describe.each([
  { name: 'a service network', id: SN, arn: arnOf(`servicenetwork/${SN}`), state: 'Inactive' },
  { name: 'a service', id: SVC, arn: arnOf(`service/${SVC}`), state: 'Active' },
])('the auth policy of $name', ({ id, arn, state }) => {
  test('is kept, changed and deleted, by id or ARN', async () => {
    const lattice = await openResources();
    expect(await lattice.call('GetAuthPolicy', { resourceIdentifier: id })).toEqual({});
    expect(
      await lattice.call('PutAuthPolicy', { resourceIdentifier: arn, policy: POLICY }),
    ).toEqual({ policy: POLICY, state });
    lattice.now = new Date(NOW.getTime() + 1000);
    const changed = POLICY.replace('Allow', 'Deny');
    await lattice.call('PutAuthPolicy', { resourceIdentifier: id, policy: changed });
    expect(await lattice.call('GetAuthPolicy', { resourceIdentifier: arn })).toEqual({
      policy: changed,
      state,
      createdAt: NOW,
      lastUpdatedAt: lattice.now,
    });
    expect(await lattice.call('DeleteAuthPolicy', { resourceIdentifier: arn })).toEqual({});
    expect(await lattice.call('GetAuthPolicy', { resourceIdentifier: id })).toEqual({});
  });
});

test('the state follows the auth type', async () => {
  const lattice = await openResources();
  await lattice.call('PutAuthPolicy', { resourceIdentifier: SN, policy: POLICY });
  for (const [authType, state] of [
    ['AWS_IAM', 'Active'],
    ['NONE', 'Inactive'],
  ] as const) {
    await lattice.call('UpdateServiceNetwork', { serviceNetworkIdentifier: SN, authType });
    expect(await lattice.call('GetAuthPolicy', { resourceIdentifier: SN })).toMatchObject({
      state,
    });
  }
});

describe('a policy is kept in the form of AWS', () => {
  const statement = '{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}';
  const cases = [
    {
      name: 'on one line, without white space between members',
      sent: JSON.stringify(JSON.parse(POLICY), undefined, 2),
      kept: POLICY,
    },
    {
      name: 'with a version',
      sent: `{"Statement":[${statement}]}`,
      kept: `{"Version":"2008-10-17","Statement":[${statement}]}`,
    },
    {
      name: 'with a list of statements',
      sent: `{"Version":"2012-10-17","Statement":${statement}}`,
      kept: POLICY,
    },
    {
      name: 'with the members in its order',
      sent: `{"Statement":[${statement}],"Id":"one","Version":"2012-10-17"}`,
      kept: `{"Version":"2012-10-17","Id":"one","Statement":[${statement}]}`,
    },
    {
      name: 'with the elements of a statement in its order, and their values as sent',
      sent: '{"Version":"2012-10-17","Statement":[{"Condition":{"StringLike":{"aws:SourceVpc":["vpc-b","vpc-a"],"aws:PrincipalArn":"*"}},"Resource":["*"],"Action":"*","Principal":{"AWS":["*"]},"Effect":"Allow","Sid":"a b"}]}',
      kept: '{"Version":"2012-10-17","Statement":[{"Sid":"a b","Effect":"Allow","Principal":{"AWS":["*"]},"Action":"*","Resource":["*"],"Condition":{"StringLike":{"aws:SourceVpc":["vpc-b","vpc-a"],"aws:PrincipalArn":"*"}}}]}',
    },
    {
      name: 'with elements that say what is left out in the places of the others',
      sent: '{"Version":"2012-10-17","Statement":[{"NotResource":"a","NotAction":"b","NotPrincipal":{"AWS":"*"},"Effect":"Deny"}]}',
      kept: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":"*"},"NotAction":"b","NotResource":"a"}]}',
    },
  ];
  test.each(cases)('$name', async ({ sent, kept }) => {
    const lattice = await openResources();
    const put = { resourceIdentifier: SN, policy: sent };
    expect(await lattice.call('PutAuthPolicy', put)).toEqual({ policy: kept, state: 'Inactive' });
    expect(await lattice.call('GetAuthPolicy', { resourceIdentifier: SN })).toMatchObject({
      policy: kept,
    });
  });
});

describe('PutAuthPolicy refuses', () => {
  test.each([
    { name: 'what is not JSON', policy: '{', message: 'The policy is not valid JSON.' },
    {
      name: 'a policy without a principal',
      policy: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
      message: 'Statement 1 of the policy needs a Principal.',
    },
    {
      name: 'a policy of more than 10,240 bytes',
      policy: POLICY.replace('"Action":"*"', `"Action":"${'a'.repeat(10_240)}"`),
      message: 'The policy must not be longer than 10240 bytes.',
    },
  ])('$name', async ({ policy, message }) => {
    const lattice = await openResources();
    expect(await lattice.failure('PutAuthPolicy', { resourceIdentifier: SN, policy })).toEqual({
      code: 'ValidationException',
      statusCode: 400,
      message,
      members: { reason: 'other' },
    });
  });

  test('by what was sent, without white space and without what it lacked', async () => {
    const lattice = await openResources();
    const sent = (length: number) =>
      `{ ${' '.repeat(10_240)}"Statement":{"Effect":"Allow","Principal":"*","Action":"${'a'.repeat(length)}","Resource":"*"}}`;
    const longest = 10_240 - sent(0).replaceAll(' ', '').length;
    const put = (policy: string) => ({ resourceIdentifier: SN, policy });
    await lattice.call('PutAuthPolicy', put(sent(longest)));
    expect(await lattice.failure('PutAuthPolicy', put(sent(longest + 1)))).toMatchObject({
      message: 'The policy must not be longer than 10240 bytes.',
    });
  });
});

test.each(['PutAuthPolicy', 'GetAuthPolicy', 'DeleteAuthPolicy'] as const)(
  '%s finds no resource that is not the caller’s',
  async (name) => {
    const lattice = await openResources();
    const rows = [
      { resourceIdentifier: SVC, account: OTHER_ACCOUNT, type: 'SERVICE' },
      { resourceIdentifier: idNumber('serviceNetwork', 9), type: 'SERVICE_NETWORK' },
      { resourceIdentifier: 'rcfg-00000000000000001', type: 'RESOURCE_CONFIGURATION' },
    ];
    for (const { resourceIdentifier, account, type } of rows) {
      const input = { resourceIdentifier, policy: POLICY };
      expect(await lattice.failure(name, input, account)).toMatchObject({
        code: 'ResourceNotFoundException',
        members: { resourceId: resourceIdentifier, resourceType: type },
      });
    }
  },
);

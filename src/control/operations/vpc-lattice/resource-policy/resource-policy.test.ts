import { describe, expect, test } from 'vitest';
import { arnOf, idNumber, OTHER_ACCOUNT, openLattice } from '../lattice-fixture.ts';

const resourceArn = arnOf(`servicenetwork/${idNumber('serviceNetwork', 1)}`);
const serviceArn = arnOf(`service/${idNumber('service', 1)}`);

const policyWith = (statement: object): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'share',
        Effect: 'Allow',
        Principal: { AWS: OTHER_ACCOUNT },
        Action: ['vpc-lattice:CreateServiceNetworkServiceAssociation'],
        Resource: resourceArn,
        ...statement,
      },
    ],
  });

const openNetwork = async () => {
  const lattice = await openLattice();
  await lattice.call('CreateServiceNetwork', { name: 'shop' });
  await lattice.call('CreateService', { name: 'cart' });
  return lattice;
};

test('a resource policy is kept as sent, changed and deleted', async () => {
  const lattice = await openNetwork();
  expect(await lattice.call('GetResourcePolicy', { resourceArn })).toEqual({});
  for (const Action of ['vpc-lattice:GetServiceNetwork', ['vpc-lattice:GetServiceNetwork']]) {
    const policy = policyWith({ Action });
    expect(await lattice.call('PutResourcePolicy', { resourceArn, policy })).toEqual({});
    expect(await lattice.call('GetResourcePolicy', { resourceArn })).toEqual({ policy });
  }
  expect(await lattice.call('DeleteResourcePolicy', { resourceArn })).toEqual({});
  expect(await lattice.call('GetResourcePolicy', { resourceArn })).toEqual({});
});

describe('PutResourcePolicy refuses', () => {
  test.each([
    { name: 'what is not JSON', policy: '{', message: /not valid JSON/ },
    { name: 'a denial', policy: policyWith({ Effect: 'Deny' }), message: /Effect Allow/ },
    {
      name: 'a condition',
      policy: policyWith({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      message: /without Condition/,
    },
    {
      name: 'an action that cannot be shared',
      policy: policyWith({ Action: 'vpc-lattice:DeleteServiceNetwork' }),
      message: /must not have the action vpc-lattice:DeleteServiceNetwork/,
    },
    {
      name: 'every action',
      policy: policyWith({ Action: '*' }),
      message: /must not have the action \*/,
    },
  ])('$name', async ({ policy, message }) => {
    const lattice = await openNetwork();
    expect(await lattice.failure('PutResourcePolicy', { resourceArn, policy })).toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(message),
    });
  });

  test('a network’s action for a service', async () => {
    const lattice = await openNetwork();
    const policy = policyWith({ Action: 'vpc-lattice:GetServiceNetwork' });
    expect(
      await lattice.failure('PutResourcePolicy', { resourceArn: serviceArn, policy }),
    ).toMatchObject({ code: 'ValidationException' });
  });
});

test.each(['PutResourcePolicy', 'GetResourcePolicy', 'DeleteResourcePolicy'] as const)(
  '%s finds no resource that is not the caller’s',
  async (name) => {
    const lattice = await openNetwork();
    const input = { resourceArn, policy: policyWith({}) };
    expect(await lattice.failure(name, input, OTHER_ACCOUNT)).toMatchObject({
      code: 'ResourceNotFoundException',
      members: { resourceId: resourceArn, resourceType: 'SERVICE_NETWORK' },
    });
  },
);

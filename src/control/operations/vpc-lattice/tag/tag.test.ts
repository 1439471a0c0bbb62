import { expect, test } from 'vitest';
import {
  arnOf,
  idNumber,
  NOT_FOUND_ACTION,
  OTHER_ACCOUNT,
  openLattice,
  openShop,
} from '../lattice-fixture.ts';

test('every resource with an ARN has tags', async () => {
  const { lattice, vpc, serviceIdentifier, targetGroup } = await openShop();
  const network = await lattice.call('CreateServiceNetwork', { name: 'shop' });
  const listener = await lattice.call('CreateListener', {
    serviceIdentifier,
    name: 'http',
    protocol: 'HTTP',
    defaultAction: NOT_FOUND_ACTION,
  });
  const rule = await lattice.call('CreateRule', {
    serviceIdentifier,
    listenerIdentifier: listener.id ?? '',
    name: 'one',
    priority: 1,
    match: { httpMatch: { method: 'GET' } },
    action: NOT_FOUND_ACTION,
  });
  const ends = { serviceNetworkIdentifier: network.id ?? '' };
  const association = await lattice.call('CreateServiceNetworkServiceAssociation', {
    ...ends,
    serviceIdentifier,
  });
  const vpcAssociation = await lattice.call('CreateServiceNetworkVpcAssociation', {
    ...ends,
    vpcIdentifier: vpc.id,
  });
  const subscription = await lattice.call('CreateAccessLogSubscription', {
    resourceIdentifier: serviceIdentifier,
    destinationArn: 'arn:aws:s3:::logs',
  });
  const arns = [
    network.arn,
    arnOf(`service/${serviceIdentifier}`),
    listener.arn,
    rule.arn,
    arnOf(`targetgroup/${await targetGroup('carts')}`),
    association.arn,
    vpcAssociation.arn,
    subscription.arn,
  ] as string[];
  for (const resourceArn of arns) {
    expect(await lattice.call('ListTagsForResource', { resourceArn })).toEqual({ tags: {} });
    const tags = { a: '1', b: '' };
    expect(await lattice.call('TagResource', { resourceArn, tags })).toEqual({});
    await lattice.call('TagResource', { resourceArn, tags: { a: '2', c: '3' } });
    expect(await lattice.call('UntagResource', { resourceArn, tagKeys: ['b', 'never'] })).toEqual(
      {},
    );
    expect(await lattice.call('ListTagsForResource', { resourceArn })).toEqual({
      tags: { a: '2', c: '3' },
    });
  }
  const types = await lattice.store.read(async (tx) => (await tx.list('tagSet')).items);
  expect(types.map(({ resourceType }) => resourceType)).toEqual([
    'vpc-lattice:servicenetwork',
    'vpc-lattice:service',
    'vpc-lattice:listener',
    'vpc-lattice:rule',
    'vpc-lattice:targetgroup',
    'vpc-lattice:servicenetworkserviceassociation',
    'vpc-lattice:servicenetworkvpcassociation',
    'vpc-lattice:accesslogsubscription',
  ]);
});

const calls = [
  { name: 'ListTagsForResource', more: {} },
  { name: 'TagResource', more: { tags: { a: 'b' } } },
  { name: 'UntagResource', more: { tagKeys: ['a'] } },
] as const;

test.each(calls)('$name is denied for another account’s resource', async ({ name, more }) => {
  const lattice = await openLattice();
  const { arn = '' } = await lattice.call('CreateService', { name: 'cart' });
  const input = { resourceArn: arn, ...more } as never;
  expect(await lattice.failure(name, input, OTHER_ACCOUNT)).toEqual({
    code: 'AccessDeniedException',
    statusCode: 403,
    message: `User: arn:aws:iam::${OTHER_ACCOUNT}:root is not authorized to access the tags of resource: ${arn}`,
    members: {},
  });
});

test.each(calls)('$name finds only what there is', async ({ name, more }) => {
  const lattice = await openLattice();
  await lattice.call('CreateService', { name: 'cart' });
  const service = idNumber('service', 1);
  for (const resourceArn of [
    arnOf(`service/${idNumber('service', 9)}`),
    arnOf(`servicenetwork/${service}`),
    arnOf(`service/${service}`).replace('us-west-2', 'us-east-1'),
    arnOf('resourcegateway/rgw-00000000000000001'),
  ]) {
    expect(await lattice.failure(name, { resourceArn, ...more } as never)).toEqual({
      code: 'ResourceNotFoundException',
      statusCode: 404,
      message: `Resource ${resourceArn} not found.`,
      members: { resourceId: resourceArn, resourceType: 'RESOURCE' },
    });
  }
});

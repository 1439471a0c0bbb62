import { describe, expect, test } from 'vitest';
import { arnOf, idNumber, NOW, OTHER_ACCOUNT, openLattice } from '../lattice-fixture.ts';

const SN = idNumber('serviceNetwork', 1);
const SVC = idNumber('service', 1);
const ALS = idNumber('accessLogSubscription', 1);
const ARN = arnOf(`accesslogsubscription/${ALS}`);
const ONE = { accessLogSubscriptionIdentifier: ALS };
const LOGS = 'arn:aws:logs:us-west-2:111122223333:log-group:/vpc/lattice:*';
const S3 = 'arn:aws:s3:::my-logs/shop';
const FIREHOSE = 'arn:aws:firehose:us-west-2:111122223333:deliverystream/shop';

const openResources = async () => {
  const lattice = await openLattice();
  await lattice.call('CreateServiceNetwork', { name: 'shop' });
  await lattice.call('CreateService', { name: 'cart' });
  return lattice;
};

describe('CreateAccessLogSubscription', () => {
  test('logs the traffic of a network by default', async () => {
    const lattice = await openResources();
    const made = {
      id: ALS,
      arn: ARN,
      resourceId: SN,
      resourceArn: arnOf(`servicenetwork/${SN}`),
      serviceNetworkLogType: 'SERVICE',
      destinationArn: LOGS,
    };
    expect(
      await lattice.call('CreateAccessLogSubscription', {
        resourceIdentifier: arnOf(`servicenetwork/${SN}`),
        destinationArn: LOGS,
        tags: { a: 'b' },
      }),
    ).toEqual(made);
    const shown = { ...made, createdAt: NOW, lastUpdatedAt: NOW };
    expect(await lattice.call('GetAccessLogSubscription', ONE)).toEqual(shown);
    for (const resourceIdentifier of [SN, arnOf(`servicenetwork/${SN}`)]) {
      expect(await lattice.call('ListAccessLogSubscriptions', { resourceIdentifier })).toEqual({
        items: [shown],
      });
    }
    expect(await lattice.call('ListTagsForResource', { resourceArn: ARN })).toEqual({
      tags: { a: 'b' },
    });
  });

  test('has no log type for a service', async () => {
    const lattice = await openResources();
    const input = { resourceIdentifier: SVC, destinationArn: S3 };
    expect(await lattice.call('CreateAccessLogSubscription', input)).toEqual({
      id: ALS,
      arn: ARN,
      resourceId: SVC,
      resourceArn: arnOf(`service/${SVC}`),
      destinationArn: S3,
    });
    expect(
      await lattice.failure('CreateAccessLogSubscription', {
        ...input,
        serviceNetworkLogType: 'SERVICE',
      }),
    ).toMatchObject({ code: 'ValidationException' });
  });

  test('takes one destination of each type for each type of log', async () => {
    const lattice = await openResources();
    for (const destinationArn of [LOGS, S3, FIREHOSE]) {
      for (const serviceNetworkLogType of ['SERVICE', 'RESOURCE'] as const) {
        await lattice.call('CreateAccessLogSubscription', {
          resourceIdentifier: SN,
          destinationArn,
          serviceNetworkLogType,
        });
      }
    }
    expect(
      await lattice.failure('CreateAccessLogSubscription', {
        resourceIdentifier: SN,
        destinationArn: 'arn:aws:s3:::other',
      }),
    ).toEqual({
      code: 'ConflictException',
      statusCode: 409,
      message: `Access log subscription with destination type S3 for ${SN} already exists.`,
      members: {
        resourceId: idNumber('accessLogSubscription', 3),
        resourceType: 'ACCESS_LOG_SUBSCRIPTION',
      },
    });
  });

  test.each([
    'arn:aws:sqs:us-west-2:111122223333:queue',
    'arn:aws:logs:us-west-2:111122223333:metric:x',
    'arn:aws:firehose:us-west-2:111122223333:stream/x',
    'arn:aws:s3:::-',
    'arn:aws:constructor:::x',
  ])('refuses the destination %s', async (destinationArn) => {
    const lattice = await openResources();
    expect(
      await lattice.failure('CreateAccessLogSubscription', {
        resourceIdentifier: SN,
        destinationArn,
      }),
    ).toMatchObject({
      code: 'ValidationException',
      members: { reason: 'fieldValidationFailed', fieldList: [{ name: 'destinationArn' }] },
    });
  });

  test.each([
    { resourceIdentifier: idNumber('service', 9), type: 'SERVICE' },
    { resourceIdentifier: arnOf(`servicenetwork/${SN}`, OTHER_ACCOUNT), type: 'SERVICE_NETWORK' },
  ])('refuses an unknown $type', async ({ resourceIdentifier, type }) => {
    const lattice = await openResources();
    const input = { resourceIdentifier, destinationArn: S3 };
    expect(await lattice.failure('CreateAccessLogSubscription', input)).toMatchObject({
      code: 'ResourceNotFoundException',
      members: { resourceId: resourceIdentifier, resourceType: type },
    });
  });
});

describe('UpdateAccessLogSubscription', () => {
  test('moves to another destination of the type', async () => {
    const lattice = await openResources();
    await lattice.call('CreateAccessLogSubscription', {
      resourceIdentifier: SVC,
      destinationArn: S3,
    });
    const destinationArn = 'arn:aws:s3:::other';
    expect(await lattice.call('UpdateAccessLogSubscription', { ...ONE, destinationArn })).toEqual({
      id: ALS,
      arn: ARN,
      resourceId: SVC,
      resourceArn: arnOf(`service/${SVC}`),
      destinationArn,
    });
    expect(
      await lattice.failure('UpdateAccessLogSubscription', { ...ONE, destinationArn: LOGS }),
    ).toEqual({
      code: 'ConflictException',
      statusCode: 409,
      message: `The destination of access log subscription ${ALS} must stay of type S3.`,
      members: { resourceId: ALS, resourceType: 'ACCESS_LOG_SUBSCRIPTION' },
    });
  });
});

test('DeleteAccessLogSubscription takes the tags along', async () => {
  const lattice = await openResources();
  await lattice.call('CreateAccessLogSubscription', {
    resourceIdentifier: SVC,
    destinationArn: S3,
    tags: { a: 'b' },
  });
  const byArn = { accessLogSubscriptionIdentifier: ARN };
  expect(await lattice.failure('DeleteAccessLogSubscription', byArn, OTHER_ACCOUNT)).toMatchObject({
    code: 'ResourceNotFoundException',
  });
  expect(await lattice.call('DeleteAccessLogSubscription', byArn)).toEqual({});
  expect(await lattice.store.read((tx) => tx.count('tagSet'))).toBe(0);
  for (const name of ['GetAccessLogSubscription', 'DeleteAccessLogSubscription'] as const) {
    expect(await lattice.failure(name, ONE)).toMatchObject({
      code: 'ResourceNotFoundException',
      members: { resourceId: ALS, resourceType: 'ACCESS_LOG_SUBSCRIPTION' },
    });
  }
});

test('a resource that is not there has no subscriptions', async () => {
  const lattice = await openResources();
  await lattice.call('CreateAccessLogSubscription', {
    resourceIdentifier: SVC,
    destinationArn: S3,
  });
  const list = 'ListAccessLogSubscriptions';
  expect(await lattice.call(list, { resourceIdentifier: SN })).toEqual({ items: [] });
  expect(await lattice.call(list, { resourceIdentifier: SVC }, OTHER_ACCOUNT)).toEqual({
    items: [],
  });
});

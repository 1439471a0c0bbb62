import { describe, expect, test } from 'vitest';
import { ACCOUNT, openLattice } from './operations/vpc-lattice/lattice-fixture.ts';
import { asTaggable, findTaggable, taggableType } from './taggable.ts';

const SERVICE = 'arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-1';

describe('taggableType', () => {
  test.each([
    { arn: SERVICE, type: 'vpc-lattice:service' },
    { arn: `${SERVICE}/listener/listener-1`, type: 'vpc-lattice:listener' },
    { arn: `${SERVICE}/listener/listener-1/rule/rule-1`, type: 'vpc-lattice:rule' },
    { arn: 'arn:aws:ec2:us-west-2:111122223333:security-group/sg-1', type: 'ec2:security-group' },
    { arn: 'arn:aws:acm:us-west-2:111122223333:certificate/c0ffee', type: 'acm:certificate' },
    { arn: 'arn:aws:s3:::service/svc-1', type: undefined },
    { arn: 'arn:aws:vpc-lattice:us-west-2:111122223333:resourcegateway/rgw-1', type: undefined },
    { arn: 'svc-1', type: undefined },
    { arn: '', type: undefined },
  ])('of $arn is $type', ({ arn, type }) => {
    expect(taggableType(arn)).toBe(type);
  });
});

test('findTaggable finds resources of both services, by their full ARN only', async () => {
  const lattice = await openLattice();
  const vpc = await lattice.vpc();
  const { arn = '' } = await lattice.call('CreateService', { name: 'cart' });
  const find = (text: string) => lattice.store.read((tx) => findTaggable(tx, text));
  expect(await find(arn)).toEqual({ arn, accountId: ACCOUNT, resourceType: 'vpc-lattice:service' });
  expect(await find(vpc.arn)).toEqual({
    arn: vpc.arn,
    accountId: ACCOUNT,
    resourceType: 'ec2:vpc',
  });
  expect(await find(vpc.id)).toBeUndefined();
  expect(await find(arn.replace(ACCOUNT, '444455556666'))).toBeUndefined();
});

test('asTaggable refuses what cannot have tags', () => {
  expect(() => asTaggable({ arn: 'arn:aws:s3:::bucket', accountId: ACCOUNT })).toThrow(
    '`arn:aws:s3:::bucket` cannot have tags',
  );
});

import { CreateVpcCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { CreateServiceCommand, ListServicesCommand } from '@aws-sdk/client-vpc-lattice';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';

describe('one port for all services', () => {
  let control: ControlPlane;
  beforeAll(async () => {
    control = await startControlPlane();
  });
  afterAll(() => control.close());

  test('answers sts, as XML', async () => {
    const { Account, Arn, UserId } = await control.sts.send(new GetCallerIdentityCommand());
    expect({ Account, Arn, UserId }).toEqual({
      Account: control.accountId,
      Arn: `arn:aws:iam::${control.accountId}:root`,
      UserId: control.accountId,
    });
  });

  test('answers vpc-lattice, as REST-JSON', async () => {
    const created = await control.lattice.send(
      new CreateServiceCommand({ name: 'checkout', tags: { team: 'shop' } }),
    );
    const { items } = await control.lattice.send(new ListServicesCommand());
    expect(items?.map(({ id }) => id)).toEqual([created.id]);
    expect(created.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('answers tagging, as JSON 1.1', async () => {
    const { ResourceTagMappingList: found } = await control.tagging.send(
      new GetResourcesCommand({ ResourceTypeFilters: ['vpc-lattice:service'] }),
    );
    expect(found?.map(({ Tags }) => Tags)).toEqual([[{ Key: 'team', Value: 'shop' }]]);
  });

  test('answers ec2, as EC2 Query', async () => {
    const { Vpc } = await control.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    const { Vpcs } = await control.ec2.send(
      new DescribeVpcsCommand({ VpcIds: [Vpc?.VpcId ?? ''] }),
    );
    expect(Vpcs?.[0]?.CidrBlock).toBe('10.0.0.0/16');
  });

  test('keeps accounts apart', async () => {
    const other = await control.addAccount('other');
    const { items } = await other.lattice.send(new ListServicesCommand());
    expect(items).toEqual([]);
    expect(other.accountId).not.toBe(control.accountId);
  });
});

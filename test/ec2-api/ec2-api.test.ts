import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteTagsCommand,
  DeleteVpcCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeTagsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  GetManagedPrefixListEntriesCommand,
  ModifySecurityGroupRulesCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  paginateDescribeSubnets,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  waitUntilVpcAvailable,
} from '@aws-sdk/client-ec2';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';

let control: ControlPlane;
beforeAll(async () => {
  control = await startControlPlane();
});
afterAll(() => control.close());

const createVpc = async (CidrBlock = '10.0.0.0/16') =>
  (await control.ec2.send(new CreateVpcCommand({ CidrBlock }))).Vpc!.VpcId!;

const createGroup = async (VpcId: string, GroupName = 'web') => {
  const input = { VpcId, GroupName, Description: 'test' };
  return (await control.ec2.send(new CreateSecurityGroupCommand(input))).GroupId!;
};

describe('a network from first to last call', () => {
  test('is built, described, changed and torn down', async () => {
    const { ec2 } = control;
    const { Vpc } = await ec2.send(
      new CreateVpcCommand({
        CidrBlock: '10.7.0.0/16',
        AmazonProvidedIpv6CidrBlock: true,
        TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: 'büro & <co>' }] }],
      }),
    );
    const VpcId = Vpc!.VpcId!;
    await waitUntilVpcAvailable({ client: ec2, maxWaitTime: 20 }, { VpcIds: [VpcId] });
    expect(Vpc).toMatchObject({
      State: 'available',
      Tags: [{ Key: 'Name', Value: 'büro & <co>' }],
      Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlockState: { State: 'associated' } }],
    });

    await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
    const attribute = await ec2.send(
      new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' }),
    );
    expect(attribute).toMatchObject({ VpcId, EnableDnsHostnames: { Value: true } });

    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.7.1.0/24' }));
    const SubnetId = Subnet!.SubnetId!;
    expect(Subnet!.AvailableIpAddressCount).toBe(251);
    await ec2.send(
      new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } }),
    );

    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
    const { RouteTables } = await ec2.send(
      new DescribeRouteTablesCommand({
        Filters: [...Filters, { Name: 'association.main', Values: ['true'] }],
      }),
    );
    expect(RouteTables).toHaveLength(1);
    const { NetworkAcls } = await ec2.send(
      new DescribeNetworkAclsCommand({
        Filters: [...Filters, { Name: 'default', Values: ['true'] }],
      }),
    );
    expect(NetworkAcls![0]!.Associations![0]!.SubnetId).toBe(SubnetId);
    const { NetworkInterfaces } = await ec2.send(
      new DescribeNetworkInterfacesCommand({
        Filters: [{ Name: 'subnet-id', Values: [SubnetId] }],
      }),
    );
    expect(NetworkInterfaces).toEqual([]);

    await ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await ec2.send(new DeleteVpcCommand({ VpcId }));
    await expect(ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }))).rejects.toMatchObject({
      name: 'InvalidVpcID.NotFound',
      message: `The vpc ID '${VpcId}' does not exist`,
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('security group rules of every kind come back as sent', async () => {
    const { ec2 } = control;
    const VpcId = await createVpc();
    const GroupId = await createGroup(VpcId);
    const { PrefixLists } = await ec2.send(
      new DescribeManagedPrefixListsCommand({
        Filters: [
          { Name: 'prefix-list-name', Values: [`com.amazonaws.${control.region}.vpc-lattice`] },
        ],
      }),
    );
    const PrefixListId = PrefixLists![0]!.PrefixListId!;
    const { Entries } = await ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId }));
    expect(Entries!.map(({ Cidr }) => Cidr)).toContain('169.254.171.0/24');

    const IpPermissions = [
      {
        IpProtocol: 'tcp',
        FromPort: 80,
        ToPort: 81,
        IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'four' }, { CidrIp: '192.0.2.1/32' }],
        Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
        PrefixListIds: [{ PrefixListId }],
        UserIdGroupPairs: [{ GroupId, UserId: control.accountId }],
      },
    ];
    const authorized = await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }),
    );
    expect(authorized.Return).toBe(true);
    expect(authorized.SecurityGroupRules).toHaveLength(5);
    const described = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
    expect(described.SecurityGroups![0]!.IpPermissions).toEqual(IpPermissions);

    const [first] = authorized.SecurityGroupRules!;
    const SecurityGroupRuleId = first!.SecurityGroupRuleId!;
    await ec2.send(
      new ModifySecurityGroupRulesCommand({
        GroupId,
        SecurityGroupRules: [
          {
            SecurityGroupRuleId,
            SecurityGroupRule: { IpProtocol: '-1', CidrIpv4: '198.51.100.0/24' },
          },
        ],
      }),
    );
    const rules = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [SecurityGroupRuleId] }),
    );
    expect(rules.SecurityGroupRules![0]).toMatchObject({
      IpProtocol: '-1',
      FromPort: -1,
      ToPort: -1,
      CidrIpv4: '198.51.100.0/24',
    });
    const revoked = await ec2.send(
      new RevokeSecurityGroupIngressCommand({
        GroupId,
        SecurityGroupRuleIds: [SecurityGroupRuleId],
      }),
    );
    expect(revoked.RevokedSecurityGroupRules).toHaveLength(1);

    // What Terraform does with every group that it makes: the IPv4 rule is there, the IPv6 rule not.
    const all = { IpProtocol: '-1', FromPort: 0, ToPort: 0 };
    await ec2.send(
      new RevokeSecurityGroupEgressCommand({
        GroupId,
        IpPermissions: [{ ...all, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      }),
    );
    await expect(
      ec2.send(
        new RevokeSecurityGroupEgressCommand({
          GroupId,
          IpPermissions: [{ ...all, Ipv6Ranges: [{ CidrIpv6: '::/0' }] }],
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidPermission.NotFound' });
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    await ec2.send(new DeleteVpcCommand({ VpcId }));
  });

  test('tags are seen by ec2 and by the tagging API', async () => {
    const VpcId = await createVpc();
    const Resources = [VpcId];
    const Tags = [
      { Key: 'team', Value: 'shop' },
      { Key: 'empty', Value: '' },
    ];
    await control.ec2.send(new CreateTagsCommand({ Resources, Tags }));
    const Filters = [{ Name: 'resource-id', Values: Resources }];
    const described = await control.ec2.send(new DescribeTagsCommand({ Filters }));
    expect(described.Tags).toHaveLength(2);
    const found = await control.tagging.send(
      new GetResourcesCommand({ TagFilters: [{ Key: 'team', Values: ['shop'] }] }),
    );
    expect(found.ResourceTagMappingList!.map(({ ResourceARN }) => ResourceARN)).toEqual([
      `arn:aws:ec2:${control.region}:${control.accountId}:vpc/${VpcId}`,
    ]);
    await control.ec2.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: 'team' }] }));
    const left = await control.ec2.send(new DescribeTagsCommand({ Filters }));
    expect(left.Tags).toEqual([
      { Key: 'empty', Value: '', ResourceId: VpcId, ResourceType: 'vpc' },
    ]);
    await control.ec2.send(
      new DeleteTagsCommand({ Resources, Tags: [{ Key: 'empty', Value: '' }] }),
    );
    expect((await control.ec2.send(new DescribeTagsCommand({ Filters }))).Tags).toEqual([]);
  });

  test('the paginator of the SDK reaches every subnet once', async () => {
    const VpcId = await createVpc();
    for (let i = 0; i < 11; i += 1) {
      await control.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: `10.0.${i}.0/24` }));
    }
    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
    const config = { client: control.ec2, pageSize: 5 };
    const sizes: number[] = [];
    const ids = new Set<string>();
    for await (const { Subnets } of paginateDescribeSubnets(config, { Filters })) {
      sizes.push(Subnets!.length);
      for (const { SubnetId } of Subnets!) ids.add(SubnetId!);
    }
    expect(sizes).toEqual([5, 5, 1]);
    expect(ids.size).toBe(11);
  });
});

describe('refusals', () => {
  test('a missing required member is named', async () => {
    await expect(
      control.ec2.send(new DeleteVpcCommand({ VpcId: undefined })),
    ).rejects.toMatchObject({
      name: 'MissingParameter',
      message: expect.stringMatching(/^The request must contain the parameter vpcId$/i),
    });
  });

  test('a dry run changes nothing and has a status of its own', async () => {
    const { accountId, ec2 } = await control.addAccount('dry');
    await expect(
      ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', DryRun: true })),
    ).rejects.toMatchObject({
      name: 'DryRunOperation',
      message: 'Request would have succeeded, but DryRun flag is set.',
      $metadata: { httpStatusCode: 412 },
    });
    expect(accountId).toMatch(/^\d{12}$/);
    expect((await ec2.send(new DescribeVpcsCommand({}))).Vpcs).toEqual([]);
  });

  test('two calls for one group name: one wins, the other is told', async () => {
    const VpcId = await createVpc();
    const results = await Promise.allSettled([createGroup(VpcId), createGroup(VpcId)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({
      name: 'InvalidGroup.Duplicate',
    });
  });

  test('another account sees and changes nothing', async () => {
    const VpcId = await createVpc();
    const GroupId = await createGroup(VpcId);
    const { ec2 } = await control.addAccount('other');
    const calls = [
      ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] })),
      ec2.send(new DeleteVpcCommand({ VpcId })),
      ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' })),
      ec2.send(new DeleteSecurityGroupCommand({ GroupId })),
      ec2.send(new CreateTagsCommand({ Resources: [GroupId], Tags: [{ Key: 'a', Value: 'b' }] })),
    ];
    const names = (await Promise.allSettled(calls)).map(
      (result) => result.status === 'rejected' && result.reason.name,
    );
    expect(names).toEqual([
      'InvalidVpcID.NotFound',
      'InvalidVpcID.NotFound',
      'InvalidVpcID.NotFound',
      'InvalidGroup.NotFound',
      'InvalidGroup.NotFound',
    ]);
  });
});

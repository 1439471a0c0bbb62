import type { ApiClient } from '../../src/cli/api-client.ts';
import { connect } from '../../src/cli/connect.ts';
import { xmlText } from '../../src/cli/xml-text.ts';
import { askEc2, createVpc } from '../storefront/lattice.ts';
import {
  CIDR_BLOCK,
  isTarget,
  LOBBY,
  NETWORK_ACCOUNT,
  SHOP,
  SUBNET_BLOCK,
  TARGET_PORT,
  TARGET_VPCS,
  type VpcPlan,
} from './topology.ts';

/** Where a machine is going to be. */
export interface Place {
  readonly plan: VpcPlan;
  readonly vpcId: string;
  readonly subnetId: string;
  /** What the subnet has, as a person would say it. */
  readonly block: string;
  /** Of the machine. */
  readonly address: string;
}

export interface Machine extends Place {
  readonly instanceId: string;
}

/** Any image will do. */
const IMAGE = 'ami-00000000000000001';

/** Makes the accounts, and in each its VPC with a subnet. */
export const buildPlaces = async (dataDir: string): Promise<readonly Place[]> => {
  const { client } = connect({ data: dataDir });
  for (const { account } of TARGET_VPCS) {
    await client.call('pergola', 'POST', '/accounts', { body: { name: account } });
  }
  const places: Place[] = [];
  for (const plan of [...TARGET_VPCS, SHOP, LOBBY]) {
    places.push(await buildPlace(connect({ data: dataDir, account: plan.account }).client, plan));
  }
  return places;
};

const buildPlace = async (client: ApiClient, plan: VpcPlan): Promise<Place> => {
  const hasIpv6 = plan.address === undefined;
  const vpcId = await createVpc(client, plan.name, {
    CidrBlock: CIDR_BLOCK,
    ...(hasIpv6 && { AmazonProvidedIpv6CidrBlock: 'true' }),
  });
  if (!hasIpv6) {
    const subnetId = await createSubnet(client, { VpcId: vpcId, CidrBlock: SUBNET_BLOCK });
    return { plan, vpcId, subnetId, block: SUBNET_BLOCK, address: plan.address };
  }
  const described = await client.ec2('DescribeVpcs', { 'VpcId.1': vpcId });
  const block = xmlText(described, 'ipv6CidrBlock')?.replace('/56', '/64') ?? '';
  const subnetId = await createSubnet(client, {
    VpcId: vpcId,
    Ipv6CidrBlock: block,
    Ipv6Native: 'true',
  });
  return { plan, vpcId, subnetId, block, address: block.replace('/64', '5') };
};

const createSubnet = (client: ApiClient, parameters: Readonly<Record<string, string>>) =>
  askEc2(client, 'CreateSubnet', 'subnetId', parameters);

/** The settings with which the account of the network may use the subnets of targets. */
export const sharedWithNetwork = (places: readonly Place[]) => ({
  sharedSubnets: Object.fromEntries(
    places
      .filter(({ plan }) => isTarget(plan))
      .map(({ subnetId }) => [subnetId, [NETWORK_ACCOUNT]]),
  ),
});

/** Launches a machine at each place. The account of the network is a participant in the VPCs of others. */
export const launchMachines = async (
  dataDir: string,
  places: readonly Place[],
): Promise<readonly Machine[]> => {
  const { client, instance } = connect({ data: dataDir, account: NETWORK_ACCOUNT });
  const machines: Machine[] = [];
  for (const place of places) {
    const groupId = isTarget(place.plan)
      ? await createTargetsGroup(client, instance.region, place.vpcId)
      : undefined;
    const instanceId = await askEc2(client, 'RunInstances', 'instanceId', {
      ImageId: IMAGE,
      MinCount: 1,
      MaxCount: 1,
      SubnetId: place.subnetId,
      [place.address.includes(':') ? 'Ipv6Address.1.Ipv6Address' : 'PrivateIpAddress']:
        place.address,
      'SecurityGroupId.1': groupId,
    });
    machines.push({ ...place, instanceId });
  }
  return machines;
};

/**
 * Without such a rule a target is out of reach: default groups let in their own members only. What
 * comes from services has one of their addresses, which are in prefix lists that AWS manages.
 */
const createTargetsGroup = async (
  client: ApiClient,
  region: string,
  vpcId: string,
): Promise<string> => {
  const groupId = await createSecurityGroup(client, vpcId, 'targets');
  for (const family of ['', 'ipv6.']) {
    const list = await askEc2(client, 'DescribeManagedPrefixLists', 'prefixListId', {
      'Filter.1.Name': 'prefix-list-name',
      'Filter.1.Value.1': `com.amazonaws.${region}.${family}vpc-lattice`,
    });
    await client.ec2('AuthorizeSecurityGroupIngress', {
      GroupId: groupId,
      ...portRule(TARGET_PORT),
      'IpPermissions.1.PrefixListIds.1.PrefixListId': list,
    });
  }
  return groupId;
};

/** Answers its id. */
export const createSecurityGroup = (
  client: ApiClient,
  vpcId: string,
  name: string,
): Promise<string> =>
  askEc2(client, 'CreateSecurityGroup', 'groupId', {
    GroupName: name,
    GroupDescription: name,
    VpcId: vpcId,
  });

/** The first `IpPermissions` of a call, but for whom it lets in. */
export const portRule = (port: number) => ({
  'IpPermissions.1.IpProtocol': 'tcp',
  'IpPermissions.1.FromPort': port,
  'IpPermissions.1.ToPort': port,
});

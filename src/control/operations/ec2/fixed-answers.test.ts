import { beforeEach, describe, expect, test } from 'vitest';
import { zonesOf } from './availability-zones/zones.ts';
import { Ec2Fixture } from './ec2-fixture.ts';

let ec2: Ec2Fixture;
beforeEach(async () => {
  ec2 = await Ec2Fixture.open();
});

describe('zones and regions', () => {
  test.each([
    ['us-west-2', 'usw2-az1'],
    ['us-east-1', 'use1-az1'],
    ['ap-southeast-3', 'apse3-az1'],
    ['ap-northeast-1', 'apne1-az1'],
    ['eu-central-2', 'euc2-az1'],
    ['us-gov-west-1', 'usgw1-az1'],
  ])('the first zone of %s is %s', (region, id) => {
    expect(zonesOf(region)[0]).toEqual({ name: `${region}a`, id });
  });

  test('three zones, found by name, id and filter', async () => {
    const names = async (input: object) =>
      (await ec2.call('DescribeAvailabilityZones', input)).AvailabilityZones!.map(
        ({ ZoneName }) => ZoneName,
      );
    expect(await names({})).toEqual(['us-west-2a', 'us-west-2b', 'us-west-2c']);
    expect(await names({ ZoneNames: ['us-west-2b'] })).toEqual(['us-west-2b']);
    expect(await names({ ZoneIds: ['usw2-az3'] })).toEqual(['us-west-2c']);
    expect(await names({ Filters: [{ Name: 'state', Values: ['impaired'] }] })).toEqual([]);
    expect(await ec2.refusal('DescribeAvailabilityZones', { ZoneNames: ['x'] })).toBe(
      'InvalidParameterValue: Invalid availability zone: [x]',
    );
    expect(await ec2.refusal('DescribeAvailabilityZones', { ZoneIds: ['x'] })).toBe(
      'InvalidParameterValue: Invalid availability zone-id: [x]',
    );
  });

  test('the one region', async () => {
    expect((await ec2.call('DescribeRegions', {})).Regions).toEqual([
      {
        OptInStatus: 'opt-in-not-required',
        RegionName: 'us-west-2',
        Endpoint: 'ec2.us-west-2.amazonaws.com',
      },
    ]);
    expect(await ec2.refusal('DescribeRegions', { RegionNames: ['eu-west-1'] })).toBe(
      'InvalidParameterValue: Invalid region: [eu-west-1]',
    );
  });
});

test('attributes of the account', async () => {
  const { AccountAttributes } = await ec2.call('DescribeAccountAttributes', {
    AttributeNames: ['supported-platforms', 'default-vpc'],
  });
  expect(AccountAttributes).toEqual([
    { AttributeName: 'supported-platforms', AttributeValues: [{ AttributeValue: 'VPC' }] },
    { AttributeName: 'default-vpc', AttributeValues: [{ AttributeValue: 'none' }] },
  ]);
});

describe('prefix lists', () => {
  test('both lists of VPC Lattice, by name and with their blocks', async () => {
    const name = 'com.amazonaws.us-west-2.vpc-lattice';
    const { PrefixLists } = await ec2.call('DescribeManagedPrefixLists', {
      Filters: [{ Name: 'prefix-list-name', Values: [name] }],
    });
    const PrefixListId = PrefixLists![0]!.PrefixListId!;
    expect(PrefixLists).toEqual([
      {
        PrefixListId: expect.stringMatching(/^pl-0[0-9a-f]{16}$/),
        AddressFamily: 'IPv4',
        State: 'create-complete',
        PrefixListArn: `arn:aws:ec2:us-west-2:aws:prefix-list/${PrefixListId}`,
        PrefixListName: name,
        Tags: [],
        OwnerId: 'AWS',
      },
    ]);
    expect(await ec2.call('GetManagedPrefixListEntries', { PrefixListId })).toEqual({
      Entries: [{ Cidr: '129.224.0.0/17' }, { Cidr: '169.254.171.0/24' }],
    });
    const all = await ec2.call('DescribeManagedPrefixLists', {});
    expect(all.PrefixLists!.map(({ AddressFamily }) => AddressFamily)).toEqual(['IPv6', 'IPv4']);
  });

  test('pages of one', async () => {
    const first = await ec2.call('DescribeManagedPrefixLists', { MaxResults: 1 });
    const NextToken = first.NextToken!;
    const second = await ec2.call('DescribeManagedPrefixLists', { MaxResults: 1, NextToken });
    expect(second.PrefixLists).toHaveLength(1);
    expect(second.NextToken).toBeUndefined();
  });

  test('refuses an unknown one', async () => {
    const error = "InvalidPrefixListID.NotFound: The prefix list ID 'pl-1' does not exist";
    expect(await ec2.refusal('GetManagedPrefixListEntries', { PrefixListId: 'pl-1' })).toBe(error);
    expect(await ec2.refusal('DescribeManagedPrefixLists', { PrefixListIds: ['pl-1'] })).toBe(
      error,
    );
  });
});

describe('what is not there', () => {
  test('no network interfaces', async () => {
    const Filters = [{ Name: 'group-id', Values: ['sg-1'] }];
    expect(await ec2.call('DescribeNetworkInterfaces', { Filters })).toEqual({
      NetworkInterfaces: [],
    });
    expect(await ec2.refusal('DescribeNetworkInterfaces', { NetworkInterfaceIds: ['eni-1'] })).toBe(
      "InvalidNetworkInterfaceID.NotFound: The networkInterface ID 'eni-1' does not exist",
    );
  });

  test('no other route tables than those of VPCs', async () => {
    await ec2.vpc();
    expect(await ec2.refusal('DescribeRouteTables', { RouteTableIds: ['rtb-1'] })).toBe(
      "InvalidRouteTableID.NotFound: The routeTable ID 'rtb-1' does not exist",
    );
    const Filters = [{ Name: 'association.main', Values: ['false'] }];
    expect((await ec2.call('DescribeRouteTables', { Filters })).RouteTables).toEqual([]);
  });
});

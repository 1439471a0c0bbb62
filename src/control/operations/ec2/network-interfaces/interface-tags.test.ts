import { beforeEach, describe, expect, test } from 'vitest';
import type { RunInstancesRequest } from '../../../../protocol/generated/ec2.ts';
import { failLaunches } from '../../../lifecycle/fail-launches.ts';
import { findTaggable } from '../../../taggable.ts';
import { ACCOUNT, Ec2Fixture, OTHER_ACCOUNT } from '../ec2-fixture.ts';

let ec2: Ec2Fixture;
let SubnetId: string;
beforeEach(async () => {
  ec2 = await Ec2Fixture.open({ tagsPerResource: 3 });
  SubnetId = await ec2.subnet(await ec2.vpc());
  return () => ec2.store.close();
});

const tag = (Key: string, Value: string) => ({ Key, Value });
const launchInput = (
  TagSpecifications: RunInstancesRequest['TagSpecifications'],
): RunInstancesRequest => ({
  ...{ ImageId: 'ami-00000000', MinCount: 1, MaxCount: 1, SubnetId },
  ...(TagSpecifications && { TagSpecifications }),
});
const launch = async (specifications?: RunInstancesRequest['TagSpecifications']) => {
  const [one] = (await ec2.call('RunInstances', launchInput(specifications))).Instances!;
  return { id: one!.InstanceId!, interfaceId: one!.NetworkInterfaces![0]!.NetworkInterfaceId! };
};
/** By id, of those that match. */
const interfaceTags = async (Name?: string, ...Values: string[]) => {
  const Filters = Name === undefined ? [] : [{ Name, Values }];
  const { NetworkInterfaces = [] } = await ec2.call('DescribeNetworkInterfaces', { Filters });
  return Object.fromEntries(NetworkInterfaces.map((one) => [one.NetworkInterfaceId, one.TagSet]));
};
const described = async (...Values: string[]) =>
  (await ec2.call('DescribeTags', { Filters: [{ Name: 'resource-type', Values }] })).Tags;

describe('tags of the network interface of an instance', () => {
  test('are given by the launch, beside those of the instance', async () => {
    const { id, interfaceId } = await launch([
      { ResourceType: 'instance', Tags: [tag('Name', 'web')] },
      { ResourceType: 'network-interface', Tags: [tag('Name', 'web-0'), tag('net', 'a')] },
      { ResourceType: 'volume', Tags: [tag('Name', 'disk')] },
    ]);
    const plain = await launch();
    expect(await interfaceTags()).toEqual({
      [interfaceId]: [tag('Name', 'web-0'), tag('net', 'a')],
      [plain.interfaceId]: [],
    });
    expect(await described('*')).toEqual([
      { ...tag('Name', 'web-0'), ResourceId: interfaceId, ResourceType: 'network-interface' },
      { ...tag('net', 'a'), ResourceId: interfaceId, ResourceType: 'network-interface' },
      { ...tag('Name', 'web'), ResourceId: id, ResourceType: 'instance' },
    ]);
    for (const [filter, value] of [
      ['tag:Name', 'web-*'],
      ['tag-key', 'net'],
    ] as const) {
      expect(Object.keys(await interfaceTags(filter, value))).toEqual([interfaceId]);
    }
    const Filters = [{ Name: 'network-interface.tag-value', Values: ['web-0'] }];
    const { Reservations } = await ec2.call('DescribeInstances', { Filters });
    expect(Reservations!.flatMap(({ Instances = [] }) => Instances)).toMatchObject([
      { InstanceId: id },
    ]);
  });

  test('are changed by themselves', async () => {
    const { interfaceId } = await launch();
    const Resources = [interfaceId];
    await ec2.call('CreateTags', { Resources, Tags: [tag('a', '1'), tag('b', '2')] });
    expect(await interfaceTags()).toEqual({ [interfaceId]: [tag('a', '1'), tag('b', '2')] });
    await ec2.call('DeleteTags', { Resources, Tags: [{ Key: 'a' }] });
    expect(await interfaceTags()).toEqual({ [interfaceId]: [tag('b', '2')] });
    ec2.accountId = OTHER_ACCOUNT;
    expect(await ec2.refusal('CreateTags', { Resources, Tags: [tag('c', '3')] })).toMatch(
      'InvalidNetworkInterfaceID.NotFound',
    );
  });

  test('go with the interface, however its instance ends', async () => {
    const Tags = [tag('Name', 'web')];
    const specifications = [{ ResourceType: 'network-interface' as const, Tags }];
    const ended = await launch(specifications);
    const failed = await launch(specifications);
    await ec2.call('TerminateInstances', { InstanceIds: [ended.id] });
    await failLaunches(ec2.store, new Map([[failed.id, 'no room']]), new Date(Date.UTC(2027, 0)));
    expect(await described('network-interface')).toEqual([]);
    const input = { Resources: [ended.interfaceId], Tags };
    expect(await ec2.refusal('CreateTags', input)).toMatch('InvalidNetworkInterfaceID.NotFound');
  });

  test('are within reach of the tagging API', async () => {
    const { interfaceId } = await launch();
    const arn = `arn:aws:ec2:us-west-2:${ACCOUNT}:network-interface/${interfaceId}`;
    const find = (text: string) => ec2.store.read((tx) => findTaggable(tx, text));
    expect(await find(arn)).toEqual({
      ...{ arn, accountId: ACCOUNT, resourceType: 'ec2:network-interface' },
    });
    expect(await find(arn.replace(ACCOUNT, OTHER_ACCOUNT))).toBeUndefined();
  });

  test.each([
    {
      name: 'of another type',
      specification: { ResourceType: 'vpc' as const, Tags: [tag('a', '1')] },
      error: "InvalidParameterValue: 'vpc' is not a valid taggable resource type",
    },
    {
      name: 'of no type',
      specification: { Tags: [tag('a', '1')] },
      error: "InvalidParameterValue: 'null' is not a valid taggable resource type",
    },
    {
      name: 'too many',
      specification: {
        ResourceType: 'network-interface' as const,
        Tags: ['1', '2', '3', '4'].map((key) => tag(key, '')),
      },
      error: 'TagLimitExceeded',
    },
  ])('cannot be $name', async ({ specification, error }) => {
    expect(await ec2.refusal('RunInstances', launchInput([specification]))).toContain(error);
  });
});

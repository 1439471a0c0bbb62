import { beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, Ec2Fixture } from '../../operations/ec2/ec2-fixture.ts';
import { DEFAULT_CONTROL_SETTINGS } from '../../settings.ts';
import type { CallScope } from '../required-action.ts';
import { ec2Actions } from './ec2.ts';

let ec2: Ec2Fixture;
let SubnetId: string;
beforeEach(async () => {
  ec2 = await Ec2Fixture.open();
  SubnetId = await ec2.subnet(await ec2.vpc());
  return () => ec2.store.close();
});

const caller = { accountId: ACCOUNT, principalArn: 'arn:aws:iam::root', accessKeyId: 'AKID' };
const within = <T>(ask: (scope: CallScope) => Promise<T>): Promise<T> =>
  ec2.store.read((tx) => ask({ tx, context: { caller, settings: DEFAULT_CONTROL_SETTINGS } }));
const arn = (rest: string) => `arn:aws:ec2:us-west-2:${ACCOUNT}:${rest}`;

const launch = (...types: readonly ('instance' | 'network-interface' | 'volume')[]) => ({
  ...{ ImageId: 'ami-00000000', MinCount: 1, MaxCount: 1, SubnetId },
  TagSpecifications: types.map((ResourceType) => ({
    ResourceType,
    Tags: [{ Key: 'for', Value: ResourceType }],
  })),
});

describe('tags of a launch', () => {
  test('have to be allowed for each of what they are for, which has them alone', async () => {
    const input = launch('instance', 'network-interface', 'volume');
    const checks = await within((scope) => ec2Actions.RunInstances.also!(input, scope));
    const shown = checks.map(({ action, resource }) => [
      action,
      resource.arn,
      resource.keys?.['aws:RequestTag/for'],
      resource.keys?.['ec2:CreateAction'],
    ]);
    expect(shown).toEqual([
      ['ec2:CreateTags', arn('instance/*'), 'instance', 'RunInstances'],
      ['ec2:CreateTags', arn('network-interface/*'), 'network-interface', 'RunInstances'],
    ]);
  });

  test('for a volume are none of the instance', async () => {
    const input = launch('volume');
    expect(await within((scope) => ec2Actions.RunInstances.also!(input, scope))).toEqual([]);
    const made = (await within((scope) => ec2Actions.RunInstances.on!(input, scope))).at(-1);
    expect(made?.arn).toBe(arn('instance/*'));
    expect(made?.keys).not.toHaveProperty('aws:RequestTag/for');
  });
});

test('the network interface of an instance is asked about with its tags', async () => {
  const { Instances } = await ec2.call('RunInstances', launch('network-interface'));
  const id = Instances![0]!.NetworkInterfaces![0]!.NetworkInterfaceId!;
  const input = { Resources: [id], Tags: [] };
  expect(await within((scope) => ec2Actions.CreateTags.on!(input, scope))).toMatchObject([
    {
      arn: arn(`network-interface/${id}`),
      keys: { 'aws:ResourceTag/for': 'network-interface', 'ec2:NetworkInterfaceID': id },
    },
  ]);
});

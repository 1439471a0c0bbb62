import { expect, test } from 'vitest';
import { failLaunches } from '../../lifecycle/fail-launches.ts';
import { Ec2Fixture } from '../ec2/ec2-fixture.ts';
import { networkProblems } from './network-problems.ts';

const AN_HOUR_MS = 60 * 60 * 1000;

test('what cannot be made is told with its reason, and what was given up for an hour', async () => {
  const ec2 = await Ec2Fixture.open();
  const vpcId = await ec2.vpc();
  const SubnetId = await ec2.subnet(vpcId);
  const { Instances } = await ec2.call('RunInstances', {
    ...{ SubnetId, ImageId: 'ami-00000000', MinCount: 1, MaxCount: 1 },
  });
  const instanceId = Instances![0]!.InstanceId!;
  const at = new Date();
  await failLaunches(ec2.store, new Map([[instanceId, 'no room']]), at);
  const other = { vpcId: 'vpc-1', reason: 'no router' };
  const networks = { hasPorts: false, isReachable: () => false, problems: () => [other] };
  const problems = (now: Date) => ec2.store.read((tx) => networkProblems(tx, { networks, now }));
  expect(await problems(at)).toEqual([
    { ...other, isGivenUp: false },
    { vpcId, instanceId, reason: 'no room', isGivenUp: true },
  ]);
  expect(await problems(new Date(at.getTime() + AN_HOUR_MS))).toEqual([
    { ...other, isGivenUp: false },
  ]);
});

import type { Instance } from '../../../../lattice/vpc.ts';
import type { InstanceAttribute } from '../../../../protocol/generated/ec2.ts';
import { ec2Read } from '../ec2-operation.ts';
import { unsupported } from '../errors.ts';
import { getOwned } from '../owned.ts';
import { groupsOf } from './instance-answer.ts';

/** One attribute of an instance. */
export const describeInstanceAttribute = ec2Read<'DescribeInstanceAttribute'>(
  async (tx, { InstanceId, Attribute }, context) => {
    const instance = await getOwned(tx, 'instance', InstanceId, context);
    if (Attribute === 'groupSet') return { InstanceId, Groups: await groupsOf(tx, instance) };
    const read = ATTRIBUTES[Attribute];
    if (read === undefined) throw unsupported(`The attribute ${Attribute}`, 'ask for another one');
    return { InstanceId, ...read(instance) };
  },
);

const ATTRIBUTES: Readonly<Record<string, (instance: Instance) => InstanceAttribute>> = {
  blockDeviceMapping: () => ({ BlockDeviceMappings: [] }),
  disableApiStop: ({ disableApiStop }) => ({ DisableApiStop: { Value: disableApiStop } }),
  disableApiTermination: ({ disableApiTermination }) => ({
    DisableApiTermination: { Value: disableApiTermination },
  }),
  ebsOptimized: ({ ebsOptimized }) => ({ EbsOptimized: { Value: ebsOptimized } }),
  enaSupport: () => ({ EnaSupport: { Value: true } }),
  enclaveOptions: () => ({ EnclaveOptions: { Enabled: false } }),
  instanceInitiatedShutdownBehavior: ({ shutdownBehavior }) => ({
    InstanceInitiatedShutdownBehavior: { Value: shutdownBehavior },
  }),
  instanceType: ({ instanceType }) => ({ InstanceType: { Value: instanceType } }),
  productCodes: () => ({ ProductCodes: [] }),
  rootDeviceName: () => ({ RootDeviceName: { Value: '/dev/xvda' } }),
  sourceDestCheck: ({ sourceDestCheck }) => ({ SourceDestCheck: { Value: sourceDestCheck } }),
  userData: ({ userData }) => ({ UserData: userData === undefined ? {} : { Value: userData } }),
};

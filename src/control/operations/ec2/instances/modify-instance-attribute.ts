import type { Instance } from '../../../../lattice/vpc.ts';
import type { ModifyInstanceAttributeRequest } from '../../../../protocol/generated/ec2.ts';
import { ec2Write } from '../ec2-operation.ts';
import { invalidParameterValue, unsupported } from '../errors.ts';
import { onlyAttribute } from '../only-attribute.ts';
import { getOwned } from '../owned.ts';
import { changeInstance } from './change-instance.ts';

/** Changes one attribute of an instance. Its security groups count for new connections. */
export const modifyInstanceAttribute = ec2Write<'ModifyInstanceAttribute'>(
  async (tx, input, context) => {
    const instance = await getOwned(tx, 'instance', input.InstanceId, context);
    await changeInstance(tx, instance, changeOf(input), context);
    return {};
  },
);

const changeOf = (input: ModifyInstanceAttributeRequest): Partial<Instance> => {
  if (input.Attribute !== undefined) {
    throw unsupported(
      'Attribute',
      "give the attribute's own parameter, DisableApiTermination for one",
    );
  }
  const unbuilt = UNBUILT.find((name) => input[name] !== undefined);
  if (unbuilt !== undefined) throw unsupported(unbuilt, 'launch another instance');
  const given = onlyAttribute({
    sourceDestCheck: input.SourceDestCheck?.Value,
    disableApiStop: input.DisableApiStop?.Value,
    disableApiTermination: input.DisableApiTermination?.Value,
    shutdownBehavior: input.InstanceInitiatedShutdownBehavior?.Value,
    securityGroupIds: input.Groups?.length ? [...new Set(input.Groups)] : undefined,
  });
  const { shutdownBehavior, ...others } = given;
  if (shutdownBehavior === undefined) return others;
  if (shutdownBehavior !== 'stop' && shutdownBehavior !== 'terminate') {
    throw invalidParameterValue(
      `Value (${shutdownBehavior}) for parameter instanceInitiatedShutdownBehavior is invalid.`,
    );
  }
  return { shutdownBehavior };
};

/** What an instance is launched with and keeps. */
const UNBUILT = [
  'BlockDeviceMappings',
  'InstanceType',
  'Kernel',
  'Ramdisk',
  'UserData',
  'EbsOptimized',
  'SriovNetSupport',
  'EnaSupport',
] as const;

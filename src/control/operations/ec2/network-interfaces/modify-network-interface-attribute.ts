import type { ModifyNetworkInterfaceAttributeRequest } from '../../../../protocol/generated/ec2.ts';
import { ec2Write } from '../ec2-operation.ts';
import { unsupported } from '../errors.ts';
import { changeInstance } from '../instances/change-instance.ts';
import { instancesOf, isRunning } from '../instances/instances-of.ts';
import { onlyAttribute } from '../only-attribute.ts';
import { noSuchInterface } from './no-such-interface.ts';

/** Changes one attribute of the network interface of an instance, which has no other. */
export const modifyNetworkInterfaceAttribute = ec2Write<'ModifyNetworkInterfaceAttribute'>(
  async (tx, input, context) => {
    const id = input.NetworkInterfaceId;
    const instance = (await instancesOf(tx, undefined, context)).find(
      (one) => isRunning(one) && one.networkInterfaceId === id,
    );
    if (instance === undefined) throw noSuchInterface(id);
    await changeInstance(tx, instance, changeOf(input), context);
    return {};
  },
);

const changeOf = (input: ModifyNetworkInterfaceAttributeRequest) => {
  const unbuilt = UNBUILT.find((name) => input[name] !== undefined);
  if (unbuilt !== undefined) throw unsupported(unbuilt, 'leave it out');
  return onlyAttribute({
    sourceDestCheck: input.SourceDestCheck?.Value,
    securityGroupIds: input.Groups?.length ? [...new Set(input.Groups)] : undefined,
  });
};

const UNBUILT = [
  'Attachment',
  'AssociatePublicIpAddress',
  'AssociatedSubnetIds',
  'ConnectionTrackingSpecification',
  'Description',
  'EnaSrdSpecification',
  'EnablePrimaryIpv6',
] as const;

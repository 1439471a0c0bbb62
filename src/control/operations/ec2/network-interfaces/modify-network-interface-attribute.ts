import type { ModifyNetworkInterfaceAttributeRequest } from '../../../../protocol/generated/ec2.ts';
import { ec2Write } from '../ec2-operation.ts';
import { unsupported } from '../errors.ts';
import { changeInstance } from '../instances/change-instance.ts';
import { runningInstanceOf } from '../instances/instances-of.ts';
import { onlyAttribute } from '../only-attribute.ts';
import { getOwned } from '../owned.ts';
import { chooseGroups } from './choose-groups.ts';

/** Changes one attribute of a network interface, an instance's or not. */
export const modifyNetworkInterfaceAttribute = ec2Write<'ModifyNetworkInterfaceAttribute'>(
  async (tx, input, context) => {
    const { NetworkInterfaceId: id } = input;
    const { securityGroupIds, sourceDestCheck, description } = changeOf(input);
    const instance = await runningInstanceOf(tx, id, context);
    if (instance !== undefined) {
      if (description !== undefined) throw unsupported('Description', 'tag the instance instead');
      const change = {
        ...(securityGroupIds && { securityGroupIds }),
        ...(sourceDestCheck !== undefined && { sourceDestCheck }),
      };
      await changeInstance(tx, instance, change, context);
      return {};
    }
    const document = await getOwned(tx, 'networkInterface', id, context);
    const subnet = { id: document.subnetId, vpcId: document.vpcId };
    await tx.update('networkInterface', {
      ...document,
      lastUpdatedAt: context.now.toISOString(),
      ...(securityGroupIds && {
        groupIds: await chooseGroups(tx, subnet, securityGroupIds, context),
      }),
      ...(sourceDestCheck !== undefined && { sourceDestCheck }),
      ...(description !== undefined && { description }),
    });
    return {};
  },
);

const changeOf = (input: ModifyNetworkInterfaceAttributeRequest) => {
  const unbuilt = UNBUILT.find((name) => input[name] !== undefined);
  if (unbuilt !== undefined) throw unsupported(unbuilt, 'leave it out');
  return onlyAttribute({
    sourceDestCheck: input.SourceDestCheck?.Value,
    securityGroupIds: input.Groups?.length ? [...new Set(input.Groups)] : undefined,
    description: input.Description?.Value,
  });
};

const UNBUILT = [
  'Attachment',
  'AssociatePublicIpAddress',
  'AssociatedSubnetIds',
  'ConnectionTrackingSpecification',
  'EnaSrdSpecification',
  'EnablePrimaryIpv6',
] as const;

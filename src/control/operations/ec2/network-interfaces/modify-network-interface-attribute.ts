import { ec2Write } from '../ec2-operation.ts';
import { unsupported } from '../errors.ts';
import { runningInstanceOf } from '../instances/instances-of.ts';
import { onlyAttribute } from '../only-attribute.ts';
import { getOwned } from '../owned.ts';
import { chooseGroups } from './choose-groups.ts';

/** Changes one attribute of a network interface, an instance's or not: groups, description, source check. */
export const modifyNetworkInterfaceAttribute = ec2Write<'ModifyNetworkInterfaceAttribute'>(
  async (tx, input, context) => {
    const { NetworkInterfaceId: id, Attachment, Description, Groups, SourceDestCheck } = input;
    const set = onlyAttribute({ Attachment, Description, Groups, SourceDestCheck });
    if (set.Attachment) throw unsupported('Attachment', 'instances have one network interface');
    const lastUpdatedAt = context.now.toISOString();
    const instance = await runningInstanceOf(tx, id, context);
    if (instance) {
      if (set.Description) throw unsupported('Description', 'tag the instance instead');
      const subnet = { id: instance.subnetId, vpcId: instance.vpcId };
      await tx.update('instance', {
        ...instance,
        lastUpdatedAt,
        ...(set.Groups && {
          securityGroupIds: await chooseGroups(tx, subnet, set.Groups, context),
        }),
        ...(set.SourceDestCheck && { sourceDestCheck: set.SourceDestCheck.Value ?? true }),
      });
      return {};
    }
    const document = await getOwned(tx, 'networkInterface', id, context);
    const subnet = { id: document.subnetId, vpcId: document.vpcId };
    await tx.update('networkInterface', {
      ...document,
      lastUpdatedAt,
      ...(set.Groups && { groupIds: await chooseGroups(tx, subnet, set.Groups, context) }),
      ...(set.Description && { description: set.Description.Value ?? '' }),
      ...(set.SourceDestCheck && { sourceDestCheck: set.SourceDestCheck.Value ?? true }),
    });
    return {};
  },
);

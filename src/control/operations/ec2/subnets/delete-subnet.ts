import { dropTags } from '../../../tags.ts';
import { ec2Write } from '../ec2-operation.ts';
import { dependencyViolation } from '../errors.ts';
import { isRunning } from '../instances/instances-of.ts';
import { getOwned } from '../owned.ts';

/** Deletes a subnet without instances and network interfaces, and its tags. */
export const deleteSubnet = ec2Write<'DeleteSubnet'>(async (tx, { SubnetId }, context) => {
  const subnet = await getOwned(tx, 'subnet', SubnetId, context);
  const { items } = await tx.list('instance', { index: 'subnet', equals: subnet.id });
  const interfaces = await tx.count('networkInterface', { index: 'subnet', equals: subnet.id });
  if (interfaces > 0 || items.some(isRunning)) {
    throw dependencyViolation(`The subnet '${subnet.id}' has dependencies and cannot be deleted.`);
  }
  await dropTags(tx, subnet.arn);
  await tx.delete('subnet', subnet.id);
  return {};
});

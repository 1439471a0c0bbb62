import { dropTags } from '../../../tags.ts';
import { ec2Write } from '../ec2-operation.ts';
import { getOwned } from '../owned.ts';

/** Deletes a subnet and its tags. */
export const deleteSubnet = ec2Write<'DeleteSubnet'>(async (tx, { SubnetId }, context) => {
  const subnet = await getOwned(tx, 'subnet', SubnetId, context);
  await dropTags(tx, subnet.arn);
  await tx.delete('subnet', subnet.id);
  return {};
});

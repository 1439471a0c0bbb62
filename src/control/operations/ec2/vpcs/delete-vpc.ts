import { defaultNetworkAcl } from '../../../../lattice/network-acl.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { dropTags } from '../../../tags.ts';
import { ec2Write } from '../ec2-operation.ts';
import { dependencyViolation } from '../errors.ts';
import { getOwned } from '../owned.ts';
import { removeGroup } from '../security-groups/remove-group.ts';

/**
 * Deletes a VPC in which nothing is left. Its default security group and network ACL go with it, and what the
 * underlay keeps for it: portal, resolver and address mappings.
 */
export const deleteVpc = ec2Write<'DeleteVpc'>(async (tx, { VpcId }, context) => {
  const vpc = await getOwned(tx, 'vpc', VpcId, context);
  const inVpc = { index: 'vpc', equals: vpc.id };
  const groups = (await tx.list('securityGroup', inVpc)).items;
  const acls = (await tx.list('networkAcl', inVpc)).items;
  const hasOthers =
    groups.some(({ groupName }) => groupName !== 'default') ||
    acls.some(({ isDefault }) => !isDefault);
  if (hasOthers || (await isUsed(tx, vpc.id))) {
    throw dependencyViolation(`The vpc '${vpc.id}' has dependencies and cannot be deleted.`);
  }
  for (const group of groups) await removeGroup(tx, group);
  const { arn: aclArn, id: aclId } = defaultNetworkAcl(vpc);
  await dropTags(tx, aclArn);
  await tx.delete('networkAcl', aclId);
  for (const { id } of (await tx.list('addressMapping', inVpc)).items) {
    await tx.delete('addressMapping', id);
  }
  await tx.delete('portal', vpc.id);
  await tx.delete('resolver', vpc.id);
  await dropTags(tx, vpc.arn);
  await tx.delete('vpc', vpc.id);
  return {};
});

const isUsed = async (tx: WriteTransaction, vpcId: string): Promise<boolean> => {
  const kinds = ['subnet', 'serviceNetworkVpcAssociation', 'targetGroup'] as const;
  for (const kind of kinds) {
    if ((await tx.count(kind, { index: 'vpc', equals: vpcId })) > 0) return true;
  }
  return false;
};

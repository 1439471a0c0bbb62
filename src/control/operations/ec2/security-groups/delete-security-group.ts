import type { SecurityGroup } from '../../../../lattice/vpc.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { ec2Write } from '../ec2-operation.ts';
import { dependencyViolation, ec2Error } from '../errors.ts';
import { runningIn } from '../instances/instances-of.ts';
import { interfacesIn } from '../network-interfaces/taken-addresses.ts';
import { findGroup } from './find-group.ts';
import { removeGroup } from './remove-group.ts';

/** Deletes a group that no other group's rules, no instance, network interface or VPC association names. */
export const deleteSecurityGroup = ec2Write<'DeleteSecurityGroup'>(async (tx, input, context) => {
  const group = await findGroup(tx, input, context);
  if (group.groupName === 'default') {
    throw ec2Error(
      'CannotDelete',
      `the specified group: "${group.id}" name: "default" cannot be deleted by a user`,
    );
  }
  if (await isUsed(tx, group)) {
    throw dependencyViolation(`resource ${group.id} has a dependent object`);
  }
  await removeGroup(tx, group);
  return { Return: true, GroupId: group.id };
});

const isUsed = async (tx: WriteTransaction, group: SecurityGroup): Promise<boolean> => {
  const references = await tx.list('securityGroupRule', { index: 'reference', equals: group.id });
  if (references.items.some(({ groupId }) => groupId !== group.id)) return true;
  const instances = await runningIn(tx, group.vpcId);
  if (instances.some(({ securityGroupIds }) => securityGroupIds.includes(group.id))) return true;
  const interfaces = await interfacesIn(tx, group.vpcId);
  if (interfaces.some(({ groupIds }) => groupIds.includes(group.id))) return true;
  const associations = await tx.list('serviceNetworkVpcAssociation', {
    index: 'vpc',
    equals: group.vpcId,
  });
  return associations.items.some(({ securityGroupIds }) => securityGroupIds.includes(group.id));
};

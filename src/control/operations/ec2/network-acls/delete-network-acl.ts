import { dropTags } from '../../../tags.ts';
import { ec2Write } from '../ec2-operation.ts';
import { dependencyViolation, invalidParameterValue } from '../errors.ts';
import { subnetsIn } from '../vpcs/vpcs-of.ts';
import { findAcl } from './find-acl.ts';

/** Deletes an ACL that no subnet has; the default one goes with its VPC. */
export const deleteNetworkAcl = ec2Write<'DeleteNetworkAcl'>(async (tx, input, context) => {
  const acl = await findAcl(tx, input.NetworkAclId, context);
  if (acl.isDefault) {
    throw invalidParameterValue(`cannot delete default network ACL ${acl.id}`);
  }
  const subnets = await subnetsIn(tx, acl.vpcId);
  if (subnets.some(({ networkAclId }) => networkAclId === acl.id)) {
    throw dependencyViolation(`The networkAcl '${acl.id}' has dependencies and cannot be deleted.`);
  }
  await dropTags(tx, acl.arn);
  await tx.delete('networkAcl', acl.id);
  return {};
});

import type { Subnet } from '../../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Write } from '../ec2-operation.ts';
import { ec2Error, invalidParameterValue } from '../errors.ts';
import { aclAssociationId, findAcl } from './find-acl.ts';

/** Gives a subnet another ACL; a subnet always has one. The association gets another id. */
export const replaceNetworkAclAssociation = ec2Write<'ReplaceNetworkAclAssociation'>(
  async (tx, input, context) => {
    const subnet = await findAssociated(tx, input.AssociationId, context);
    const acl = await findAcl(tx, input.NetworkAclId, context);
    if (acl.vpcId !== subnet.vpcId) {
      throw invalidParameterValue(
        `Network ACL ${acl.id} and subnet ${subnet.id} belong to different networks.`,
      );
    }
    const { networkAclId: _, ...rest } = subnet;
    const changed: Subnet = {
      ...rest,
      lastUpdatedAt: context.now.toISOString(),
      ...(!acl.isDefault && { networkAclId: acl.id }),
    };
    await tx.update('subnet', changed);
    return { NewAssociationId: aclAssociationId(changed) };
  },
);

/** Associations have no documents: there is one for each subnet. */
const findAssociated = async (
  tx: ReadTransaction,
  associationId: string,
  { caller }: RequestContext,
): Promise<Subnet> => {
  const { items } = await tx.list('subnet', { index: 'account', equals: caller.accountId });
  const found = items.find((subnet) => aclAssociationId(subnet) === associationId);
  if (found) return found;
  throw ec2Error(
    'InvalidAssociationID.NotFound',
    `The association ID '${associationId}' does not exist`,
  );
};

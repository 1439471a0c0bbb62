import type { SecurityGroup } from '../../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Error, missingParameter } from '../errors.ts';
import { getOwned } from '../owned.ts';

/**
 * The group that a call addresses. A name alone means a group of the default VPC, which does not
 * exist here.
 *
 * @throws MissingParameter, InvalidGroup.NotFound, InvalidGroupId.Malformed
 */
export const findGroup = async (
  tx: ReadTransaction,
  input: { readonly GroupId?: string; readonly GroupName?: string },
  context: RequestContext,
): Promise<SecurityGroup> => {
  if (input.GroupId !== undefined) return getOwned(tx, 'securityGroup', input.GroupId, context);
  if (input.GroupName === undefined) throw missingParameter('groupName or groupId');
  throw ec2Error(
    'InvalidGroup.NotFound',
    `The security group '${input.GroupName}' does not exist in default VPC: give GroupId instead`,
  );
};

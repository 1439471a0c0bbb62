import type { Subnet } from '../../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { invalidParameterValue, missingParameter } from '../errors.ts';
import { getAllOwned } from '../owned.ts';

/** As many as AWS lets a network interface have (Amazon VPC quotas, "Security groups"). */
const MOST_GROUPS = 16;

/**
 * Security groups of something new in a subnet: those that are named, which have to be of the VPC, or
 * the VPC's default group.
 *
 * @throws MissingParameter, InvalidParameterValue, InvalidGroup.NotFound, InvalidGroupId.Malformed
 */
export const chooseGroups = async (
  tx: ReadTransaction,
  { vpcId, id }: Pick<Subnet, 'vpcId' | 'id'>,
  wanted: readonly string[] | undefined,
  context: RequestContext,
): Promise<readonly string[]> => {
  if (!wanted?.length) {
    const group = await tx.findUnique('securityGroup', 'name', `${vpcId}/default`);
    // The default group is the owner's; participants make groups of their own.
    if (group?.accountId === context.caller.accountId) return [group.id];
    throw missingParameter('groups');
  }
  const groups = await getAllOwned(tx, 'securityGroup', wanted, context);
  if (groups.length > MOST_GROUPS) {
    throw invalidParameterValue(
      `A network interface may have ${MOST_GROUPS} security groups at most.`,
    );
  }
  const foreign = groups.find((group) => group.vpcId !== vpcId);
  if (foreign) {
    throw invalidParameterValue(
      `Security group ${foreign.id} and subnet ${id} belong to different networks.`,
    );
  }
  return groups.map((group) => group.id);
};

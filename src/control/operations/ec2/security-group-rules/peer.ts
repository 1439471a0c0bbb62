import { formatCidr, parseCidr, toNetwork } from '../../../../lattice/cidr.ts';
import type { SecurityGroup } from '../../../../lattice/vpc.ts';
import type { UserIdGroupPair } from '../../../../protocol/generated/ec2.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Error, invalidParameterValue, missingParameter } from '../errors.ts';
import { getOwned } from '../owned.ts';
import { findPrefixList } from '../prefix-lists/find-prefix-list.ts';

/**
 * The block in canonical form: `100.68.0.18/18` becomes `100.68.0.0/18`.
 *
 * @throws InvalidParameterValue
 */
export const parsePeerCidr = (text: string | undefined, version: 4 | 6): string => {
  const cidr = parseCidr(text ?? '');
  if (cidr?.version !== version) {
    throw invalidParameterValue(`CIDR block ${text ?? ''} is malformed`);
  }
  return formatCidr(toNetwork(cidr));
};

/** @throws InvalidPrefixListID.NotFound */
export const parsePrefixListId = (id: string | undefined, context: RequestContext): string => {
  if (id === undefined) throw missingParameter('prefixListId');
  return findPrefixList(id, context).id;
};

/**
 * The group that a rule of `group` names, by id or by name within the VPC.
 *
 * @throws InvalidGroup.NotFound, also for a group of another VPC: there is no peering here.
 */
export const parseReferencedGroup = async (
  tx: ReadTransaction,
  group: SecurityGroup,
  pair: UserIdGroupPair,
  context: RequestContext,
): Promise<string> => {
  const named = pair.GroupId ?? pair.GroupName;
  if (named === undefined) throw missingParameter('groupName or groupId');
  if (pair.UserId !== undefined && pair.UserId !== context.caller.accountId) {
    throw ec2Error('InvalidGroup.NotFound', `The security group '${named}' does not exist`);
  }
  const found =
    pair.GroupId === undefined
      ? await tx.findUnique('securityGroup', 'name', `${group.vpcId}/${pair.GroupName}`)
      : await getOwned(tx, 'securityGroup', pair.GroupId, context);
  if (!found) {
    throw ec2Error('InvalidGroup.NotFound', `The security group '${named}' does not exist`);
  }
  if (found.vpcId !== group.vpcId) {
    throw ec2Error(
      'InvalidGroup.NotFound',
      'You have specified two resources that belong to different networks.',
    );
  }
  return found.id;
};

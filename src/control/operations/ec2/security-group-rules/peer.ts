import { formatCidr, parseCidr, toNetwork } from '../../../../lattice/cidr.ts';
import type { SecurityGroup } from '../../../../lattice/vpc.ts';
import type { UserIdGroupPair } from '../../../../protocol/generated/ec2.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Error, invalidParameterValue, missingParameter } from '../errors.ts';
import { assertIdForm } from '../owned.ts';
import { findPrefixList } from '../prefix-lists/find-prefix-list.ts';
import type { RuleSpec } from './rule-spec.ts';

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
 * The group that a rule of `group` names, by id or by name within the VPC. In a shared VPC it may be
 * another account's, which then has to be named.
 *
 * @throws InvalidGroup.NotFound, also for a group of another VPC: there is no peering here.
 */
export const parseReferencedGroup = async (
  tx: ReadTransaction,
  group: SecurityGroup,
  { GroupId, GroupName, UserId }: UserIdGroupPair,
  { caller: { accountId } }: RequestContext,
): Promise<Pick<RuleSpec, 'referencedGroupId' | 'referencedAccountId'>> => {
  const named = GroupId ?? GroupName;
  if (named === undefined) throw missingParameter('groupName or groupId');
  if (GroupId !== undefined) assertIdForm('securityGroup', GroupId);
  const found =
    GroupId === undefined
      ? await tx.findUnique('securityGroup', 'name', `${group.vpcId}/${GroupName}`)
      : await tx.get('securityGroup', GroupId);
  const isForeign = found !== undefined && found.accountId !== accountId;
  // Others than participants of this VPC have no groups that anybody here may know of.
  if (found?.accountId !== (UserId ?? accountId) || (isForeign && found.vpcId !== group.vpcId)) {
    throw ec2Error('InvalidGroup.NotFound', `The security group '${named}' does not exist`);
  }
  if (found.vpcId !== group.vpcId) {
    throw ec2Error(
      'InvalidGroup.NotFound',
      'You have specified two resources that belong to different networks.',
    );
  }
  return {
    referencedGroupId: found.id,
    ...(isForeign && { referencedAccountId: found.accountId }),
  };
};

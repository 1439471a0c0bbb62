import type { SecurityGroup } from '../../../../lattice/vpc.ts';
import type { IpPermission } from '../../../../protocol/generated/ec2.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { invalidParameterCombination, invalidParameterValue, missingParameter } from '../errors.ts';
import { assertRuleDescription } from '../security-groups/group-name.ts';
import { parsePeerCidr, parsePrefixListId, parseReferencedGroup } from './peer.ts';
import { type RuleSpec, ruleKey } from './rule-spec.ts';
import { parseTraffic } from './traffic.ts';

/** The members by which Authorize and Revoke calls say rules: permissions, or one rule in flat form. */
export interface PermissionsInput {
  readonly IpPermissions?: readonly IpPermission[];
  readonly IpProtocol?: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly CidrIp?: string;
  readonly SourceSecurityGroupName?: string;
  readonly SourceSecurityGroupOwnerId?: string;
}

/**
 * The rules that a call speaks of: one for each CIDR, prefix list and group of each permission.
 *
 * @throws InvalidParameterValue, InvalidParameterCombination, MissingParameter, InvalidGroup.NotFound,
 * InvalidPrefixListID.NotFound
 */
export const parsePermissions = async (
  tx: ReadTransaction,
  group: SecurityGroup,
  input: PermissionsInput,
  isEgress: boolean,
  context: RequestContext,
): Promise<readonly RuleSpec[]> => {
  const specs: RuleSpec[] = [];
  for (const permission of permissionsOf(input)) {
    const traffic = {
      isEgress,
      ...parseTraffic(permission.IpProtocol, permission.FromPort, permission.ToPort),
    };
    const before = specs.length;
    const add = (peer: Partial<RuleSpec>, description: string | undefined) => {
      if (description) assertRuleDescription(description);
      specs.push({ ...traffic, ...peer, ...(description && { description }) });
    };
    for (const { CidrIp, Description } of permission.IpRanges ?? []) {
      add({ cidrIpv4: parsePeerCidr(CidrIp, 4) }, Description);
    }
    for (const { CidrIpv6, Description } of permission.Ipv6Ranges ?? []) {
      add({ cidrIpv6: parsePeerCidr(CidrIpv6, 6) }, Description);
    }
    for (const { PrefixListId, Description } of permission.PrefixListIds ?? []) {
      add({ prefixListId: parsePrefixListId(PrefixListId, context) }, Description);
    }
    for (const pair of permission.UserIdGroupPairs ?? []) {
      add(await parseReferencedGroup(tx, group, pair, context), pair.Description);
    }
    if (specs.length === before) {
      throw missingParameter('ipRanges, ipv6Ranges, prefixListIds or groups');
    }
  }
  if (new Set(specs.map(ruleKey)).size < specs.length) {
    throw invalidParameterValue('The same permission must not appear multiple times');
  }
  return specs;
};

const permissionsOf = (input: PermissionsInput): readonly IpPermission[] => {
  const { IpPermissions, IpProtocol, FromPort, ToPort, CidrIp, SourceSecurityGroupName } = input;
  const isFlat = (IpProtocol ?? CidrIp ?? SourceSecurityGroupName) !== undefined;
  if (IpPermissions?.length) {
    if (isFlat) {
      throw invalidParameterCombination(
        'The parameter ipPermissions cannot be used with the parameters ipProtocol, cidrIp and sourceSecurityGroupName',
      );
    }
    return IpPermissions;
  }
  if (!isFlat) throw missingParameter('ipPermissions');
  const owner = input.SourceSecurityGroupOwnerId;
  return [
    {
      ...(IpProtocol !== undefined && { IpProtocol }),
      ...(FromPort !== undefined && { FromPort }),
      ...(ToPort !== undefined && { ToPort }),
      ...(CidrIp !== undefined && { IpRanges: [{ CidrIp }] }),
      ...(SourceSecurityGroupName !== undefined && {
        UserIdGroupPairs: [
          { GroupName: SourceSecurityGroupName, ...(owner !== undefined && { UserId: owner }) },
        ],
      }),
    },
  ];
};

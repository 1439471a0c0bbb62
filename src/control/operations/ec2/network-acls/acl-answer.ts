import { LAST_RULE } from '../../../../lattice/network-acl.ts';
import type { NetworkAcl, NetworkAclEntry, Subnet, Vpc } from '../../../../lattice/vpc.ts';
import type {
  NetworkAcl as AclAnswer,
  NetworkAclEntry as EntryAnswer,
} from '../../../../protocol/generated/ec2.ts';
import type { Tags } from '../../../tags.ts';
import { toTagList } from '../tags/tag-list.ts';
import { aclAssociationId, aclIdOf } from './find-acl.ts';

/** An ACL as the API shows it. @param subnets those of its VPC */
export const toAclAnswer = (
  acl: NetworkAcl,
  vpc: Vpc,
  subnets: readonly Subnet[],
  tags: Tags,
): AclAnswer => ({
  Associations: subnets
    .filter((subnet) => aclIdOf(subnet, vpc) === acl.id)
    .map((subnet) => ({
      NetworkAclAssociationId: aclAssociationId(subnet),
      NetworkAclId: acl.id,
      SubnetId: subnet.id,
    })),
  Entries: [false, true].flatMap((isEgress) => [
    ...acl.entries.filter((entry) => entry.isEgress === isEgress).map(toEntryAnswer),
    lastEntry(isEgress, { CidrBlock: '0.0.0.0/0' }, LAST_RULE[4]),
    ...(vpc.ipv6CidrBlock === undefined
      ? []
      : [lastEntry(isEgress, { Ipv6CidrBlock: '::/0' }, LAST_RULE[6])]),
  ]),
  IsDefault: acl.isDefault,
  NetworkAclId: acl.id,
  Tags: toTagList(tags),
  VpcId: acl.vpcId,
  OwnerId: acl.accountId,
});

const toEntryAnswer = ({
  ruleNumber,
  isEgress,
  protocol,
  action,
  cidrIpv4,
  cidrIpv6,
  portRange,
  icmp,
}: NetworkAclEntry): EntryAnswer => ({
  CidrBlock: cidrIpv4,
  Egress: isEgress,
  IcmpTypeCode: icmp && { Code: icmp.code, Type: icmp.type },
  Ipv6CidrBlock: cidrIpv6,
  PortRange: portRange && { From: portRange.from, To: portRange.to },
  Protocol: protocol,
  RuleAction: action,
  RuleNumber: ruleNumber,
});

/** What AWS shows as rule `*`. */
const lastEntry = (
  Egress: boolean,
  block: Pick<EntryAnswer, 'CidrBlock' | 'Ipv6CidrBlock'>,
  RuleNumber: number,
): EntryAnswer => ({ ...block, Egress, Protocol: '-1', RuleAction: 'deny', RuleNumber });

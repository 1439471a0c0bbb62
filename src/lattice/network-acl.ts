import type { NetworkAcl, NetworkAclEntry, Vpc } from './vpc.ts';

/** Rule number of the last rule of each direction, which refuses what no other allows; shown as `*`. */
export const LAST_RULE = { 4: 32_767, 6: 32_768 } as const;

/** The network ACL that a VPC comes with: everything passes (VPC user guide, "Default network ACL for a VPC"). */
export const defaultNetworkAcl = (vpc: Vpc): NetworkAcl => ({
  id: vpc.defaultNetworkAclId,
  arn: vpc.arn.replace(/:vpc\/.*$/, `:network-acl/${vpc.defaultNetworkAclId}`),
  accountId: vpc.accountId,
  createdAt: vpc.createdAt,
  lastUpdatedAt: vpc.createdAt,
  vpcId: vpc.id,
  isDefault: true,
  entries: [
    allowAll(100, false, { cidrIpv4: '0.0.0.0/0' }),
    ...(vpc.ipv6CidrBlock === undefined ? [] : [allowAll(101, false, { cidrIpv6: '::/0' })]),
    allowAll(100, true, { cidrIpv4: '0.0.0.0/0' }),
    ...(vpc.ipv6CidrBlock === undefined ? [] : [allowAll(101, true, { cidrIpv6: '::/0' })]),
  ],
});

const allowAll = (
  ruleNumber: number,
  isEgress: boolean,
  block: Pick<NetworkAclEntry, 'cidrIpv4' | 'cidrIpv6'>,
): NetworkAclEntry => ({ ruleNumber, isEgress, protocol: '-1', action: 'allow', ...block });

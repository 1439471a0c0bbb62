import { defaultNetworkAcl } from '../lattice/network-acl.ts';
import type { NetworkAclEntry } from '../lattice/vpc.ts';
import type { NetworkAclEntryPart, NetworkAclPart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';
import { oldestFirst } from './grouped.ts';

/** One that is kept, or else the default one of a VPC, which is kept once it was changed. */
export const compileNetworkAcl = (index: DocumentIndex, id: string): NetworkAclPart | undefined => {
  const [vpc] = oldestFirst(index.vpcsByDefaultAcl.of(id));
  const acl = index.get('networkAcl', id) ?? (vpc && defaultNetworkAcl(vpc));
  if (!acl) return undefined;
  const { vpcId, accountId } = acl;
  return { kind: 'networkAcl', id, vpcId, accountId, entries: acl.entries.map(compileEntry) };
};

const compileEntry = (entry: NetworkAclEntry): NetworkAclEntryPart => {
  const { ruleNumber, isEgress, protocol, action, cidrIpv4, cidrIpv6, portRange } = entry;
  return {
    ruleNumber,
    isEgress,
    protocol,
    action,
    cidr: cidrIpv4 ?? cidrIpv6 ?? '',
    fromPort: portRange?.from ?? 0,
    toPort: portRange?.to ?? 65_535,
  };
};

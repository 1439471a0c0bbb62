import { cidrsOf } from '../lattice/vpc.ts';
import type { SubnetPart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';

/** A subnet without a VPC has no part: nothing can be in it. */
export const compileSubnet = (index: DocumentIndex, id: string): SubnetPart | undefined => {
  const subnet = index.get('subnet', id);
  const vpc = subnet && index.get('vpc', subnet.vpcId);
  if (!subnet || !vpc) return undefined;
  return {
    kind: 'subnet',
    id,
    vpcId: subnet.vpcId,
    cidrs: cidrsOf(subnet),
    networkAclId: subnet.networkAclId ?? vpc.defaultNetworkAclId,
  };
};

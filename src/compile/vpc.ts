import { cidrsOf } from '../lattice/vpc.ts';
import type { VpcPart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';
import { oldestFirst } from './grouped.ts';
import type { Report } from './problem.ts';
import { isConnected } from './status.ts';

export const compileVpc = (
  index: DocumentIndex,
  id: string,
  report: Report,
): VpcPart | undefined => {
  const vpc = index.get('vpc', id);
  const [association, ...others] = oldestFirst(index.vpcAssociationsByVpc.of(id)).filter(
    ({ status }) => isConnected(status),
  );
  if (!vpc) {
    if (association) {
      report(
        'danglingVpc',
        association.id,
        `association \`${association.id}\` is of VPC \`${id}\`, which does not exist`,
      );
    }
    return undefined;
  }
  const part: VpcPart = {
    kind: 'vpc',
    id,
    arn: vpc.arn,
    accountId: vpc.accountId,
    ...(!vpc.enableDnsSupport && { withoutDns: true }),
    ...(vpc.enableDnsSupport && vpc.enableDnsHostnames && { withPrivateZones: true }),
    cidrs: cidrsOf(vpc),
    securityGroupIds: [],
    ...defaultGroup(index, id),
    defaultNetworkAclId: vpc.defaultNetworkAclId,
  };
  if (!association) return part;
  for (const other of others) {
    report(
      'duplicateAssociation',
      other.id,
      `association \`${other.id}\` is of VPC \`${id}\`, which has the older \`${association.id}\`: it has no effect`,
    );
  }
  if (!index.get('serviceNetwork', association.serviceNetworkId)) {
    report(
      'danglingNetwork',
      association.id,
      `association \`${association.id}\` is with service network \`${association.serviceNetworkId}\`, which does not exist`,
    );
    return part;
  }
  return {
    ...part,
    associationId: association.id,
    networkId: association.serviceNetworkId,
    securityGroupIds: association.securityGroupIds,
  };
};

/** Name of the group that each VPC comes with; no other can have it. */
export const DEFAULT_GROUP = 'default';

/** The oldest, should the documents have several. */
const defaultGroup = (
  index: DocumentIndex,
  vpcId: string,
): Pick<VpcPart, 'defaultSecurityGroupId'> => {
  const named = [...index.securityGroupsByVpc.of(vpcId)].filter(
    ({ groupName }) => groupName === DEFAULT_GROUP,
  );
  const [group] = oldestFirst(named);
  return group ? { defaultSecurityGroupId: group.id } : {};
};

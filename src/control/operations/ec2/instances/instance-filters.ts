import type { Instance } from '../../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import type { FilterTable } from '../filters.ts';
import { stateOf } from './instance-state.ts';
import { isRunning } from './instances-of.ts';
import { privateDnsName } from './network-interface-answer.ts';

/** What DescribeInstances can look at. One that was terminated has no network any more. */
export const instanceFilters = async (
  tx: ReadTransaction,
  context: RequestContext,
): Promise<FilterTable<Instance>> => {
  const ofCaller = { index: 'account', equals: context.caller.accountId };
  const subnets = new Map(
    (await tx.list('subnet', ofCaller)).items.map((subnet) => [subnet.id, subnet]),
  );
  const groups = new Map(
    (await tx.list('securityGroup', ofCaller)).items.map(({ id, groupName }) => [id, groupName]),
  );
  const ifRunning =
    <Value>(value: (instance: Instance) => Value) =>
    (instance: Instance) =>
      isRunning(instance) ? value(instance) : undefined;
  const address = ifRunning(({ privateIpAddress }) => privateIpAddress);
  const ipv6Address = ifRunning(({ ipv6Address: six }) => six);
  const vpcId = ifRunning((instance) => instance.vpcId);
  const subnetId = ifRunning((instance) => instance.subnetId);
  const groupIds = ifRunning(({ securityGroupIds }) => securityGroupIds);
  const groupNames = ifRunning(({ securityGroupIds }) =>
    securityGroupIds.map((id) => groups.get(id)),
  );
  const interfaceId = ifRunning(({ networkInterfaceId }) => networkInterfaceId);
  return {
    architecture: () => 'x86_64',
    'availability-zone': (instance) => subnets.get(instance.subnetId)?.availabilityZone,
    'client-token': ({ clientToken }) => clientToken,
    'dns-name': () => '',
    'ebs-optimized': ({ ebsOptimized }) => ebsOptimized,
    'ena-support': () => true,
    hypervisor: () => 'xen',
    'image-id': ({ imageId }) => imageId,
    'instance-id': ({ id }) => id,
    'instance-state-code': (instance) => stateOf(instance, context).Code,
    'instance-state-name': (instance) => stateOf(instance, context).Name,
    'instance-type': ({ instanceType }) => instanceType,
    'instance.group-id': groupIds,
    'instance.group-name': groupNames,
    'ipv6-address': ipv6Address,
    'key-name': ({ keyName }) => keyName,
    'launch-index': ({ launchIndex }) => launchIndex,
    'launch-time': ({ createdAt }) => createdAt,
    'monitoring-state': ({ monitoring }) => (monitoring ? 'enabled' : 'disabled'),
    'network-interface.addresses.private-ip-address': address,
    'network-interface.group-id': groupIds,
    'network-interface.group-name': groupNames,
    'network-interface.ipv6-addresses.ipv6-address': ipv6Address,
    'network-interface.network-interface-id': interfaceId,
    'network-interface.private-ip-address': address,
    'network-interface.subnet-id': subnetId,
    'network-interface.vpc-id': vpcId,
    'owner-id': ({ accountId }) => accountId,
    'platform-details': () => 'Linux/UNIX',
    'private-dns-name': ifRunning((instance) => privateDnsName(instance, context)),
    'private-ip-address': address,
    'reservation-id': ({ reservationId }) => reservationId,
    'root-device-name': () => '/dev/xvda',
    'root-device-type': () => 'ebs',
    'source-dest-check': ({ sourceDestCheck }) => sourceDestCheck,
    'subnet-id': subnetId,
    tenancy: () => 'default',
    'virtualization-type': () => 'hvm',
    'vpc-id': vpcId,
  };
};

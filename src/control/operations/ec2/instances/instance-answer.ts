import type { Instance, Subnet } from '../../../../lattice/vpc.ts';
import type {
  GroupIdentifier,
  Instance as InstanceAnswer,
  InstanceState,
} from '../../../../protocol/generated/ec2.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { readTags, type Tags } from '../../../tags.ts';
import { zoneId } from '../availability-zones/zones.ts';
import { toTagList } from '../tags/tag-list.ts';
import { stateOf, stateReasons } from './instance-state.ts';
import { isRunning } from './instances-of.ts';
import { toMetadataOptionsAnswer } from './metadata-options.ts';
import { privateDnsName, toInstanceInterface } from './network-interface-answer.ts';

/** What an answer about an instance says beside the instance itself. */
export interface InstanceSurroundings {
  readonly subnet: Subnet | undefined;
  readonly groups: readonly GroupIdentifier[];
  readonly tags: Tags;
}

export const surroundingsOf = async (
  tx: ReadTransaction,
  instance: Instance,
): Promise<InstanceSurroundings> => ({
  subnet: await tx.get('subnet', instance.subnetId),
  groups: await groupsOf(tx, instance),
  tags: await readTags(tx, instance.arn),
});

export const groupsOf = async (
  tx: ReadTransaction,
  { securityGroupIds }: Pick<Instance, 'securityGroupIds'>,
): Promise<readonly GroupIdentifier[]> => {
  const groups: GroupIdentifier[] = [];
  for (const id of securityGroupIds) {
    const group = await tx.get('securityGroup', id);
    if (group) groups.push({ GroupId: id, GroupName: group.groupName });
  }
  return groups;
};

/**
 * An instance as the API shows it. One that was terminated has no network any more.
 *
 * @param state Absent: what it is in now.
 */
export const toInstanceAnswer = (
  instance: Instance,
  { subnet, groups, tags }: InstanceSurroundings,
  context: RequestContext,
  state: InstanceState = stateOf(instance, context),
): InstanceAnswer => ({
  InstanceId: instance.id,
  ImageId: instance.imageId,
  State: state,
  PrivateDnsName: isRunning(instance) ? privateDnsName(instance, context) : '',
  PublicDnsName: '',
  ...stateReasons(instance),
  KeyName: instance.keyName,
  AmiLaunchIndex: instance.launchIndex,
  ProductCodes: [],
  InstanceType: instance.instanceType,
  LaunchTime: new Date(instance.createdAt),
  Placement: {
    ...(subnet && {
      AvailabilityZone: subnet.availabilityZone,
      AvailabilityZoneId: zoneId(context.settings.region, subnet.availabilityZone),
    }),
    GroupName: '',
    Tenancy: 'default',
  },
  Monitoring: { State: instance.monitoring ? 'enabled' : 'disabled' },
  ...(isRunning(instance) && {
    SubnetId: instance.subnetId,
    VpcId: instance.vpcId,
    PrivateIpAddress: instance.privateIpAddress,
    Ipv6Address: instance.ipv6Address,
  }),
  Architecture: 'x86_64',
  BlockDeviceMappings: [],
  ClientToken: instance.clientToken ?? '',
  EbsOptimized: instance.ebsOptimized,
  EnaSupport: true,
  Hypervisor: 'xen',
  NetworkInterfaces: isRunning(instance) ? [toInstanceInterface(instance, groups, context)] : [],
  RootDeviceName: '/dev/xvda',
  RootDeviceType: 'ebs',
  SecurityGroups: isRunning(instance) ? groups : [],
  SourceDestCheck: instance.sourceDestCheck,
  Tags: toTagList(tags),
  VirtualizationType: 'hvm',
  CpuOptions: { CoreCount: 1, ThreadsPerCore: 1 },
  CapacityReservationSpecification: { CapacityReservationPreference: 'open' },
  HibernationOptions: { Configured: false },
  MetadataOptions: toMetadataOptionsAnswer(instance, 'applied'),
  EnclaveOptions: { Enabled: false },
  BootMode: 'uefi-preferred',
  PlatformDetails: 'Linux/UNIX',
  UsageOperation: 'RunInstances',
  UsageOperationUpdateTime: new Date(instance.createdAt),
  PrivateDnsNameOptions: {
    HostnameType: instance.privateIpAddress === undefined ? 'resource-name' : 'ip-name',
    EnableResourceNameDnsARecord: false,
    EnableResourceNameDnsAAAARecord: false,
  },
  MaintenanceOptions: { AutoRecovery: 'default' },
  CurrentInstanceBootMode: 'uefi',
});

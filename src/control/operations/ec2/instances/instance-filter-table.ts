import type { Instance } from '../../../../lattice/vpc.ts';
import type {
  Instance as InstanceAnswer,
  InstanceNetworkInterface,
} from '../../../../protocol/generated/ec2.ts';
import type { Tags } from '../../../tags.ts';
import type { FilterTable, FilterValue } from '../filters.ts';

/** An instance as it is answered, with what the answer does not say. */
export interface InstanceRow extends InstanceAnswer {
  readonly document: Instance;
  readonly interfaceTags: Tags;
}

type Value = FilterValue | readonly FilterValue[];

const ofInterface =
  (read: (one: InstanceNetworkInterface, row: InstanceRow) => Value) =>
  (row: InstanceRow): readonly FilterValue[] =>
    (row.NetworkInterfaces ?? []).flatMap((one) => read(one, row));

const groupIds = ({ SecurityGroups = [] }: InstanceRow) =>
  SecurityGroups.map(({ GroupId }) => GroupId);
const groupNames = ({ SecurityGroups = [] }: InstanceRow) =>
  SecurityGroups.map(({ GroupName }) => GroupName);

const ADDRESSES = 'network-interface.addresses';
const ATTACHMENT = 'network-interface.attachment';

/** Of what no instance has here, such as public addresses, profiles, volumes and hosts of one's own. */
const OF_NONE = [
  'affinity',
  'block-device-mapping.attach-time',
  'block-device-mapping.delete-on-termination',
  'block-device-mapping.device-name',
  'block-device-mapping.status',
  'block-device-mapping.volume-id',
  'capacity-reservation-id',
  'capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id',
  'capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn',
  'host-id',
  'iam-instance-profile.arn',
  'iam-instance-profile.id',
  'iam-instance-profile.name',
  'instance-lifecycle',
  'ip-address',
  'kernel-id',
  `${ADDRESSES}.association.allocation-id`,
  `${ADDRESSES}.association.association-id`,
  `${ADDRESSES}.association.carrier-ip`,
  `${ADDRESSES}.association.customer-owned-ip`,
  `${ADDRESSES}.association.ip-owner-id`,
  `${ADDRESSES}.association.public-dns-name`,
  `${ADDRESSES}.association.public-ip`,
  'network-interface.association.allocation-id',
  'network-interface.association.association-id',
  'network-interface.association.carrier-ip',
  'network-interface.association.customer-owned-ip',
  'network-interface.association.ip-owner-id',
  'network-interface.association.public-dns-name',
  'network-interface.association.public-ip',
  'network-interface.ipv4-prefixes.ipv4-prefix',
  'network-interface.ipv6-prefixes.ipv6-prefix',
  'network-interface.operator.principal',
  'network-interface.outpost-arn',
  'network-interface.public-dns-name',
  'network-interface.requester-id',
  'operator.principal',
  'outpost-arn',
  'placement-partition-number',
  'platform',
  'product-code',
  'product-code.type',
  'ramdisk-id',
  'requester-id',
  'spot-instance-request-id',
];

/** "DescribeInstances" in the EC2 API reference. */
export const INSTANCE_FILTERS: FilterTable<InstanceRow> = {
  ...Object.fromEntries(OF_NONE.map((name) => [name, () => undefined])),
  architecture: (row) => row.Architecture,
  'availability-zone': (row) => row.Placement?.AvailabilityZone,
  'availability-zone-id': (row) => row.Placement?.AvailabilityZoneId,
  'boot-mode': (row) => row.BootMode,
  'capacity-reservation-specification.capacity-reservation-preference': (row) =>
    row.CapacityReservationSpecification?.CapacityReservationPreference,
  'client-token': ({ document }) => document.clientToken,
  'current-instance-boot-mode': (row) => row.CurrentInstanceBootMode,
  'dns-name': (row) => row.PublicDnsName,
  'ebs-optimized': (row) => row.EbsOptimized,
  'ena-support': (row) => row.EnaSupport,
  'enclave-options.enabled': (row) => row.EnclaveOptions?.Enabled,
  'hibernation-options.configured': (row) => row.HibernationOptions?.Configured,
  hypervisor: (row) => row.Hypervisor,
  'image-id': (row) => row.ImageId,
  'instance-id': (row) => row.InstanceId,
  'instance-state-code': (row) => row.State?.Code,
  'instance-state-name': (row) => row.State?.Name,
  'instance-type': (row) => row.InstanceType,
  'instance.group-id': groupIds,
  'instance.group-name': groupNames,
  'ipv6-address': (row) => row.Ipv6Address,
  'key-name': (row) => row.KeyName,
  'launch-index': (row) => row.AmiLaunchIndex,
  'launch-time': (row) => row.LaunchTime?.toISOString(),
  'maintenance-options.auto-recovery': (row) => row.MaintenanceOptions?.AutoRecovery,
  'metadata-options.http-endpoint': (row) => row.MetadataOptions?.HttpEndpoint,
  // There is no setting for it: with the endpoint it is on.
  'metadata-options.http-protocol-ipv4': (row) => row.MetadataOptions?.HttpEndpoint,
  'metadata-options.http-protocol-ipv6': (row) => row.MetadataOptions?.HttpProtocolIpv6,
  'metadata-options.http-put-response-hop-limit': (row) =>
    row.MetadataOptions?.HttpPutResponseHopLimit,
  'metadata-options.http-tokens': (row) => row.MetadataOptions?.HttpTokens,
  'metadata-options.instance-metadata-tags': (row) => row.MetadataOptions?.InstanceMetadataTags,
  'metadata-options.state': (row) => row.MetadataOptions?.State,
  'monitoring-state': (row) => row.Monitoring?.State,
  [`${ADDRESSES}.primary`]: ofInterface(({ PrivateIpAddresses = [] }) =>
    PrivateIpAddresses.map(({ Primary }) => Primary),
  ),
  [`${ADDRESSES}.private-dns-name`]: ofInterface(({ PrivateIpAddresses = [] }) =>
    PrivateIpAddresses.map(({ PrivateDnsName }) => PrivateDnsName),
  ),
  [`${ADDRESSES}.private-ip-address`]: ofInterface(({ PrivateIpAddresses = [] }) =>
    PrivateIpAddresses.map(({ PrivateIpAddress }) => PrivateIpAddress),
  ),
  [`${ATTACHMENT}.attach-time`]: ofInterface((one) => one.Attachment?.AttachTime?.toISOString()),
  [`${ATTACHMENT}.attachment-id`]: ofInterface((one) => one.Attachment?.AttachmentId),
  [`${ATTACHMENT}.delete-on-termination`]: ofInterface(
    (one) => one.Attachment?.DeleteOnTermination,
  ),
  [`${ATTACHMENT}.device-index`]: ofInterface((one) => one.Attachment?.DeviceIndex),
  [`${ATTACHMENT}.instance-id`]: ofInterface((_, { InstanceId }) => InstanceId),
  [`${ATTACHMENT}.instance-owner-id`]: ofInterface((_, { document }) => document.accountId),
  [`${ATTACHMENT}.network-card-index`]: ofInterface((one) => one.Attachment?.NetworkCardIndex),
  [`${ATTACHMENT}.status`]: ofInterface((one) => one.Attachment?.Status),
  'network-interface.availability-zone': ofInterface(
    (_, { Placement }) => Placement?.AvailabilityZone,
  ),
  'network-interface.deny-all-igw-traffic': ofInterface(() => false),
  'network-interface.description': ofInterface((one) => one.Description),
  'network-interface.group-id': groupIds,
  'network-interface.group-name': groupNames,
  'network-interface.ipv6-address': (row) => row.Ipv6Address,
  'network-interface.ipv6-addresses.ipv6-address': (row) => row.Ipv6Address,
  'network-interface.ipv6-addresses.is-primary-ipv6': ofInterface(({ Ipv6Addresses = [] }) =>
    Ipv6Addresses.map(({ IsPrimaryIpv6 }) => IsPrimaryIpv6),
  ),
  'network-interface.ipv6-native': ofInterface((one) => one.PrivateIpAddress === undefined),
  'network-interface.mac-address': ofInterface((one) => one.MacAddress),
  'network-interface.network-interface-id': ofInterface((one) => one.NetworkInterfaceId),
  'network-interface.operator.managed': ofInterface(() => false),
  'network-interface.owner-id': ofInterface((one) => one.OwnerId),
  'network-interface.private-dns-name': ofInterface((one) => one.PrivateDnsName),
  'network-interface.private-ip-address': ofInterface((one) => one.PrivateIpAddress),
  'network-interface.requester-managed': ofInterface(() => false),
  'network-interface.source-dest-check': ofInterface((one) => one.SourceDestCheck),
  'network-interface.status': ofInterface((one) => one.Status),
  'network-interface.subnet-id': ofInterface((one) => one.SubnetId),
  'network-interface.tag-key': ({ interfaceTags }) => Object.keys(interfaceTags),
  'network-interface.tag-value': ({ interfaceTags }) => Object.values(interfaceTags),
  'network-interface.vpc-id': ofInterface((one) => one.VpcId),
  'operator.managed': () => false,
  'owner-id': ({ document }) => document.accountId,
  'placement-group-name': (row) => row.Placement?.GroupName,
  'platform-details': (row) => row.PlatformDetails,
  'private-dns-name': (row) => row.PrivateDnsName,
  'private-dns-name-options.enable-resource-name-dns-a-record': (row) =>
    row.PrivateDnsNameOptions?.EnableResourceNameDnsARecord,
  'private-dns-name-options.enable-resource-name-dns-aaaa-record': (row) =>
    row.PrivateDnsNameOptions?.EnableResourceNameDnsAAAARecord,
  'private-dns-name-options.hostname-type': (row) => row.PrivateDnsNameOptions?.HostnameType,
  'private-ip-address': (row) => row.PrivateIpAddress,
  reason: (row) => row.StateTransitionReason,
  'reservation-id': ({ document }) => document.reservationId,
  'root-device-name': (row) => row.RootDeviceName,
  'root-device-type': (row) => row.RootDeviceType,
  'source-dest-check': (row) => row.SourceDestCheck,
  'state-reason-code': (row) => row.StateReason?.Code,
  'state-reason-message': (row) => row.StateReason?.Message,
  'subnet-id': (row) => row.SubnetId,
  tenancy: (row) => row.Placement?.Tenancy,
  'usage-operation': (row) => row.UsageOperation,
  'usage-operation-update-time': (row) => row.UsageOperationUpdateTime?.toISOString(),
  'virtualization-type': (row) => row.VirtualizationType,
  'vpc-id': (row) => row.VpcId,
};

import { macAddress } from '../../../../lattice/mac-address.ts';
import type { Instance } from '../../../../lattice/vpc.ts';
import type {
  GroupIdentifier,
  InstanceNetworkInterface,
  NetworkInterface,
} from '../../../../protocol/generated/ec2.ts';
import type { RequestContext } from '../../../operation.ts';
import { zoneId } from '../availability-zones/zones.ts';
import { derivedId } from '../derived-id.ts';
import type { InterfaceSurroundings } from '../network-interfaces/interface-answer.ts';
import { toTagList } from '../tags/tag-list.ts';

/** The one network interface of an instance, as DescribeInstances shows it. */
export const toInstanceInterface = (
  instance: Instance,
  groups: readonly GroupIdentifier[],
  context: RequestContext,
): InstanceNetworkInterface => ({
  ...facts(instance, groups, context),
  Attachment: attachment(instance),
});

/** The same one, as DescribeNetworkInterfaces shows it. */
export const toNetworkInterface = (
  instance: Instance,
  { subnet, groups, tags }: InterfaceSurroundings,
  context: RequestContext,
): NetworkInterface => ({
  ...facts(instance, groups, context),
  Attachment: {
    ...attachment(instance),
    InstanceId: instance.id,
    InstanceOwnerId: instance.accountId,
  },
  AvailabilityZone: subnet?.availabilityZone,
  AvailabilityZoneId: subnet && zoneId(context.settings.region, subnet.availabilityZone),
  ...(instance.privateIpAddress === undefined && { Ipv6Native: true }),
  RequesterManaged: false,
  TagSet: toTagList(tags),
});

const facts = (
  instance: Instance,
  groups: readonly GroupIdentifier[],
  context: RequestContext,
) => ({
  Description: '',
  Groups: groups,
  InterfaceType: 'interface' as const,
  Ipv6Addresses:
    instance.ipv6Address === undefined
      ? []
      : [{ Ipv6Address: instance.ipv6Address, IsPrimaryIpv6: false }],
  MacAddress: macAddress(instance.networkInterfaceId),
  NetworkInterfaceId: instance.networkInterfaceId,
  OwnerId: instance.accountId,
  PrivateDnsName: privateDnsName(instance, context),
  PrivateIpAddress: instance.privateIpAddress,
  PrivateIpAddresses:
    instance.privateIpAddress === undefined
      ? []
      : [
          {
            Primary: true,
            PrivateDnsName: privateDnsName(instance, context),
            PrivateIpAddress: instance.privateIpAddress,
          },
        ],
  SourceDestCheck: instance.sourceDestCheck,
  Status: 'in-use' as const,
  SubnetId: instance.subnetId,
  VpcId: instance.vpcId,
});

/**
 * `ip-10-0-0-5.us-west-2.compute.internal`, or where there is no IPv4 address, `i-0123456789abcdef0.us-west-2.compute.internal`;
 * in us-east-1 the zone is `ec2.internal` (EC2 user guide, "Amazon EC2 instance hostname types").
 */
export const privateDnsName = (
  { id, privateIpAddress }: Pick<Instance, 'id' | 'privateIpAddress'>,
  { settings: { region } }: RequestContext,
): string => {
  const zone = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  const label = privateIpAddress === undefined ? id : `ip-${privateIpAddress.replaceAll('.', '-')}`;
  return `${label}.${zone}`;
};

const attachment = ({ networkInterfaceId, createdAt }: Instance) => ({
  AttachTime: new Date(createdAt),
  AttachmentId: derivedId('networkInterfaceAttachment', networkInterfaceId),
  DeleteOnTermination: true,
  DeviceIndex: 0,
  NetworkCardIndex: 0,
  Status: 'attached' as const,
});

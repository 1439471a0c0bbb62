import { macAddress } from '../../../../lattice/mac-address.ts';
import type { NetworkInterface, Subnet } from '../../../../lattice/vpc.ts';
import type {
  GroupIdentifier,
  NetworkInterface as InterfaceAnswer,
} from '../../../../protocol/generated/ec2.ts';
import type { RequestContext } from '../../../operation.ts';
import type { Tags } from '../../../tags.ts';
import { zoneId } from '../availability-zones/zones.ts';
import { privateDnsName } from '../instances/network-interface-answer.ts';
import { toTagList } from '../tags/tag-list.ts';

/** What an answer about a network interface says beside itself. */
export interface InterfaceSurroundings {
  readonly subnet: Pick<Subnet, 'availabilityZone'> | undefined;
  readonly groups: readonly GroupIdentifier[];
  readonly tags: Tags;
}

/** A network interface of no instance, as the API shows it. */
export const toInterfaceAnswer = (
  document: NetworkInterface,
  { subnet, groups, tags }: InterfaceSurroundings,
  context: RequestContext,
): InterfaceAnswer => {
  const [primary] = document.privateIpAddresses;
  const nameOf = (privateIpAddress: string) =>
    privateDnsName({ id: document.id, privateIpAddress }, context);
  return {
    AvailabilityZone: subnet?.availabilityZone,
    AvailabilityZoneId: subnet && zoneId(context.settings.region, subnet.availabilityZone),
    Description: document.description,
    Groups: groups,
    InterfaceType: 'interface',
    Ipv6Addresses: document.ipv6Addresses.map((Ipv6Address) => ({
      Ipv6Address,
      IsPrimaryIpv6: false,
    })),
    MacAddress: macAddress(document.id),
    NetworkInterfaceId: document.id,
    OwnerId: document.accountId,
    ...(primary === undefined
      ? { Ipv6Native: true }
      : { PrivateDnsName: nameOf(primary), PrivateIpAddress: primary }),
    PrivateIpAddresses: document.privateIpAddresses.map((address, place) => ({
      Primary: place === 0,
      PrivateDnsName: nameOf(address),
      PrivateIpAddress: address,
    })),
    RequesterManaged: false,
    SourceDestCheck: document.sourceDestCheck,
    Status: 'available',
    SubnetId: document.subnetId,
    TagSet: toTagList(tags),
    VpcId: document.vpcId,
  };
};

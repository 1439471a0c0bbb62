import { isIpv6Only, type PrivateDnsNameOptions, type Subnet } from '../../../../lattice/vpc.ts';
import type { Subnet as SubnetAnswer } from '../../../../protocol/generated/ec2.ts';
import type { RequestContext } from '../../../operation.ts';
import type { Tags } from '../../../tags.ts';
import { zoneId } from '../availability-zones/zones.ts';
import { derivedId } from '../derived-id.ts';
import { toTagList } from '../tags/tag-list.ts';

/** What an answer about a subnet says beside itself. */
export interface SubnetSurroundings {
  readonly availableAddresses: number;
  readonly tags: Tags;
}

/** A subnet as the API shows it. */
export const toSubnetAnswer = (
  subnet: Subnet,
  { availableAddresses, tags }: SubnetSurroundings,
  context: RequestContext,
): SubnetAnswer => ({
  AvailabilityZoneId: zoneId(context.settings.region, subnet.availabilityZone),
  MapCustomerOwnedIpOnLaunch: false,
  OwnerId: subnet.accountId,
  AssignIpv6AddressOnCreation: subnet.assignIpv6AddressOnCreation,
  Ipv6CidrBlockAssociationSet:
    subnet.ipv6CidrBlock === undefined
      ? []
      : [
          {
            AssociationId: subnetIpv6AssociationId(subnet),
            Ipv6CidrBlock: subnet.ipv6CidrBlock,
            Ipv6CidrBlockState: { State: 'associated' },
            Ipv6AddressAttribute: 'private',
            IpSource: 'amazon',
          },
        ],
  Tags: toTagList(tags),
  SubnetArn: subnet.arn,
  EnableDns64: subnet.enableDns64 ?? false,
  Ipv6Native: isIpv6Only(subnet),
  PrivateDnsNameOptionsOnLaunch: {
    HostnameType: privateDnsNameOptions(subnet).hostnameType,
    EnableResourceNameDnsARecord: privateDnsNameOptions(subnet).enableResourceNameDnsARecord,
    EnableResourceNameDnsAAAARecord: privateDnsNameOptions(subnet).enableResourceNameDnsAAAARecord,
  },
  BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
  SubnetId: subnet.id,
  State: 'available',
  VpcId: subnet.vpcId,
  CidrBlock: subnet.cidrBlock,
  AvailableIpAddressCount: availableAddresses,
  AvailabilityZone: subnet.availabilityZone,
  DefaultForAz: false,
  MapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
});

/** Without IPv4 the name of an instance comes from its id (EC2 user guide, "EC2 instance hostnames and domains"). */
export const privateDnsNameOptions = (subnet: Subnet): PrivateDnsNameOptions =>
  subnet.privateDnsNameOptions ?? {
    hostnameType: isIpv6Only(subnet) ? 'resource-name' : 'ip-name',
    enableResourceNameDnsARecord: false,
    enableResourceNameDnsAAAARecord: false,
  };

export const subnetIpv6AssociationId = (subnet: Subnet): string =>
  derivedId('subnetCidrAssociation', subnet.id);

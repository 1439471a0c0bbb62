import type { Vpc } from '../../../../lattice/vpc.ts';
import type { Vpc as VpcAnswer } from '../../../../protocol/generated/ec2.ts';
import type { RequestContext } from '../../../operation.ts';
import type { Tags } from '../../../tags.ts';
import { derivedId } from '../derived-id.ts';
import { toTagList } from '../tags/tag-list.ts';

/** A VPC as the API shows it. */
export const toVpcAnswer = (vpc: Vpc, tags: Tags, context: RequestContext): VpcAnswer => ({
  OwnerId: vpc.accountId,
  InstanceTenancy: vpc.instanceTenancy === 'dedicated' ? 'dedicated' : 'default',
  Ipv6CidrBlockAssociationSet:
    vpc.ipv6CidrBlock === undefined
      ? []
      : [
          {
            AssociationId: ipv6AssociationId(vpc),
            Ipv6CidrBlock: vpc.ipv6CidrBlock,
            Ipv6CidrBlockState: { State: 'associated' },
            NetworkBorderGroup: context.settings.region,
            Ipv6Pool: IPV6_POOL,
            Ipv6AddressAttribute: 'private',
            IpSource: 'amazon',
          },
        ],
  CidrBlockAssociationSet: [
    {
      AssociationId: vpc.cidrAssociationId,
      CidrBlock: vpc.cidrBlock,
      CidrBlockState: { State: 'associated' },
    },
  ],
  IsDefault: false,
  Tags: toTagList(tags),
  BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
  VpcId: vpc.id,
  State: 'available',
  CidrBlock: vpc.cidrBlock,
  DhcpOptionsId: dhcpOptionsId(context),
});

export const IPV6_POOL = 'Amazon';

export const ipv6AssociationId = (vpc: Vpc): string => derivedId('vpcCidrAssociation', vpc.id);

/** One default set of DHCP options for each account and region. */
export const dhcpOptionsId = (context: RequestContext): string =>
  derivedId('dhcpOptions', `${context.caller.accountId}/${context.settings.region}`);

/** The documents of the ec2 API, and what the loopback underlay keeps for a VPC. */

interface Stored {
  readonly id: string;
  readonly accountId: string;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
}

export interface Vpc extends Stored {
  readonly arn: string;
  readonly cidrBlock: string;
  readonly cidrAssociationId: string;
  readonly ipv6CidrBlock?: string;
  readonly enableDnsSupport: boolean;
  readonly enableDnsHostnames: boolean;
  /** Absent: false. */
  readonly enableNetworkAddressUsageMetrics?: boolean;
  readonly instanceTenancy: string;
  readonly mainRouteTableId: string;
  readonly defaultNetworkAclId: string;
}

export interface Subnet extends Stored {
  readonly arn: string;
  readonly vpcId: string;
  /** Absent: of an IPv6-only subnet, which has the other one. */
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: string;
  readonly availabilityZone: string;
  /** Absent: the VPC's default one. */
  readonly networkAclId?: string;
  readonly mapPublicIpOnLaunch: boolean;
  readonly assignIpv6AddressOnCreation: boolean;
  /** Absent: false. */
  readonly enableDns64?: boolean;
  /** How instances get their private name; absent: AWS's defaults. */
  readonly privateDnsNameOptions?: PrivateDnsNameOptions;
}

export interface PrivateDnsNameOptions {
  readonly hostnameType: 'ip-name' | 'resource-name';
  readonly enableResourceNameDnsARecord: boolean;
  readonly enableResourceNameDnsAAAARecord: boolean;
}

export interface SecurityGroup extends Stored {
  readonly arn: string;
  readonly vpcId: string;
  readonly groupName: string;
  readonly description: string;
}

/** One rule: exactly one of the four sources (destinations, for egress) is set. */
export interface SecurityGroupRule extends Stored {
  readonly arn: string;
  readonly groupId: string;
  readonly isEgress: boolean;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number, or `-1` for all. */
  readonly ipProtocol: string;
  /** -1 when the protocol has no ports. */
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
  readonly prefixListId?: string;
  readonly referencedGroupId?: string;
  /** Who owns that group; absent: who owns the rule. */
  readonly referencedAccountId?: string;
  readonly description?: string;
}

/** Addresses in a subnet, with the security groups that guard whoever has them. */
export interface NetworkInterface extends Stored {
  readonly arn: string;
  readonly vpcId: string;
  readonly subnetId: string;
  /** IPv4, the primary one first; none in an IPv6-only subnet. */
  readonly privateIpAddresses: readonly string[];
  /** As in RFC 5952. */
  readonly ipv6Addresses: readonly string[];
  readonly groupIds: readonly string[];
  readonly description: string;
  readonly sourceDestCheck: boolean;
}

/** A network ACL; a VPC's default one is kept once it was changed (`defaultNetworkAcl` until then). */
export interface NetworkAcl extends Stored {
  readonly arn: string;
  readonly vpcId: string;
  readonly isDefault: boolean;
  /** Those for inbound traffic first, ascending by rule number; without the last of each direction, which refuses the rest. */
  readonly entries: readonly NetworkAclEntry[];
}

/** One of both CIDR blocks is set. */
export interface NetworkAclEntry {
  /** 1 to 32766, unique for each direction. */
  readonly ruleNumber: number;
  readonly isEgress: boolean;
  /** A protocol number, or `-1` for all. */
  readonly protocol: string;
  readonly action: 'allow' | 'deny';
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
  /** Of TCP and UDP. */
  readonly portRange?: { readonly from: number; readonly to: number };
  /** Of ICMP; -1: all. */
  readonly icmp?: { readonly type: number; readonly code: number };
}

/**
 * A machine in a subnet. One that was terminated is kept for a while, without its address: AWS shows
 * those, too.
 */
export interface Instance extends Stored {
  readonly arn: string;
  readonly vpcId: string;
  readonly subnetId: string;
  /** Of the call that launched it, with others perhaps. */
  readonly reservationId: string;
  readonly launchIndex: number;
  /** ISO-8601; absent: it runs, or is about to. */
  readonly terminatedAt?: string;
  /** Why it was terminated, when nobody asked for that: its machine could not be made. For the operator. */
  readonly launchFailure?: string;
  readonly imageId: string;
  readonly instanceType: string;
  readonly clientToken?: string;
  readonly keyName?: string;
  /** Base64, as it was sent. */
  readonly userData?: string;
  /** Absent: of an instance in an IPv6-only subnet, which has the other one. */
  readonly privateIpAddress?: string;
  readonly ipv6Address?: string;
  readonly securityGroupIds: readonly string[];
  readonly networkInterfaceId: string;
  readonly sourceDestCheck: boolean;
  readonly disableApiTermination: boolean;
  readonly disableApiStop: boolean;
  readonly shutdownBehavior: 'stop' | 'terminate';
  readonly ebsOptimized: boolean;
  readonly monitoring: boolean;
  /** What was asked for; the rest is as by default. */
  readonly metadataOptions?: MetadataOptions;
}

/** ARN of the network interface of an instance, under which its tags are kept. */
export const interfaceArnOf = ({
  arn,
  networkInterfaceId,
}: Pick<Instance, 'arn' | 'networkInterfaceId'>): string =>
  `${arn.slice(0, arn.lastIndexOf(':') + 1)}network-interface/${networkInterfaceId}`;

/** How programs on an instance would ask for its metadata, which nobody serves here. */
export interface MetadataOptions {
  readonly httpEndpoint?: 'enabled' | 'disabled';
  readonly httpProtocolIpv6?: 'enabled' | 'disabled';
  readonly httpPutResponseHopLimit?: number;
  readonly httpTokens?: 'optional' | 'required';
  readonly instanceMetadataTags?: 'enabled' | 'disabled';
}

/**
 * Where an address inside a VPC is found on this machine (loopback underlay).
 * `id` is `<vpc id>/<address>` or `<vpc id>/<address>/<port>`.
 */
export interface AddressMapping extends Stored {
  readonly vpcId: string;
  /** An IP address of the VPC, or an instance id. */
  readonly address: string;
  /** Absent: every port of the address. */
  readonly port?: number;
  readonly host: string;
  /** Absent: the same port as asked for. */
  readonly hostPort?: number;
}

/** A local port of a VPC: through a portal clients "inside" it enter, a resolver tells them names. `id` is the VPC's id. */
export interface Portal extends Stored {
  readonly port: number;
}

/** Whether machines in the subnet have IPv6 addresses alone (VPC user guide, "Subnet types"). */
export const isIpv6Only = ({ cidrBlock }: Pick<Subnet, 'cidrBlock'>): boolean =>
  cidrBlock === undefined;

/** CIDR blocks of a VPC or subnet: IPv4, then IPv6, as far as it has them. */
export const cidrsOf = ({
  cidrBlock,
  ipv6CidrBlock,
}: Pick<Subnet, 'cidrBlock' | 'ipv6CidrBlock'>): readonly string[] =>
  [cidrBlock, ipv6CidrBlock].filter((block) => block !== undefined);

/** Addresses of an instance that runs: IPv4, then IPv6, as far as it has them. */
export const addressesOf = ({
  privateIpAddress,
  ipv6Address,
}: Pick<Instance, 'privateIpAddress' | 'ipv6Address'>): readonly string[] =>
  [privateIpAddress, ipv6Address].filter((address) => address !== undefined);

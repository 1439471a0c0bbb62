// Generated from models/ec2.json by `npm run generate`; do not edit.
// A parsed request has no member that is present and undefined, so input shapes say `?: T`; shapes that
// only answers have say `?: T | undefined`, and the protocols leave such members out.

export interface Ec2Operations {
  AuthorizeSecurityGroupEgress: { input: AuthorizeSecurityGroupEgressRequest; output: AuthorizeSecurityGroupEgressResult };
  AuthorizeSecurityGroupIngress: { input: AuthorizeSecurityGroupIngressRequest; output: AuthorizeSecurityGroupIngressResult };
  CreateSecurityGroup: { input: CreateSecurityGroupRequest; output: CreateSecurityGroupResult };
  CreateSubnet: { input: CreateSubnetRequest; output: CreateSubnetResult };
  CreateTags: { input: CreateTagsRequest; output: Nothing };
  CreateVpc: { input: CreateVpcRequest; output: CreateVpcResult };
  DeleteSecurityGroup: { input: DeleteSecurityGroupRequest; output: DeleteSecurityGroupResult };
  DeleteSubnet: { input: DeleteSubnetRequest; output: Nothing };
  DeleteTags: { input: DeleteTagsRequest; output: Nothing };
  DeleteVpc: { input: DeleteVpcRequest; output: Nothing };
  DescribeAccountAttributes: { input: DescribeAccountAttributesRequest; output: DescribeAccountAttributesResult };
  DescribeAvailabilityZones: { input: DescribeAvailabilityZonesRequest; output: DescribeAvailabilityZonesResult };
  DescribeManagedPrefixLists: { input: DescribeManagedPrefixListsRequest; output: DescribeManagedPrefixListsResult };
  DescribeNetworkAcls: { input: DescribeNetworkAclsRequest; output: DescribeNetworkAclsResult };
  DescribeNetworkInterfaces: { input: DescribeNetworkInterfacesRequest; output: DescribeNetworkInterfacesResult };
  DescribeRegions: { input: DescribeRegionsRequest; output: DescribeRegionsResult };
  DescribeRouteTables: { input: DescribeRouteTablesRequest; output: DescribeRouteTablesResult };
  DescribeSecurityGroupRules: { input: DescribeSecurityGroupRulesRequest; output: DescribeSecurityGroupRulesResult };
  DescribeSecurityGroups: { input: DescribeSecurityGroupsRequest; output: DescribeSecurityGroupsResult };
  DescribeSubnets: { input: DescribeSubnetsRequest; output: DescribeSubnetsResult };
  DescribeTags: { input: DescribeTagsRequest; output: DescribeTagsResult };
  DescribeVpcAttribute: { input: DescribeVpcAttributeRequest; output: DescribeVpcAttributeResult };
  DescribeVpcs: { input: DescribeVpcsRequest; output: DescribeVpcsResult };
  GetManagedPrefixListEntries: { input: GetManagedPrefixListEntriesRequest; output: GetManagedPrefixListEntriesResult };
  ModifySecurityGroupRules: { input: ModifySecurityGroupRulesRequest; output: ModifySecurityGroupRulesResult };
  ModifySubnetAttribute: { input: ModifySubnetAttributeRequest; output: Nothing };
  ModifyVpcAttribute: { input: ModifyVpcAttributeRequest; output: Nothing };
  RevokeSecurityGroupEgress: { input: RevokeSecurityGroupEgressRequest; output: RevokeSecurityGroupEgressResult };
  RevokeSecurityGroupIngress: { input: RevokeSecurityGroupIngressRequest; output: RevokeSecurityGroupIngressResult };
  UpdateSecurityGroupRuleDescriptionsEgress: { input: UpdateSecurityGroupRuleDescriptionsEgressRequest; output: UpdateSecurityGroupRuleDescriptionsEgressResult };
  UpdateSecurityGroupRuleDescriptionsIngress: { input: UpdateSecurityGroupRuleDescriptionsIngressRequest; output: UpdateSecurityGroupRuleDescriptionsIngressResult };
}

export type Ec2OperationName = keyof Ec2Operations;

export interface AccountAttribute {
  readonly AttributeName?: string | undefined;
  readonly AttributeValues?: readonly AccountAttributeValue[] | undefined;
}

export type AccountAttributeName =
  | "supported-platforms"
  | "default-vpc";

export interface AccountAttributeValue {
  readonly AttributeValue?: string | undefined;
}

export interface AttachmentEnaSrdSpecification {
  readonly EnaSrdEnabled?: boolean | undefined;
  readonly EnaSrdUdpSpecification?: AttachmentEnaSrdUdpSpecification | undefined;
}

export interface AttachmentEnaSrdUdpSpecification {
  readonly EnaSrdUdpEnabled?: boolean | undefined;
}

export type AttachmentStatus =
  | "attaching"
  | "attached"
  | "detaching"
  | "detached";

export interface AttributeBooleanValue {
  readonly Value?: boolean;
}

export interface AuthorizeSecurityGroupEgressRequest {
  readonly TagSpecifications?: readonly TagSpecification[];
  readonly DryRun?: boolean;
  readonly GroupId: string;
  readonly SourceSecurityGroupName?: string;
  readonly SourceSecurityGroupOwnerId?: string;
  readonly IpProtocol?: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly CidrIp?: string;
  readonly IpPermissions?: readonly IpPermission[];
}

export interface AuthorizeSecurityGroupEgressResult {
  readonly Return?: boolean | undefined;
  readonly SecurityGroupRules?: readonly SecurityGroupRule[] | undefined;
}

export interface AuthorizeSecurityGroupIngressRequest {
  readonly CidrIp?: string;
  readonly FromPort?: number;
  readonly GroupId?: string;
  readonly GroupName?: string;
  readonly IpPermissions?: readonly IpPermission[];
  readonly IpProtocol?: string;
  readonly SourceSecurityGroupName?: string;
  readonly SourceSecurityGroupOwnerId?: string;
  readonly ToPort?: number;
  readonly TagSpecifications?: readonly TagSpecification[];
  readonly DryRun?: boolean;
}

export interface AuthorizeSecurityGroupIngressResult {
  readonly Return?: boolean | undefined;
  readonly SecurityGroupRules?: readonly SecurityGroupRule[] | undefined;
}

export interface AvailabilityZone {
  readonly OptInStatus?: AvailabilityZoneOptInStatus | undefined;
  readonly Messages?: readonly AvailabilityZoneMessage[] | undefined;
  readonly RegionName?: string | undefined;
  readonly ZoneName?: string | undefined;
  readonly ZoneId?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly NetworkBorderGroup?: string | undefined;
  readonly ZoneType?: string | undefined;
  readonly ParentZoneName?: string | undefined;
  readonly ParentZoneId?: string | undefined;
  readonly GroupLongName?: string | undefined;
  readonly Geography?: readonly AvailabilityZoneGeography[] | undefined;
  readonly SubGeography?: readonly AvailabilityZoneSubGeography[] | undefined;
  readonly State?: AvailabilityZoneState | undefined;
}

export interface AvailabilityZoneGeography {
  readonly Name?: string | undefined;
}

export interface AvailabilityZoneMessage {
  readonly Message?: string | undefined;
}

export type AvailabilityZoneOptInStatus =
  | "opt-in-not-required"
  | "opted-in"
  | "not-opted-in";

export type AvailabilityZoneState =
  | "available"
  | "information"
  | "impaired"
  | "unavailable"
  | "constrained";

export interface AvailabilityZoneSubGeography {
  readonly Name?: string | undefined;
}

export type BlockPublicAccessMode =
  | "off"
  | "block-bidirectional"
  | "block-ingress";

export interface BlockPublicAccessStates {
  readonly InternetGatewayBlockMode?: BlockPublicAccessMode | undefined;
}

export interface ConnectionTrackingConfiguration {
  readonly TcpEstablishedTimeout?: number | undefined;
  readonly UdpStreamTimeout?: number | undefined;
  readonly UdpTimeout?: number | undefined;
}

export interface CreateSecurityGroupRequest {
  readonly Description: string;
  readonly GroupName: string;
  readonly VpcId?: string;
  readonly TagSpecifications?: readonly TagSpecification[];
  readonly DryRun?: boolean;
}

export interface CreateSecurityGroupResult {
  readonly GroupId?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly SecurityGroupArn?: string | undefined;
}

export interface CreateSubnetRequest {
  readonly TagSpecifications?: readonly TagSpecification[];
  readonly AvailabilityZone?: string;
  readonly AvailabilityZoneId?: string;
  readonly CidrBlock?: string;
  readonly Ipv6CidrBlock?: string;
  readonly OutpostArn?: string;
  readonly VpcId: string;
  readonly Ipv6Native?: boolean;
  readonly Ipv4IpamPoolId?: string;
  readonly Ipv4NetmaskLength?: number;
  readonly Ipv6IpamPoolId?: string;
  readonly Ipv6NetmaskLength?: number;
  readonly DryRun?: boolean;
}

export interface CreateSubnetResult {
  readonly Subnet?: Subnet | undefined;
}

export interface CreateTagsRequest {
  readonly DryRun?: boolean;
  readonly Resources: readonly string[];
  readonly Tags: readonly Tag[];
}

export interface CreateVpcRequest {
  readonly CidrBlock?: string;
  readonly Ipv6Pool?: string;
  readonly Ipv6CidrBlock?: string;
  readonly Ipv4IpamPoolId?: string;
  readonly Ipv4NetmaskLength?: number;
  readonly Ipv6IpamPoolId?: string;
  readonly Ipv6NetmaskLength?: number;
  readonly Ipv6CidrBlockNetworkBorderGroup?: string;
  readonly VpcEncryptionControl?: VpcEncryptionControlConfiguration;
  readonly TagSpecifications?: readonly TagSpecification[];
  readonly DryRun?: boolean;
  readonly InstanceTenancy?: Tenancy;
  readonly AmazonProvidedIpv6CidrBlock?: boolean;
}

export interface CreateVpcResult {
  readonly Vpc?: Vpc | undefined;
}

export interface DeleteSecurityGroupRequest {
  readonly GroupId?: string;
  readonly GroupName?: string;
  readonly DryRun?: boolean;
}

export interface DeleteSecurityGroupResult {
  readonly Return?: boolean | undefined;
  readonly GroupId?: string | undefined;
}

export interface DeleteSubnetRequest {
  readonly SubnetId: string;
  readonly DryRun?: boolean;
}

export interface DeleteTagsRequest {
  readonly DryRun?: boolean;
  readonly Resources: readonly string[];
  readonly Tags?: readonly Tag[];
}

export interface DeleteVpcRequest {
  readonly VpcId: string;
  readonly DryRun?: boolean;
}

export interface DescribeAccountAttributesRequest {
  readonly DryRun?: boolean;
  readonly AttributeNames?: readonly AccountAttributeName[];
}

export interface DescribeAccountAttributesResult {
  readonly AccountAttributes?: readonly AccountAttribute[] | undefined;
}

export interface DescribeAvailabilityZonesRequest {
  readonly ZoneNames?: readonly string[];
  readonly ZoneIds?: readonly string[];
  readonly AllAvailabilityZones?: boolean;
  readonly DryRun?: boolean;
  readonly Filters?: readonly Filter[];
}

export interface DescribeAvailabilityZonesResult {
  readonly AvailabilityZones?: readonly AvailabilityZone[] | undefined;
}

export interface DescribeManagedPrefixListsRequest {
  readonly DryRun?: boolean;
  readonly Filters?: readonly Filter[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly PrefixListIds?: readonly string[];
}

export interface DescribeManagedPrefixListsResult {
  readonly NextToken?: string | undefined;
  readonly PrefixLists?: readonly ManagedPrefixList[] | undefined;
}

export interface DescribeNetworkAclsRequest {
  readonly NextToken?: string;
  readonly MaxResults?: number;
  readonly DryRun?: boolean;
  readonly NetworkAclIds?: readonly string[];
  readonly Filters?: readonly Filter[];
}

export interface DescribeNetworkAclsResult {
  readonly NetworkAcls?: readonly NetworkAcl[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeNetworkInterfacesRequest {
  readonly NextToken?: string;
  readonly MaxResults?: number;
  readonly IncludeManagedResources?: boolean;
  readonly DryRun?: boolean;
  readonly NetworkInterfaceIds?: readonly string[];
  readonly Filters?: readonly Filter[];
}

export interface DescribeNetworkInterfacesResult {
  readonly NetworkInterfaces?: readonly NetworkInterface[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeRegionsRequest {
  readonly RegionNames?: readonly string[];
  readonly AllRegions?: boolean;
  readonly DryRun?: boolean;
  readonly Filters?: readonly Filter[];
}

export interface DescribeRegionsResult {
  readonly Regions?: readonly Region[] | undefined;
}

export interface DescribeRouteTablesRequest {
  readonly NextToken?: string;
  readonly MaxResults?: number;
  readonly DryRun?: boolean;
  readonly RouteTableIds?: readonly string[];
  readonly Filters?: readonly Filter[];
}

export interface DescribeRouteTablesResult {
  readonly RouteTables?: readonly RouteTable[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeSecurityGroupRulesRequest {
  readonly Filters?: readonly Filter[];
  readonly SecurityGroupRuleIds?: readonly string[];
  readonly DryRun?: boolean;
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

export interface DescribeSecurityGroupRulesResult {
  readonly SecurityGroupRules?: readonly SecurityGroupRule[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeSecurityGroupsRequest {
  readonly GroupIds?: readonly string[];
  readonly GroupNames?: readonly string[];
  readonly NextToken?: string;
  readonly MaxResults?: number;
  readonly DryRun?: boolean;
  readonly Filters?: readonly Filter[];
}

export interface DescribeSecurityGroupsResult {
  readonly NextToken?: string | undefined;
  readonly SecurityGroups?: readonly SecurityGroup[] | undefined;
}

export interface DescribeSubnetsRequest {
  readonly Filters?: readonly Filter[];
  readonly SubnetIds?: readonly string[];
  readonly NextToken?: string;
  readonly MaxResults?: number;
  readonly DryRun?: boolean;
}

export interface DescribeSubnetsResult {
  readonly NextToken?: string | undefined;
  readonly Subnets?: readonly Subnet[] | undefined;
}

export interface DescribeTagsRequest {
  readonly DryRun?: boolean;
  readonly Filters?: readonly Filter[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface DescribeTagsResult {
  readonly NextToken?: string | undefined;
  readonly Tags?: readonly TagDescription[] | undefined;
}

export interface DescribeVpcAttributeRequest {
  readonly Attribute: VpcAttributeName;
  readonly VpcId: string;
  readonly DryRun?: boolean;
}

export interface DescribeVpcAttributeResult {
  readonly EnableDnsHostnames?: AttributeBooleanValue | undefined;
  readonly EnableDnsSupport?: AttributeBooleanValue | undefined;
  readonly EnableNetworkAddressUsageMetrics?: AttributeBooleanValue | undefined;
  readonly VpcId?: string | undefined;
}

export interface DescribeVpcsRequest {
  readonly Filters?: readonly Filter[];
  readonly VpcIds?: readonly string[];
  readonly NextToken?: string;
  readonly MaxResults?: number;
  readonly DryRun?: boolean;
}

export interface DescribeVpcsResult {
  readonly NextToken?: string | undefined;
  readonly Vpcs?: readonly Vpc[] | undefined;
}

export interface Filter {
  readonly Name?: string;
  readonly Values?: readonly string[];
}

export interface GetManagedPrefixListEntriesRequest {
  readonly DryRun?: boolean;
  readonly PrefixListId: string;
  readonly TargetVersion?: number;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface GetManagedPrefixListEntriesResult {
  readonly Entries?: readonly PrefixListEntry[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface GroupIdentifier {
  readonly GroupId?: string | undefined;
  readonly GroupName?: string | undefined;
}

export type HostnameType =
  | "ip-name"
  | "resource-name";

export interface IcmpTypeCode {
  readonly Code?: number | undefined;
  readonly Type?: number | undefined;
}

export interface IpPermission {
  readonly IpProtocol?: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly UserIdGroupPairs?: readonly UserIdGroupPair[];
  readonly IpRanges?: readonly IpRange[];
  readonly Ipv6Ranges?: readonly Ipv6Range[];
  readonly PrefixListIds?: readonly PrefixListId[];
}

export interface IpRange {
  readonly Description?: string;
  readonly CidrIp?: string;
}

export type IpSource =
  | "amazon"
  | "byoip"
  | "none";

export interface Ipv4PrefixSpecification {
  readonly Ipv4Prefix?: string | undefined;
}

export type Ipv6AddressAttribute =
  | "public"
  | "private";

export interface Ipv6PrefixSpecification {
  readonly Ipv6Prefix?: string | undefined;
}

export interface Ipv6Range {
  readonly Description?: string;
  readonly CidrIpv6?: string;
}

export interface ManagedPrefixList {
  readonly PrefixListId?: string | undefined;
  readonly AddressFamily?: string | undefined;
  readonly State?: PrefixListState | undefined;
  readonly StateMessage?: string | undefined;
  readonly PrefixListArn?: string | undefined;
  readonly PrefixListName?: string | undefined;
  readonly MaxEntries?: number | undefined;
  readonly Version?: number | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly OwnerId?: string | undefined;
  readonly IpamPrefixListResolverTargetId?: string | undefined;
  readonly IpamPrefixListResolverSyncEnabled?: boolean | undefined;
}

export interface ModifySecurityGroupRulesRequest {
  readonly GroupId: string;
  readonly SecurityGroupRules: readonly SecurityGroupRuleUpdate[];
  readonly DryRun?: boolean;
}

export interface ModifySecurityGroupRulesResult {
  readonly Return?: boolean | undefined;
}

export interface ModifySubnetAttributeRequest {
  readonly AssignIpv6AddressOnCreation?: AttributeBooleanValue;
  readonly MapPublicIpOnLaunch?: AttributeBooleanValue;
  readonly SubnetId: string;
  readonly MapCustomerOwnedIpOnLaunch?: AttributeBooleanValue;
  readonly CustomerOwnedIpv4Pool?: string;
  readonly EnableDns64?: AttributeBooleanValue;
  readonly PrivateDnsHostnameTypeOnLaunch?: HostnameType;
  readonly EnableResourceNameDnsARecordOnLaunch?: AttributeBooleanValue;
  readonly EnableResourceNameDnsAAAARecordOnLaunch?: AttributeBooleanValue;
  readonly EnableLniAtDeviceIndex?: number;
  readonly DisableLniAtDeviceIndex?: AttributeBooleanValue;
}

export interface ModifyVpcAttributeRequest {
  readonly EnableDnsHostnames?: AttributeBooleanValue;
  readonly EnableDnsSupport?: AttributeBooleanValue;
  readonly VpcId: string;
  readonly EnableNetworkAddressUsageMetrics?: AttributeBooleanValue;
}

export interface NetworkAcl {
  readonly Associations?: readonly NetworkAclAssociation[] | undefined;
  readonly Entries?: readonly NetworkAclEntry[] | undefined;
  readonly IsDefault?: boolean | undefined;
  readonly NetworkAclId?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly VpcId?: string | undefined;
  readonly OwnerId?: string | undefined;
}

export interface NetworkAclAssociation {
  readonly NetworkAclAssociationId?: string | undefined;
  readonly NetworkAclId?: string | undefined;
  readonly SubnetId?: string | undefined;
}

export interface NetworkAclEntry {
  readonly CidrBlock?: string | undefined;
  readonly Egress?: boolean | undefined;
  readonly IcmpTypeCode?: IcmpTypeCode | undefined;
  readonly Ipv6CidrBlock?: string | undefined;
  readonly PortRange?: PortRange | undefined;
  readonly Protocol?: string | undefined;
  readonly RuleAction?: RuleAction | undefined;
  readonly RuleNumber?: number | undefined;
}

export interface NetworkInterface {
  readonly Association?: NetworkInterfaceAssociation | undefined;
  readonly Attachment?: NetworkInterfaceAttachment | undefined;
  readonly AvailabilityZone?: string | undefined;
  readonly ConnectionTrackingConfiguration?: ConnectionTrackingConfiguration | undefined;
  readonly Description?: string | undefined;
  readonly Groups?: readonly GroupIdentifier[] | undefined;
  readonly InterfaceType?: NetworkInterfaceType | undefined;
  readonly Ipv6Addresses?: readonly NetworkInterfaceIpv6Address[] | undefined;
  readonly MacAddress?: string | undefined;
  readonly NetworkInterfaceId?: string | undefined;
  readonly OutpostArn?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly PrivateDnsName?: string | undefined;
  readonly PublicDnsName?: string | undefined;
  readonly PublicIpDnsNameOptions?: PublicIpDnsNameOptions | undefined;
  readonly PrivateIpAddress?: string | undefined;
  readonly PrivateIpAddresses?: readonly NetworkInterfacePrivateIpAddress[] | undefined;
  readonly Ipv4Prefixes?: readonly Ipv4PrefixSpecification[] | undefined;
  readonly Ipv6Prefixes?: readonly Ipv6PrefixSpecification[] | undefined;
  readonly RequesterId?: string | undefined;
  readonly RequesterManaged?: boolean | undefined;
  readonly SourceDestCheck?: boolean | undefined;
  readonly Status?: NetworkInterfaceStatus | undefined;
  readonly SubnetId?: string | undefined;
  readonly TagSet?: readonly Tag[] | undefined;
  readonly VpcId?: string | undefined;
  readonly DenyAllIgwTraffic?: boolean | undefined;
  readonly Ipv6Native?: boolean | undefined;
  readonly Ipv6Address?: string | undefined;
  readonly Operator?: OperatorResponse | undefined;
  readonly AssociatedSubnets?: readonly string[] | undefined;
  readonly AvailabilityZoneId?: string | undefined;
}

export interface NetworkInterfaceAssociation {
  readonly AllocationId?: string | undefined;
  readonly AssociationId?: string | undefined;
  readonly IpOwnerId?: string | undefined;
  readonly PublicDnsName?: string | undefined;
  readonly PublicIp?: string | undefined;
  readonly CustomerOwnedIp?: string | undefined;
  readonly CarrierIp?: string | undefined;
}

export interface NetworkInterfaceAttachment {
  readonly AttachTime?: Date | undefined;
  readonly AttachmentId?: string | undefined;
  readonly DeleteOnTermination?: boolean | undefined;
  readonly DeviceIndex?: number | undefined;
  readonly NetworkCardIndex?: number | undefined;
  readonly InstanceId?: string | undefined;
  readonly InstanceOwnerId?: string | undefined;
  readonly Status?: AttachmentStatus | undefined;
  readonly EnaSrdSpecification?: AttachmentEnaSrdSpecification | undefined;
  readonly EnaQueueCount?: number | undefined;
}

export interface NetworkInterfaceIpv6Address {
  readonly Ipv6Address?: string | undefined;
  readonly PublicIpv6DnsName?: string | undefined;
  readonly IsPrimaryIpv6?: boolean | undefined;
}

export interface NetworkInterfacePrivateIpAddress {
  readonly Association?: NetworkInterfaceAssociation | undefined;
  readonly Primary?: boolean | undefined;
  readonly PrivateDnsName?: string | undefined;
  readonly PrivateIpAddress?: string | undefined;
}

export type NetworkInterfaceStatus =
  | "available"
  | "associated"
  | "attaching"
  | "in-use"
  | "detaching";

export type NetworkInterfaceType =
  | "interface"
  | "natGateway"
  | "efa"
  | "efa-only"
  | "trunk"
  | "load_balancer"
  | "network_load_balancer"
  | "vpc_endpoint"
  | "branch"
  | "transit_gateway"
  | "lambda"
  | "quicksight"
  | "global_accelerator_managed"
  | "api_gateway_managed"
  | "gateway_load_balancer"
  | "gateway_load_balancer_endpoint"
  | "iot_rules_managed"
  | "aws_codestar_connections_managed";

export interface OperatorResponse {
  readonly Managed?: boolean | undefined;
  readonly Principal?: string | undefined;
  readonly HiddenByDefault?: boolean | undefined;
}

export interface PortRange {
  readonly From?: number | undefined;
  readonly To?: number | undefined;
}

export interface PrefixListEntry {
  readonly Cidr?: string | undefined;
  readonly Description?: string | undefined;
}

export interface PrefixListId {
  readonly Description?: string;
  readonly PrefixListId?: string;
}

export type PrefixListState =
  | "create-in-progress"
  | "create-complete"
  | "create-failed"
  | "modify-in-progress"
  | "modify-complete"
  | "modify-failed"
  | "restore-in-progress"
  | "restore-complete"
  | "restore-failed"
  | "delete-in-progress"
  | "delete-complete"
  | "delete-failed";

export interface PrivateDnsNameOptionsOnLaunch {
  readonly HostnameType?: HostnameType | undefined;
  readonly EnableResourceNameDnsARecord?: boolean | undefined;
  readonly EnableResourceNameDnsAAAARecord?: boolean | undefined;
}

export interface PropagatingVgw {
  readonly GatewayId?: string | undefined;
}

export interface PublicIpDnsNameOptions {
  readonly DnsHostnameType?: string | undefined;
  readonly PublicIpv4DnsName?: string | undefined;
  readonly PublicIpv6DnsName?: string | undefined;
  readonly PublicDualStackDnsName?: string | undefined;
}

export interface ReferencedSecurityGroup {
  readonly GroupId?: string | undefined;
  readonly PeeringStatus?: string | undefined;
  readonly UserId?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly VpcPeeringConnectionId?: string | undefined;
}

export interface Region {
  readonly OptInStatus?: string | undefined;
  readonly Geography?: readonly RegionGeography[] | undefined;
  readonly RegionName?: string | undefined;
  readonly Endpoint?: string | undefined;
}

export interface RegionGeography {
  readonly Name?: string | undefined;
}

export type ResourceType =
  | "capacity-reservation"
  | "client-vpn-endpoint"
  | "customer-gateway"
  | "carrier-gateway"
  | "coip-pool"
  | "declarative-policies-report"
  | "dedicated-host"
  | "dhcp-options"
  | "egress-only-internet-gateway"
  | "elastic-ip"
  | "elastic-gpu"
  | "export-image-task"
  | "export-instance-task"
  | "fleet"
  | "fpga-image"
  | "host-reservation"
  | "image"
  | "image-usage-report"
  | "import-image-task"
  | "import-snapshot-task"
  | "instance"
  | "instance-event-window"
  | "internet-gateway"
  | "ipam"
  | "ipam-pool"
  | "ipam-scope"
  | "ipv4pool-ec2"
  | "ipv6pool-ec2"
  | "key-pair"
  | "launch-template"
  | "local-gateway"
  | "local-gateway-route-table"
  | "local-gateway-virtual-interface"
  | "local-gateway-virtual-interface-group"
  | "local-gateway-route-table-vpc-association"
  | "local-gateway-route-table-virtual-interface-group-association"
  | "natgateway"
  | "network-acl"
  | "network-interface"
  | "network-insights-analysis"
  | "network-insights-path"
  | "network-insights-access-scope"
  | "network-insights-access-scope-analysis"
  | "outpost-lag"
  | "placement-group"
  | "prefix-list"
  | "replace-root-volume-task"
  | "reserved-instances"
  | "route-table"
  | "security-group"
  | "security-group-rule"
  | "service-link-virtual-interface"
  | "snapshot"
  | "spot-fleet-request"
  | "spot-instances-request"
  | "subnet"
  | "subnet-cidr-reservation"
  | "traffic-mirror-filter"
  | "traffic-mirror-session"
  | "traffic-mirror-target"
  | "transit-gateway"
  | "transit-gateway-attachment"
  | "transit-gateway-connect-peer"
  | "transit-gateway-multicast-domain"
  | "transit-gateway-policy-table"
  | "transit-gateway-metering-policy"
  | "transit-gateway-route-table"
  | "transit-gateway-route-table-announcement"
  | "volume"
  | "vpc"
  | "vpc-endpoint"
  | "vpc-endpoint-connection"
  | "vpc-endpoint-service"
  | "vpc-endpoint-service-permission"
  | "vpc-peering-connection"
  | "vpn-connection"
  | "vpn-gateway"
  | "vpc-flow-log"
  | "capacity-reservation-fleet"
  | "traffic-mirror-filter-rule"
  | "vpc-endpoint-connection-device-type"
  | "verified-access-instance"
  | "verified-access-group"
  | "verified-access-endpoint"
  | "verified-access-policy"
  | "verified-access-trust-provider"
  | "vpn-connection-device-type"
  | "vpc-block-public-access-exclusion"
  | "vpc-encryption-control"
  | "route-server"
  | "route-server-endpoint"
  | "route-server-peer"
  | "ipam-resource-discovery"
  | "ipam-resource-discovery-association"
  | "instance-connect-endpoint"
  | "verified-access-endpoint-target"
  | "ipam-external-resource-verification-token"
  | "capacity-block"
  | "mac-modification-task"
  | "ipam-prefix-list-resolver"
  | "ipam-policy"
  | "ipam-prefix-list-resolver-target"
  | "secondary-interface"
  | "secondary-network"
  | "secondary-subnet"
  | "capacity-manager-data-export"
  | "vpn-concentrator"
  | "ipam-pool-allocation";

export interface RevokeSecurityGroupEgressRequest {
  readonly SecurityGroupRuleIds?: readonly string[];
  readonly DryRun?: boolean;
  readonly GroupId: string;
  readonly SourceSecurityGroupName?: string;
  readonly SourceSecurityGroupOwnerId?: string;
  readonly IpProtocol?: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly CidrIp?: string;
  readonly IpPermissions?: readonly IpPermission[];
}

export interface RevokeSecurityGroupEgressResult {
  readonly Return?: boolean | undefined;
  readonly UnknownIpPermissions?: readonly IpPermission[] | undefined;
  readonly RevokedSecurityGroupRules?: readonly RevokedSecurityGroupRule[] | undefined;
}

export interface RevokeSecurityGroupIngressRequest {
  readonly CidrIp?: string;
  readonly FromPort?: number;
  readonly GroupId?: string;
  readonly GroupName?: string;
  readonly IpPermissions?: readonly IpPermission[];
  readonly IpProtocol?: string;
  readonly SourceSecurityGroupName?: string;
  readonly SourceSecurityGroupOwnerId?: string;
  readonly ToPort?: number;
  readonly SecurityGroupRuleIds?: readonly string[];
  readonly DryRun?: boolean;
}

export interface RevokeSecurityGroupIngressResult {
  readonly Return?: boolean | undefined;
  readonly UnknownIpPermissions?: readonly IpPermission[] | undefined;
  readonly RevokedSecurityGroupRules?: readonly RevokedSecurityGroupRule[] | undefined;
}

export interface RevokedSecurityGroupRule {
  readonly SecurityGroupRuleId?: string | undefined;
  readonly GroupId?: string | undefined;
  readonly IsEgress?: boolean | undefined;
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly CidrIpv4?: string | undefined;
  readonly CidrIpv6?: string | undefined;
  readonly PrefixListId?: string | undefined;
  readonly ReferencedGroupId?: string | undefined;
  readonly Description?: string | undefined;
}

export interface Route {
  readonly DestinationCidrBlock?: string | undefined;
  readonly DestinationIpv6CidrBlock?: string | undefined;
  readonly DestinationPrefixListId?: string | undefined;
  readonly EgressOnlyInternetGatewayId?: string | undefined;
  readonly GatewayId?: string | undefined;
  readonly InstanceId?: string | undefined;
  readonly InstanceOwnerId?: string | undefined;
  readonly NatGatewayId?: string | undefined;
  readonly TransitGatewayId?: string | undefined;
  readonly LocalGatewayId?: string | undefined;
  readonly CarrierGatewayId?: string | undefined;
  readonly NetworkInterfaceId?: string | undefined;
  readonly Origin?: RouteOrigin | undefined;
  readonly State?: RouteState | undefined;
  readonly VpcPeeringConnectionId?: string | undefined;
  readonly CoreNetworkArn?: string | undefined;
  readonly OdbNetworkArn?: string | undefined;
  readonly IpAddress?: string | undefined;
}

export type RouteOrigin =
  | "CreateRouteTable"
  | "CreateRoute"
  | "EnableVgwRoutePropagation"
  | "Advertisement";

export type RouteState =
  | "active"
  | "blackhole"
  | "filtered";

export interface RouteTable {
  readonly Associations?: readonly RouteTableAssociation[] | undefined;
  readonly PropagatingVgws?: readonly PropagatingVgw[] | undefined;
  readonly RouteTableId?: string | undefined;
  readonly Routes?: readonly Route[] | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly VpcId?: string | undefined;
  readonly OwnerId?: string | undefined;
}

export interface RouteTableAssociation {
  readonly Main?: boolean | undefined;
  readonly RouteTableAssociationId?: string | undefined;
  readonly RouteTableId?: string | undefined;
  readonly SubnetId?: string | undefined;
  readonly GatewayId?: string | undefined;
  readonly PublicIpv4Pool?: string | undefined;
  readonly AssociationState?: RouteTableAssociationState | undefined;
}

export interface RouteTableAssociationState {
  readonly State?: RouteTableAssociationStateCode | undefined;
  readonly StatusMessage?: string | undefined;
}

export type RouteTableAssociationStateCode =
  | "associating"
  | "associated"
  | "disassociating"
  | "disassociated"
  | "failed";

export type RuleAction =
  | "allow"
  | "deny";

export interface SecurityGroup {
  readonly GroupId?: string | undefined;
  readonly IpPermissionsEgress?: readonly IpPermission[] | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly VpcId?: string | undefined;
  readonly SecurityGroupArn?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly Description?: string | undefined;
  readonly IpPermissions?: readonly IpPermission[] | undefined;
}

export interface SecurityGroupRule {
  readonly SecurityGroupRuleId?: string | undefined;
  readonly GroupId?: string | undefined;
  readonly GroupOwnerId?: string | undefined;
  readonly IsEgress?: boolean | undefined;
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly CidrIpv4?: string | undefined;
  readonly CidrIpv6?: string | undefined;
  readonly PrefixListId?: string | undefined;
  readonly ReferencedGroupInfo?: ReferencedSecurityGroup | undefined;
  readonly Description?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly SecurityGroupRuleArn?: string | undefined;
}

export interface SecurityGroupRuleDescription {
  readonly SecurityGroupRuleId?: string;
  readonly Description?: string;
}

export interface SecurityGroupRuleRequest {
  readonly IpProtocol?: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly CidrIpv4?: string;
  readonly CidrIpv6?: string;
  readonly PrefixListId?: string;
  readonly ReferencedGroupId?: string;
  readonly Description?: string;
}

export interface SecurityGroupRuleUpdate {
  readonly SecurityGroupRuleId: string;
  readonly SecurityGroupRule?: SecurityGroupRuleRequest;
}

export interface Subnet {
  readonly AvailabilityZoneId?: string | undefined;
  readonly EnableLniAtDeviceIndex?: number | undefined;
  readonly MapCustomerOwnedIpOnLaunch?: boolean | undefined;
  readonly CustomerOwnedIpv4Pool?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly AssignIpv6AddressOnCreation?: boolean | undefined;
  readonly Ipv6CidrBlockAssociationSet?: readonly SubnetIpv6CidrBlockAssociation[] | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly SubnetArn?: string | undefined;
  readonly OutpostArn?: string | undefined;
  readonly EnableDns64?: boolean | undefined;
  readonly Ipv6Native?: boolean | undefined;
  readonly PrivateDnsNameOptionsOnLaunch?: PrivateDnsNameOptionsOnLaunch | undefined;
  readonly BlockPublicAccessStates?: BlockPublicAccessStates | undefined;
  readonly Type?: string | undefined;
  readonly SubnetId?: string | undefined;
  readonly State?: SubnetState | undefined;
  readonly VpcId?: string | undefined;
  readonly CidrBlock?: string | undefined;
  readonly AvailableIpAddressCount?: number | undefined;
  readonly AvailabilityZone?: string | undefined;
  readonly DefaultForAz?: boolean | undefined;
  readonly MapPublicIpOnLaunch?: boolean | undefined;
}

export interface SubnetCidrBlockState {
  readonly State?: SubnetCidrBlockStateCode | undefined;
  readonly StatusMessage?: string | undefined;
}

export type SubnetCidrBlockStateCode =
  | "associating"
  | "associated"
  | "disassociating"
  | "disassociated"
  | "failing"
  | "failed";

export interface SubnetIpv6CidrBlockAssociation {
  readonly AssociationId?: string | undefined;
  readonly Ipv6CidrBlock?: string | undefined;
  readonly Ipv6CidrBlockState?: SubnetCidrBlockState | undefined;
  readonly Ipv6AddressAttribute?: Ipv6AddressAttribute | undefined;
  readonly IpSource?: IpSource | undefined;
}

export type SubnetState =
  | "pending"
  | "available"
  | "unavailable"
  | "failed"
  | "failed-insufficient-capacity";

export interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

export interface TagDescription {
  readonly Key?: string | undefined;
  readonly ResourceId?: string | undefined;
  readonly ResourceType?: ResourceType | undefined;
  readonly Value?: string | undefined;
}

export interface TagSpecification {
  readonly ResourceType?: ResourceType;
  readonly Tags?: readonly Tag[];
}

export type Tenancy =
  | "default"
  | "dedicated"
  | "host";

export interface UpdateSecurityGroupRuleDescriptionsEgressRequest {
  readonly DryRun?: boolean;
  readonly GroupId?: string;
  readonly GroupName?: string;
  readonly IpPermissions?: readonly IpPermission[];
  readonly SecurityGroupRuleDescriptions?: readonly SecurityGroupRuleDescription[];
}

export interface UpdateSecurityGroupRuleDescriptionsEgressResult {
  readonly Return?: boolean | undefined;
}

export interface UpdateSecurityGroupRuleDescriptionsIngressRequest {
  readonly DryRun?: boolean;
  readonly GroupId?: string;
  readonly GroupName?: string;
  readonly IpPermissions?: readonly IpPermission[];
  readonly SecurityGroupRuleDescriptions?: readonly SecurityGroupRuleDescription[];
}

export interface UpdateSecurityGroupRuleDescriptionsIngressResult {
  readonly Return?: boolean | undefined;
}

export interface UserIdGroupPair {
  readonly Description?: string;
  readonly UserId?: string;
  readonly GroupName?: string;
  readonly GroupId?: string;
  readonly VpcId?: string;
  readonly VpcPeeringConnectionId?: string;
  readonly PeeringStatus?: string;
}

export interface Vpc {
  readonly OwnerId?: string | undefined;
  readonly InstanceTenancy?: Tenancy | undefined;
  readonly Ipv6CidrBlockAssociationSet?: readonly VpcIpv6CidrBlockAssociation[] | undefined;
  readonly CidrBlockAssociationSet?: readonly VpcCidrBlockAssociation[] | undefined;
  readonly IsDefault?: boolean | undefined;
  readonly EncryptionControl?: VpcEncryptionControl | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly BlockPublicAccessStates?: BlockPublicAccessStates | undefined;
  readonly VpcId?: string | undefined;
  readonly State?: VpcState | undefined;
  readonly CidrBlock?: string | undefined;
  readonly DhcpOptionsId?: string | undefined;
}

export type VpcAttributeName =
  | "enableDnsSupport"
  | "enableDnsHostnames"
  | "enableNetworkAddressUsageMetrics";

export interface VpcCidrBlockAssociation {
  readonly AssociationId?: string | undefined;
  readonly CidrBlock?: string | undefined;
  readonly CidrBlockState?: VpcCidrBlockState | undefined;
}

export interface VpcCidrBlockState {
  readonly State?: VpcCidrBlockStateCode | undefined;
  readonly StatusMessage?: string | undefined;
}

export type VpcCidrBlockStateCode =
  | "associating"
  | "associated"
  | "disassociating"
  | "disassociated"
  | "failing"
  | "failed";

export interface VpcEncryptionControl {
  readonly VpcId?: string | undefined;
  readonly VpcEncryptionControlId?: string | undefined;
  readonly Mode?: VpcEncryptionControlMode | undefined;
  readonly State?: VpcEncryptionControlState | undefined;
  readonly StateMessage?: string | undefined;
  readonly ResourceExclusions?: VpcEncryptionControlExclusions | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

export interface VpcEncryptionControlConfiguration {
  readonly Mode: VpcEncryptionControlMode;
  readonly InternetGatewayExclusion?: VpcEncryptionControlExclusionStateInput;
  readonly EgressOnlyInternetGatewayExclusion?: VpcEncryptionControlExclusionStateInput;
  readonly NatGatewayExclusion?: VpcEncryptionControlExclusionStateInput;
  readonly VirtualPrivateGatewayExclusion?: VpcEncryptionControlExclusionStateInput;
  readonly VpcPeeringExclusion?: VpcEncryptionControlExclusionStateInput;
  readonly LambdaExclusion?: VpcEncryptionControlExclusionStateInput;
  readonly VpcLatticeExclusion?: VpcEncryptionControlExclusionStateInput;
  readonly ElasticFileSystemExclusion?: VpcEncryptionControlExclusionStateInput;
}

export interface VpcEncryptionControlExclusion {
  readonly State?: VpcEncryptionControlExclusionState | undefined;
  readonly StateMessage?: string | undefined;
}

export type VpcEncryptionControlExclusionState =
  | "enabling"
  | "enabled"
  | "disabling"
  | "disabled";

export type VpcEncryptionControlExclusionStateInput =
  | "enable"
  | "disable";

export interface VpcEncryptionControlExclusions {
  readonly InternetGateway?: VpcEncryptionControlExclusion | undefined;
  readonly EgressOnlyInternetGateway?: VpcEncryptionControlExclusion | undefined;
  readonly NatGateway?: VpcEncryptionControlExclusion | undefined;
  readonly VirtualPrivateGateway?: VpcEncryptionControlExclusion | undefined;
  readonly VpcPeering?: VpcEncryptionControlExclusion | undefined;
  readonly Lambda?: VpcEncryptionControlExclusion | undefined;
  readonly VpcLattice?: VpcEncryptionControlExclusion | undefined;
  readonly ElasticFileSystem?: VpcEncryptionControlExclusion | undefined;
}

export type VpcEncryptionControlMode =
  | "monitor"
  | "enforce";

export type VpcEncryptionControlState =
  | "enforce-in-progress"
  | "monitor-in-progress"
  | "enforce-failed"
  | "monitor-failed"
  | "deleting"
  | "deleted"
  | "available"
  | "creating"
  | "delete-failed";

export interface VpcIpv6CidrBlockAssociation {
  readonly AssociationId?: string | undefined;
  readonly Ipv6CidrBlock?: string | undefined;
  readonly Ipv6CidrBlockState?: VpcCidrBlockState | undefined;
  readonly NetworkBorderGroup?: string | undefined;
  readonly Ipv6Pool?: string | undefined;
  readonly Ipv6AddressAttribute?: Ipv6AddressAttribute | undefined;
  readonly IpSource?: IpSource | undefined;
}

export type VpcState =
  | "pending"
  | "available";

/** An operation that takes, or answers, no members. */
export type Nothing = Readonly<Record<string, never>>;

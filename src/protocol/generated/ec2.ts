// Generated from models/ec2.json by `npm run generate`; do not edit.
// A parsed request has no member that is present and undefined, so input shapes say `?: T`; shapes that
// only answers have say `?: T | undefined`, and the protocols leave such members out.

export interface Ec2Operations {
  AuthorizeSecurityGroupEgress: { input: AuthorizeSecurityGroupEgressRequest; output: AuthorizeSecurityGroupEgressResult };
  AuthorizeSecurityGroupIngress: { input: AuthorizeSecurityGroupIngressRequest; output: AuthorizeSecurityGroupIngressResult };
  CreateNetworkAcl: { input: CreateNetworkAclRequest; output: CreateNetworkAclResult };
  CreateNetworkAclEntry: { input: CreateNetworkAclEntryRequest; output: Nothing };
  CreateNetworkInterface: { input: CreateNetworkInterfaceRequest; output: CreateNetworkInterfaceResult };
  CreateSecurityGroup: { input: CreateSecurityGroupRequest; output: CreateSecurityGroupResult };
  CreateSubnet: { input: CreateSubnetRequest; output: CreateSubnetResult };
  CreateTags: { input: CreateTagsRequest; output: Nothing };
  CreateVpc: { input: CreateVpcRequest; output: CreateVpcResult };
  DeleteNetworkAcl: { input: DeleteNetworkAclRequest; output: Nothing };
  DeleteNetworkAclEntry: { input: DeleteNetworkAclEntryRequest; output: Nothing };
  DeleteNetworkInterface: { input: DeleteNetworkInterfaceRequest; output: Nothing };
  DeleteSecurityGroup: { input: DeleteSecurityGroupRequest; output: DeleteSecurityGroupResult };
  DeleteSubnet: { input: DeleteSubnetRequest; output: Nothing };
  DeleteTags: { input: DeleteTagsRequest; output: Nothing };
  DeleteVpc: { input: DeleteVpcRequest; output: Nothing };
  DescribeAccountAttributes: { input: DescribeAccountAttributesRequest; output: DescribeAccountAttributesResult };
  DescribeAvailabilityZones: { input: DescribeAvailabilityZonesRequest; output: DescribeAvailabilityZonesResult };
  DescribeImages: { input: DescribeImagesRequest; output: DescribeImagesResult };
  DescribeInstanceAttribute: { input: DescribeInstanceAttributeRequest; output: InstanceAttribute };
  DescribeInstanceCreditSpecifications: { input: DescribeInstanceCreditSpecificationsRequest; output: DescribeInstanceCreditSpecificationsResult };
  DescribeInstanceStatus: { input: DescribeInstanceStatusRequest; output: DescribeInstanceStatusResult };
  DescribeInstanceTypes: { input: DescribeInstanceTypesRequest; output: DescribeInstanceTypesResult };
  DescribeInstances: { input: DescribeInstancesRequest; output: DescribeInstancesResult };
  DescribeManagedPrefixLists: { input: DescribeManagedPrefixListsRequest; output: DescribeManagedPrefixListsResult };
  DescribeNetworkAcls: { input: DescribeNetworkAclsRequest; output: DescribeNetworkAclsResult };
  DescribeNetworkInterfaces: { input: DescribeNetworkInterfacesRequest; output: DescribeNetworkInterfacesResult };
  DescribeRegions: { input: DescribeRegionsRequest; output: DescribeRegionsResult };
  DescribeRouteTables: { input: DescribeRouteTablesRequest; output: DescribeRouteTablesResult };
  DescribeSecurityGroupRules: { input: DescribeSecurityGroupRulesRequest; output: DescribeSecurityGroupRulesResult };
  DescribeSecurityGroups: { input: DescribeSecurityGroupsRequest; output: DescribeSecurityGroupsResult };
  DescribeSubnets: { input: DescribeSubnetsRequest; output: DescribeSubnetsResult };
  DescribeTags: { input: DescribeTagsRequest; output: DescribeTagsResult };
  DescribeVolumes: { input: DescribeVolumesRequest; output: DescribeVolumesResult };
  DescribeVpcAttribute: { input: DescribeVpcAttributeRequest; output: DescribeVpcAttributeResult };
  DescribeVpcs: { input: DescribeVpcsRequest; output: DescribeVpcsResult };
  GetManagedPrefixListEntries: { input: GetManagedPrefixListEntriesRequest; output: GetManagedPrefixListEntriesResult };
  ModifyInstanceAttribute: { input: ModifyInstanceAttributeRequest; output: Nothing };
  ModifyNetworkInterfaceAttribute: { input: ModifyNetworkInterfaceAttributeRequest; output: Nothing };
  ModifySecurityGroupRules: { input: ModifySecurityGroupRulesRequest; output: ModifySecurityGroupRulesResult };
  ModifySubnetAttribute: { input: ModifySubnetAttributeRequest; output: Nothing };
  ModifyVpcAttribute: { input: ModifyVpcAttributeRequest; output: Nothing };
  ReplaceNetworkAclAssociation: { input: ReplaceNetworkAclAssociationRequest; output: ReplaceNetworkAclAssociationResult };
  ReplaceNetworkAclEntry: { input: ReplaceNetworkAclEntryRequest; output: Nothing };
  RevokeSecurityGroupEgress: { input: RevokeSecurityGroupEgressRequest; output: RevokeSecurityGroupEgressResult };
  RevokeSecurityGroupIngress: { input: RevokeSecurityGroupIngressRequest; output: RevokeSecurityGroupIngressResult };
  RunInstances: { input: RunInstancesRequest; output: Reservation };
  TerminateInstances: { input: TerminateInstancesRequest; output: TerminateInstancesResult };
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

export type AmdSevSnpSpecification =
  | "enabled"
  | "disabled";

export type ArchitectureType =
  | "i386"
  | "x86_64"
  | "arm64"
  | "x86_64_mac"
  | "arm64_mac";

export type ArchitectureValues =
  | "i386"
  | "x86_64"
  | "arm64"
  | "x86_64_mac"
  | "arm64_mac";

export interface AttachmentEnaSrdSpecification {
  readonly EnaSrdEnabled?: boolean | undefined;
  readonly EnaSrdUdpSpecification?: AttachmentEnaSrdUdpSpecification | undefined;
}

export interface AttachmentEnaSrdUdpSpecification {
  readonly EnaSrdUdpEnabled?: boolean | undefined;
}

export type AttachmentLimitType =
  | "shared"
  | "dedicated";

export type AttachmentStatus =
  | "attaching"
  | "attached"
  | "detaching"
  | "detached";

export interface AttributeBooleanValue {
  readonly Value?: boolean;
}

export interface AttributeValue {
  readonly Value?: string;
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

export type BandwidthWeightingType =
  | "default"
  | "vpc-1"
  | "ebs-1";

export interface BlobAttributeValue {
  readonly Value?: Uint8Array;
}

export interface BlockDeviceMapping {
  readonly Ebs?: EbsBlockDevice;
  readonly NoDevice?: string;
  readonly DeviceName?: string;
  readonly VirtualName?: string;
}

export type BlockPublicAccessMode =
  | "off"
  | "block-bidirectional"
  | "block-ingress";

export interface BlockPublicAccessStates {
  readonly InternetGatewayBlockMode?: BlockPublicAccessMode | undefined;
}

export type BootModeType =
  | "legacy-bios"
  | "uefi";

export type BootModeValues =
  | "legacy-bios"
  | "uefi"
  | "uefi-preferred";

export type CapacityReservationPreference =
  | "capacity-reservations-only"
  | "open"
  | "none";

export interface CapacityReservationSpecification {
  readonly CapacityReservationPreference?: CapacityReservationPreference;
  readonly CapacityReservationTarget?: CapacityReservationTarget;
}

export interface CapacityReservationSpecificationResponse {
  readonly CapacityReservationPreference?: CapacityReservationPreference | undefined;
  readonly CapacityReservationTarget?: CapacityReservationTargetResponse | undefined;
}

export interface CapacityReservationTarget {
  readonly CapacityReservationId?: string;
  readonly CapacityReservationResourceGroupArn?: string;
}

export interface CapacityReservationTargetResponse {
  readonly CapacityReservationId?: string | undefined;
  readonly CapacityReservationResourceGroupArn?: string | undefined;
}

export interface ConnectionTrackingConfiguration {
  readonly TcpEstablishedTimeout?: number | undefined;
  readonly UdpStreamTimeout?: number | undefined;
  readonly UdpTimeout?: number | undefined;
}

export interface ConnectionTrackingSpecificationRequest {
  readonly TcpEstablishedTimeout?: number;
  readonly UdpStreamTimeout?: number;
  readonly UdpTimeout?: number;
}

export interface ConnectionTrackingSpecificationResponse {
  readonly TcpEstablishedTimeout?: number | undefined;
  readonly UdpStreamTimeout?: number | undefined;
  readonly UdpTimeout?: number | undefined;
}

export interface CpuOptions {
  readonly CoreCount?: number | undefined;
  readonly ThreadsPerCore?: number | undefined;
  readonly AmdSevSnp?: AmdSevSnpSpecification | undefined;
  readonly NestedVirtualization?: NestedVirtualizationSpecification | undefined;
}

export interface CpuOptionsRequest {
  readonly CoreCount?: number;
  readonly ThreadsPerCore?: number;
  readonly AmdSevSnp?: AmdSevSnpSpecification;
  readonly NestedVirtualization?: NestedVirtualizationSpecification;
}

export interface CreateNetworkAclEntryRequest {
  readonly DryRun?: boolean;
  readonly NetworkAclId: string;
  readonly RuleNumber: number;
  readonly Protocol: string;
  readonly RuleAction: RuleAction;
  readonly Egress: boolean;
  readonly CidrBlock?: string;
  readonly Ipv6CidrBlock?: string;
  readonly IcmpTypeCode?: IcmpTypeCode;
  readonly PortRange?: PortRange;
}

export interface CreateNetworkAclRequest {
  readonly TagSpecifications?: readonly TagSpecification[];
  readonly ClientToken?: string;
  readonly DryRun?: boolean;
  readonly VpcId: string;
}

export interface CreateNetworkAclResult {
  readonly NetworkAcl?: NetworkAcl | undefined;
  readonly ClientToken?: string | undefined;
}

export interface CreateNetworkInterfaceRequest {
  readonly Ipv4Prefixes?: readonly Ipv4PrefixSpecificationRequest[];
  readonly Ipv4PrefixCount?: number;
  readonly Ipv6Prefixes?: readonly Ipv6PrefixSpecificationRequest[];
  readonly Ipv6PrefixCount?: number;
  readonly InterfaceType?: NetworkInterfaceCreationType;
  readonly TagSpecifications?: readonly TagSpecification[];
  readonly ClientToken?: string;
  readonly EnablePrimaryIpv6?: boolean;
  readonly ConnectionTrackingSpecification?: ConnectionTrackingSpecificationRequest;
  readonly Operator?: OperatorRequest;
  readonly SubnetId: string;
  readonly Description?: string;
  readonly PrivateIpAddress?: string;
  readonly Groups?: readonly string[];
  readonly PrivateIpAddresses?: readonly PrivateIpAddressSpecification[];
  readonly SecondaryPrivateIpAddressCount?: number;
  readonly Ipv6Addresses?: readonly InstanceIpv6Address[];
  readonly Ipv6AddressCount?: number;
  readonly DryRun?: boolean;
}

export interface CreateNetworkInterfaceResult {
  readonly NetworkInterface?: NetworkInterface | undefined;
  readonly ClientToken?: string | undefined;
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

export interface CreditSpecificationRequest {
  readonly CpuCredits: string;
}

export interface DefaultConnectionTrackingConfiguration {
  readonly DefaultTcpEstablishedTimeout?: number | undefined;
  readonly DefaultUdpTimeout?: number | undefined;
  readonly DefaultUdpStreamTimeout?: number | undefined;
}

export interface DeleteNetworkAclEntryRequest {
  readonly DryRun?: boolean;
  readonly NetworkAclId: string;
  readonly RuleNumber: number;
  readonly Egress: boolean;
}

export interface DeleteNetworkAclRequest {
  readonly DryRun?: boolean;
  readonly NetworkAclId: string;
}

export interface DeleteNetworkInterfaceRequest {
  readonly DryRun?: boolean;
  readonly NetworkInterfaceId: string;
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

export interface DescribeImagesRequest {
  readonly ExecutableUsers?: readonly string[];
  readonly ImageIds?: readonly string[];
  readonly Owners?: readonly string[];
  readonly IncludeDeprecated?: boolean;
  readonly IncludeDisabled?: boolean;
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly DryRun?: boolean;
  readonly Filters?: readonly Filter[];
}

export interface DescribeImagesResult {
  readonly NextToken?: string | undefined;
  readonly Images?: readonly Image[] | undefined;
}

export interface DescribeInstanceAttributeRequest {
  readonly DryRun?: boolean;
  readonly InstanceId: string;
  readonly Attribute: InstanceAttributeName;
}

export interface DescribeInstanceCreditSpecificationsRequest {
  readonly DryRun?: boolean;
  readonly Filters?: readonly Filter[];
  readonly InstanceIds?: readonly string[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface DescribeInstanceCreditSpecificationsResult {
  readonly InstanceCreditSpecifications?: readonly InstanceCreditSpecification[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeInstanceStatusRequest {
  readonly InstanceIds?: readonly string[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly IncludeManagedResources?: boolean;
  readonly DryRun?: boolean;
  readonly Filters?: readonly Filter[];
  readonly IncludeAllInstances?: boolean;
}

export interface DescribeInstanceStatusResult {
  readonly InstanceStatuses?: readonly InstanceStatus[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeInstanceTypesRequest {
  readonly DryRun?: boolean;
  readonly InstanceTypes?: readonly InstanceType[];
  readonly Filters?: readonly Filter[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly IncludeUnsupportedInRegion?: boolean;
}

export interface DescribeInstanceTypesResult {
  readonly InstanceTypes?: readonly InstanceTypeInfo[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeInstancesRequest {
  readonly InstanceIds?: readonly string[];
  readonly IncludeManagedResources?: boolean;
  readonly DryRun?: boolean;
  readonly Filters?: readonly Filter[];
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

export interface DescribeInstancesResult {
  readonly NextToken?: string | undefined;
  readonly Reservations?: readonly Reservation[] | undefined;
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

export interface DescribeVolumesRequest {
  readonly VolumeIds?: readonly string[];
  readonly IncludeManagedResources?: boolean;
  readonly DryRun?: boolean;
  readonly Filters?: readonly Filter[];
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

export interface DescribeVolumesResult {
  readonly NextToken?: string | undefined;
  readonly Volumes?: readonly Volume[] | undefined;
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

export type DeviceType =
  | "ebs"
  | "instance-store";

export interface DiskInfo {
  readonly SizeInGB?: number | undefined;
  readonly Count?: number | undefined;
  readonly Type?: DiskType | undefined;
}

export type DiskType =
  | "hdd"
  | "ssd";

export interface EbsBlockDevice {
  readonly DeleteOnTermination?: boolean;
  readonly Iops?: number;
  readonly SnapshotId?: string;
  readonly VolumeSize?: number;
  readonly VolumeType?: VolumeType;
  readonly KmsKeyId?: string;
  readonly Throughput?: number;
  readonly OutpostArn?: string;
  readonly AvailabilityZone?: string;
  readonly Encrypted?: boolean;
  readonly VolumeInitializationRate?: number;
  readonly AvailabilityZoneId?: string;
  readonly EbsCardIndex?: number;
}

export interface EbsCardInfo {
  readonly EbsCardIndex?: number | undefined;
  readonly BaselineBandwidthInMbps?: number | undefined;
  readonly BaselineThroughputInMBps?: number | undefined;
  readonly BaselineIops?: number | undefined;
  readonly MaximumBandwidthInMbps?: number | undefined;
  readonly MaximumThroughputInMBps?: number | undefined;
  readonly MaximumIops?: number | undefined;
}

export type EbsEncryptionSupport =
  | "unsupported"
  | "supported";

export interface EbsInfo {
  readonly EbsOptimizedSupport?: EbsOptimizedSupport | undefined;
  readonly EncryptionSupport?: EbsEncryptionSupport | undefined;
  readonly EbsOptimizedInfo?: EbsOptimizedInfo | undefined;
  readonly NvmeSupport?: EbsNvmeSupport | undefined;
  readonly MaximumEbsAttachments?: number | undefined;
  readonly AttachmentLimitType?: AttachmentLimitType | undefined;
  readonly MaximumEbsCards?: number | undefined;
  readonly EbsCards?: readonly EbsCardInfo[] | undefined;
}

export interface EbsInstanceBlockDevice {
  readonly AttachTime?: Date | undefined;
  readonly DeleteOnTermination?: boolean | undefined;
  readonly Status?: AttachmentStatus | undefined;
  readonly VolumeId?: string | undefined;
  readonly AssociatedResource?: string | undefined;
  readonly VolumeOwnerId?: string | undefined;
  readonly Operator?: OperatorResponse | undefined;
  readonly EbsCardIndex?: number | undefined;
}

export interface EbsInstanceBlockDeviceSpecification {
  readonly VolumeId?: string;
  readonly DeleteOnTermination?: boolean;
}

export type EbsNvmeSupport =
  | "unsupported"
  | "supported"
  | "required";

export interface EbsOptimizedInfo {
  readonly BaselineBandwidthInMbps?: number | undefined;
  readonly BaselineThroughputInMBps?: number | undefined;
  readonly BaselineIops?: number | undefined;
  readonly MaximumBandwidthInMbps?: number | undefined;
  readonly MaximumThroughputInMBps?: number | undefined;
  readonly MaximumIops?: number | undefined;
}

export type EbsOptimizedSupport =
  | "unsupported"
  | "supported"
  | "default";

export interface EbsStatusDetails {
  readonly ImpairedSince?: Date | undefined;
  readonly Name?: StatusName | undefined;
  readonly Status?: StatusType | undefined;
}

export interface EbsStatusSummary {
  readonly Details?: readonly EbsStatusDetails[] | undefined;
  readonly Status?: SummaryStatus | undefined;
}

export interface EfaInfo {
  readonly MaximumEfaInterfaces?: number | undefined;
}

export interface ElasticGpuAssociation {
  readonly ElasticGpuId?: string | undefined;
  readonly ElasticGpuAssociationId?: string | undefined;
  readonly ElasticGpuAssociationState?: string | undefined;
  readonly ElasticGpuAssociationTime?: string | undefined;
}

export interface ElasticGpuSpecification {
  readonly Type: string;
}

export interface ElasticInferenceAccelerator {
  readonly Type: string;
  readonly Count?: number;
}

export interface ElasticInferenceAcceleratorAssociation {
  readonly ElasticInferenceAcceleratorArn?: string | undefined;
  readonly ElasticInferenceAcceleratorAssociationId?: string | undefined;
  readonly ElasticInferenceAcceleratorAssociationState?: string | undefined;
  readonly ElasticInferenceAcceleratorAssociationTime?: Date | undefined;
}

export interface EnaSrdSpecification {
  readonly EnaSrdEnabled?: boolean;
  readonly EnaSrdUdpSpecification?: EnaSrdUdpSpecification;
}

export interface EnaSrdSpecificationRequest {
  readonly EnaSrdEnabled?: boolean;
  readonly EnaSrdUdpSpecification?: EnaSrdUdpSpecificationRequest;
}

export interface EnaSrdUdpSpecification {
  readonly EnaSrdUdpEnabled?: boolean;
}

export interface EnaSrdUdpSpecificationRequest {
  readonly EnaSrdUdpEnabled?: boolean;
}

export type EnaSupport =
  | "unsupported"
  | "supported"
  | "required";

export interface EnclaveOptions {
  readonly Enabled?: boolean | undefined;
}

export interface EnclaveOptionsRequest {
  readonly Enabled?: boolean;
}

export type EphemeralNvmeSupport =
  | "unsupported"
  | "supported"
  | "required";

export type EventCode =
  | "instance-reboot"
  | "system-reboot"
  | "system-maintenance"
  | "instance-retirement"
  | "instance-stop";

export interface Filter {
  readonly Name?: string;
  readonly Values?: readonly string[];
}

export type FlexibleEnaQueuesSupport =
  | "unsupported"
  | "supported";

export interface FpgaDeviceInfo {
  readonly Name?: string | undefined;
  readonly Manufacturer?: string | undefined;
  readonly Count?: number | undefined;
  readonly MemoryInfo?: FpgaDeviceMemoryInfo | undefined;
}

export interface FpgaDeviceMemoryInfo {
  readonly SizeInMiB?: number | undefined;
}

export interface FpgaInfo {
  readonly Fpgas?: readonly FpgaDeviceInfo[] | undefined;
  readonly TotalFpgaMemoryInMiB?: number | undefined;
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

export interface GpuDeviceInfo {
  readonly Name?: string | undefined;
  readonly Manufacturer?: string | undefined;
  readonly Count?: number | undefined;
  readonly LogicalGpuCount?: number | undefined;
  readonly GpuPartitionSize?: number | undefined;
  readonly Workloads?: readonly string[] | undefined;
  readonly MemoryInfo?: GpuDeviceMemoryInfo | undefined;
}

export interface GpuDeviceMemoryInfo {
  readonly SizeInMiB?: number | undefined;
}

export interface GpuInfo {
  readonly Gpus?: readonly GpuDeviceInfo[] | undefined;
  readonly TotalGpuMemoryInMiB?: number | undefined;
}

export interface GroupIdentifier {
  readonly GroupId?: string | undefined;
  readonly GroupName?: string | undefined;
}

export interface HibernationOptions {
  readonly Configured?: boolean | undefined;
}

export interface HibernationOptionsRequest {
  readonly Configured?: boolean;
}

export type HostnameType =
  | "ip-name"
  | "resource-name";

export type HttpTokensState =
  | "optional"
  | "required";

export type HypervisorType =
  | "ovm"
  | "xen";

export interface IamInstanceProfile {
  readonly Arn?: string | undefined;
  readonly Id?: string | undefined;
}

export interface IamInstanceProfileSpecification {
  readonly Arn?: string;
  readonly Name?: string;
}

export interface IcmpTypeCode {
  readonly Code?: number;
  readonly Type?: number;
}

export interface Image {
  readonly PlatformDetails?: string | undefined;
  readonly UsageOperation?: string | undefined;
  readonly BlockDeviceMappings?: readonly BlockDeviceMapping[] | undefined;
  readonly Description?: string | undefined;
  readonly EnaSupport?: boolean | undefined;
  readonly Hypervisor?: HypervisorType | undefined;
  readonly ImageOwnerAlias?: string | undefined;
  readonly Name?: string | undefined;
  readonly RootDeviceName?: string | undefined;
  readonly RootDeviceType?: DeviceType | undefined;
  readonly SriovNetSupport?: string | undefined;
  readonly StateReason?: StateReason | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly VirtualizationType?: VirtualizationType | undefined;
  readonly BootMode?: BootModeValues | undefined;
  readonly TpmSupport?: TpmSupportValues | undefined;
  readonly DeprecationTime?: string | undefined;
  readonly ImdsSupport?: ImdsSupportValues | undefined;
  readonly SourceInstanceId?: string | undefined;
  readonly DeregistrationProtection?: string | undefined;
  readonly LastLaunchedTime?: string | undefined;
  readonly ImageAllowed?: boolean | undefined;
  readonly SourceImageId?: string | undefined;
  readonly SourceImageRegion?: string | undefined;
  readonly FreeTierEligible?: boolean | undefined;
  readonly ImageId?: string | undefined;
  readonly ImageLocation?: string | undefined;
  readonly State?: ImageState | undefined;
  readonly OwnerId?: string | undefined;
  readonly CreationDate?: string | undefined;
  readonly Public?: boolean | undefined;
  readonly ProductCodes?: readonly ProductCode[] | undefined;
  readonly Architecture?: ArchitectureValues | undefined;
  readonly ImageType?: ImageTypeValues | undefined;
  readonly KernelId?: string | undefined;
  readonly RamdiskId?: string | undefined;
  readonly Platform?: PlatformValues | undefined;
}

export type ImageState =
  | "pending"
  | "available"
  | "invalid"
  | "deregistered"
  | "transient"
  | "failed"
  | "error"
  | "disabled";

export type ImageTypeValues =
  | "machine"
  | "kernel"
  | "ramdisk";

export type ImdsSupportValues =
  | "v2.0";

export interface InferenceAcceleratorInfo {
  readonly Accelerators?: readonly InferenceDeviceInfo[] | undefined;
  readonly TotalInferenceMemoryInMiB?: number | undefined;
}

export interface InferenceDeviceInfo {
  readonly Count?: number | undefined;
  readonly Name?: string | undefined;
  readonly Manufacturer?: string | undefined;
  readonly MemoryInfo?: InferenceDeviceMemoryInfo | undefined;
}

export interface InferenceDeviceMemoryInfo {
  readonly SizeInMiB?: number | undefined;
}

export interface Instance {
  readonly Architecture?: ArchitectureValues | undefined;
  readonly BlockDeviceMappings?: readonly InstanceBlockDeviceMapping[] | undefined;
  readonly ClientToken?: string | undefined;
  readonly EbsOptimized?: boolean | undefined;
  readonly EnaSupport?: boolean | undefined;
  readonly Hypervisor?: HypervisorType | undefined;
  readonly IamInstanceProfile?: IamInstanceProfile | undefined;
  readonly InstanceLifecycle?: InstanceLifecycleType | undefined;
  readonly ElasticGpuAssociations?: readonly ElasticGpuAssociation[] | undefined;
  readonly ElasticInferenceAcceleratorAssociations?: readonly ElasticInferenceAcceleratorAssociation[] | undefined;
  readonly NetworkInterfaces?: readonly InstanceNetworkInterface[] | undefined;
  readonly OutpostArn?: string | undefined;
  readonly RootDeviceName?: string | undefined;
  readonly RootDeviceType?: DeviceType | undefined;
  readonly SecurityGroups?: readonly GroupIdentifier[] | undefined;
  readonly SourceDestCheck?: boolean | undefined;
  readonly SpotInstanceRequestId?: string | undefined;
  readonly SriovNetSupport?: string | undefined;
  readonly StateReason?: StateReason | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly VirtualizationType?: VirtualizationType | undefined;
  readonly CpuOptions?: CpuOptions | undefined;
  readonly CapacityBlockId?: string | undefined;
  readonly CapacityReservationId?: string | undefined;
  readonly CapacityReservationSpecification?: CapacityReservationSpecificationResponse | undefined;
  readonly HibernationOptions?: HibernationOptions | undefined;
  readonly Licenses?: readonly LicenseConfiguration[] | undefined;
  readonly MetadataOptions?: InstanceMetadataOptionsResponse | undefined;
  readonly EnclaveOptions?: EnclaveOptions | undefined;
  readonly BootMode?: BootModeValues | undefined;
  readonly PlatformDetails?: string | undefined;
  readonly UsageOperation?: string | undefined;
  readonly UsageOperationUpdateTime?: Date | undefined;
  readonly PrivateDnsNameOptions?: PrivateDnsNameOptionsResponse | undefined;
  readonly Ipv6Address?: string | undefined;
  readonly TpmSupport?: string | undefined;
  readonly MaintenanceOptions?: InstanceMaintenanceOptions | undefined;
  readonly CurrentInstanceBootMode?: InstanceBootModeValues | undefined;
  readonly NetworkPerformanceOptions?: InstanceNetworkPerformanceOptions | undefined;
  readonly Operator?: OperatorResponse | undefined;
  readonly SecondaryInterfaces?: readonly InstanceSecondaryInterface[] | undefined;
  readonly InstanceId?: string | undefined;
  readonly ImageId?: string | undefined;
  readonly State?: InstanceState | undefined;
  readonly PrivateDnsName?: string | undefined;
  readonly PublicDnsName?: string | undefined;
  readonly StateTransitionReason?: string | undefined;
  readonly KeyName?: string | undefined;
  readonly AmiLaunchIndex?: number | undefined;
  readonly ProductCodes?: readonly ProductCode[] | undefined;
  readonly InstanceType?: InstanceType | undefined;
  readonly LaunchTime?: Date | undefined;
  readonly Placement?: Placement | undefined;
  readonly KernelId?: string | undefined;
  readonly RamdiskId?: string | undefined;
  readonly Platform?: PlatformValues | undefined;
  readonly Monitoring?: Monitoring | undefined;
  readonly SubnetId?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly PrivateIpAddress?: string | undefined;
  readonly PublicIpAddress?: string | undefined;
}

export interface InstanceAttachmentEnaSrdSpecification {
  readonly EnaSrdEnabled?: boolean | undefined;
  readonly EnaSrdUdpSpecification?: InstanceAttachmentEnaSrdUdpSpecification | undefined;
}

export interface InstanceAttachmentEnaSrdUdpSpecification {
  readonly EnaSrdUdpEnabled?: boolean | undefined;
}

export interface InstanceAttribute {
  readonly BlockDeviceMappings?: readonly InstanceBlockDeviceMapping[] | undefined;
  readonly DisableApiTermination?: AttributeBooleanValue | undefined;
  readonly EnaSupport?: AttributeBooleanValue | undefined;
  readonly EnclaveOptions?: EnclaveOptions | undefined;
  readonly EbsOptimized?: AttributeBooleanValue | undefined;
  readonly InstanceId?: string | undefined;
  readonly InstanceInitiatedShutdownBehavior?: AttributeValue | undefined;
  readonly InstanceType?: AttributeValue | undefined;
  readonly KernelId?: AttributeValue | undefined;
  readonly ProductCodes?: readonly ProductCode[] | undefined;
  readonly RamdiskId?: AttributeValue | undefined;
  readonly RootDeviceName?: AttributeValue | undefined;
  readonly SourceDestCheck?: AttributeBooleanValue | undefined;
  readonly SriovNetSupport?: AttributeValue | undefined;
  readonly UserData?: AttributeValue | undefined;
  readonly DisableApiStop?: AttributeBooleanValue | undefined;
  readonly Groups?: readonly GroupIdentifier[] | undefined;
}

export type InstanceAttributeName =
  | "instanceType"
  | "kernel"
  | "ramdisk"
  | "userData"
  | "disableApiTermination"
  | "instanceInitiatedShutdownBehavior"
  | "rootDeviceName"
  | "blockDeviceMapping"
  | "productCodes"
  | "sourceDestCheck"
  | "groupSet"
  | "ebsOptimized"
  | "sriovNetSupport"
  | "enaSupport"
  | "enclaveOptions"
  | "disableApiStop";

export type InstanceAutoRecoveryState =
  | "disabled"
  | "default";

export type InstanceBandwidthWeighting =
  | "default"
  | "vpc-1"
  | "ebs-1";

export interface InstanceBlockDeviceMapping {
  readonly DeviceName?: string | undefined;
  readonly Ebs?: EbsInstanceBlockDevice | undefined;
}

export interface InstanceBlockDeviceMappingSpecification {
  readonly DeviceName?: string;
  readonly Ebs?: EbsInstanceBlockDeviceSpecification;
  readonly VirtualName?: string;
  readonly NoDevice?: string;
}

export type InstanceBootModeValues =
  | "legacy-bios"
  | "uefi";

export interface InstanceCreditSpecification {
  readonly InstanceId?: string | undefined;
  readonly CpuCredits?: string | undefined;
}

export type InstanceInterruptionBehavior =
  | "hibernate"
  | "stop"
  | "terminate";

export interface InstanceIpv4Prefix {
  readonly Ipv4Prefix?: string | undefined;
}

export interface InstanceIpv6Address {
  readonly Ipv6Address?: string;
  readonly IsPrimaryIpv6?: boolean;
}

export interface InstanceIpv6Prefix {
  readonly Ipv6Prefix?: string | undefined;
}

export type InstanceLifecycleType =
  | "spot"
  | "scheduled"
  | "capacity-block"
  | "interruptible-capacity-reservation";

export interface InstanceMaintenanceOptions {
  readonly AutoRecovery?: InstanceAutoRecoveryState | undefined;
  readonly RebootMigration?: InstanceRebootMigrationState | undefined;
}

export interface InstanceMaintenanceOptionsRequest {
  readonly AutoRecovery?: InstanceAutoRecoveryState;
}

export interface InstanceMarketOptionsRequest {
  readonly MarketType?: MarketType;
  readonly SpotOptions?: SpotMarketOptions;
}

export type InstanceMetadataEndpointState =
  | "disabled"
  | "enabled";

export interface InstanceMetadataOptionsRequest {
  readonly HttpTokens?: HttpTokensState;
  readonly HttpPutResponseHopLimit?: number;
  readonly HttpEndpoint?: InstanceMetadataEndpointState;
  readonly HttpProtocolIpv6?: InstanceMetadataProtocolState;
  readonly InstanceMetadataTags?: InstanceMetadataTagsState;
}

export interface InstanceMetadataOptionsResponse {
  readonly State?: InstanceMetadataOptionsState | undefined;
  readonly HttpTokens?: HttpTokensState | undefined;
  readonly HttpPutResponseHopLimit?: number | undefined;
  readonly HttpEndpoint?: InstanceMetadataEndpointState | undefined;
  readonly HttpProtocolIpv6?: InstanceMetadataProtocolState | undefined;
  readonly InstanceMetadataTags?: InstanceMetadataTagsState | undefined;
}

export type InstanceMetadataOptionsState =
  | "pending"
  | "applied";

export type InstanceMetadataProtocolState =
  | "disabled"
  | "enabled";

export type InstanceMetadataTagsState =
  | "disabled"
  | "enabled";

export interface InstanceNetworkInterface {
  readonly Association?: InstanceNetworkInterfaceAssociation | undefined;
  readonly Attachment?: InstanceNetworkInterfaceAttachment | undefined;
  readonly Description?: string | undefined;
  readonly Groups?: readonly GroupIdentifier[] | undefined;
  readonly Ipv6Addresses?: readonly InstanceIpv6Address[] | undefined;
  readonly MacAddress?: string | undefined;
  readonly NetworkInterfaceId?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly PrivateDnsName?: string | undefined;
  readonly PrivateIpAddress?: string | undefined;
  readonly PrivateIpAddresses?: readonly InstancePrivateIpAddress[] | undefined;
  readonly SourceDestCheck?: boolean | undefined;
  readonly Status?: NetworkInterfaceStatus | undefined;
  readonly SubnetId?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly InterfaceType?: string | undefined;
  readonly Ipv4Prefixes?: readonly InstanceIpv4Prefix[] | undefined;
  readonly Ipv6Prefixes?: readonly InstanceIpv6Prefix[] | undefined;
  readonly ConnectionTrackingConfiguration?: ConnectionTrackingSpecificationResponse | undefined;
  readonly Operator?: OperatorResponse | undefined;
}

export interface InstanceNetworkInterfaceAssociation {
  readonly CarrierIp?: string | undefined;
  readonly CustomerOwnedIp?: string | undefined;
  readonly IpOwnerId?: string | undefined;
  readonly PublicDnsName?: string | undefined;
  readonly PublicIp?: string | undefined;
}

export interface InstanceNetworkInterfaceAttachment {
  readonly AttachTime?: Date | undefined;
  readonly AttachmentId?: string | undefined;
  readonly DeleteOnTermination?: boolean | undefined;
  readonly DeviceIndex?: number | undefined;
  readonly Status?: AttachmentStatus | undefined;
  readonly NetworkCardIndex?: number | undefined;
  readonly EnaSrdSpecification?: InstanceAttachmentEnaSrdSpecification | undefined;
  readonly EnaQueueCount?: number | undefined;
}

export interface InstanceNetworkInterfaceSpecification {
  readonly AssociatePublicIpAddress?: boolean;
  readonly DeleteOnTermination?: boolean;
  readonly Description?: string;
  readonly DeviceIndex?: number;
  readonly Groups?: readonly string[];
  readonly Ipv6AddressCount?: number;
  readonly Ipv6Addresses?: readonly InstanceIpv6Address[];
  readonly NetworkInterfaceId?: string;
  readonly PrivateIpAddress?: string;
  readonly PrivateIpAddresses?: readonly PrivateIpAddressSpecification[];
  readonly SecondaryPrivateIpAddressCount?: number;
  readonly SubnetId?: string;
  readonly AssociateCarrierIpAddress?: boolean;
  readonly InterfaceType?: string;
  readonly NetworkCardIndex?: number;
  readonly Ipv4Prefixes?: readonly Ipv4PrefixSpecificationRequest[];
  readonly Ipv4PrefixCount?: number;
  readonly Ipv6Prefixes?: readonly Ipv6PrefixSpecificationRequest[];
  readonly Ipv6PrefixCount?: number;
  readonly PrimaryIpv6?: boolean;
  readonly EnaSrdSpecification?: EnaSrdSpecificationRequest;
  readonly ConnectionTrackingSpecification?: ConnectionTrackingSpecificationRequest;
  readonly EnaQueueCount?: number;
}

export interface InstanceNetworkPerformanceOptions {
  readonly BandwidthWeighting?: InstanceBandwidthWeighting | undefined;
}

export interface InstanceNetworkPerformanceOptionsRequest {
  readonly BandwidthWeighting?: InstanceBandwidthWeighting;
}

export interface InstancePrivateIpAddress {
  readonly Association?: InstanceNetworkInterfaceAssociation | undefined;
  readonly Primary?: boolean | undefined;
  readonly PrivateDnsName?: string | undefined;
  readonly PrivateIpAddress?: string | undefined;
}

export type InstanceRebootMigrationState =
  | "disabled"
  | "default";

export interface InstanceSecondaryInterface {
  readonly Attachment?: InstanceSecondaryInterfaceAttachment | undefined;
  readonly MacAddress?: string | undefined;
  readonly SecondaryInterfaceId?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly PrivateIpAddresses?: readonly InstanceSecondaryInterfacePrivateIpAddress[] | undefined;
  readonly SourceDestCheck?: boolean | undefined;
  readonly Status?: SecondaryInterfaceStatus | undefined;
  readonly SecondarySubnetId?: string | undefined;
  readonly SecondaryNetworkId?: string | undefined;
  readonly InterfaceType?: SecondaryInterfaceType | undefined;
}

export interface InstanceSecondaryInterfaceAttachment {
  readonly AttachTime?: Date | undefined;
  readonly AttachmentId?: string | undefined;
  readonly DeleteOnTermination?: boolean | undefined;
  readonly DeviceIndex?: number | undefined;
  readonly Status?: AttachmentStatus | undefined;
  readonly NetworkCardIndex?: number | undefined;
}

export interface InstanceSecondaryInterfacePrivateIpAddress {
  readonly PrivateIpAddress?: string | undefined;
}

export interface InstanceSecondaryInterfacePrivateIpAddressRequest {
  readonly PrivateIpAddress: string;
}

export interface InstanceSecondaryInterfaceSpecificationRequest {
  readonly DeleteOnTermination?: boolean;
  readonly DeviceIndex?: number;
  readonly PrivateIpAddresses?: readonly InstanceSecondaryInterfacePrivateIpAddressRequest[];
  readonly PrivateIpAddressCount?: number;
  readonly SecondarySubnetId?: string;
  readonly InterfaceType?: SecondaryInterfaceType;
  readonly NetworkCardIndex?: number;
}

export interface InstanceState {
  readonly Code?: number | undefined;
  readonly Name?: InstanceStateName | undefined;
}

export interface InstanceStateChange {
  readonly InstanceId?: string | undefined;
  readonly CurrentState?: InstanceState | undefined;
  readonly PreviousState?: InstanceState | undefined;
}

export type InstanceStateName =
  | "pending"
  | "running"
  | "shutting-down"
  | "terminated"
  | "stopping"
  | "stopped";

export interface InstanceStatus {
  readonly AvailabilityZone?: string | undefined;
  readonly AvailabilityZoneId?: string | undefined;
  readonly OutpostArn?: string | undefined;
  readonly Operator?: OperatorResponse | undefined;
  readonly Events?: readonly InstanceStatusEvent[] | undefined;
  readonly InstanceId?: string | undefined;
  readonly InstanceState?: InstanceState | undefined;
  readonly InstanceStatus?: InstanceStatusSummary | undefined;
  readonly SystemStatus?: InstanceStatusSummary | undefined;
  readonly AttachedEbsStatus?: EbsStatusSummary | undefined;
}

export interface InstanceStatusDetails {
  readonly ImpairedSince?: Date | undefined;
  readonly Name?: StatusName | undefined;
  readonly Status?: StatusType | undefined;
}

export interface InstanceStatusEvent {
  readonly InstanceEventId?: string | undefined;
  readonly Code?: EventCode | undefined;
  readonly Description?: string | undefined;
  readonly NotAfter?: Date | undefined;
  readonly NotBefore?: Date | undefined;
  readonly NotBeforeDeadline?: Date | undefined;
}

export interface InstanceStatusSummary {
  readonly Details?: readonly InstanceStatusDetails[] | undefined;
  readonly Status?: SummaryStatus | undefined;
}

export type InstanceStorageEncryptionSupport =
  | "unsupported"
  | "required";

export interface InstanceStorageInfo {
  readonly TotalSizeInGB?: number | undefined;
  readonly Disks?: readonly DiskInfo[] | undefined;
  readonly NvmeSupport?: EphemeralNvmeSupport | undefined;
  readonly EncryptionSupport?: InstanceStorageEncryptionSupport | undefined;
}

export type InstanceType =
  | "a1.medium"
  | "a1.large"
  | "a1.xlarge"
  | "a1.2xlarge"
  | "a1.4xlarge"
  | "a1.metal"
  | "c1.medium"
  | "c1.xlarge"
  | "c3.large"
  | "c3.xlarge"
  | "c3.2xlarge"
  | "c3.4xlarge"
  | "c3.8xlarge"
  | "c4.large"
  | "c4.xlarge"
  | "c4.2xlarge"
  | "c4.4xlarge"
  | "c4.8xlarge"
  | "c5.large"
  | "c5.xlarge"
  | "c5.2xlarge"
  | "c5.4xlarge"
  | "c5.9xlarge"
  | "c5.12xlarge"
  | "c5.18xlarge"
  | "c5.24xlarge"
  | "c5.metal"
  | "c5a.large"
  | "c5a.xlarge"
  | "c5a.2xlarge"
  | "c5a.4xlarge"
  | "c5a.8xlarge"
  | "c5a.12xlarge"
  | "c5a.16xlarge"
  | "c5a.24xlarge"
  | "c5ad.large"
  | "c5ad.xlarge"
  | "c5ad.2xlarge"
  | "c5ad.4xlarge"
  | "c5ad.8xlarge"
  | "c5ad.12xlarge"
  | "c5ad.16xlarge"
  | "c5ad.24xlarge"
  | "c5d.large"
  | "c5d.xlarge"
  | "c5d.2xlarge"
  | "c5d.4xlarge"
  | "c5d.9xlarge"
  | "c5d.12xlarge"
  | "c5d.18xlarge"
  | "c5d.24xlarge"
  | "c5d.metal"
  | "c5n.large"
  | "c5n.xlarge"
  | "c5n.2xlarge"
  | "c5n.4xlarge"
  | "c5n.9xlarge"
  | "c5n.18xlarge"
  | "c5n.metal"
  | "c6g.medium"
  | "c6g.large"
  | "c6g.xlarge"
  | "c6g.2xlarge"
  | "c6g.4xlarge"
  | "c6g.8xlarge"
  | "c6g.12xlarge"
  | "c6g.16xlarge"
  | "c6g.metal"
  | "c6gd.medium"
  | "c6gd.large"
  | "c6gd.xlarge"
  | "c6gd.2xlarge"
  | "c6gd.4xlarge"
  | "c6gd.8xlarge"
  | "c6gd.12xlarge"
  | "c6gd.16xlarge"
  | "c6gd.metal"
  | "c6gn.medium"
  | "c6gn.large"
  | "c6gn.xlarge"
  | "c6gn.2xlarge"
  | "c6gn.4xlarge"
  | "c6gn.8xlarge"
  | "c6gn.12xlarge"
  | "c6gn.16xlarge"
  | "c6i.large"
  | "c6i.xlarge"
  | "c6i.2xlarge"
  | "c6i.4xlarge"
  | "c6i.8xlarge"
  | "c6i.12xlarge"
  | "c6i.16xlarge"
  | "c6i.24xlarge"
  | "c6i.32xlarge"
  | "c6i.metal"
  | "cc1.4xlarge"
  | "cc2.8xlarge"
  | "cg1.4xlarge"
  | "cr1.8xlarge"
  | "d2.xlarge"
  | "d2.2xlarge"
  | "d2.4xlarge"
  | "d2.8xlarge"
  | "d3.xlarge"
  | "d3.2xlarge"
  | "d3.4xlarge"
  | "d3.8xlarge"
  | "d3en.xlarge"
  | "d3en.2xlarge"
  | "d3en.4xlarge"
  | "d3en.6xlarge"
  | "d3en.8xlarge"
  | "d3en.12xlarge"
  | "dl1.24xlarge"
  | "f1.2xlarge"
  | "f1.4xlarge"
  | "f1.16xlarge"
  | "g2.2xlarge"
  | "g2.8xlarge"
  | "g3.4xlarge"
  | "g3.8xlarge"
  | "g3.16xlarge"
  | "g3s.xlarge"
  | "g4ad.xlarge"
  | "g4ad.2xlarge"
  | "g4ad.4xlarge"
  | "g4ad.8xlarge"
  | "g4ad.16xlarge"
  | "g4dn.xlarge"
  | "g4dn.2xlarge"
  | "g4dn.4xlarge"
  | "g4dn.8xlarge"
  | "g4dn.12xlarge"
  | "g4dn.16xlarge"
  | "g4dn.metal"
  | "g5.xlarge"
  | "g5.2xlarge"
  | "g5.4xlarge"
  | "g5.8xlarge"
  | "g5.12xlarge"
  | "g5.16xlarge"
  | "g5.24xlarge"
  | "g5.48xlarge"
  | "g5g.xlarge"
  | "g5g.2xlarge"
  | "g5g.4xlarge"
  | "g5g.8xlarge"
  | "g5g.16xlarge"
  | "g5g.metal"
  | "hi1.4xlarge"
  | "hpc6a.48xlarge"
  | "hs1.8xlarge"
  | "h1.2xlarge"
  | "h1.4xlarge"
  | "h1.8xlarge"
  | "h1.16xlarge"
  | "i2.xlarge"
  | "i2.2xlarge"
  | "i2.4xlarge"
  | "i2.8xlarge"
  | "i3.large"
  | "i3.xlarge"
  | "i3.2xlarge"
  | "i3.4xlarge"
  | "i3.8xlarge"
  | "i3.16xlarge"
  | "i3.metal"
  | "i3en.large"
  | "i3en.xlarge"
  | "i3en.2xlarge"
  | "i3en.3xlarge"
  | "i3en.6xlarge"
  | "i3en.12xlarge"
  | "i3en.24xlarge"
  | "i3en.metal"
  | "im4gn.large"
  | "im4gn.xlarge"
  | "im4gn.2xlarge"
  | "im4gn.4xlarge"
  | "im4gn.8xlarge"
  | "im4gn.16xlarge"
  | "inf1.xlarge"
  | "inf1.2xlarge"
  | "inf1.6xlarge"
  | "inf1.24xlarge"
  | "is4gen.medium"
  | "is4gen.large"
  | "is4gen.xlarge"
  | "is4gen.2xlarge"
  | "is4gen.4xlarge"
  | "is4gen.8xlarge"
  | "m1.small"
  | "m1.medium"
  | "m1.large"
  | "m1.xlarge"
  | "m2.xlarge"
  | "m2.2xlarge"
  | "m2.4xlarge"
  | "m3.medium"
  | "m3.large"
  | "m3.xlarge"
  | "m3.2xlarge"
  | "m4.large"
  | "m4.xlarge"
  | "m4.2xlarge"
  | "m4.4xlarge"
  | "m4.10xlarge"
  | "m4.16xlarge"
  | "m5.large"
  | "m5.xlarge"
  | "m5.2xlarge"
  | "m5.4xlarge"
  | "m5.8xlarge"
  | "m5.12xlarge"
  | "m5.16xlarge"
  | "m5.24xlarge"
  | "m5.metal"
  | "m5a.large"
  | "m5a.xlarge"
  | "m5a.2xlarge"
  | "m5a.4xlarge"
  | "m5a.8xlarge"
  | "m5a.12xlarge"
  | "m5a.16xlarge"
  | "m5a.24xlarge"
  | "m5ad.large"
  | "m5ad.xlarge"
  | "m5ad.2xlarge"
  | "m5ad.4xlarge"
  | "m5ad.8xlarge"
  | "m5ad.12xlarge"
  | "m5ad.16xlarge"
  | "m5ad.24xlarge"
  | "m5d.large"
  | "m5d.xlarge"
  | "m5d.2xlarge"
  | "m5d.4xlarge"
  | "m5d.8xlarge"
  | "m5d.12xlarge"
  | "m5d.16xlarge"
  | "m5d.24xlarge"
  | "m5d.metal"
  | "m5dn.large"
  | "m5dn.xlarge"
  | "m5dn.2xlarge"
  | "m5dn.4xlarge"
  | "m5dn.8xlarge"
  | "m5dn.12xlarge"
  | "m5dn.16xlarge"
  | "m5dn.24xlarge"
  | "m5dn.metal"
  | "m5n.large"
  | "m5n.xlarge"
  | "m5n.2xlarge"
  | "m5n.4xlarge"
  | "m5n.8xlarge"
  | "m5n.12xlarge"
  | "m5n.16xlarge"
  | "m5n.24xlarge"
  | "m5n.metal"
  | "m5zn.large"
  | "m5zn.xlarge"
  | "m5zn.2xlarge"
  | "m5zn.3xlarge"
  | "m5zn.6xlarge"
  | "m5zn.12xlarge"
  | "m5zn.metal"
  | "m6a.large"
  | "m6a.xlarge"
  | "m6a.2xlarge"
  | "m6a.4xlarge"
  | "m6a.8xlarge"
  | "m6a.12xlarge"
  | "m6a.16xlarge"
  | "m6a.24xlarge"
  | "m6a.32xlarge"
  | "m6a.48xlarge"
  | "m6g.metal"
  | "m6g.medium"
  | "m6g.large"
  | "m6g.xlarge"
  | "m6g.2xlarge"
  | "m6g.4xlarge"
  | "m6g.8xlarge"
  | "m6g.12xlarge"
  | "m6g.16xlarge"
  | "m6gd.metal"
  | "m6gd.medium"
  | "m6gd.large"
  | "m6gd.xlarge"
  | "m6gd.2xlarge"
  | "m6gd.4xlarge"
  | "m6gd.8xlarge"
  | "m6gd.12xlarge"
  | "m6gd.16xlarge"
  | "m6i.large"
  | "m6i.xlarge"
  | "m6i.2xlarge"
  | "m6i.4xlarge"
  | "m6i.8xlarge"
  | "m6i.12xlarge"
  | "m6i.16xlarge"
  | "m6i.24xlarge"
  | "m6i.32xlarge"
  | "m6i.metal"
  | "mac1.metal"
  | "p2.xlarge"
  | "p2.8xlarge"
  | "p2.16xlarge"
  | "p3.2xlarge"
  | "p3.8xlarge"
  | "p3.16xlarge"
  | "p3dn.24xlarge"
  | "p4d.24xlarge"
  | "r3.large"
  | "r3.xlarge"
  | "r3.2xlarge"
  | "r3.4xlarge"
  | "r3.8xlarge"
  | "r4.large"
  | "r4.xlarge"
  | "r4.2xlarge"
  | "r4.4xlarge"
  | "r4.8xlarge"
  | "r4.16xlarge"
  | "r5.large"
  | "r5.xlarge"
  | "r5.2xlarge"
  | "r5.4xlarge"
  | "r5.8xlarge"
  | "r5.12xlarge"
  | "r5.16xlarge"
  | "r5.24xlarge"
  | "r5.metal"
  | "r5a.large"
  | "r5a.xlarge"
  | "r5a.2xlarge"
  | "r5a.4xlarge"
  | "r5a.8xlarge"
  | "r5a.12xlarge"
  | "r5a.16xlarge"
  | "r5a.24xlarge"
  | "r5ad.large"
  | "r5ad.xlarge"
  | "r5ad.2xlarge"
  | "r5ad.4xlarge"
  | "r5ad.8xlarge"
  | "r5ad.12xlarge"
  | "r5ad.16xlarge"
  | "r5ad.24xlarge"
  | "r5b.large"
  | "r5b.xlarge"
  | "r5b.2xlarge"
  | "r5b.4xlarge"
  | "r5b.8xlarge"
  | "r5b.12xlarge"
  | "r5b.16xlarge"
  | "r5b.24xlarge"
  | "r5b.metal"
  | "r5d.large"
  | "r5d.xlarge"
  | "r5d.2xlarge"
  | "r5d.4xlarge"
  | "r5d.8xlarge"
  | "r5d.12xlarge"
  | "r5d.16xlarge"
  | "r5d.24xlarge"
  | "r5d.metal"
  | "r5dn.large"
  | "r5dn.xlarge"
  | "r5dn.2xlarge"
  | "r5dn.4xlarge"
  | "r5dn.8xlarge"
  | "r5dn.12xlarge"
  | "r5dn.16xlarge"
  | "r5dn.24xlarge"
  | "r5dn.metal"
  | "r5n.large"
  | "r5n.xlarge"
  | "r5n.2xlarge"
  | "r5n.4xlarge"
  | "r5n.8xlarge"
  | "r5n.12xlarge"
  | "r5n.16xlarge"
  | "r5n.24xlarge"
  | "r5n.metal"
  | "r6g.medium"
  | "r6g.large"
  | "r6g.xlarge"
  | "r6g.2xlarge"
  | "r6g.4xlarge"
  | "r6g.8xlarge"
  | "r6g.12xlarge"
  | "r6g.16xlarge"
  | "r6g.metal"
  | "r6gd.medium"
  | "r6gd.large"
  | "r6gd.xlarge"
  | "r6gd.2xlarge"
  | "r6gd.4xlarge"
  | "r6gd.8xlarge"
  | "r6gd.12xlarge"
  | "r6gd.16xlarge"
  | "r6gd.metal"
  | "r6i.large"
  | "r6i.xlarge"
  | "r6i.2xlarge"
  | "r6i.4xlarge"
  | "r6i.8xlarge"
  | "r6i.12xlarge"
  | "r6i.16xlarge"
  | "r6i.24xlarge"
  | "r6i.32xlarge"
  | "r6i.metal"
  | "t1.micro"
  | "t2.nano"
  | "t2.micro"
  | "t2.small"
  | "t2.medium"
  | "t2.large"
  | "t2.xlarge"
  | "t2.2xlarge"
  | "t3.nano"
  | "t3.micro"
  | "t3.small"
  | "t3.medium"
  | "t3.large"
  | "t3.xlarge"
  | "t3.2xlarge"
  | "t3a.nano"
  | "t3a.micro"
  | "t3a.small"
  | "t3a.medium"
  | "t3a.large"
  | "t3a.xlarge"
  | "t3a.2xlarge"
  | "t4g.nano"
  | "t4g.micro"
  | "t4g.small"
  | "t4g.medium"
  | "t4g.large"
  | "t4g.xlarge"
  | "t4g.2xlarge"
  | "u-6tb1.56xlarge"
  | "u-6tb1.112xlarge"
  | "u-9tb1.112xlarge"
  | "u-12tb1.112xlarge"
  | "u-6tb1.metal"
  | "u-9tb1.metal"
  | "u-12tb1.metal"
  | "u-18tb1.metal"
  | "u-24tb1.metal"
  | "vt1.3xlarge"
  | "vt1.6xlarge"
  | "vt1.24xlarge"
  | "x1.16xlarge"
  | "x1.32xlarge"
  | "x1e.xlarge"
  | "x1e.2xlarge"
  | "x1e.4xlarge"
  | "x1e.8xlarge"
  | "x1e.16xlarge"
  | "x1e.32xlarge"
  | "x2iezn.2xlarge"
  | "x2iezn.4xlarge"
  | "x2iezn.6xlarge"
  | "x2iezn.8xlarge"
  | "x2iezn.12xlarge"
  | "x2iezn.metal"
  | "x2gd.medium"
  | "x2gd.large"
  | "x2gd.xlarge"
  | "x2gd.2xlarge"
  | "x2gd.4xlarge"
  | "x2gd.8xlarge"
  | "x2gd.12xlarge"
  | "x2gd.16xlarge"
  | "x2gd.metal"
  | "z1d.large"
  | "z1d.xlarge"
  | "z1d.2xlarge"
  | "z1d.3xlarge"
  | "z1d.6xlarge"
  | "z1d.12xlarge"
  | "z1d.metal"
  | "x2idn.16xlarge"
  | "x2idn.24xlarge"
  | "x2idn.32xlarge"
  | "x2iedn.xlarge"
  | "x2iedn.2xlarge"
  | "x2iedn.4xlarge"
  | "x2iedn.8xlarge"
  | "x2iedn.16xlarge"
  | "x2iedn.24xlarge"
  | "x2iedn.32xlarge"
  | "c6a.large"
  | "c6a.xlarge"
  | "c6a.2xlarge"
  | "c6a.4xlarge"
  | "c6a.8xlarge"
  | "c6a.12xlarge"
  | "c6a.16xlarge"
  | "c6a.24xlarge"
  | "c6a.32xlarge"
  | "c6a.48xlarge"
  | "c6a.metal"
  | "m6a.metal"
  | "i4i.large"
  | "i4i.xlarge"
  | "i4i.2xlarge"
  | "i4i.4xlarge"
  | "i4i.8xlarge"
  | "i4i.16xlarge"
  | "i4i.32xlarge"
  | "i4i.metal"
  | "x2idn.metal"
  | "x2iedn.metal"
  | "c7g.medium"
  | "c7g.large"
  | "c7g.xlarge"
  | "c7g.2xlarge"
  | "c7g.4xlarge"
  | "c7g.8xlarge"
  | "c7g.12xlarge"
  | "c7g.16xlarge"
  | "mac2.metal"
  | "c6id.large"
  | "c6id.xlarge"
  | "c6id.2xlarge"
  | "c6id.4xlarge"
  | "c6id.8xlarge"
  | "c6id.12xlarge"
  | "c6id.16xlarge"
  | "c6id.24xlarge"
  | "c6id.32xlarge"
  | "c6id.metal"
  | "m6id.large"
  | "m6id.xlarge"
  | "m6id.2xlarge"
  | "m6id.4xlarge"
  | "m6id.8xlarge"
  | "m6id.12xlarge"
  | "m6id.16xlarge"
  | "m6id.24xlarge"
  | "m6id.32xlarge"
  | "m6id.metal"
  | "r6id.large"
  | "r6id.xlarge"
  | "r6id.2xlarge"
  | "r6id.4xlarge"
  | "r6id.8xlarge"
  | "r6id.12xlarge"
  | "r6id.16xlarge"
  | "r6id.24xlarge"
  | "r6id.32xlarge"
  | "r6id.metal"
  | "r6a.large"
  | "r6a.xlarge"
  | "r6a.2xlarge"
  | "r6a.4xlarge"
  | "r6a.8xlarge"
  | "r6a.12xlarge"
  | "r6a.16xlarge"
  | "r6a.24xlarge"
  | "r6a.32xlarge"
  | "r6a.48xlarge"
  | "r6a.metal"
  | "p4de.24xlarge"
  | "u-3tb1.56xlarge"
  | "u-18tb1.112xlarge"
  | "u-24tb1.112xlarge"
  | "trn1.2xlarge"
  | "trn1.32xlarge"
  | "hpc6id.32xlarge"
  | "c6in.large"
  | "c6in.xlarge"
  | "c6in.2xlarge"
  | "c6in.4xlarge"
  | "c6in.8xlarge"
  | "c6in.12xlarge"
  | "c6in.16xlarge"
  | "c6in.24xlarge"
  | "c6in.32xlarge"
  | "m6in.large"
  | "m6in.xlarge"
  | "m6in.2xlarge"
  | "m6in.4xlarge"
  | "m6in.8xlarge"
  | "m6in.12xlarge"
  | "m6in.16xlarge"
  | "m6in.24xlarge"
  | "m6in.32xlarge"
  | "m6idn.large"
  | "m6idn.xlarge"
  | "m6idn.2xlarge"
  | "m6idn.4xlarge"
  | "m6idn.8xlarge"
  | "m6idn.12xlarge"
  | "m6idn.16xlarge"
  | "m6idn.24xlarge"
  | "m6idn.32xlarge"
  | "r6in.large"
  | "r6in.xlarge"
  | "r6in.2xlarge"
  | "r6in.4xlarge"
  | "r6in.8xlarge"
  | "r6in.12xlarge"
  | "r6in.16xlarge"
  | "r6in.24xlarge"
  | "r6in.32xlarge"
  | "r6idn.large"
  | "r6idn.xlarge"
  | "r6idn.2xlarge"
  | "r6idn.4xlarge"
  | "r6idn.8xlarge"
  | "r6idn.12xlarge"
  | "r6idn.16xlarge"
  | "r6idn.24xlarge"
  | "r6idn.32xlarge"
  | "c7g.metal"
  | "m7g.medium"
  | "m7g.large"
  | "m7g.xlarge"
  | "m7g.2xlarge"
  | "m7g.4xlarge"
  | "m7g.8xlarge"
  | "m7g.12xlarge"
  | "m7g.16xlarge"
  | "m7g.metal"
  | "r7g.medium"
  | "r7g.large"
  | "r7g.xlarge"
  | "r7g.2xlarge"
  | "r7g.4xlarge"
  | "r7g.8xlarge"
  | "r7g.12xlarge"
  | "r7g.16xlarge"
  | "r7g.metal"
  | "c6in.metal"
  | "m6in.metal"
  | "m6idn.metal"
  | "r6in.metal"
  | "r6idn.metal"
  | "inf2.xlarge"
  | "inf2.8xlarge"
  | "inf2.24xlarge"
  | "inf2.48xlarge"
  | "trn1n.32xlarge"
  | "i4g.large"
  | "i4g.xlarge"
  | "i4g.2xlarge"
  | "i4g.4xlarge"
  | "i4g.8xlarge"
  | "i4g.16xlarge"
  | "hpc7g.4xlarge"
  | "hpc7g.8xlarge"
  | "hpc7g.16xlarge"
  | "c7gn.medium"
  | "c7gn.large"
  | "c7gn.xlarge"
  | "c7gn.2xlarge"
  | "c7gn.4xlarge"
  | "c7gn.8xlarge"
  | "c7gn.12xlarge"
  | "c7gn.16xlarge"
  | "p5.48xlarge"
  | "m7i.large"
  | "m7i.xlarge"
  | "m7i.2xlarge"
  | "m7i.4xlarge"
  | "m7i.8xlarge"
  | "m7i.12xlarge"
  | "m7i.16xlarge"
  | "m7i.24xlarge"
  | "m7i.48xlarge"
  | "m7i-flex.large"
  | "m7i-flex.xlarge"
  | "m7i-flex.2xlarge"
  | "m7i-flex.4xlarge"
  | "m7i-flex.8xlarge"
  | "m7a.medium"
  | "m7a.large"
  | "m7a.xlarge"
  | "m7a.2xlarge"
  | "m7a.4xlarge"
  | "m7a.8xlarge"
  | "m7a.12xlarge"
  | "m7a.16xlarge"
  | "m7a.24xlarge"
  | "m7a.32xlarge"
  | "m7a.48xlarge"
  | "m7a.metal-48xl"
  | "hpc7a.12xlarge"
  | "hpc7a.24xlarge"
  | "hpc7a.48xlarge"
  | "hpc7a.96xlarge"
  | "c7gd.medium"
  | "c7gd.large"
  | "c7gd.xlarge"
  | "c7gd.2xlarge"
  | "c7gd.4xlarge"
  | "c7gd.8xlarge"
  | "c7gd.12xlarge"
  | "c7gd.16xlarge"
  | "m7gd.medium"
  | "m7gd.large"
  | "m7gd.xlarge"
  | "m7gd.2xlarge"
  | "m7gd.4xlarge"
  | "m7gd.8xlarge"
  | "m7gd.12xlarge"
  | "m7gd.16xlarge"
  | "r7gd.medium"
  | "r7gd.large"
  | "r7gd.xlarge"
  | "r7gd.2xlarge"
  | "r7gd.4xlarge"
  | "r7gd.8xlarge"
  | "r7gd.12xlarge"
  | "r7gd.16xlarge"
  | "r7a.medium"
  | "r7a.large"
  | "r7a.xlarge"
  | "r7a.2xlarge"
  | "r7a.4xlarge"
  | "r7a.8xlarge"
  | "r7a.12xlarge"
  | "r7a.16xlarge"
  | "r7a.24xlarge"
  | "r7a.32xlarge"
  | "r7a.48xlarge"
  | "c7i.large"
  | "c7i.xlarge"
  | "c7i.2xlarge"
  | "c7i.4xlarge"
  | "c7i.8xlarge"
  | "c7i.12xlarge"
  | "c7i.16xlarge"
  | "c7i.24xlarge"
  | "c7i.48xlarge"
  | "mac2-m2pro.metal"
  | "r7iz.large"
  | "r7iz.xlarge"
  | "r7iz.2xlarge"
  | "r7iz.4xlarge"
  | "r7iz.8xlarge"
  | "r7iz.12xlarge"
  | "r7iz.16xlarge"
  | "r7iz.32xlarge"
  | "c7a.medium"
  | "c7a.large"
  | "c7a.xlarge"
  | "c7a.2xlarge"
  | "c7a.4xlarge"
  | "c7a.8xlarge"
  | "c7a.12xlarge"
  | "c7a.16xlarge"
  | "c7a.24xlarge"
  | "c7a.32xlarge"
  | "c7a.48xlarge"
  | "c7a.metal-48xl"
  | "r7a.metal-48xl"
  | "r7i.large"
  | "r7i.xlarge"
  | "r7i.2xlarge"
  | "r7i.4xlarge"
  | "r7i.8xlarge"
  | "r7i.12xlarge"
  | "r7i.16xlarge"
  | "r7i.24xlarge"
  | "r7i.48xlarge"
  | "dl2q.24xlarge"
  | "mac2-m2.metal"
  | "i4i.12xlarge"
  | "i4i.24xlarge"
  | "c7i.metal-24xl"
  | "c7i.metal-48xl"
  | "m7i.metal-24xl"
  | "m7i.metal-48xl"
  | "r7i.metal-24xl"
  | "r7i.metal-48xl"
  | "r7iz.metal-16xl"
  | "r7iz.metal-32xl"
  | "c7gd.metal"
  | "m7gd.metal"
  | "r7gd.metal"
  | "g6.xlarge"
  | "g6.2xlarge"
  | "g6.4xlarge"
  | "g6.8xlarge"
  | "g6.12xlarge"
  | "g6.16xlarge"
  | "g6.24xlarge"
  | "g6.48xlarge"
  | "gr6.4xlarge"
  | "gr6.8xlarge"
  | "c7i-flex.large"
  | "c7i-flex.xlarge"
  | "c7i-flex.2xlarge"
  | "c7i-flex.4xlarge"
  | "c7i-flex.8xlarge"
  | "u7i-12tb.224xlarge"
  | "u7in-16tb.224xlarge"
  | "u7in-24tb.224xlarge"
  | "u7in-32tb.224xlarge"
  | "u7ib-12tb.224xlarge"
  | "c7gn.metal"
  | "r8g.medium"
  | "r8g.large"
  | "r8g.xlarge"
  | "r8g.2xlarge"
  | "r8g.4xlarge"
  | "r8g.8xlarge"
  | "r8g.12xlarge"
  | "r8g.16xlarge"
  | "r8g.24xlarge"
  | "r8g.48xlarge"
  | "r8g.metal-24xl"
  | "r8g.metal-48xl"
  | "mac2-m1ultra.metal"
  | "g6e.xlarge"
  | "g6e.2xlarge"
  | "g6e.4xlarge"
  | "g6e.8xlarge"
  | "g6e.12xlarge"
  | "g6e.16xlarge"
  | "g6e.24xlarge"
  | "g6e.48xlarge"
  | "c8g.medium"
  | "c8g.large"
  | "c8g.xlarge"
  | "c8g.2xlarge"
  | "c8g.4xlarge"
  | "c8g.8xlarge"
  | "c8g.12xlarge"
  | "c8g.16xlarge"
  | "c8g.24xlarge"
  | "c8g.48xlarge"
  | "c8g.metal-24xl"
  | "c8g.metal-48xl"
  | "m8g.medium"
  | "m8g.large"
  | "m8g.xlarge"
  | "m8g.2xlarge"
  | "m8g.4xlarge"
  | "m8g.8xlarge"
  | "m8g.12xlarge"
  | "m8g.16xlarge"
  | "m8g.24xlarge"
  | "m8g.48xlarge"
  | "m8g.metal-24xl"
  | "m8g.metal-48xl"
  | "x8g.medium"
  | "x8g.large"
  | "x8g.xlarge"
  | "x8g.2xlarge"
  | "x8g.4xlarge"
  | "x8g.8xlarge"
  | "x8g.12xlarge"
  | "x8g.16xlarge"
  | "x8g.24xlarge"
  | "x8g.48xlarge"
  | "x8g.metal-24xl"
  | "x8g.metal-48xl"
  | "i7ie.large"
  | "i7ie.xlarge"
  | "i7ie.2xlarge"
  | "i7ie.3xlarge"
  | "i7ie.6xlarge"
  | "i7ie.12xlarge"
  | "i7ie.18xlarge"
  | "i7ie.24xlarge"
  | "i7ie.48xlarge"
  | "i8g.large"
  | "i8g.xlarge"
  | "i8g.2xlarge"
  | "i8g.4xlarge"
  | "i8g.8xlarge"
  | "i8g.12xlarge"
  | "i8g.16xlarge"
  | "i8g.24xlarge"
  | "i8g.metal-24xl"
  | "u7i-6tb.112xlarge"
  | "u7i-8tb.112xlarge"
  | "u7inh-32tb.480xlarge"
  | "p5e.48xlarge"
  | "p5en.48xlarge"
  | "f2.12xlarge"
  | "f2.48xlarge"
  | "trn2.48xlarge"
  | "c7i-flex.12xlarge"
  | "c7i-flex.16xlarge"
  | "m7i-flex.12xlarge"
  | "m7i-flex.16xlarge"
  | "i7ie.metal-24xl"
  | "i7ie.metal-48xl"
  | "i8g.48xlarge"
  | "c8gd.medium"
  | "c8gd.large"
  | "c8gd.xlarge"
  | "c8gd.2xlarge"
  | "c8gd.4xlarge"
  | "c8gd.8xlarge"
  | "c8gd.12xlarge"
  | "c8gd.16xlarge"
  | "c8gd.24xlarge"
  | "c8gd.48xlarge"
  | "c8gd.metal-24xl"
  | "c8gd.metal-48xl"
  | "i7i.large"
  | "i7i.xlarge"
  | "i7i.2xlarge"
  | "i7i.4xlarge"
  | "i7i.8xlarge"
  | "i7i.12xlarge"
  | "i7i.16xlarge"
  | "i7i.24xlarge"
  | "i7i.48xlarge"
  | "i7i.metal-24xl"
  | "i7i.metal-48xl"
  | "p6-b200.48xlarge"
  | "m8gd.medium"
  | "m8gd.large"
  | "m8gd.xlarge"
  | "m8gd.2xlarge"
  | "m8gd.4xlarge"
  | "m8gd.8xlarge"
  | "m8gd.12xlarge"
  | "m8gd.16xlarge"
  | "m8gd.24xlarge"
  | "m8gd.48xlarge"
  | "m8gd.metal-24xl"
  | "m8gd.metal-48xl"
  | "r8gd.medium"
  | "r8gd.large"
  | "r8gd.xlarge"
  | "r8gd.2xlarge"
  | "r8gd.4xlarge"
  | "r8gd.8xlarge"
  | "r8gd.12xlarge"
  | "r8gd.16xlarge"
  | "r8gd.24xlarge"
  | "r8gd.48xlarge"
  | "r8gd.metal-24xl"
  | "r8gd.metal-48xl"
  | "c8gn.medium"
  | "c8gn.large"
  | "c8gn.xlarge"
  | "c8gn.2xlarge"
  | "c8gn.4xlarge"
  | "c8gn.8xlarge"
  | "c8gn.12xlarge"
  | "c8gn.16xlarge"
  | "c8gn.24xlarge"
  | "c8gn.48xlarge"
  | "c8gn.metal-24xl"
  | "c8gn.metal-48xl"
  | "f2.6xlarge"
  | "p6e-gb200.36xlarge"
  | "g6f.large"
  | "g6f.xlarge"
  | "g6f.2xlarge"
  | "g6f.4xlarge"
  | "gr6f.4xlarge"
  | "p5.4xlarge"
  | "r8i.large"
  | "r8i.xlarge"
  | "r8i.2xlarge"
  | "r8i.4xlarge"
  | "r8i.8xlarge"
  | "r8i.12xlarge"
  | "r8i.16xlarge"
  | "r8i.24xlarge"
  | "r8i.32xlarge"
  | "r8i.48xlarge"
  | "r8i.96xlarge"
  | "r8i.metal-48xl"
  | "r8i.metal-96xl"
  | "r8i-flex.large"
  | "r8i-flex.xlarge"
  | "r8i-flex.2xlarge"
  | "r8i-flex.4xlarge"
  | "r8i-flex.8xlarge"
  | "r8i-flex.12xlarge"
  | "r8i-flex.16xlarge"
  | "m8i.large"
  | "m8i.xlarge"
  | "m8i.2xlarge"
  | "m8i.4xlarge"
  | "m8i.8xlarge"
  | "m8i.12xlarge"
  | "m8i.16xlarge"
  | "m8i.24xlarge"
  | "m8i.32xlarge"
  | "m8i.48xlarge"
  | "m8i.96xlarge"
  | "m8i.metal-48xl"
  | "m8i.metal-96xl"
  | "m8i-flex.large"
  | "m8i-flex.xlarge"
  | "m8i-flex.2xlarge"
  | "m8i-flex.4xlarge"
  | "m8i-flex.8xlarge"
  | "m8i-flex.12xlarge"
  | "m8i-flex.16xlarge"
  | "i8ge.large"
  | "i8ge.xlarge"
  | "i8ge.2xlarge"
  | "i8ge.3xlarge"
  | "i8ge.6xlarge"
  | "i8ge.12xlarge"
  | "i8ge.18xlarge"
  | "i8ge.24xlarge"
  | "i8ge.48xlarge"
  | "i8ge.metal-24xl"
  | "i8ge.metal-48xl"
  | "mac-m4.metal"
  | "mac-m4pro.metal"
  | "r8gn.medium"
  | "r8gn.large"
  | "r8gn.xlarge"
  | "r8gn.2xlarge"
  | "r8gn.4xlarge"
  | "r8gn.8xlarge"
  | "r8gn.12xlarge"
  | "r8gn.16xlarge"
  | "r8gn.24xlarge"
  | "r8gn.48xlarge"
  | "r8gn.metal-24xl"
  | "r8gn.metal-48xl"
  | "c8i.large"
  | "c8i.xlarge"
  | "c8i.2xlarge"
  | "c8i.4xlarge"
  | "c8i.8xlarge"
  | "c8i.12xlarge"
  | "c8i.16xlarge"
  | "c8i.24xlarge"
  | "c8i.32xlarge"
  | "c8i.48xlarge"
  | "c8i.96xlarge"
  | "c8i.metal-48xl"
  | "c8i.metal-96xl"
  | "c8i-flex.large"
  | "c8i-flex.xlarge"
  | "c8i-flex.2xlarge"
  | "c8i-flex.4xlarge"
  | "c8i-flex.8xlarge"
  | "c8i-flex.12xlarge"
  | "c8i-flex.16xlarge"
  | "r8gb.medium"
  | "r8gb.large"
  | "r8gb.xlarge"
  | "r8gb.2xlarge"
  | "r8gb.4xlarge"
  | "r8gb.8xlarge"
  | "r8gb.12xlarge"
  | "r8gb.16xlarge"
  | "r8gb.24xlarge"
  | "r8gb.metal-24xl"
  | "m8a.medium"
  | "m8a.large"
  | "m8a.xlarge"
  | "m8a.2xlarge"
  | "m8a.4xlarge"
  | "m8a.8xlarge"
  | "m8a.12xlarge"
  | "m8a.16xlarge"
  | "m8a.24xlarge"
  | "m8a.48xlarge"
  | "m8a.metal-24xl"
  | "m8a.metal-48xl"
  | "trn2.3xlarge"
  | "r8a.medium"
  | "r8a.large"
  | "r8a.xlarge"
  | "r8a.2xlarge"
  | "r8a.4xlarge"
  | "r8a.8xlarge"
  | "r8a.12xlarge"
  | "r8a.16xlarge"
  | "r8a.24xlarge"
  | "r8a.48xlarge"
  | "r8a.metal-24xl"
  | "r8a.metal-48xl"
  | "p6-b300.48xlarge"
  | "c8a.medium"
  | "c8a.large"
  | "c8a.xlarge"
  | "c8a.2xlarge"
  | "c8a.4xlarge"
  | "c8a.8xlarge"
  | "c8a.12xlarge"
  | "c8a.16xlarge"
  | "c8a.24xlarge"
  | "c8a.48xlarge"
  | "c8a.metal-24xl"
  | "c8a.metal-48xl"
  | "c8gb.12xlarge"
  | "c8gb.16xlarge"
  | "c8gb.24xlarge"
  | "c8gb.2xlarge"
  | "c8gb.4xlarge"
  | "c8gb.8xlarge"
  | "c8gb.large"
  | "c8gb.medium"
  | "c8gb.metal-24xl"
  | "c8gb.xlarge"
  | "c8gb.48xlarge"
  | "c8gb.metal-48xl"
  | "m8gb.12xlarge"
  | "m8gb.16xlarge"
  | "m8gb.24xlarge"
  | "m8gb.2xlarge"
  | "m8gb.4xlarge"
  | "m8gb.8xlarge"
  | "m8gb.large"
  | "m8gb.medium"
  | "m8gb.xlarge"
  | "m8gb.48xlarge"
  | "m8gb.metal-24xl"
  | "m8gb.metal-48xl"
  | "m8gn.12xlarge"
  | "m8gn.16xlarge"
  | "m8gn.24xlarge"
  | "m8gn.2xlarge"
  | "m8gn.48xlarge"
  | "m8gn.4xlarge"
  | "m8gn.8xlarge"
  | "m8gn.large"
  | "m8gn.medium"
  | "m8gn.xlarge"
  | "m8gn.metal-24xl"
  | "m8gn.metal-48xl"
  | "x8aedz.12xlarge"
  | "x8aedz.24xlarge"
  | "x8aedz.3xlarge"
  | "x8aedz.6xlarge"
  | "x8aedz.large"
  | "x8aedz.metal-12xl"
  | "x8aedz.metal-24xl"
  | "x8aedz.xlarge"
  | "m8azn.medium"
  | "m8azn.large"
  | "m8azn.xlarge"
  | "m8azn.3xlarge"
  | "m8azn.6xlarge"
  | "m8azn.12xlarge"
  | "m8azn.24xlarge"
  | "m8azn.metal-12xl"
  | "m8azn.metal-24xl"
  | "x8i.large"
  | "x8i.xlarge"
  | "x8i.2xlarge"
  | "x8i.4xlarge"
  | "x8i.8xlarge"
  | "x8i.12xlarge"
  | "x8i.16xlarge"
  | "x8i.24xlarge"
  | "x8i.32xlarge"
  | "x8i.48xlarge"
  | "x8i.64xlarge"
  | "x8i.96xlarge"
  | "x8i.metal-48xl"
  | "x8i.metal-96xl"
  | "mac-m4max.metal"
  | "g7e.2xlarge"
  | "g7e.4xlarge"
  | "g7e.8xlarge"
  | "g7e.12xlarge"
  | "g7e.24xlarge"
  | "g7e.48xlarge"
  | "r8id.large"
  | "r8id.xlarge"
  | "r8id.2xlarge"
  | "r8id.4xlarge"
  | "r8id.8xlarge"
  | "r8id.12xlarge"
  | "r8id.16xlarge"
  | "r8id.24xlarge"
  | "r8id.32xlarge"
  | "r8id.48xlarge"
  | "r8id.96xlarge"
  | "r8id.metal-48xl"
  | "r8id.metal-96xl"
  | "c8id.large"
  | "c8id.xlarge"
  | "c8id.2xlarge"
  | "c8id.4xlarge"
  | "c8id.8xlarge"
  | "c8id.12xlarge"
  | "c8id.16xlarge"
  | "c8id.24xlarge"
  | "c8id.32xlarge"
  | "c8id.48xlarge"
  | "c8id.96xlarge"
  | "c8id.metal-48xl"
  | "c8id.metal-96xl"
  | "m8id.large"
  | "m8id.xlarge"
  | "m8id.2xlarge"
  | "m8id.4xlarge"
  | "m8id.8xlarge"
  | "m8id.12xlarge"
  | "m8id.16xlarge"
  | "m8id.24xlarge"
  | "m8id.32xlarge"
  | "m8id.48xlarge"
  | "m8id.96xlarge"
  | "m8id.metal-48xl"
  | "m8id.metal-96xl"
  | "hpc8a.96xlarge";

export type InstanceTypeHypervisor =
  | "nitro"
  | "xen";

export interface InstanceTypeInfo {
  readonly InstanceType?: InstanceType | undefined;
  readonly CurrentGeneration?: boolean | undefined;
  readonly FreeTierEligible?: boolean | undefined;
  readonly SupportedUsageClasses?: readonly UsageClassType[] | undefined;
  readonly SupportedRootDeviceTypes?: readonly RootDeviceType[] | undefined;
  readonly SupportedVirtualizationTypes?: readonly VirtualizationType[] | undefined;
  readonly BareMetal?: boolean | undefined;
  readonly Hypervisor?: InstanceTypeHypervisor | undefined;
  readonly ProcessorInfo?: ProcessorInfo | undefined;
  readonly VCpuInfo?: VCpuInfo | undefined;
  readonly MemoryInfo?: MemoryInfo | undefined;
  readonly InstanceStorageSupported?: boolean | undefined;
  readonly InstanceStorageInfo?: InstanceStorageInfo | undefined;
  readonly EbsInfo?: EbsInfo | undefined;
  readonly NetworkInfo?: NetworkInfo | undefined;
  readonly GpuInfo?: GpuInfo | undefined;
  readonly FpgaInfo?: FpgaInfo | undefined;
  readonly PlacementGroupInfo?: PlacementGroupInfo | undefined;
  readonly InferenceAcceleratorInfo?: InferenceAcceleratorInfo | undefined;
  readonly HibernationSupported?: boolean | undefined;
  readonly BurstablePerformanceSupported?: boolean | undefined;
  readonly DedicatedHostsSupported?: boolean | undefined;
  readonly AutoRecoverySupported?: boolean | undefined;
  readonly SupportedBootModes?: readonly BootModeType[] | undefined;
  readonly NitroEnclavesSupport?: NitroEnclavesSupport | undefined;
  readonly NitroTpmSupport?: NitroTpmSupport | undefined;
  readonly NitroTpmInfo?: NitroTpmInfo | undefined;
  readonly MediaAcceleratorInfo?: MediaAcceleratorInfo | undefined;
  readonly NeuronInfo?: NeuronInfo | undefined;
  readonly PhcSupport?: PhcSupport | undefined;
  readonly RebootMigrationSupport?: RebootMigrationSupport | undefined;
  readonly SupportedInRegion?: boolean | undefined;
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

export interface Ipv4PrefixSpecificationRequest {
  readonly Ipv4Prefix?: string;
}

export type Ipv6AddressAttribute =
  | "public"
  | "private";

export interface Ipv6PrefixSpecification {
  readonly Ipv6Prefix?: string | undefined;
}

export interface Ipv6PrefixSpecificationRequest {
  readonly Ipv6Prefix?: string;
}

export interface Ipv6Range {
  readonly Description?: string;
  readonly CidrIpv6?: string;
}

export interface LaunchTemplateSpecification {
  readonly LaunchTemplateId?: string;
  readonly LaunchTemplateName?: string;
  readonly Version?: string;
}

export interface LicenseConfiguration {
  readonly LicenseConfigurationArn?: string | undefined;
}

export interface LicenseConfigurationRequest {
  readonly LicenseConfigurationArn?: string;
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

export type MarketType =
  | "spot"
  | "capacity-block"
  | "interruptible-capacity-reservation";

export interface MediaAcceleratorInfo {
  readonly Accelerators?: readonly MediaDeviceInfo[] | undefined;
  readonly TotalMediaMemoryInMiB?: number | undefined;
}

export interface MediaDeviceInfo {
  readonly Count?: number | undefined;
  readonly Name?: string | undefined;
  readonly Manufacturer?: string | undefined;
  readonly MemoryInfo?: MediaDeviceMemoryInfo | undefined;
}

export interface MediaDeviceMemoryInfo {
  readonly SizeInMiB?: number | undefined;
}

export interface MemoryInfo {
  readonly SizeInMiB?: number | undefined;
}

export interface ModifyInstanceAttributeRequest {
  readonly SourceDestCheck?: AttributeBooleanValue;
  readonly DisableApiStop?: AttributeBooleanValue;
  readonly DryRun?: boolean;
  readonly InstanceId: string;
  readonly Attribute?: InstanceAttributeName;
  readonly Value?: string;
  readonly BlockDeviceMappings?: readonly InstanceBlockDeviceMappingSpecification[];
  readonly DisableApiTermination?: AttributeBooleanValue;
  readonly InstanceType?: AttributeValue;
  readonly Kernel?: AttributeValue;
  readonly Ramdisk?: AttributeValue;
  readonly UserData?: BlobAttributeValue;
  readonly InstanceInitiatedShutdownBehavior?: AttributeValue;
  readonly Groups?: readonly string[];
  readonly EbsOptimized?: AttributeBooleanValue;
  readonly SriovNetSupport?: AttributeValue;
  readonly EnaSupport?: AttributeBooleanValue;
}

export interface ModifyNetworkInterfaceAttributeRequest {
  readonly EnaSrdSpecification?: EnaSrdSpecification;
  readonly EnablePrimaryIpv6?: boolean;
  readonly ConnectionTrackingSpecification?: ConnectionTrackingSpecificationRequest;
  readonly AssociatePublicIpAddress?: boolean;
  readonly AssociatedSubnetIds?: readonly string[];
  readonly DryRun?: boolean;
  readonly NetworkInterfaceId: string;
  readonly Description?: AttributeValue;
  readonly SourceDestCheck?: AttributeBooleanValue;
  readonly Groups?: readonly string[];
  readonly Attachment?: NetworkInterfaceAttachmentChanges;
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

export interface Monitoring {
  readonly State?: MonitoringState | undefined;
}

export type MonitoringState =
  | "disabled"
  | "disabling"
  | "enabled"
  | "pending";

export type NestedVirtualizationSpecification =
  | "enabled"
  | "disabled";

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

export interface NetworkCardInfo {
  readonly NetworkCardIndex?: number | undefined;
  readonly NetworkPerformance?: string | undefined;
  readonly MaximumNetworkInterfaces?: number | undefined;
  readonly AdditionalFlexibleNetworkInterfaces?: number | undefined;
  readonly BaselineBandwidthInGbps?: number | undefined;
  readonly PeakBandwidthInGbps?: number | undefined;
  readonly DefaultEnaQueueCountPerInterface?: number | undefined;
  readonly MaximumEnaQueueCount?: number | undefined;
  readonly MaximumEnaQueueCountPerInterface?: number | undefined;
}

export interface NetworkInfo {
  readonly NetworkPerformance?: string | undefined;
  readonly MaximumNetworkInterfaces?: number | undefined;
  readonly MaximumNetworkCards?: number | undefined;
  readonly DefaultNetworkCardIndex?: number | undefined;
  readonly NetworkCards?: readonly NetworkCardInfo[] | undefined;
  readonly Ipv4AddressesPerInterface?: number | undefined;
  readonly Ipv6AddressesPerInterface?: number | undefined;
  readonly Ipv6Supported?: boolean | undefined;
  readonly EnaSupport?: EnaSupport | undefined;
  readonly EfaSupported?: boolean | undefined;
  readonly EfaInfo?: EfaInfo | undefined;
  readonly EncryptionInTransitSupported?: boolean | undefined;
  readonly EnaSrdSupported?: boolean | undefined;
  readonly BandwidthWeightings?: readonly BandwidthWeightingType[] | undefined;
  readonly FlexibleEnaQueuesSupport?: FlexibleEnaQueuesSupport | undefined;
  readonly ConnectionTrackingConfiguration?: DefaultConnectionTrackingConfiguration | undefined;
  readonly SecondaryNetworkSupported?: boolean | undefined;
  readonly MaximumSecondaryNetworkInterfaces?: number | undefined;
  readonly Ipv4AddressesPerSecondaryInterface?: number | undefined;
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

export interface NetworkInterfaceAttachmentChanges {
  readonly DefaultEnaQueueCount?: boolean;
  readonly EnaQueueCount?: number;
  readonly AttachmentId?: string;
  readonly DeleteOnTermination?: boolean;
}

export type NetworkInterfaceCreationType =
  | "efa"
  | "efa-only"
  | "branch"
  | "trunk";

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

export interface NeuronDeviceCoreInfo {
  readonly Count?: number | undefined;
  readonly Version?: number | undefined;
}

export interface NeuronDeviceInfo {
  readonly Count?: number | undefined;
  readonly Name?: string | undefined;
  readonly CoreInfo?: NeuronDeviceCoreInfo | undefined;
  readonly MemoryInfo?: NeuronDeviceMemoryInfo | undefined;
}

export interface NeuronDeviceMemoryInfo {
  readonly SizeInMiB?: number | undefined;
}

export interface NeuronInfo {
  readonly NeuronDevices?: readonly NeuronDeviceInfo[] | undefined;
  readonly TotalNeuronDeviceMemoryInMiB?: number | undefined;
}

export type NitroEnclavesSupport =
  | "unsupported"
  | "supported";

export interface NitroTpmInfo {
  readonly SupportedVersions?: readonly string[] | undefined;
}

export type NitroTpmSupport =
  | "unsupported"
  | "supported";

export interface OperatorRequest {
  readonly Principal?: string;
}

export interface OperatorResponse {
  readonly Managed?: boolean | undefined;
  readonly Principal?: string | undefined;
  readonly HiddenByDefault?: boolean | undefined;
}

export type PhcSupport =
  | "unsupported"
  | "supported";

export interface Placement {
  readonly AvailabilityZoneId?: string;
  readonly Affinity?: string;
  readonly GroupName?: string;
  readonly PartitionNumber?: number;
  readonly HostId?: string;
  readonly Tenancy?: Tenancy;
  readonly SpreadDomain?: string;
  readonly HostResourceGroupArn?: string;
  readonly GroupId?: string;
  readonly AvailabilityZone?: string;
}

export interface PlacementGroupInfo {
  readonly SupportedStrategies?: readonly PlacementGroupStrategy[] | undefined;
}

export type PlacementGroupStrategy =
  | "cluster"
  | "partition"
  | "spread";

export type PlatformValues =
  | "Windows";

export interface PortRange {
  readonly From?: number;
  readonly To?: number;
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

export interface PrivateDnsNameOptionsRequest {
  readonly HostnameType?: HostnameType;
  readonly EnableResourceNameDnsARecord?: boolean;
  readonly EnableResourceNameDnsAAAARecord?: boolean;
}

export interface PrivateDnsNameOptionsResponse {
  readonly HostnameType?: HostnameType | undefined;
  readonly EnableResourceNameDnsARecord?: boolean | undefined;
  readonly EnableResourceNameDnsAAAARecord?: boolean | undefined;
}

export interface PrivateIpAddressSpecification {
  readonly Primary?: boolean;
  readonly PrivateIpAddress?: string;
}

export interface ProcessorInfo {
  readonly SupportedArchitectures?: readonly ArchitectureType[] | undefined;
  readonly SustainedClockSpeedInGhz?: number | undefined;
  readonly SupportedFeatures?: readonly SupportedAdditionalProcessorFeature[] | undefined;
  readonly Manufacturer?: string | undefined;
}

export interface ProductCode {
  readonly ProductCodeId?: string | undefined;
  readonly ProductCodeType?: ProductCodeValues | undefined;
}

export type ProductCodeValues =
  | "devpay"
  | "marketplace";

export interface PropagatingVgw {
  readonly GatewayId?: string | undefined;
}

export interface PublicIpDnsNameOptions {
  readonly DnsHostnameType?: string | undefined;
  readonly PublicIpv4DnsName?: string | undefined;
  readonly PublicIpv6DnsName?: string | undefined;
  readonly PublicDualStackDnsName?: string | undefined;
}

export type RebootMigrationSupport =
  | "unsupported"
  | "supported";

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

export interface ReplaceNetworkAclAssociationRequest {
  readonly DryRun?: boolean;
  readonly AssociationId: string;
  readonly NetworkAclId: string;
}

export interface ReplaceNetworkAclAssociationResult {
  readonly NewAssociationId?: string | undefined;
}

export interface ReplaceNetworkAclEntryRequest {
  readonly DryRun?: boolean;
  readonly NetworkAclId: string;
  readonly RuleNumber: number;
  readonly Protocol: string;
  readonly RuleAction: RuleAction;
  readonly Egress: boolean;
  readonly CidrBlock?: string;
  readonly Ipv6CidrBlock?: string;
  readonly IcmpTypeCode?: IcmpTypeCode;
  readonly PortRange?: PortRange;
}

export interface Reservation {
  readonly ReservationId?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly RequesterId?: string | undefined;
  readonly Groups?: readonly GroupIdentifier[] | undefined;
  readonly Instances?: readonly Instance[] | undefined;
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

export type RootDeviceType =
  | "ebs"
  | "instance-store";

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

export interface RunInstancesMonitoringEnabled {
  readonly Enabled: boolean;
}

export interface RunInstancesRequest {
  readonly BlockDeviceMappings?: readonly BlockDeviceMapping[];
  readonly ImageId?: string;
  readonly InstanceType?: InstanceType;
  readonly Ipv6AddressCount?: number;
  readonly Ipv6Addresses?: readonly InstanceIpv6Address[];
  readonly KernelId?: string;
  readonly KeyName?: string;
  readonly MaxCount: number;
  readonly MinCount: number;
  readonly Monitoring?: RunInstancesMonitoringEnabled;
  readonly Placement?: Placement;
  readonly RamdiskId?: string;
  readonly SecurityGroupIds?: readonly string[];
  readonly SecurityGroups?: readonly string[];
  readonly SubnetId?: string;
  readonly UserData?: string;
  readonly ElasticGpuSpecification?: readonly ElasticGpuSpecification[];
  readonly ElasticInferenceAccelerators?: readonly ElasticInferenceAccelerator[];
  readonly TagSpecifications?: readonly TagSpecification[];
  readonly LaunchTemplate?: LaunchTemplateSpecification;
  readonly InstanceMarketOptions?: InstanceMarketOptionsRequest;
  readonly CreditSpecification?: CreditSpecificationRequest;
  readonly CpuOptions?: CpuOptionsRequest;
  readonly CapacityReservationSpecification?: CapacityReservationSpecification;
  readonly HibernationOptions?: HibernationOptionsRequest;
  readonly LicenseSpecifications?: readonly LicenseConfigurationRequest[];
  readonly MetadataOptions?: InstanceMetadataOptionsRequest;
  readonly EnclaveOptions?: EnclaveOptionsRequest;
  readonly PrivateDnsNameOptions?: PrivateDnsNameOptionsRequest;
  readonly MaintenanceOptions?: InstanceMaintenanceOptionsRequest;
  readonly DisableApiStop?: boolean;
  readonly EnablePrimaryIpv6?: boolean;
  readonly NetworkPerformanceOptions?: InstanceNetworkPerformanceOptionsRequest;
  readonly Operator?: OperatorRequest;
  readonly SecondaryInterfaces?: readonly InstanceSecondaryInterfaceSpecificationRequest[];
  readonly DryRun?: boolean;
  readonly DisableApiTermination?: boolean;
  readonly InstanceInitiatedShutdownBehavior?: ShutdownBehavior;
  readonly PrivateIpAddress?: string;
  readonly ClientToken?: string;
  readonly AdditionalInfo?: string;
  readonly NetworkInterfaces?: readonly InstanceNetworkInterfaceSpecification[];
  readonly IamInstanceProfile?: IamInstanceProfileSpecification;
  readonly EbsOptimized?: boolean;
}

export type SSEType =
  | "sse-ebs"
  | "sse-kms"
  | "none";

export type SecondaryInterfaceStatus =
  | "available"
  | "in-use";

export type SecondaryInterfaceType =
  | "secondary";

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

export type ShutdownBehavior =
  | "stop"
  | "terminate";

export type SpotInstanceType =
  | "one-time"
  | "persistent";

export interface SpotMarketOptions {
  readonly MaxPrice?: string;
  readonly SpotInstanceType?: SpotInstanceType;
  readonly BlockDurationMinutes?: number;
  readonly ValidUntil?: Date;
  readonly InstanceInterruptionBehavior?: InstanceInterruptionBehavior;
}

export interface StateReason {
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
}

export type StatusName =
  | "reachability";

export type StatusType =
  | "passed"
  | "failed"
  | "insufficient-data"
  | "initializing";

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

export type SummaryStatus =
  | "ok"
  | "impaired"
  | "insufficient-data"
  | "not-applicable"
  | "initializing";

export type SupportedAdditionalProcessorFeature =
  | "amd-sev-snp"
  | "nested-virtualization";

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

export interface TerminateInstancesRequest {
  readonly InstanceIds: readonly string[];
  readonly Force?: boolean;
  readonly SkipOsShutdown?: boolean;
  readonly DryRun?: boolean;
}

export interface TerminateInstancesResult {
  readonly TerminatingInstances?: readonly InstanceStateChange[] | undefined;
}

export type TpmSupportValues =
  | "v2.0";

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

export type UsageClassType =
  | "spot"
  | "on-demand"
  | "capacity-block";

export interface UserIdGroupPair {
  readonly Description?: string;
  readonly UserId?: string;
  readonly GroupName?: string;
  readonly GroupId?: string;
  readonly VpcId?: string;
  readonly VpcPeeringConnectionId?: string;
  readonly PeeringStatus?: string;
}

export interface VCpuInfo {
  readonly DefaultVCpus?: number | undefined;
  readonly DefaultCores?: number | undefined;
  readonly DefaultThreadsPerCore?: number | undefined;
  readonly ValidCores?: readonly number[] | undefined;
  readonly ValidThreadsPerCore?: readonly number[] | undefined;
}

export type VirtualizationType =
  | "hvm"
  | "paravirtual";

export interface Volume {
  readonly AvailabilityZoneId?: string | undefined;
  readonly OutpostArn?: string | undefined;
  readonly SourceVolumeId?: string | undefined;
  readonly Iops?: number | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly VolumeType?: VolumeType | undefined;
  readonly FastRestored?: boolean | undefined;
  readonly MultiAttachEnabled?: boolean | undefined;
  readonly Throughput?: number | undefined;
  readonly SseType?: SSEType | undefined;
  readonly Operator?: OperatorResponse | undefined;
  readonly VolumeInitializationRate?: number | undefined;
  readonly VolumeId?: string | undefined;
  readonly Size?: number | undefined;
  readonly SnapshotId?: string | undefined;
  readonly AvailabilityZone?: string | undefined;
  readonly State?: VolumeState | undefined;
  readonly CreateTime?: Date | undefined;
  readonly Attachments?: readonly VolumeAttachment[] | undefined;
  readonly Encrypted?: boolean | undefined;
  readonly KmsKeyId?: string | undefined;
}

export interface VolumeAttachment {
  readonly DeleteOnTermination?: boolean | undefined;
  readonly AssociatedResource?: string | undefined;
  readonly InstanceOwningService?: string | undefined;
  readonly EbsCardIndex?: number | undefined;
  readonly VolumeId?: string | undefined;
  readonly InstanceId?: string | undefined;
  readonly Device?: string | undefined;
  readonly State?: VolumeAttachmentState | undefined;
  readonly AttachTime?: Date | undefined;
}

export type VolumeAttachmentState =
  | "attaching"
  | "attached"
  | "detaching"
  | "detached"
  | "busy";

export type VolumeState =
  | "creating"
  | "available"
  | "in-use"
  | "deleting"
  | "deleted"
  | "error";

export type VolumeType =
  | "standard"
  | "io1"
  | "io2"
  | "gp2"
  | "sc1"
  | "st1"
  | "gp3";

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

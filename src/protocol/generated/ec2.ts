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
  ModifyInstanceMetadataOptions: { input: ModifyInstanceMetadataOptionsRequest; output: ModifyInstanceMetadataOptionsResult };
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
  readonly InstanceTypes?: readonly string[];
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
  readonly InstanceType?: string | undefined;
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

export type InstanceTypeHypervisor =
  | "nitro"
  | "xen";

export interface InstanceTypeInfo {
  readonly InstanceType?: string | undefined;
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

export interface ModifyInstanceMetadataOptionsRequest {
  readonly InstanceId: string;
  readonly HttpTokens?: HttpTokensState;
  readonly HttpPutResponseHopLimit?: number;
  readonly HttpEndpoint?: InstanceMetadataEndpointState;
  readonly DryRun?: boolean;
  readonly HttpProtocolIpv6?: InstanceMetadataProtocolState;
  readonly InstanceMetadataTags?: InstanceMetadataTagsState;
}

export interface ModifyInstanceMetadataOptionsResult {
  readonly InstanceId?: string | undefined;
  readonly InstanceMetadataOptions?: InstanceMetadataOptionsResponse | undefined;
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
  readonly InstanceType?: string;
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

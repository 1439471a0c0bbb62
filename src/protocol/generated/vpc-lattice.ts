// Generated from models/vpc-lattice.json by `npm run generate`; do not edit.
// A parsed request has no member that is present and undefined, so input shapes say `?: T`; shapes that
// only answers have say `?: T | undefined`, and the protocols leave such members out.

export interface VpcLatticeOperations {
  BatchUpdateRule: { input: BatchUpdateRuleRequest; output: BatchUpdateRuleResponse };
  CreateAccessLogSubscription: { input: CreateAccessLogSubscriptionRequest; output: CreateAccessLogSubscriptionResponse };
  CreateListener: { input: CreateListenerRequest; output: CreateListenerResponse };
  CreateResourceConfiguration: { input: CreateResourceConfigurationRequest; output: CreateResourceConfigurationResponse };
  CreateResourceGateway: { input: CreateResourceGatewayRequest; output: CreateResourceGatewayResponse };
  CreateRule: { input: CreateRuleRequest; output: CreateRuleResponse };
  CreateService: { input: CreateServiceRequest; output: CreateServiceResponse };
  CreateServiceNetwork: { input: CreateServiceNetworkRequest; output: CreateServiceNetworkResponse };
  CreateServiceNetworkResourceAssociation: { input: CreateServiceNetworkResourceAssociationRequest; output: CreateServiceNetworkResourceAssociationResponse };
  CreateServiceNetworkServiceAssociation: { input: CreateServiceNetworkServiceAssociationRequest; output: CreateServiceNetworkServiceAssociationResponse };
  CreateServiceNetworkVpcAssociation: { input: CreateServiceNetworkVpcAssociationRequest; output: CreateServiceNetworkVpcAssociationResponse };
  CreateTargetGroup: { input: CreateTargetGroupRequest; output: CreateTargetGroupResponse };
  DeleteAccessLogSubscription: { input: DeleteAccessLogSubscriptionRequest; output: DeleteAccessLogSubscriptionResponse };
  DeleteAuthPolicy: { input: DeleteAuthPolicyRequest; output: DeleteAuthPolicyResponse };
  DeleteDomainVerification: { input: DeleteDomainVerificationRequest; output: DeleteDomainVerificationResponse };
  DeleteListener: { input: DeleteListenerRequest; output: DeleteListenerResponse };
  DeleteResourceConfiguration: { input: DeleteResourceConfigurationRequest; output: DeleteResourceConfigurationResponse };
  DeleteResourceEndpointAssociation: { input: DeleteResourceEndpointAssociationRequest; output: DeleteResourceEndpointAssociationResponse };
  DeleteResourceGateway: { input: DeleteResourceGatewayRequest; output: DeleteResourceGatewayResponse };
  DeleteResourcePolicy: { input: DeleteResourcePolicyRequest; output: DeleteResourcePolicyResponse };
  DeleteRule: { input: DeleteRuleRequest; output: DeleteRuleResponse };
  DeleteService: { input: DeleteServiceRequest; output: DeleteServiceResponse };
  DeleteServiceNetwork: { input: DeleteServiceNetworkRequest; output: DeleteServiceNetworkResponse };
  DeleteServiceNetworkResourceAssociation: { input: DeleteServiceNetworkResourceAssociationRequest; output: DeleteServiceNetworkResourceAssociationResponse };
  DeleteServiceNetworkServiceAssociation: { input: DeleteServiceNetworkServiceAssociationRequest; output: DeleteServiceNetworkServiceAssociationResponse };
  DeleteServiceNetworkVpcAssociation: { input: DeleteServiceNetworkVpcAssociationRequest; output: DeleteServiceNetworkVpcAssociationResponse };
  DeleteTargetGroup: { input: DeleteTargetGroupRequest; output: DeleteTargetGroupResponse };
  DeregisterTargets: { input: DeregisterTargetsRequest; output: DeregisterTargetsResponse };
  GetAccessLogSubscription: { input: GetAccessLogSubscriptionRequest; output: GetAccessLogSubscriptionResponse };
  GetAuthPolicy: { input: GetAuthPolicyRequest; output: GetAuthPolicyResponse };
  GetDomainVerification: { input: GetDomainVerificationRequest; output: GetDomainVerificationResponse };
  GetListener: { input: GetListenerRequest; output: GetListenerResponse };
  GetResourceConfiguration: { input: GetResourceConfigurationRequest; output: GetResourceConfigurationResponse };
  GetResourceGateway: { input: GetResourceGatewayRequest; output: GetResourceGatewayResponse };
  GetResourcePolicy: { input: GetResourcePolicyRequest; output: GetResourcePolicyResponse };
  GetRule: { input: GetRuleRequest; output: GetRuleResponse };
  GetService: { input: GetServiceRequest; output: GetServiceResponse };
  GetServiceNetwork: { input: GetServiceNetworkRequest; output: GetServiceNetworkResponse };
  GetServiceNetworkResourceAssociation: { input: GetServiceNetworkResourceAssociationRequest; output: GetServiceNetworkResourceAssociationResponse };
  GetServiceNetworkServiceAssociation: { input: GetServiceNetworkServiceAssociationRequest; output: GetServiceNetworkServiceAssociationResponse };
  GetServiceNetworkVpcAssociation: { input: GetServiceNetworkVpcAssociationRequest; output: GetServiceNetworkVpcAssociationResponse };
  GetTargetGroup: { input: GetTargetGroupRequest; output: GetTargetGroupResponse };
  ListAccessLogSubscriptions: { input: ListAccessLogSubscriptionsRequest; output: ListAccessLogSubscriptionsResponse };
  ListDomainVerifications: { input: ListDomainVerificationsRequest; output: ListDomainVerificationsResponse };
  ListListeners: { input: ListListenersRequest; output: ListListenersResponse };
  ListResourceConfigurations: { input: ListResourceConfigurationsRequest; output: ListResourceConfigurationsResponse };
  ListResourceEndpointAssociations: { input: ListResourceEndpointAssociationsRequest; output: ListResourceEndpointAssociationsResponse };
  ListResourceGateways: { input: ListResourceGatewaysRequest; output: ListResourceGatewaysResponse };
  ListRules: { input: ListRulesRequest; output: ListRulesResponse };
  ListServiceNetworkResourceAssociations: { input: ListServiceNetworkResourceAssociationsRequest; output: ListServiceNetworkResourceAssociationsResponse };
  ListServiceNetworkServiceAssociations: { input: ListServiceNetworkServiceAssociationsRequest; output: ListServiceNetworkServiceAssociationsResponse };
  ListServiceNetworkVpcAssociations: { input: ListServiceNetworkVpcAssociationsRequest; output: ListServiceNetworkVpcAssociationsResponse };
  ListServiceNetworkVpcEndpointAssociations: { input: ListServiceNetworkVpcEndpointAssociationsRequest; output: ListServiceNetworkVpcEndpointAssociationsResponse };
  ListServiceNetworks: { input: ListServiceNetworksRequest; output: ListServiceNetworksResponse };
  ListServices: { input: ListServicesRequest; output: ListServicesResponse };
  ListTagsForResource: { input: ListTagsForResourceRequest; output: ListTagsForResourceResponse };
  ListTargetGroups: { input: ListTargetGroupsRequest; output: ListTargetGroupsResponse };
  ListTargets: { input: ListTargetsRequest; output: ListTargetsResponse };
  PutAuthPolicy: { input: PutAuthPolicyRequest; output: PutAuthPolicyResponse };
  PutResourcePolicy: { input: PutResourcePolicyRequest; output: PutResourcePolicyResponse };
  RegisterTargets: { input: RegisterTargetsRequest; output: RegisterTargetsResponse };
  StartDomainVerification: { input: StartDomainVerificationRequest; output: StartDomainVerificationResponse };
  TagResource: { input: TagResourceRequest; output: TagResourceResponse };
  UntagResource: { input: UntagResourceRequest; output: UntagResourceResponse };
  UpdateAccessLogSubscription: { input: UpdateAccessLogSubscriptionRequest; output: UpdateAccessLogSubscriptionResponse };
  UpdateListener: { input: UpdateListenerRequest; output: UpdateListenerResponse };
  UpdateResourceConfiguration: { input: UpdateResourceConfigurationRequest; output: UpdateResourceConfigurationResponse };
  UpdateResourceGateway: { input: UpdateResourceGatewayRequest; output: UpdateResourceGatewayResponse };
  UpdateRule: { input: UpdateRuleRequest; output: UpdateRuleResponse };
  UpdateService: { input: UpdateServiceRequest; output: UpdateServiceResponse };
  UpdateServiceNetwork: { input: UpdateServiceNetworkRequest; output: UpdateServiceNetworkResponse };
  UpdateServiceNetworkVpcAssociation: { input: UpdateServiceNetworkVpcAssociationRequest; output: UpdateServiceNetworkVpcAssociationResponse };
  UpdateTargetGroup: { input: UpdateTargetGroupRequest; output: UpdateTargetGroupResponse };
}

export type VpcLatticeOperationName = keyof VpcLatticeOperations;

export interface AccessLogSubscriptionSummary {
  readonly id: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly resourceArn: string;
  readonly destinationArn: string;
  readonly serviceNetworkLogType?: ServiceNetworkLogType | undefined;
  readonly createdAt: Date;
  readonly lastUpdatedAt: Date;
}

export interface ArnResource {
  readonly arn?: string;
}

export type AuthPolicyState =
  | "Active"
  | "Inactive";

export type AuthType =
  | "NONE"
  | "AWS_IAM";

export interface BatchUpdateRuleRequest {
  readonly serviceIdentifier: string;
  readonly listenerIdentifier: string;
  readonly rules: readonly RuleUpdate[];
}

export interface BatchUpdateRuleResponse {
  readonly successful?: readonly RuleUpdateSuccess[] | undefined;
  readonly unsuccessful?: readonly RuleUpdateFailure[] | undefined;
}

export interface CidrResource {
  readonly cidrRanges?: readonly string[];
}

export interface CreateAccessLogSubscriptionRequest {
  readonly clientToken?: string;
  readonly resourceIdentifier: string;
  readonly destinationArn: string;
  readonly serviceNetworkLogType?: ServiceNetworkLogType;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CreateAccessLogSubscriptionResponse {
  readonly id: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly resourceArn: string;
  readonly serviceNetworkLogType?: ServiceNetworkLogType | undefined;
  readonly destinationArn: string;
}

export interface CreateListenerRequest {
  readonly serviceIdentifier: string;
  readonly name: string;
  readonly protocol: ListenerProtocol;
  readonly port?: number;
  readonly defaultAction: RuleAction;
  readonly clientToken?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CreateListenerResponse {
  readonly arn?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly protocol?: ListenerProtocol | undefined;
  readonly port?: number | undefined;
  readonly serviceArn?: string | undefined;
  readonly serviceId?: string | undefined;
  readonly defaultAction?: RuleAction | undefined;
}

export interface CreateResourceConfigurationRequest {
  readonly name: string;
  readonly type: ResourceConfigurationType;
  readonly portRanges?: readonly string[];
  readonly protocol?: ProtocolType;
  readonly resourceGatewayIdentifier?: string;
  readonly resourceConfigurationGroupIdentifier?: string;
  readonly resourceConfigurationDefinition?: ResourceConfigurationDefinition;
  readonly allowAssociationToShareableServiceNetwork?: boolean;
  readonly customDomainName?: string;
  readonly groupDomain?: string;
  readonly domainVerificationIdentifier?: string;
  readonly clientToken?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CreateResourceConfigurationResponse {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly resourceGatewayId?: string | undefined;
  readonly resourceConfigurationGroupId?: string | undefined;
  readonly type?: ResourceConfigurationType | undefined;
  readonly portRanges?: readonly string[] | undefined;
  readonly protocol?: ProtocolType | undefined;
  readonly status?: ResourceConfigurationStatus | undefined;
  readonly resourceConfigurationDefinition?: ResourceConfigurationDefinition | undefined;
  readonly allowAssociationToShareableServiceNetwork?: boolean | undefined;
  readonly createdAt?: Date | undefined;
  readonly failureReason?: string | undefined;
  readonly customDomainName?: string | undefined;
  readonly domainVerificationId?: string | undefined;
  readonly groupDomain?: string | undefined;
  readonly domainVerificationArn?: string | undefined;
}

export interface CreateResourceGatewayRequest {
  readonly clientToken?: string;
  readonly name: string;
  readonly vpcIdentifier?: string;
  readonly subnetIds?: readonly string[];
  readonly securityGroupIds?: readonly string[];
  readonly ipAddressType?: ResourceGatewayIpAddressType;
  readonly ipv4AddressesPerEni?: number;
  readonly resourceConfigDnsResolution?: ResourceConfigDnsResolution;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CreateResourceGatewayResponse {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly status?: ResourceGatewayStatus | undefined;
  readonly vpcIdentifier?: string | undefined;
  readonly subnetIds?: readonly string[] | undefined;
  readonly securityGroupIds?: readonly string[] | undefined;
  readonly ipAddressType?: ResourceGatewayIpAddressType | undefined;
  readonly ipv4AddressesPerEni?: number | undefined;
  readonly resourceConfigDnsResolution?: ResourceConfigDnsResolution | undefined;
}

export interface CreateRuleRequest {
  readonly serviceIdentifier: string;
  readonly listenerIdentifier: string;
  readonly name: string;
  readonly match: RuleMatch;
  readonly priority: number;
  readonly action: RuleAction;
  readonly clientToken?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CreateRuleResponse {
  readonly arn?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly match?: RuleMatch | undefined;
  readonly priority?: number | undefined;
  readonly action?: RuleAction | undefined;
}

export interface CreateServiceNetworkRequest {
  readonly clientToken?: string;
  readonly name: string;
  readonly authType?: AuthType;
  readonly tags?: Readonly<Record<string, string>>;
  readonly sharingConfig?: SharingConfig;
}

export interface CreateServiceNetworkResourceAssociationRequest {
  readonly clientToken?: string;
  readonly resourceConfigurationIdentifier: string;
  readonly serviceNetworkIdentifier: string;
  readonly privateDnsEnabled?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CreateServiceNetworkResourceAssociationResponse {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly status?: ServiceNetworkResourceAssociationStatus | undefined;
  readonly createdBy?: string | undefined;
  readonly privateDnsEnabled?: boolean | undefined;
}

export interface CreateServiceNetworkResponse {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly sharingConfig?: SharingConfig | undefined;
  readonly authType?: AuthType | undefined;
}

export interface CreateServiceNetworkServiceAssociationRequest {
  readonly clientToken?: string;
  readonly serviceIdentifier: string;
  readonly serviceNetworkIdentifier: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CreateServiceNetworkServiceAssociationResponse {
  readonly id?: string | undefined;
  readonly status?: ServiceNetworkServiceAssociationStatus | undefined;
  readonly arn?: string | undefined;
  readonly createdBy?: string | undefined;
  readonly customDomainName?: string | undefined;
  readonly dnsEntry?: DnsEntry | undefined;
}

export interface CreateServiceNetworkVpcAssociationRequest {
  readonly clientToken?: string;
  readonly serviceNetworkIdentifier: string;
  readonly vpcIdentifier: string;
  readonly privateDnsEnabled?: boolean;
  readonly securityGroupIds?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly dnsOptions?: DnsOptions;
}

export interface CreateServiceNetworkVpcAssociationResponse {
  readonly id?: string | undefined;
  readonly status?: ServiceNetworkVpcAssociationStatus | undefined;
  readonly arn?: string | undefined;
  readonly createdBy?: string | undefined;
  readonly securityGroupIds?: readonly string[] | undefined;
  readonly privateDnsEnabled?: boolean | undefined;
  readonly dnsOptions?: DnsOptions | undefined;
}

export interface CreateServiceRequest {
  readonly clientToken?: string;
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly customDomainName?: string;
  readonly certificateArn?: string;
  readonly authType?: AuthType;
  readonly idleTimeoutSeconds?: number;
}

export interface CreateServiceResponse {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
  readonly customDomainName?: string | undefined;
  readonly certificateArn?: string | undefined;
  readonly status?: ServiceStatus | undefined;
  readonly authType?: AuthType | undefined;
  readonly idleTimeoutSeconds?: number | undefined;
  readonly dnsEntry?: DnsEntry | undefined;
}

export interface CreateTargetGroupRequest {
  readonly name: string;
  readonly type: TargetGroupType;
  readonly config?: TargetGroupConfig;
  readonly clientToken?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CreateTargetGroupResponse {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
  readonly type?: TargetGroupType | undefined;
  readonly config?: TargetGroupConfig | undefined;
  readonly status?: TargetGroupStatus | undefined;
}

export interface DeleteAccessLogSubscriptionRequest {
  readonly accessLogSubscriptionIdentifier: string;
}

export type DeleteAccessLogSubscriptionResponse = Readonly<Record<string, never>>;

export interface DeleteAuthPolicyRequest {
  readonly resourceIdentifier: string;
}

export type DeleteAuthPolicyResponse = Readonly<Record<string, never>>;

export interface DeleteDomainVerificationRequest {
  readonly domainVerificationIdentifier: string;
}

export type DeleteDomainVerificationResponse = Readonly<Record<string, never>>;

export interface DeleteListenerRequest {
  readonly serviceIdentifier: string;
  readonly listenerIdentifier: string;
}

export type DeleteListenerResponse = Readonly<Record<string, never>>;

export interface DeleteResourceConfigurationRequest {
  readonly resourceConfigurationIdentifier: string;
}

export type DeleteResourceConfigurationResponse = Readonly<Record<string, never>>;

export interface DeleteResourceEndpointAssociationRequest {
  readonly resourceEndpointAssociationIdentifier: string;
}

export interface DeleteResourceEndpointAssociationResponse {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly resourceConfigurationId?: string | undefined;
  readonly resourceConfigurationArn?: string | undefined;
  readonly vpcEndpointId?: string | undefined;
}

export interface DeleteResourceGatewayRequest {
  readonly resourceGatewayIdentifier: string;
}

export interface DeleteResourceGatewayResponse {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
  readonly status?: ResourceGatewayStatus | undefined;
}

export interface DeleteResourcePolicyRequest {
  readonly resourceArn: string;
}

export type DeleteResourcePolicyResponse = Readonly<Record<string, never>>;

export interface DeleteRuleRequest {
  readonly serviceIdentifier: string;
  readonly listenerIdentifier: string;
  readonly ruleIdentifier: string;
}

export type DeleteRuleResponse = Readonly<Record<string, never>>;

export interface DeleteServiceNetworkRequest {
  readonly serviceNetworkIdentifier: string;
}

export interface DeleteServiceNetworkResourceAssociationRequest {
  readonly serviceNetworkResourceAssociationIdentifier: string;
}

export interface DeleteServiceNetworkResourceAssociationResponse {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly status?: ServiceNetworkResourceAssociationStatus | undefined;
}

export type DeleteServiceNetworkResponse = Readonly<Record<string, never>>;

export interface DeleteServiceNetworkServiceAssociationRequest {
  readonly serviceNetworkServiceAssociationIdentifier: string;
}

export interface DeleteServiceNetworkServiceAssociationResponse {
  readonly id?: string | undefined;
  readonly status?: ServiceNetworkServiceAssociationStatus | undefined;
  readonly arn?: string | undefined;
}

export interface DeleteServiceNetworkVpcAssociationRequest {
  readonly serviceNetworkVpcAssociationIdentifier: string;
}

export interface DeleteServiceNetworkVpcAssociationResponse {
  readonly id?: string | undefined;
  readonly status?: ServiceNetworkVpcAssociationStatus | undefined;
  readonly arn?: string | undefined;
}

export interface DeleteServiceRequest {
  readonly serviceIdentifier: string;
}

export interface DeleteServiceResponse {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
  readonly status?: ServiceStatus | undefined;
}

export interface DeleteTargetGroupRequest {
  readonly targetGroupIdentifier: string;
}

export interface DeleteTargetGroupResponse {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly status?: TargetGroupStatus | undefined;
}

export interface DeregisterTargetsRequest {
  readonly targetGroupIdentifier: string;
  readonly targets: readonly Target[];
}

export interface DeregisterTargetsResponse {
  readonly successful?: readonly Target[] | undefined;
  readonly unsuccessful?: readonly TargetFailure[] | undefined;
}

export interface DnsEntry {
  readonly domainName?: string | undefined;
  readonly hostedZoneId?: string | undefined;
}

export interface DnsOptions {
  readonly privateDnsPreference?: PrivateDnsPreference;
  readonly privateDnsSpecifiedDomains?: readonly string[];
}

export interface DnsResource {
  readonly domainName?: string;
  readonly ipAddressType?: ResourceConfigurationIpAddressType;
}

export interface DomainVerificationSummary {
  readonly id: string;
  readonly arn: string;
  readonly domainName: string;
  readonly status: VerificationStatus;
  readonly txtMethodConfig?: TxtMethodConfig | undefined;
  readonly createdAt: Date;
  readonly lastVerifiedTime?: Date | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface FixedResponseAction {
  readonly statusCode: number;
}

export interface ForwardAction {
  readonly targetGroups: readonly WeightedTargetGroup[];
}

export interface GetAccessLogSubscriptionRequest {
  readonly accessLogSubscriptionIdentifier: string;
}

export interface GetAccessLogSubscriptionResponse {
  readonly id: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly resourceArn: string;
  readonly destinationArn: string;
  readonly serviceNetworkLogType?: ServiceNetworkLogType | undefined;
  readonly createdAt: Date;
  readonly lastUpdatedAt: Date;
}

export interface GetAuthPolicyRequest {
  readonly resourceIdentifier: string;
}

export interface GetAuthPolicyResponse {
  readonly policy?: string | undefined;
  readonly state?: AuthPolicyState | undefined;
  readonly createdAt?: Date | undefined;
  readonly lastUpdatedAt?: Date | undefined;
}

export interface GetDomainVerificationRequest {
  readonly domainVerificationIdentifier: string;
}

export interface GetDomainVerificationResponse {
  readonly id: string;
  readonly arn: string;
  readonly domainName: string;
  readonly status: VerificationStatus;
  readonly txtMethodConfig?: TxtMethodConfig | undefined;
  readonly createdAt: Date;
  readonly lastVerifiedTime?: Date | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface GetListenerRequest {
  readonly serviceIdentifier: string;
  readonly listenerIdentifier: string;
}

export interface GetListenerResponse {
  readonly arn?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly protocol?: ListenerProtocol | undefined;
  readonly port?: number | undefined;
  readonly serviceArn?: string | undefined;
  readonly serviceId?: string | undefined;
  readonly defaultAction?: RuleAction | undefined;
  readonly createdAt?: Date | undefined;
  readonly lastUpdatedAt?: Date | undefined;
}

export interface GetResourceConfigurationRequest {
  readonly resourceConfigurationIdentifier: string;
}

export interface GetResourceConfigurationResponse {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly resourceGatewayId?: string | undefined;
  readonly resourceConfigurationGroupId?: string | undefined;
  readonly type?: ResourceConfigurationType | undefined;
  readonly allowAssociationToShareableServiceNetwork?: boolean | undefined;
  readonly portRanges?: readonly string[] | undefined;
  readonly protocol?: ProtocolType | undefined;
  readonly customDomainName?: string | undefined;
  readonly status?: ResourceConfigurationStatus | undefined;
  readonly resourceConfigurationDefinition?: ResourceConfigurationDefinition | undefined;
  readonly createdAt?: Date | undefined;
  readonly amazonManaged?: boolean | undefined;
  readonly failureReason?: string | undefined;
  readonly lastUpdatedAt?: Date | undefined;
  readonly domainVerificationId?: string | undefined;
  readonly domainVerificationArn?: string | undefined;
  readonly domainVerificationStatus?: VerificationStatus | undefined;
  readonly groupDomain?: string | undefined;
}

export interface GetResourceGatewayRequest {
  readonly resourceGatewayIdentifier: string;
}

export interface GetResourceGatewayResponse {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly status?: ResourceGatewayStatus | undefined;
  readonly vpcId?: string | undefined;
  readonly subnetIds?: readonly string[] | undefined;
  readonly serviceManaged?: boolean | undefined;
  readonly managedBy?: string | undefined;
  readonly securityGroupIds?: readonly string[] | undefined;
  readonly ipAddressType?: ResourceGatewayIpAddressType | undefined;
  readonly ipv4AddressesPerEni?: number | undefined;
  readonly resourceConfigDnsResolution?: ResourceConfigDnsResolution | undefined;
  readonly createdAt?: Date | undefined;
  readonly lastUpdatedAt?: Date | undefined;
}

export interface GetResourcePolicyRequest {
  readonly resourceArn: string;
}

export interface GetResourcePolicyResponse {
  readonly policy?: string | undefined;
}

export interface GetRuleRequest {
  readonly serviceIdentifier: string;
  readonly listenerIdentifier: string;
  readonly ruleIdentifier: string;
}

export interface GetRuleResponse {
  readonly arn?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly isDefault?: boolean | undefined;
  readonly match?: RuleMatch | undefined;
  readonly priority?: number | undefined;
  readonly action?: RuleAction | undefined;
  readonly createdAt?: Date | undefined;
  readonly lastUpdatedAt?: Date | undefined;
}

export interface GetServiceNetworkRequest {
  readonly serviceNetworkIdentifier: string;
}

export interface GetServiceNetworkResourceAssociationRequest {
  readonly serviceNetworkResourceAssociationIdentifier: string;
}

export interface GetServiceNetworkResourceAssociationResponse {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly status?: ServiceNetworkResourceAssociationStatus | undefined;
  readonly createdBy?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly resourceConfigurationId?: string | undefined;
  readonly resourceConfigurationArn?: string | undefined;
  readonly resourceConfigurationName?: string | undefined;
  readonly serviceNetworkId?: string | undefined;
  readonly serviceNetworkArn?: string | undefined;
  readonly serviceNetworkName?: string | undefined;
  readonly failureReason?: string | undefined;
  readonly failureCode?: string | undefined;
  readonly lastUpdatedAt?: Date | undefined;
  readonly privateDnsEntry?: DnsEntry | undefined;
  readonly privateDnsEnabled?: boolean | undefined;
  readonly dnsEntry?: DnsEntry | undefined;
  readonly isManagedAssociation?: boolean | undefined;
  readonly domainVerificationStatus?: VerificationStatus | undefined;
}

export interface GetServiceNetworkResponse {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly lastUpdatedAt?: Date | undefined;
  readonly arn?: string | undefined;
  readonly authType?: AuthType | undefined;
  readonly sharingConfig?: SharingConfig | undefined;
  readonly numberOfAssociatedVPCs?: number | undefined;
  readonly numberOfAssociatedServices?: number | undefined;
}

export interface GetServiceNetworkServiceAssociationRequest {
  readonly serviceNetworkServiceAssociationIdentifier: string;
}

export interface GetServiceNetworkServiceAssociationResponse {
  readonly id?: string | undefined;
  readonly status?: ServiceNetworkServiceAssociationStatus | undefined;
  readonly arn?: string | undefined;
  readonly createdBy?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly serviceId?: string | undefined;
  readonly serviceName?: string | undefined;
  readonly serviceArn?: string | undefined;
  readonly serviceNetworkId?: string | undefined;
  readonly serviceNetworkName?: string | undefined;
  readonly serviceNetworkArn?: string | undefined;
  readonly dnsEntry?: DnsEntry | undefined;
  readonly customDomainName?: string | undefined;
  readonly failureMessage?: string | undefined;
  readonly failureCode?: string | undefined;
}

export interface GetServiceNetworkVpcAssociationRequest {
  readonly serviceNetworkVpcAssociationIdentifier: string;
}

export interface GetServiceNetworkVpcAssociationResponse {
  readonly id?: string | undefined;
  readonly status?: ServiceNetworkVpcAssociationStatus | undefined;
  readonly arn?: string | undefined;
  readonly createdBy?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly serviceNetworkId?: string | undefined;
  readonly serviceNetworkName?: string | undefined;
  readonly serviceNetworkArn?: string | undefined;
  readonly vpcId?: string | undefined;
  readonly securityGroupIds?: readonly string[] | undefined;
  readonly privateDnsEnabled?: boolean | undefined;
  readonly failureMessage?: string | undefined;
  readonly failureCode?: string | undefined;
  readonly lastUpdatedAt?: Date | undefined;
  readonly dnsOptions?: DnsOptions | undefined;
}

export interface GetServiceRequest {
  readonly serviceIdentifier: string;
}

export interface GetServiceResponse {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly lastUpdatedAt?: Date | undefined;
  readonly dnsEntry?: DnsEntry | undefined;
  readonly customDomainName?: string | undefined;
  readonly certificateArn?: string | undefined;
  readonly status?: ServiceStatus | undefined;
  readonly authType?: AuthType | undefined;
  readonly idleTimeoutSeconds?: number | undefined;
  readonly failureCode?: string | undefined;
  readonly failureMessage?: string | undefined;
}

export interface GetTargetGroupRequest {
  readonly targetGroupIdentifier: string;
}

export interface GetTargetGroupResponse {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
  readonly type?: TargetGroupType | undefined;
  readonly config?: TargetGroupConfig | undefined;
  readonly createdAt?: Date | undefined;
  readonly lastUpdatedAt?: Date | undefined;
  readonly status?: TargetGroupStatus | undefined;
  readonly serviceArns?: readonly string[] | undefined;
  readonly failureMessage?: string | undefined;
  readonly failureCode?: string | undefined;
}

export interface HeaderMatch {
  readonly name: string;
  readonly match: HeaderMatchType;
  readonly caseSensitive?: boolean;
}

export type HeaderMatchType =
  | { readonly exact: string; readonly prefix?: never; readonly contains?: never }
  | { readonly prefix: string; readonly exact?: never; readonly contains?: never }
  | { readonly contains: string; readonly exact?: never; readonly prefix?: never };

export interface HealthCheckConfig {
  readonly enabled?: boolean;
  readonly protocol?: TargetGroupProtocol;
  readonly protocolVersion?: HealthCheckProtocolVersion;
  readonly port?: number;
  readonly path?: string;
  readonly healthCheckIntervalSeconds?: number;
  readonly healthCheckTimeoutSeconds?: number;
  readonly healthyThresholdCount?: number;
  readonly unhealthyThresholdCount?: number;
  readonly matcher?: Matcher;
}

export type HealthCheckProtocolVersion =
  | "HTTP1"
  | "HTTP2";

export interface HttpMatch {
  readonly method?: string;
  readonly pathMatch?: PathMatch;
  readonly headerMatches?: readonly HeaderMatch[];
}

export type IpAddressType =
  | "IPV4"
  | "IPV6";

export interface IpResource {
  readonly ipAddress?: string;
}

export type LambdaEventStructureVersion =
  | "V1"
  | "V2";

export interface ListAccessLogSubscriptionsRequest {
  readonly resourceIdentifier: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface ListAccessLogSubscriptionsResponse {
  readonly items: readonly AccessLogSubscriptionSummary[];
  readonly nextToken?: string | undefined;
}

export interface ListDomainVerificationsRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface ListDomainVerificationsResponse {
  readonly items: readonly DomainVerificationSummary[];
  readonly nextToken?: string | undefined;
}

export interface ListListenersRequest {
  readonly serviceIdentifier: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface ListListenersResponse {
  readonly items: readonly ListenerSummary[];
  readonly nextToken?: string | undefined;
}

export interface ListResourceConfigurationsRequest {
  readonly resourceGatewayIdentifier?: string;
  readonly resourceConfigurationGroupIdentifier?: string;
  readonly domainVerificationIdentifier?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface ListResourceConfigurationsResponse {
  readonly items?: readonly ResourceConfigurationSummary[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListResourceEndpointAssociationsRequest {
  readonly resourceConfigurationIdentifier: string;
  readonly resourceEndpointAssociationIdentifier?: string;
  readonly vpcEndpointId?: string;
  readonly vpcEndpointOwner?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface ListResourceEndpointAssociationsResponse {
  readonly items: readonly ResourceEndpointAssociationSummary[];
  readonly nextToken?: string | undefined;
}

export interface ListResourceGatewaysRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface ListResourceGatewaysResponse {
  readonly items?: readonly ResourceGatewaySummary[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListRulesRequest {
  readonly serviceIdentifier: string;
  readonly listenerIdentifier: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface ListRulesResponse {
  readonly items: readonly RuleSummary[];
  readonly nextToken?: string | undefined;
}

export interface ListServiceNetworkResourceAssociationsRequest {
  readonly serviceNetworkIdentifier?: string;
  readonly resourceConfigurationIdentifier?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
  readonly includeChildren?: boolean;
}

export interface ListServiceNetworkResourceAssociationsResponse {
  readonly items: readonly ServiceNetworkResourceAssociationSummary[];
  readonly nextToken?: string | undefined;
}

export interface ListServiceNetworkServiceAssociationsRequest {
  readonly serviceNetworkIdentifier?: string;
  readonly serviceIdentifier?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface ListServiceNetworkServiceAssociationsResponse {
  readonly items: readonly ServiceNetworkServiceAssociationSummary[];
  readonly nextToken?: string | undefined;
}

export interface ListServiceNetworkVpcAssociationsRequest {
  readonly serviceNetworkIdentifier?: string;
  readonly vpcIdentifier?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface ListServiceNetworkVpcAssociationsResponse {
  readonly items: readonly ServiceNetworkVpcAssociationSummary[];
  readonly nextToken?: string | undefined;
}

export interface ListServiceNetworkVpcEndpointAssociationsRequest {
  readonly serviceNetworkIdentifier: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface ListServiceNetworkVpcEndpointAssociationsResponse {
  readonly items: readonly ServiceNetworkEndpointAssociation[];
  readonly nextToken?: string | undefined;
}

export interface ListServiceNetworksRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface ListServiceNetworksResponse {
  readonly items: readonly ServiceNetworkSummary[];
  readonly nextToken?: string | undefined;
}

export interface ListServicesRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface ListServicesResponse {
  readonly items?: readonly ServiceSummary[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListTagsForResourceRequest {
  readonly resourceArn: string;
}

export interface ListTagsForResourceResponse {
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface ListTargetGroupsRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
  readonly vpcIdentifier?: string;
  readonly targetGroupType?: TargetGroupType;
}

export interface ListTargetGroupsResponse {
  readonly items?: readonly TargetGroupSummary[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListTargetsRequest {
  readonly targetGroupIdentifier: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
  readonly targets?: readonly Target[];
}

export interface ListTargetsResponse {
  readonly items: readonly TargetSummary[];
  readonly nextToken?: string | undefined;
}

export type ListenerProtocol =
  | "HTTP"
  | "HTTPS"
  | "TLS_PASSTHROUGH";

export interface ListenerSummary {
  readonly arn?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly protocol?: ListenerProtocol | undefined;
  readonly port?: number | undefined;
  readonly createdAt?: Date | undefined;
  readonly lastUpdatedAt?: Date | undefined;
}

export type Matcher =
  | { readonly httpCode: string };

export interface PathMatch {
  readonly match: PathMatchType;
  readonly caseSensitive?: boolean;
}

export type PathMatchType =
  | { readonly exact: string; readonly prefix?: never }
  | { readonly prefix: string; readonly exact?: never };

export interface PayerResponsibilityEntry {
  readonly scope?: PayerResponsibilityScope | undefined;
  readonly payerResponsibilityType?: PayerResponsibilityPayer | undefined;
}

export type PayerResponsibilityPayer =
  | "VpcEndpointAccount"
  | "ResourceGatewayAccount";

export type PayerResponsibilityScope =
  | "ResourceGatewayCharges";

export type PrivateDnsPreference =
  | "VERIFIED_DOMAINS_ONLY"
  | "ALL_DOMAINS"
  | "VERIFIED_DOMAINS_AND_SPECIFIED_DOMAINS"
  | "SPECIFIED_DOMAINS_ONLY";

export type ProtocolType =
  | "TCP"
  | "TCP_UDP";

export interface PutAuthPolicyRequest {
  readonly resourceIdentifier: string;
  readonly policy: string;
}

export interface PutAuthPolicyResponse {
  readonly policy?: string | undefined;
  readonly state?: AuthPolicyState | undefined;
}

export interface PutResourcePolicyRequest {
  readonly resourceArn: string;
  readonly policy: string;
}

export type PutResourcePolicyResponse = Readonly<Record<string, never>>;

export interface RegisterTargetsRequest {
  readonly targetGroupIdentifier: string;
  readonly targets: readonly Target[];
}

export interface RegisterTargetsResponse {
  readonly successful?: readonly Target[] | undefined;
  readonly unsuccessful?: readonly TargetFailure[] | undefined;
}

export type ResourceConfigDnsResolution =
  | "IN_VPC"
  | "PUBLIC";

export type ResourceConfigurationDefinition =
  | { readonly dnsResource: DnsResource; readonly ipResource?: never; readonly arnResource?: never; readonly cidrResource?: never }
  | { readonly ipResource: IpResource; readonly dnsResource?: never; readonly arnResource?: never; readonly cidrResource?: never }
  | { readonly arnResource: ArnResource; readonly dnsResource?: never; readonly ipResource?: never; readonly cidrResource?: never }
  | { readonly cidrResource: CidrResource; readonly dnsResource?: never; readonly ipResource?: never; readonly arnResource?: never };

export type ResourceConfigurationIpAddressType =
  | "IPV4"
  | "IPV6"
  | "DUALSTACK";

export type ResourceConfigurationStatus =
  | "ACTIVE"
  | "CREATE_IN_PROGRESS"
  | "UPDATE_IN_PROGRESS"
  | "DELETE_IN_PROGRESS"
  | "CREATE_FAILED"
  | "UPDATE_FAILED"
  | "DELETE_FAILED";

export interface ResourceConfigurationSummary {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly resourceGatewayId?: string | undefined;
  readonly resourceConfigurationGroupId?: string | undefined;
  readonly type?: ResourceConfigurationType | undefined;
  readonly status?: ResourceConfigurationStatus | undefined;
  readonly amazonManaged?: boolean | undefined;
  readonly createdAt?: Date | undefined;
  readonly lastUpdatedAt?: Date | undefined;
  readonly customDomainName?: string | undefined;
  readonly domainVerificationId?: string | undefined;
  readonly groupDomain?: string | undefined;
}

export type ResourceConfigurationType =
  | "GROUP"
  | "CHILD"
  | "SINGLE"
  | "ARN"
  | "CIDR";

export interface ResourceEndpointAssociationSummary {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly resourceConfigurationId?: string | undefined;
  readonly resourceConfigurationArn?: string | undefined;
  readonly resourceConfigurationName?: string | undefined;
  readonly vpcEndpointId?: string | undefined;
  readonly vpcEndpointOwner?: string | undefined;
  readonly createdBy?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly payerResponsibility?: readonly PayerResponsibilityEntry[] | undefined;
}

export type ResourceGatewayIpAddressType =
  | "IPV4"
  | "IPV6"
  | "DUALSTACK";

export type ResourceGatewayStatus =
  | "ACTIVE"
  | "CREATE_IN_PROGRESS"
  | "UPDATE_IN_PROGRESS"
  | "DELETE_IN_PROGRESS"
  | "CREATE_FAILED"
  | "UPDATE_FAILED"
  | "DELETE_FAILED";

export interface ResourceGatewaySummary {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly status?: ResourceGatewayStatus | undefined;
  readonly vpcIdentifier?: string | undefined;
  readonly subnetIds?: readonly string[] | undefined;
  readonly securityGroupIds?: readonly string[] | undefined;
  readonly ipAddressType?: ResourceGatewayIpAddressType | undefined;
  readonly ipv4AddressesPerEni?: number | undefined;
  readonly resourceConfigDnsResolution?: ResourceConfigDnsResolution | undefined;
  readonly createdAt?: Date | undefined;
  readonly lastUpdatedAt?: Date | undefined;
}

export type RuleAction =
  | { readonly forward: ForwardAction; readonly fixedResponse?: never }
  | { readonly fixedResponse: FixedResponseAction; readonly forward?: never };

export type RuleMatch =
  | { readonly httpMatch: HttpMatch };

export interface RuleSummary {
  readonly arn?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly isDefault?: boolean | undefined;
  readonly priority?: number | undefined;
  readonly createdAt?: Date | undefined;
  readonly lastUpdatedAt?: Date | undefined;
}

export interface RuleUpdate {
  readonly ruleIdentifier: string;
  readonly match?: RuleMatch;
  readonly priority?: number;
  readonly action?: RuleAction;
}

export interface RuleUpdateFailure {
  readonly ruleIdentifier?: string | undefined;
  readonly failureCode?: string | undefined;
  readonly failureMessage?: string | undefined;
}

export interface RuleUpdateSuccess {
  readonly arn?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly isDefault?: boolean | undefined;
  readonly match?: RuleMatch | undefined;
  readonly priority?: number | undefined;
  readonly action?: RuleAction | undefined;
}

export interface ServiceNetworkEndpointAssociation {
  readonly vpcEndpointId?: string | undefined;
  readonly vpcId?: string | undefined;
  readonly vpcEndpointOwnerId?: string | undefined;
  readonly id?: string | undefined;
  readonly state?: string | undefined;
  readonly serviceNetworkArn?: string | undefined;
  readonly createdAt?: Date | undefined;
}

export type ServiceNetworkLogType =
  | "SERVICE"
  | "RESOURCE";

export type ServiceNetworkResourceAssociationStatus =
  | "CREATE_IN_PROGRESS"
  | "ACTIVE"
  | "PARTIAL"
  | "DELETE_IN_PROGRESS"
  | "CREATE_FAILED"
  | "DELETE_FAILED";

export interface ServiceNetworkResourceAssociationSummary {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly status?: ServiceNetworkResourceAssociationStatus | undefined;
  readonly createdBy?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly resourceConfigurationId?: string | undefined;
  readonly resourceConfigurationArn?: string | undefined;
  readonly resourceConfigurationName?: string | undefined;
  readonly serviceNetworkId?: string | undefined;
  readonly serviceNetworkArn?: string | undefined;
  readonly serviceNetworkName?: string | undefined;
  readonly dnsEntry?: DnsEntry | undefined;
  readonly privateDnsEntry?: DnsEntry | undefined;
  readonly isManagedAssociation?: boolean | undefined;
  readonly failureCode?: string | undefined;
  readonly privateDnsEnabled?: boolean | undefined;
}

export type ServiceNetworkServiceAssociationStatus =
  | "CREATE_IN_PROGRESS"
  | "ACTIVE"
  | "DELETE_IN_PROGRESS"
  | "CREATE_FAILED"
  | "DELETE_FAILED";

export interface ServiceNetworkServiceAssociationSummary {
  readonly id?: string | undefined;
  readonly status?: ServiceNetworkServiceAssociationStatus | undefined;
  readonly arn?: string | undefined;
  readonly createdBy?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly serviceId?: string | undefined;
  readonly serviceName?: string | undefined;
  readonly serviceArn?: string | undefined;
  readonly serviceNetworkId?: string | undefined;
  readonly serviceNetworkName?: string | undefined;
  readonly serviceNetworkArn?: string | undefined;
  readonly dnsEntry?: DnsEntry | undefined;
  readonly customDomainName?: string | undefined;
}

export interface ServiceNetworkSummary {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly lastUpdatedAt?: Date | undefined;
  readonly numberOfAssociatedVPCs?: number | undefined;
  readonly numberOfAssociatedServices?: number | undefined;
  readonly numberOfAssociatedResourceConfigurations?: number | undefined;
}

export type ServiceNetworkVpcAssociationStatus =
  | "CREATE_IN_PROGRESS"
  | "ACTIVE"
  | "UPDATE_IN_PROGRESS"
  | "DELETE_IN_PROGRESS"
  | "CREATE_FAILED"
  | "DELETE_FAILED"
  | "UPDATE_FAILED";

export interface ServiceNetworkVpcAssociationSummary {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly status?: ServiceNetworkVpcAssociationStatus | undefined;
  readonly createdBy?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly serviceNetworkId?: string | undefined;
  readonly serviceNetworkName?: string | undefined;
  readonly serviceNetworkArn?: string | undefined;
  readonly privateDnsEnabled?: boolean | undefined;
  readonly dnsOptions?: DnsOptions | undefined;
  readonly vpcId?: string | undefined;
  readonly lastUpdatedAt?: Date | undefined;
}

export type ServiceStatus =
  | "ACTIVE"
  | "CREATE_IN_PROGRESS"
  | "DELETE_IN_PROGRESS"
  | "CREATE_FAILED"
  | "DELETE_FAILED";

export interface ServiceSummary {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly lastUpdatedAt?: Date | undefined;
  readonly dnsEntry?: DnsEntry | undefined;
  readonly customDomainName?: string | undefined;
  readonly status?: ServiceStatus | undefined;
}

export interface SharingConfig {
  readonly enabled?: boolean;
}

export interface StartDomainVerificationRequest {
  readonly clientToken?: string;
  readonly domainName: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface StartDomainVerificationResponse {
  readonly id: string;
  readonly arn: string;
  readonly domainName: string;
  readonly status: VerificationStatus;
  readonly txtMethodConfig?: TxtMethodConfig | undefined;
}

export interface TagResourceRequest {
  readonly resourceArn: string;
  readonly tags: Readonly<Record<string, string>>;
}

export type TagResourceResponse = Readonly<Record<string, never>>;

export interface Target {
  readonly id: string;
  readonly port?: number;
}

export interface TargetFailure {
  readonly id?: string | undefined;
  readonly port?: number | undefined;
  readonly failureCode?: string | undefined;
  readonly failureMessage?: string | undefined;
}

export interface TargetGroupConfig {
  readonly port?: number;
  readonly protocol?: TargetGroupProtocol;
  readonly protocolVersion?: TargetGroupProtocolVersion;
  readonly ipAddressType?: IpAddressType;
  readonly vpcIdentifier?: string;
  readonly healthCheck?: HealthCheckConfig;
  readonly lambdaEventStructureVersion?: LambdaEventStructureVersion;
}

export type TargetGroupProtocol =
  | "HTTP"
  | "HTTPS"
  | "TCP";

export type TargetGroupProtocolVersion =
  | "HTTP1"
  | "HTTP2"
  | "GRPC";

export type TargetGroupStatus =
  | "CREATE_IN_PROGRESS"
  | "ACTIVE"
  | "DELETE_IN_PROGRESS"
  | "CREATE_FAILED"
  | "DELETE_FAILED";

export interface TargetGroupSummary {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
  readonly type?: TargetGroupType | undefined;
  readonly createdAt?: Date | undefined;
  readonly port?: number | undefined;
  readonly protocol?: TargetGroupProtocol | undefined;
  readonly ipAddressType?: IpAddressType | undefined;
  readonly vpcIdentifier?: string | undefined;
  readonly lastUpdatedAt?: Date | undefined;
  readonly status?: TargetGroupStatus | undefined;
  readonly serviceArns?: readonly string[] | undefined;
  readonly lambdaEventStructureVersion?: LambdaEventStructureVersion | undefined;
}

export type TargetGroupType =
  | "IP"
  | "LAMBDA"
  | "INSTANCE"
  | "ALB";

export type TargetStatus =
  | "DRAINING"
  | "UNAVAILABLE"
  | "HEALTHY"
  | "UNHEALTHY"
  | "INITIAL"
  | "UNUSED";

export interface TargetSummary {
  readonly id?: string | undefined;
  readonly port?: number | undefined;
  readonly status?: TargetStatus | undefined;
  readonly reasonCode?: string | undefined;
}

export interface TxtMethodConfig {
  readonly value: string;
  readonly name: string;
}

export interface UntagResourceRequest {
  readonly resourceArn: string;
  readonly tagKeys: readonly string[];
}

export type UntagResourceResponse = Readonly<Record<string, never>>;

export interface UpdateAccessLogSubscriptionRequest {
  readonly accessLogSubscriptionIdentifier: string;
  readonly destinationArn: string;
}

export interface UpdateAccessLogSubscriptionResponse {
  readonly id: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly resourceArn: string;
  readonly destinationArn: string;
}

export interface UpdateListenerRequest {
  readonly serviceIdentifier: string;
  readonly listenerIdentifier: string;
  readonly defaultAction: RuleAction;
}

export interface UpdateListenerResponse {
  readonly arn?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly protocol?: ListenerProtocol | undefined;
  readonly port?: number | undefined;
  readonly serviceArn?: string | undefined;
  readonly serviceId?: string | undefined;
  readonly defaultAction?: RuleAction | undefined;
}

export interface UpdateResourceConfigurationRequest {
  readonly resourceConfigurationIdentifier: string;
  readonly resourceConfigurationDefinition?: ResourceConfigurationDefinition;
  readonly allowAssociationToShareableServiceNetwork?: boolean;
  readonly portRanges?: readonly string[];
}

export interface UpdateResourceConfigurationResponse {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly resourceGatewayId?: string | undefined;
  readonly resourceConfigurationGroupId?: string | undefined;
  readonly type?: ResourceConfigurationType | undefined;
  readonly portRanges?: readonly string[] | undefined;
  readonly allowAssociationToShareableServiceNetwork?: boolean | undefined;
  readonly protocol?: ProtocolType | undefined;
  readonly status?: ResourceConfigurationStatus | undefined;
  readonly resourceConfigurationDefinition?: ResourceConfigurationDefinition | undefined;
}

export interface UpdateResourceGatewayRequest {
  readonly resourceGatewayIdentifier: string;
  readonly securityGroupIds?: readonly string[];
}

export interface UpdateResourceGatewayResponse {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly status?: ResourceGatewayStatus | undefined;
  readonly vpcId?: string | undefined;
  readonly subnetIds?: readonly string[] | undefined;
  readonly securityGroupIds?: readonly string[] | undefined;
  readonly ipAddressType?: IpAddressType | undefined;
}

export interface UpdateRuleRequest {
  readonly serviceIdentifier: string;
  readonly listenerIdentifier: string;
  readonly ruleIdentifier: string;
  readonly match?: RuleMatch;
  readonly priority?: number;
  readonly action?: RuleAction;
}

export interface UpdateRuleResponse {
  readonly arn?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly isDefault?: boolean | undefined;
  readonly match?: RuleMatch | undefined;
  readonly priority?: number | undefined;
  readonly action?: RuleAction | undefined;
}

export interface UpdateServiceNetworkRequest {
  readonly serviceNetworkIdentifier: string;
  readonly authType: AuthType;
}

export interface UpdateServiceNetworkResponse {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly authType?: AuthType | undefined;
}

export interface UpdateServiceNetworkVpcAssociationRequest {
  readonly serviceNetworkVpcAssociationIdentifier: string;
  readonly securityGroupIds?: readonly string[];
  readonly privateDnsEnabled?: boolean;
  readonly dnsOptions?: DnsOptions;
}

export interface UpdateServiceNetworkVpcAssociationResponse {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly status?: ServiceNetworkVpcAssociationStatus | undefined;
  readonly createdBy?: string | undefined;
  readonly securityGroupIds?: readonly string[] | undefined;
  readonly privateDnsEnabled?: boolean | undefined;
  readonly dnsOptions?: DnsOptions | undefined;
}

export interface UpdateServiceRequest {
  readonly serviceIdentifier: string;
  readonly certificateArn?: string;
  readonly authType?: AuthType;
  readonly idleTimeoutSeconds?: number;
}

export interface UpdateServiceResponse {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
  readonly customDomainName?: string | undefined;
  readonly certificateArn?: string | undefined;
  readonly authType?: AuthType | undefined;
  readonly idleTimeoutSeconds?: number | undefined;
}

export interface UpdateTargetGroupRequest {
  readonly targetGroupIdentifier: string;
  readonly healthCheck: HealthCheckConfig;
}

export interface UpdateTargetGroupResponse {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
  readonly type?: TargetGroupType | undefined;
  readonly config?: TargetGroupConfig | undefined;
  readonly status?: TargetGroupStatus | undefined;
}

export type VerificationStatus =
  | "VERIFIED"
  | "PENDING"
  | "VERIFICATION_TIMED_OUT";

export interface WeightedTargetGroup {
  readonly targetGroupIdentifier: string;
  readonly weight?: number;
}

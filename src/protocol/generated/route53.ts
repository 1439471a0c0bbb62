// Generated from models/route53.json by `npm run generate`; do not edit.
// A parsed request has no member that is present and undefined, so input shapes say `?: T`; shapes that
// only answers have say `?: T | undefined`, and the protocols leave such members out.

export interface Route53Operations {
  AssociateVPCWithHostedZone: { input: AssociateVPCWithHostedZoneRequest; output: AssociateVPCWithHostedZoneResponse };
  ChangeResourceRecordSets: { input: ChangeResourceRecordSetsRequest; output: ChangeResourceRecordSetsResponse };
  ChangeTagsForResource: { input: ChangeTagsForResourceRequest; output: ChangeTagsForResourceResponse };
  CreateHostedZone: { input: CreateHostedZoneRequest; output: CreateHostedZoneResponse };
  DeleteHostedZone: { input: DeleteHostedZoneRequest; output: DeleteHostedZoneResponse };
  DisassociateVPCFromHostedZone: { input: DisassociateVPCFromHostedZoneRequest; output: DisassociateVPCFromHostedZoneResponse };
  GetChange: { input: GetChangeRequest; output: GetChangeResponse };
  GetHostedZone: { input: GetHostedZoneRequest; output: GetHostedZoneResponse };
  GetHostedZoneCount: { input: GetHostedZoneCountRequest; output: GetHostedZoneCountResponse };
  ListHostedZones: { input: ListHostedZonesRequest; output: ListHostedZonesResponse };
  ListHostedZonesByName: { input: ListHostedZonesByNameRequest; output: ListHostedZonesByNameResponse };
  ListHostedZonesByVPC: { input: ListHostedZonesByVPCRequest; output: ListHostedZonesByVPCResponse };
  ListResourceRecordSets: { input: ListResourceRecordSetsRequest; output: ListResourceRecordSetsResponse };
  ListTagsForResource: { input: ListTagsForResourceRequest; output: ListTagsForResourceResponse };
  UpdateHostedZoneComment: { input: UpdateHostedZoneCommentRequest; output: UpdateHostedZoneCommentResponse };
}

export type Route53OperationName = keyof Route53Operations;

export type AcceleratedRecoveryStatus =
  | "ENABLING"
  | "ENABLE_FAILED"
  | "ENABLING_HOSTED_ZONE_LOCKED"
  | "ENABLED"
  | "DISABLING"
  | "DISABLE_FAILED"
  | "DISABLED"
  | "DISABLING_HOSTED_ZONE_LOCKED";

export interface AliasTarget {
  readonly HostedZoneId: string;
  readonly DNSName: string;
  readonly EvaluateTargetHealth: boolean;
}

export interface AssociateVPCWithHostedZoneRequest {
  readonly HostedZoneId: string;
  readonly VPC: VPC;
  readonly Comment?: string;
}

export interface AssociateVPCWithHostedZoneResponse {
  readonly ChangeInfo: ChangeInfo;
}

export interface Change {
  readonly Action: ChangeAction;
  readonly ResourceRecordSet: ResourceRecordSet;
}

export type ChangeAction =
  | "CREATE"
  | "DELETE"
  | "UPSERT";

export interface ChangeBatch {
  readonly Comment?: string;
  readonly Changes: readonly Change[];
}

export interface ChangeInfo {
  readonly Id: string;
  readonly Status: ChangeStatus;
  readonly SubmittedAt: Date;
  readonly Comment?: string | undefined;
}

export interface ChangeResourceRecordSetsRequest {
  readonly HostedZoneId: string;
  readonly ChangeBatch: ChangeBatch;
}

export interface ChangeResourceRecordSetsResponse {
  readonly ChangeInfo: ChangeInfo;
}

export type ChangeStatus =
  | "PENDING"
  | "INSYNC";

export interface ChangeTagsForResourceRequest {
  readonly ResourceType: TagResourceType;
  readonly ResourceId: string;
  readonly AddTags?: readonly Tag[];
  readonly RemoveTagKeys?: readonly string[];
}

export type ChangeTagsForResourceResponse = Readonly<Record<string, never>>;

export interface CidrRoutingConfig {
  readonly CollectionId: string;
  readonly LocationName: string;
}

export interface Coordinates {
  readonly Latitude: string;
  readonly Longitude: string;
}

export interface CreateHostedZoneRequest {
  readonly Name: string;
  readonly VPC?: VPC;
  readonly CallerReference: string;
  readonly HostedZoneConfig?: HostedZoneConfig;
  readonly DelegationSetId?: string;
}

export interface CreateHostedZoneResponse {
  readonly HostedZone: HostedZone;
  readonly ChangeInfo: ChangeInfo;
  readonly DelegationSet?: DelegationSet | undefined;
  readonly VPC?: VPC | undefined;
  readonly Location: string;
}

export interface DelegationSet {
  readonly Id?: string | undefined;
  readonly CallerReference?: string | undefined;
  readonly NameServers: readonly string[];
}

export interface DeleteHostedZoneRequest {
  readonly Id: string;
}

export interface DeleteHostedZoneResponse {
  readonly ChangeInfo: ChangeInfo;
}

export interface DisassociateVPCFromHostedZoneRequest {
  readonly HostedZoneId: string;
  readonly VPC: VPC;
  readonly Comment?: string;
}

export interface DisassociateVPCFromHostedZoneResponse {
  readonly ChangeInfo: ChangeInfo;
}

export interface GeoLocation {
  readonly ContinentCode?: string;
  readonly CountryCode?: string;
  readonly SubdivisionCode?: string;
}

export interface GeoProximityLocation {
  readonly AWSRegion?: string;
  readonly LocalZoneGroup?: string;
  readonly Coordinates?: Coordinates;
  readonly Bias?: number;
}

export interface GetChangeRequest {
  readonly Id: string;
}

export interface GetChangeResponse {
  readonly ChangeInfo: ChangeInfo;
}

export type GetHostedZoneCountRequest = Readonly<Record<string, never>>;

export interface GetHostedZoneCountResponse {
  readonly HostedZoneCount: number;
}

export interface GetHostedZoneRequest {
  readonly Id: string;
}

export interface GetHostedZoneResponse {
  readonly HostedZone: HostedZone;
  readonly DelegationSet?: DelegationSet | undefined;
  readonly VPCs?: readonly VPC[] | undefined;
}

export interface HostedZone {
  readonly Id: string;
  readonly Name: string;
  readonly CallerReference: string;
  readonly Config?: HostedZoneConfig | undefined;
  readonly ResourceRecordSetCount?: number | undefined;
  readonly LinkedService?: LinkedService | undefined;
  readonly Features?: HostedZoneFeatures | undefined;
}

export interface HostedZoneConfig {
  readonly Comment?: string;
  readonly PrivateZone?: boolean;
}

export interface HostedZoneFailureReasons {
  readonly AcceleratedRecovery?: string | undefined;
}

export interface HostedZoneFeatures {
  readonly AcceleratedRecoveryStatus?: AcceleratedRecoveryStatus | undefined;
  readonly FailureReasons?: HostedZoneFailureReasons | undefined;
}

export interface HostedZoneOwner {
  readonly OwningAccount?: string | undefined;
  readonly OwningService?: string | undefined;
}

export interface HostedZoneSummary {
  readonly HostedZoneId: string;
  readonly Name: string;
  readonly Owner: HostedZoneOwner;
}

export type HostedZoneType =
  | "PrivateHostedZone";

export interface LinkedService {
  readonly ServicePrincipal?: string | undefined;
  readonly Description?: string | undefined;
}

export interface ListHostedZonesByNameRequest {
  readonly DNSName?: string;
  readonly HostedZoneId?: string;
  readonly MaxItems?: string;
}

export interface ListHostedZonesByNameResponse {
  readonly HostedZones: readonly HostedZone[];
  readonly DNSName?: string | undefined;
  readonly HostedZoneId?: string | undefined;
  readonly IsTruncated: boolean;
  readonly NextDNSName?: string | undefined;
  readonly NextHostedZoneId?: string | undefined;
  readonly MaxItems: string;
}

export interface ListHostedZonesByVPCRequest {
  readonly VPCId: string;
  readonly VPCRegion: VPCRegion;
  readonly MaxItems?: string;
  readonly NextToken?: string;
}

export interface ListHostedZonesByVPCResponse {
  readonly HostedZoneSummaries: readonly HostedZoneSummary[];
  readonly MaxItems: string;
  readonly NextToken?: string | undefined;
}

export interface ListHostedZonesRequest {
  readonly Marker?: string;
  readonly MaxItems?: string;
  readonly DelegationSetId?: string;
  readonly HostedZoneType?: HostedZoneType;
}

export interface ListHostedZonesResponse {
  readonly HostedZones: readonly HostedZone[];
  readonly Marker: string;
  readonly IsTruncated: boolean;
  readonly NextMarker?: string | undefined;
  readonly MaxItems: string;
}

export interface ListResourceRecordSetsRequest {
  readonly HostedZoneId: string;
  readonly StartRecordName?: string;
  readonly StartRecordType?: RRType;
  readonly StartRecordIdentifier?: string;
  readonly MaxItems?: string;
}

export interface ListResourceRecordSetsResponse {
  readonly ResourceRecordSets: readonly ResourceRecordSet[];
  readonly IsTruncated: boolean;
  readonly NextRecordName?: string | undefined;
  readonly NextRecordType?: RRType | undefined;
  readonly NextRecordIdentifier?: string | undefined;
  readonly MaxItems: string;
}

export interface ListTagsForResourceRequest {
  readonly ResourceType: TagResourceType;
  readonly ResourceId: string;
}

export interface ListTagsForResourceResponse {
  readonly ResourceTagSet: ResourceTagSet;
}

export type RRType =
  | "SOA"
  | "A"
  | "TXT"
  | "NS"
  | "CNAME"
  | "MX"
  | "NAPTR"
  | "PTR"
  | "SRV"
  | "SPF"
  | "AAAA"
  | "CAA"
  | "DS"
  | "TLSA"
  | "SSHFP"
  | "SVCB"
  | "HTTPS";

export interface ResourceRecord {
  readonly Value: string;
}

export interface ResourceRecordSet {
  readonly Name: string;
  readonly Type: RRType;
  readonly SetIdentifier?: string;
  readonly Weight?: number;
  readonly Region?: ResourceRecordSetRegion;
  readonly GeoLocation?: GeoLocation;
  readonly Failover?: ResourceRecordSetFailover;
  readonly MultiValueAnswer?: boolean;
  readonly TTL?: number;
  readonly ResourceRecords?: readonly ResourceRecord[];
  readonly AliasTarget?: AliasTarget;
  readonly HealthCheckId?: string;
  readonly TrafficPolicyInstanceId?: string;
  readonly CidrRoutingConfig?: CidrRoutingConfig;
  readonly GeoProximityLocation?: GeoProximityLocation;
}

export type ResourceRecordSetFailover =
  | "PRIMARY"
  | "SECONDARY";

export type ResourceRecordSetRegion =
  | "us-east-1"
  | "us-east-2"
  | "us-west-1"
  | "us-west-2"
  | "ca-central-1"
  | "eu-west-1"
  | "eu-west-2"
  | "eu-west-3"
  | "eu-central-1"
  | "eu-central-2"
  | "ap-southeast-1"
  | "ap-southeast-2"
  | "ap-southeast-3"
  | "ap-northeast-1"
  | "ap-northeast-2"
  | "ap-northeast-3"
  | "eu-north-1"
  | "sa-east-1"
  | "cn-north-1"
  | "cn-northwest-1"
  | "ap-east-1"
  | "me-south-1"
  | "me-central-1"
  | "ap-south-1"
  | "ap-south-2"
  | "af-south-1"
  | "eu-south-1"
  | "eu-south-2"
  | "ap-southeast-4"
  | "il-central-1"
  | "ca-west-1"
  | "ap-southeast-5"
  | "mx-central-1"
  | "ap-southeast-7"
  | "us-gov-east-1"
  | "us-gov-west-1"
  | "ap-east-2"
  | "ap-southeast-6"
  | "eusc-de-east-1";

export interface ResourceTagSet {
  readonly ResourceType?: TagResourceType | undefined;
  readonly ResourceId?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

export interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

export type TagResourceType =
  | "healthcheck"
  | "hostedzone";

export interface UpdateHostedZoneCommentRequest {
  readonly Id: string;
  readonly Comment?: string;
}

export interface UpdateHostedZoneCommentResponse {
  readonly HostedZone: HostedZone;
}

export interface VPC {
  readonly VPCRegion?: VPCRegion;
  readonly VPCId?: string;
}

export type VPCRegion =
  | "us-east-1"
  | "us-east-2"
  | "us-west-1"
  | "us-west-2"
  | "eu-west-1"
  | "eu-west-2"
  | "eu-west-3"
  | "eu-central-1"
  | "eu-central-2"
  | "ap-east-1"
  | "me-south-1"
  | "us-gov-west-1"
  | "us-gov-east-1"
  | "us-iso-east-1"
  | "us-iso-west-1"
  | "us-isob-east-1"
  | "me-central-1"
  | "ap-southeast-1"
  | "ap-southeast-2"
  | "ap-southeast-3"
  | "ap-south-1"
  | "ap-south-2"
  | "ap-northeast-1"
  | "ap-northeast-2"
  | "ap-northeast-3"
  | "eu-north-1"
  | "sa-east-1"
  | "ca-central-1"
  | "cn-north-1"
  | "cn-northwest-1"
  | "af-south-1"
  | "eu-south-1"
  | "eu-south-2"
  | "ap-southeast-4"
  | "il-central-1"
  | "ca-west-1"
  | "ap-southeast-5"
  | "mx-central-1"
  | "us-isof-south-1"
  | "us-isof-east-1"
  | "ap-southeast-7"
  | "ap-east-2"
  | "eu-isoe-west-1"
  | "ap-southeast-6"
  | "us-isob-west-1"
  | "eusc-de-east-1";

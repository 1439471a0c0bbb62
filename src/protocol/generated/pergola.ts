// Generated from models/pergola.json by `npm run generate`; do not edit.
// A parsed request has no member that is present and undefined, so input shapes say `?: T`; shapes that
// only answers have say `?: T | undefined`, and the protocols leave such members out.

export interface PergolaOperations {
  CreateAccount: { input: CreateAccountRequest; output: CreateAccountResponse };
  DeleteAddressMapping: { input: DeleteAddressMappingRequest; output: Nothing };
  ExplainPath: { input: ExplainPathRequest; output: ExplainPathResponse };
  GetExplanation: { input: GetExplanationRequest; output: GetExplanationResponse };
  GetStatus: { input: Nothing; output: GetStatusResponse };
  ListAccounts: { input: Nothing; output: ListAccountsResponse };
  ListAddressMappings: { input: ListAddressMappingsRequest; output: ListAddressMappingsResponse };
  ListDirectory: { input: Nothing; output: ListDirectoryResponse };
  ListPortals: { input: Nothing; output: ListPortalsResponse };
  PutAddressMapping: { input: PutAddressMappingRequest; output: PutAddressMappingResponse };
  Simulate: { input: SimulateRequest; output: SimulateResponse };
}

export type PergolaOperationName = keyof PergolaOperations;

export interface AccountSummary {
  readonly accountId: string;
  readonly name: string;
  readonly createdAt: Date;
}

export interface AddressMappingSummary {
  readonly address: string;
  readonly port?: number | undefined;
  readonly host: string;
  readonly hostPort?: number | undefined;
}

export type AuthType =
  | "NONE"
  | "AWS_IAM";

export type CallerKind =
  | "anonymous"
  | "verified"
  | "unverified";

export interface Counters {
  readonly requests: number;
  readonly status2xx: number;
  readonly status3xx: number;
  readonly status4xx: number;
  readonly status5xx: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
}

export interface CreateAccountRequest {
  readonly name: string;
}

export interface CreateAccountResponse {
  readonly accountId: string;
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface DeleteAddressMappingRequest {
  readonly vpcId: string;
  readonly address: string;
  readonly port?: number;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly owner: string;
  readonly ownerName?: string | undefined;
  readonly domainName: string;
  readonly customDomainName?: string | undefined;
  readonly status: string;
  readonly networks: readonly NamedResource[];
  readonly listeners: readonly DirectoryListener[];
}

export interface DirectoryListener {
  readonly protocol: string;
  readonly port: number;
}

export interface DnsCounters {
  readonly queries: number;
  readonly forwarded: number;
  readonly failed: number;
}

export interface ExplainPathRequest {
  readonly vpcId?: string;
  readonly from?: string;
  readonly url: string;
}

export interface ExplainPathResponse {
  readonly paths: readonly PathExplanation[];
}

export interface ExplainedCaller {
  readonly kind: CallerKind;
  readonly arn?: string | undefined;
  readonly accountId?: string | undefined;
  readonly accessKeyId?: string | undefined;
}

export interface ExplainedCheck {
  readonly check: string;
  readonly accountId: string;
  readonly passes: boolean;
  readonly message: string;
  readonly rules: readonly ExplainedRule[];
  readonly advice: readonly string[];
  readonly isHidden?: boolean | undefined;
}

export interface ExplainedDestination {
  readonly host: string;
  readonly port: number;
  readonly serviceId?: string | undefined;
  readonly accountId?: string | undefined;
}

export interface ExplainedLayer {
  readonly layer: string;
  readonly accountId: string;
  readonly says: LayerVerdict;
  readonly note?: string | undefined;
  readonly statements: readonly ExplainedStatement[];
  readonly advice: readonly string[];
  readonly isHidden?: boolean | undefined;
}

export interface ExplainedOutcome {
  readonly statusCode?: number | undefined;
  readonly message: string;
  readonly ruleId?: string | undefined;
  readonly rulePriority?: number | undefined;
  readonly listenerPort?: number | undefined;
  readonly targetGroupIds: readonly string[];
}

export interface ExplainedPlace {
  readonly vpcId: string;
  readonly accountId: string;
  readonly address?: string | undefined;
  readonly subnetId?: string | undefined;
  readonly networkInterfaceId?: string | undefined;
  readonly securityGroupIds: readonly string[];
  readonly networkAclId: string;
}

export interface ExplainedRequest {
  readonly method: string;
  readonly target: string;
  readonly authority: string;
  readonly protocol: RequestProtocol;
}

export interface ExplainedResource {
  readonly id: string;
  readonly arn: string;
  readonly accountId: string;
  readonly authType: AuthType;
}

export interface ExplainedRule {
  readonly name: string;
  readonly text: string;
  readonly applies: boolean;
  readonly mismatches: readonly string[];
}

export interface ExplainedSignature {
  readonly isValid: boolean;
  readonly problem?: string | undefined;
  readonly canonicalRequest?: string | undefined;
  readonly stringToSign?: string | undefined;
  readonly findings: readonly string[];
}

export interface ExplainedSource {
  readonly vpcId: string;
  readonly accountId?: string | undefined;
  readonly address: string;
}

export interface ExplainedStatement {
  readonly policy: string;
  readonly number: number;
  readonly sid?: string | undefined;
  readonly effect: StatementEffect;
  readonly applies: boolean;
  readonly mismatches: readonly string[];
  readonly matches?: readonly string[] | undefined;
}

export interface ExplainedTarget {
  readonly targetGroupId: string;
  readonly targetId: string;
  readonly port: number;
  readonly isOpen: boolean;
  readonly checks: readonly ExplainedCheck[];
}

export interface Explanation {
  readonly requestId?: string | undefined;
  readonly at: string;
  readonly allowed: boolean;
  readonly outcome: ExplainedOutcome;
  readonly request: ExplainedRequest;
  readonly source: ExplainedSource;
  readonly caller: ExplainedCaller;
  readonly signature?: ExplainedSignature | undefined;
  readonly network?: ExplainedResource | undefined;
  readonly service?: ExplainedResource | undefined;
  readonly layers: readonly ExplainedLayer[];
  readonly advice: readonly string[];
}

export interface GetExplanationRequest {
  readonly requestId: string;
}

export interface GetExplanationResponse {
  readonly explanation: Explanation;
  readonly others?: number | undefined;
}

export interface GetStatusResponse {
  readonly region: string;
  readonly revision: number;
  readonly workers?: readonly WorkerSummary[] | undefined;
  readonly portals: readonly PortalSummary[];
  readonly networks: readonly NetworkSummary[];
  readonly services: readonly ServiceStatus[];
  readonly targetGroups: readonly TargetGroupStatus[];
  readonly refusedConnections: number;
  readonly droppedLogRecords: number;
  readonly dns?: DnsCounters | undefined;
  readonly networkProblems?: readonly NetworkProblem[] | undefined;
}

export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

export type LayerVerdict =
  | "allow"
  | "explicitDeny"
  | "implicitDeny"
  | "notAsked";

export interface ListAccountsResponse {
  readonly items: readonly AccountSummary[];
}

export interface ListAddressMappingsRequest {
  readonly vpcId: string;
}

export interface ListAddressMappingsResponse {
  readonly items: readonly AddressMappingSummary[];
}

export interface ListDirectoryResponse {
  readonly items: readonly DirectoryEntry[];
}

export interface ListPortalsResponse {
  readonly items: readonly PortalSummary[];
}

export interface ListenerStatus {
  readonly id: string;
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  readonly rules: number;
}

export interface NamedResource {
  readonly id: string;
  readonly name?: string | undefined;
}

export interface NetworkProblem {
  readonly vpcId: string;
  readonly instanceId?: string | undefined;
  readonly port?: number | undefined;
  readonly reason: string;
  readonly isGivenUp: boolean;
}

export interface NetworkSummary {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly accountId: string;
  readonly authType: string;
  readonly services: readonly NamedResource[];
  readonly vpcs: readonly NamedResource[];
}

export interface PathExplanation {
  readonly at: string;
  readonly isOpen: boolean;
  readonly from: ExplainedPlace;
  readonly to: ExplainedDestination;
  readonly checks: readonly ExplainedCheck[];
  readonly targets: readonly ExplainedTarget[];
}

export interface PortalSummary {
  readonly vpcId: string;
  readonly accountId: string;
  readonly cidrBlock: string;
  readonly name?: string | undefined;
  readonly networks: readonly NamedResource[];
  readonly port?: number | undefined;
  readonly url?: string | undefined;
  readonly resolver?: string | undefined;
  readonly deniedConnections?: number | undefined;
}

export interface PutAddressMappingRequest {
  readonly vpcId: string;
  readonly address: string;
  readonly port?: number;
  readonly host: string;
  readonly hostPort?: number;
}

export interface PutAddressMappingResponse {
  readonly vpcId: string;
  readonly address: string;
  readonly port?: number | undefined;
  readonly host: string;
  readonly hostPort?: number | undefined;
}

export type RequestProtocol =
  | "http"
  | "https";

export interface ServiceStatus {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly accountId: string;
  readonly status: string;
  readonly authType: string;
  readonly domainName: string;
  readonly customDomainName?: string | undefined;
  readonly networks: readonly NamedResource[];
  readonly domainProblem?: string | undefined;
  readonly listeners: readonly ListenerStatus[];
  readonly counters: Counters;
}

export interface SimulateRequest {
  readonly principal: string;
  readonly vpcId: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: readonly HeaderField[];
  readonly http2?: boolean;
  readonly address?: string;
  readonly servicePolicy?: string;
  readonly networkPolicy?: string;
}

export interface SimulateResponse {
  readonly explanation: Explanation;
}

export type StatementEffect =
  | "Allow"
  | "Deny";

export interface TargetGroupStatus {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly accountId: string;
  readonly type: string;
  readonly protocol?: string | undefined;
  readonly protocolVersion?: string | undefined;
  readonly status: string;
  readonly services: readonly NamedResource[];
  readonly targets: readonly TargetStatus[];
  readonly counters: Counters;
}

export interface TargetStatus {
  readonly id: string;
  readonly port?: number | undefined;
  readonly status: string;
  readonly reasonCode?: string | undefined;
}

export interface WorkerSummary {
  readonly index: number;
  readonly pid: number;
  readonly revision: number;
  readonly startedAt: Date;
}

/** An operation that takes, or answers, no members. */
export type Nothing = Readonly<Record<string, never>>;

// Generated from models/pergola.json by `npm run generate`; do not edit.
// A parsed request has no member that is present and undefined, so input shapes say `?: T`; shapes that
// only answers have say `?: T | undefined`, and the protocols leave such members out.

export interface PergolaOperations {
  CreateAccount: { input: CreateAccountRequest; output: CreateAccountResponse };
  DeleteAddressMapping: { input: DeleteAddressMappingRequest; output: Nothing };
  GetStatus: { input: Nothing; output: GetStatusResponse };
  ListAccounts: { input: Nothing; output: ListAccountsResponse };
  ListAddressMappings: { input: ListAddressMappingsRequest; output: ListAddressMappingsResponse };
  ListDirectory: { input: Nothing; output: ListDirectoryResponse };
  ListPortals: { input: Nothing; output: ListPortalsResponse };
  PutAddressMapping: { input: PutAddressMappingRequest; output: PutAddressMappingResponse };
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
}

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

export interface NetworkSummary {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly accountId: string;
  readonly authType: string;
  readonly services: readonly NamedResource[];
  readonly vpcs: readonly NamedResource[];
}

export interface PortalSummary {
  readonly vpcId: string;
  readonly accountId: string;
  readonly cidrBlock: string;
  readonly name?: string | undefined;
  readonly networks: readonly NamedResource[];
  readonly port: number;
  readonly url: string;
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
  readonly listeners: readonly ListenerStatus[];
  readonly counters: Counters;
}

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

import type { AuthType, ListenerProtocol, StringMatch } from '../lattice/resources.ts';

/**
 * The snapshot: everything that the data plane needs to know, as a map from key to part. Parts are
 * plain JSON, immutable, and equal when their JSON is equal; an API write changes the parts of what
 * it touched and no others.
 */
export type Part =
  | VpcPart
  | NetworkPart
  | MembershipPart
  | ServicePart
  | TargetGroupPart
  | CertificatePart
  | SubnetPart
  | NetworkInterfacePart
  | SecurityGroupPart
  | NetworkAclPart
  | AccountPart
  | AccessKeyPart
  | PrincipalPart
  | GroupPart
  | ManagedPolicyPart
  | SessionTokenKeyPart
  | HostedZonePart
  | RecordSetPart;
export type PartKind = Part['kind'];
export type PartKey = string;
export type Parts = ReadonlyMap<PartKey, Part>;

export const partKey = (kind: PartKind, id: string): PartKey => `${kind}/${id}`;

/** A VPC with what its association says. Without `networkId` no client in it reaches anything. */
export interface VpcPart {
  readonly kind: 'vpc';
  readonly id: string;
  readonly arn: string;
  readonly accountId: string;
  readonly associationId?: string;
  readonly networkId?: string;
  /** Set when nothing is to resolve names there (`enableDnsSupport` is off). */
  readonly withoutDns?: true;
  /** Set when private hosted zones answer there (`enableDnsHostnames` is on, too). */
  readonly withPrivateZones?: true;
  /** IPv4, then IPv6. */
  readonly cidrs: readonly string[];
  /** Of the association; empty: whoever is in the VPC may connect. */
  readonly securityGroupIds: readonly string[];
  /** What a client without a network interface is in; absent when there is none. */
  readonly defaultSecurityGroupId?: string;
  /** Of what is in no subnet. */
  readonly defaultNetworkAclId: string;
}

export interface SubnetPart {
  readonly kind: 'subnet';
  readonly id: string;
  readonly vpcId: string;
  readonly cidrs: readonly string[];
  readonly networkAclId: string;
}

export interface NetworkInterfacePart {
  readonly kind: 'networkInterface';
  readonly id: string;
  readonly vpcId: string;
  readonly accountId: string;
  readonly subnetId: string;
  /** Of both families, as in RFC 5952. */
  readonly addresses: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Absent: of no instance. */
  readonly instanceId?: string;
}

export interface SecurityGroupPart {
  readonly kind: 'securityGroup';
  readonly id: string;
  readonly vpcId: string;
  readonly accountId: string;
  readonly name: string;
  /** In order of creation. */
  readonly rules: readonly SecurityRulePart[];
}

export interface SecurityRulePart {
  readonly id: string;
  readonly isEgress: boolean;
  /** As in the API: `tcp`, `udp`, a number, `-1` for all. */
  readonly protocol: string;
  /** -1 where the protocol has no ports. */
  readonly fromPort: number;
  readonly toPort: number;
  /** Sources, or destinations of egress: of a prefix list all its blocks, none of a group. */
  readonly cidrs: readonly string[];
  readonly prefixListId?: string;
  readonly referencedGroupId?: string;
}

export interface NetworkAclPart {
  readonly kind: 'networkAcl';
  readonly id: string;
  readonly vpcId: string;
  readonly accountId: string;
  /** In the order in which they are asked, for each direction; what none of them allows is refused. */
  readonly entries: readonly NetworkAclEntryPart[];
}

export interface NetworkAclEntryPart {
  readonly ruleNumber: number;
  readonly isEgress: boolean;
  /** A number, or `-1` for all. */
  readonly protocol: string;
  readonly action: 'allow' | 'deny';
  readonly cidr: string;
  /** All ports where the protocol has none. */
  readonly fromPort: number;
  readonly toPort: number;
}

export interface NetworkPart {
  readonly kind: 'network';
  readonly id: string;
  readonly arn: string;
  readonly accountId: string;
  readonly authType: AuthType;
  readonly authPolicy?: string;
  readonly logs: readonly LogSubscriptionPart[];
}

/** A service in a service network, found there under its host names. `id` is the association's. */
export interface MembershipPart {
  readonly kind: 'membership';
  readonly id: string;
  readonly networkId: string;
  readonly serviceId: string;
  /** Lower case, without port: the generated name, then the custom domain name if there is one. */
  readonly hosts: readonly string[];
}

export interface ServicePart {
  readonly kind: 'service';
  readonly id: string;
  readonly arn: string;
  readonly accountId: string;
  readonly name: string;
  /** The generated name, lower case: it resolves in every VPC. */
  readonly domainName: string;
  readonly authType: AuthType;
  readonly authPolicy?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly idleTimeoutMs: number;
  /** Ascending by port. */
  readonly listeners: readonly ListenerPart[];
  /** Of which host name which certificate is shown; none without an HTTPS listener. */
  readonly certificates: readonly HostCertificatePart[];
  readonly logs: readonly LogSubscriptionPart[];
}

export interface HostCertificatePart {
  /** Lower case: the generated name or the custom domain name. */
  readonly host: string;
  /** Id of a certificate part. */
  readonly certificateId: string;
}

export interface ListenerPart {
  readonly id: string;
  readonly port: number;
  readonly protocol: ListenerProtocol;
  /** Ascending by priority, without the default rule. */
  readonly rules: readonly RulePart[];
  readonly defaultAction: ActionPart;
}

export interface RulePart {
  readonly id: string;
  readonly priority: number;
  readonly match: MatchPart;
  readonly action: ActionPart;
}

/** All that is present must match. */
export interface MatchPart {
  readonly method?: string;
  readonly path?: PathMatchPart;
  readonly headers: readonly HeaderMatchPart[];
}

export interface PathMatchPart {
  readonly type: 'exact' | 'prefix';
  readonly value: string;
  readonly caseSensitive: boolean;
}

export interface HeaderMatchPart {
  /** Lower case. */
  readonly name: string;
  readonly match: StringMatch;
  readonly caseSensitive: boolean;
}

export type ActionPart =
  | { readonly type: 'forward'; readonly targetGroups: readonly WeightPart[] }
  | { readonly type: 'fixed'; readonly statusCode: number };

export interface WeightPart {
  readonly targetGroupId: string;
  readonly weight: number;
}

export interface TargetGroupPart {
  readonly kind: 'targetGroup';
  readonly id: string;
  readonly arn: string;
  readonly type: 'IP' | 'INSTANCE' | 'ALB' | 'LAMBDA';
  readonly protocol: 'HTTP' | 'HTTPS' | 'TCP';
  readonly protocolVersion: 'HTTP1' | 'HTTP2' | 'GRPC';
  readonly vpcId?: string;
  /** Whether a rule or default action of a service refers to it; if not, targets are UNUSED and unchecked. */
  readonly used: boolean;
  readonly healthCheck: HealthCheckPart | undefined;
  /** In order of registration. */
  readonly targets: readonly TargetPart[];
}

/** A certificate that a service shows to its clients; `id` is its ARN. Holds a secret: never to be logged. */
export interface CertificatePart {
  readonly kind: 'certificate';
  readonly id: string;
  /** The server's certificate, then those that vouch for it, without a root of our own. */
  readonly certificatePem: string;
  /** PKCS #8. Secret. */
  readonly privateKeyPem: string;
}

export interface TargetPart {
  /** `<target id>/<port>`, unique in the group. */
  readonly key: string;
  readonly targetId: string;
  readonly port: number;
  /** Address inside the VPC; undefined for an instance without a known address. */
  readonly address: string | undefined;
  /** Where the underlay dials: the address map applied. Undefined with `address` undefined. */
  readonly dial: DialAddress | undefined;
  /** Where health checks dial, when the check has a port of its own; otherwise as `dial`. */
  readonly healthDial?: DialAddress;
  readonly draining: boolean;
}

export interface DialAddress {
  readonly host: string;
  readonly port: number;
}

/** Present only when checks are enabled. Times in ms. */
export interface HealthCheckPart {
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly protocolVersion: 'HTTP1' | 'HTTP2';
  /** Absent: each target's own. */
  readonly port?: number;
  readonly path: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** Inclusive ranges of status codes, from `200,202` or `200-299`. */
  readonly successCodes: readonly (readonly [from: number, to: number])[];
}

export interface LogSubscriptionPart {
  readonly id: string;
  readonly arn: string;
  readonly destinationArn: string;
}

/** An account, with its place in the organisation when the settings give it one. */
export interface AccountPart {
  readonly kind: 'account';
  /** 12 digits. */
  readonly id: string;
  readonly name: string;
  readonly organization?: OrganizationPlacePart;
}

export interface OrganizationPlacePart {
  readonly organizationId: string;
  /** `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/` */
  readonly path: string;
  /** From the root of the organisation down to the account, a list for each level that has any: each level has to allow. */
  readonly serviceControlPolicies: readonly (readonly NamedPolicyPart[])[];
}

export interface NamedPolicyPart {
  readonly name: string;
  /** Policy document as JSON text; it was parsed before it was stored. */
  readonly document: string;
}

/** A long-term key that is active; an inactive one has no part. `id` is the access key id. Secret: never to be logged. */
export interface AccessKeyPart {
  readonly kind: 'accessKey';
  readonly id: string;
  readonly accountId: string;
  readonly secretAccessKey: string;
  /** Of the account's root or of the user. */
  readonly principalArn: string;
  /** `AIDA…`; absent: the key of the account's root. */
  readonly userId?: string;
}

/** A user or role; `id` is IAM's unique id (`AIDA…`, `AROA…`). */
export interface PrincipalPart {
  readonly kind: 'principal';
  readonly id: string;
  readonly type: 'user' | 'role';
  readonly accountId: string;
  readonly name: string;
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly inlinePolicies: readonly NamedPolicyPart[];
  /** ARNs of managed policies, the account's or AWS's. */
  readonly attachedPolicies: readonly string[];
  /** ARN of a managed policy. */
  readonly permissionsBoundary?: string;
  /** Ids of the groups of a user. */
  readonly groupIds: readonly string[];
}

/** A group of users; `id` is `AGPA…`. */
export interface GroupPart {
  readonly kind: 'group';
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly inlinePolicies: readonly NamedPolicyPart[];
  readonly attachedPolicies: readonly string[];
}

/** The default version of a managed policy of an account; `id` is its ARN. Those of AWS are constants (lattice/aws-managed-policies). */
export interface ManagedPolicyPart {
  readonly kind: 'managedPolicy';
  readonly id: string;
  readonly accountId: string;
  readonly document: string;
}

/** A key that opens session tokens. Secret: never to be logged. */
export interface SessionTokenKeyPart {
  readonly kind: 'sessionTokenKey';
  readonly id: string;
  /** 32 bytes, base64. */
  readonly secret: string;
}

/** A private hosted zone and the VPCs in which it answers. */
export interface HostedZonePart {
  readonly kind: 'hostedZone';
  readonly id: string;
  /** Lower case, without a final dot. */
  readonly name: string;
  readonly vpcIds: readonly string[];
}

/** What a hosted zone has of one type under one name; `id` is `<zone id>/<type>/<name>`. */
export interface RecordSetPart {
  readonly kind: 'recordSet';
  readonly id: string;
  readonly zoneId: string;
  /** Lower case, without a final dot; the first label may be `*`. */
  readonly name: string;
  readonly data: RecordDataPart;
}

export type RecordDataPart =
  /** Addresses, or the one name of a CNAME in lower case without a final dot. Seconds. */
  | {
      readonly type: 'A' | 'AAAA' | 'CNAME';
      readonly ttl: number;
      readonly values: readonly string[];
    }
  /** Each value is character strings of at most 255 bytes (RFC 1035 §3.3.14), a byte a character. */
  | {
      readonly type: 'TXT';
      readonly ttl: number;
      readonly values: readonly (readonly string[])[];
    }
  /** Answers as if the records of another name stood here: of a service, or of the same zone. */
  | { readonly type: 'A' | 'AAAA' | 'CNAME' | 'TXT'; readonly aliasOf: string };

/** What changed from one revision to the next; `full` means that all else is gone. */
export interface SnapshotDelta {
  readonly revision: number;
  readonly full: boolean;
  readonly upsert: readonly Part[];
  readonly remove: readonly PartKey[];
}

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
  | CertificatePart;
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
  readonly authType: AuthType;
  readonly authPolicy?: string;
  readonly idleTimeoutMs: number;
  /** Ascending by port. */
  readonly listeners: readonly ListenerPart[];
  /** Which certificate is shown to clients that ask for a name of the service; lower case. */
  readonly certificates: readonly ServiceCertificatePart[];
  readonly logs: readonly LogSubscriptionPart[];
}

export interface ServiceCertificatePart {
  readonly host: string;
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

/** A certificate of services with its private key; `id` is its ARN. Secret: never to be logged. */
export interface CertificatePart {
  readonly kind: 'certificate';
  readonly id: string;
  /** The certificate itself, then those that issued it. */
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** What changed from one revision to the next; `full` means that all else is gone. */
export interface SnapshotDelta {
  readonly revision: number;
  readonly full: boolean;
  readonly upsert: readonly Part[];
  readonly remove: readonly PartKey[];
}

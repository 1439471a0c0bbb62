/**
 * The documents that the store keeps, one type a kind. They carry what the API must answer and
 * what the compiler needs, in the API's own words. Times are ISO-8601 strings in UTC.
 */

export type AuthType = 'NONE' | 'AWS_IAM';
export type Status =
  | 'CREATE_IN_PROGRESS'
  | 'ACTIVE'
  | 'UPDATE_IN_PROGRESS'
  | 'DELETE_IN_PROGRESS'
  | 'CREATE_FAILED'
  | 'UPDATE_FAILED'
  | 'DELETE_FAILED';

interface Stored {
  /** Key of the document within its kind. */
  readonly id: string;
  /** Twelve digits: the account that owns the resource. */
  readonly accountId: string;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
}

interface Transitional {
  readonly status: Status;
  /** When an `*_IN_PROGRESS` status ends; only set while it lasts. */
  readonly transitionAt?: string;
}

export interface DnsEntry {
  readonly domainName: string;
  readonly hostedZoneId: string;
}

export interface ServiceNetwork extends Stored {
  readonly arn: string;
  readonly name: string;
  readonly authType: AuthType;
  readonly sharingConfig?: { readonly enabled?: boolean };
}

export interface Service extends Stored, Transitional {
  readonly arn: string;
  readonly name: string;
  readonly authType: AuthType;
  readonly customDomainName?: string;
  readonly certificateArn?: string;
  readonly idleTimeoutSeconds: number;
  readonly dnsEntry: DnsEntry;
}

export type ListenerProtocol = 'HTTP' | 'HTTPS' | 'TLS_PASSTHROUGH';

export interface Listener extends Stored {
  readonly arn: string;
  readonly serviceId: string;
  readonly name: string;
  readonly protocol: ListenerProtocol;
  readonly port: number;
  readonly defaultAction: RuleAction;
}

export interface WeightedTargetGroup {
  /** Id or ARN, kept in the form the client sent. */
  readonly targetGroupIdentifier: string;
  readonly weight?: number;
}

export type RuleAction =
  | { readonly forward: { readonly targetGroups: readonly WeightedTargetGroup[] } }
  | { readonly fixedResponse: { readonly statusCode: number } };

export type StringMatch =
  | { readonly exact: string }
  | { readonly prefix: string }
  | { readonly contains: string };

export interface HeaderMatch {
  readonly name: string;
  readonly match: StringMatch;
  readonly caseSensitive?: boolean;
}

export interface HttpMatch {
  readonly method?: string;
  readonly pathMatch?: {
    readonly match: { readonly exact: string } | { readonly prefix: string };
    readonly caseSensitive?: boolean;
  };
  readonly headerMatches?: readonly HeaderMatch[];
}

export interface Rule extends Stored {
  readonly arn: string;
  readonly serviceId: string;
  readonly listenerId: string;
  readonly name: string;
  /** The default rule carries the listener's default action and has neither match nor priority. */
  readonly isDefault: boolean;
  readonly priority?: number;
  readonly match?: { readonly httpMatch: HttpMatch };
  readonly action: RuleAction;
}

export type TargetGroupType = 'IP' | 'INSTANCE' | 'ALB' | 'LAMBDA';

export interface HealthCheck {
  readonly enabled: boolean;
  readonly protocol?: 'HTTP' | 'HTTPS';
  readonly protocolVersion?: 'HTTP1' | 'HTTP2';
  /** Absent: the port on which the target gets traffic. */
  readonly port?: number;
  readonly path?: string;
  readonly healthCheckIntervalSeconds?: number;
  readonly healthCheckTimeoutSeconds?: number;
  readonly healthyThresholdCount?: number;
  readonly unhealthyThresholdCount?: number;
  readonly matcher?: { readonly httpCode: string };
}

/** The configuration with every default filled in; members that do not apply to the type are absent. */
export interface TargetGroupConfig {
  readonly port?: number;
  readonly protocol?: 'HTTP' | 'HTTPS' | 'TCP';
  readonly protocolVersion?: 'HTTP1' | 'HTTP2' | 'GRPC';
  readonly ipAddressType?: 'IPV4' | 'IPV6';
  readonly vpcIdentifier?: string;
  readonly healthCheck?: HealthCheck;
  readonly lambdaEventStructureVersion?: 'V1' | 'V2';
}

export interface TargetGroup extends Stored, Transitional {
  readonly arn: string;
  readonly name: string;
  readonly type: TargetGroupType;
  readonly config: TargetGroupConfig;
  /** The one service whose rules refer to the group; kept up to date by every write of a rule. */
  readonly serviceId?: string;
}

/** One registration: `id` is `<target group id>/<target id>/<port>`, see `targetKey`. */
export interface Target extends Stored {
  readonly targetGroupId: string;
  /** IP address, instance id, function ARN or load balancer ARN. */
  readonly targetId: string;
  /** 0 for a Lambda function, which has none. */
  readonly port: number;
  /** Set once DeregisterTargets was answered: no new request from then on, the document goes at this time. */
  readonly drainUntil?: string;
}

export interface ServiceNetworkServiceAssociation extends Stored, Transitional {
  readonly arn: string;
  readonly serviceId: string;
  readonly serviceNetworkId: string;
  readonly createdBy: string;
}

export interface DnsOptions {
  readonly privateDnsPreference?: string;
  readonly privateDnsSpecifiedDomains?: readonly string[];
}

export interface ServiceNetworkVpcAssociation extends Stored, Transitional {
  readonly arn: string;
  readonly serviceNetworkId: string;
  readonly vpcId: string;
  readonly createdBy: string;
  readonly securityGroupIds: readonly string[];
  readonly privateDnsEnabled: boolean;
  readonly dnsOptions?: DnsOptions;
}

export interface AccessLogSubscription extends Stored {
  readonly arn: string;
  readonly resourceId: string;
  readonly resourceArn: string;
  readonly destinationArn: string;
  readonly serviceNetworkLogType?: 'SERVICE' | 'RESOURCE';
}

/** `id` is the id of the service or service network. */
export interface AuthPolicy extends Stored {
  readonly policy: string;
}

/** `id` is the ARN of the resource. */
export interface ResourcePolicy extends Stored {
  readonly policy: string;
}

/** Tags of any resource of any service; `id` is its ARN. Absent: no tags. */
export interface TagSet extends Stored {
  /** As in the tagging API: `vpc-lattice:service`, `ec2:vpc`, ... */
  readonly resourceType: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Why a request was refused, or would be: plain JSON, from the data plane by way of the API to
 * `pergola explain`. Holds nothing secret: credentials in headers and queries are hidden, texts of
 * requests shortened.
 */
export interface Explanation {
  /** Absent in simulations. */
  readonly requestId?: string;
  /** ISO 8601, ms. */
  readonly at: string;
  /** Whether authentication and authorisation let the request pass; what it then meets is in `outcome`. */
  readonly allowed: boolean;
  readonly outcome: ExplainedOutcome;
  readonly request: ExplainedRequest;
  readonly source: ExplainedSource;
  readonly caller: ExplainedCaller;
  /** Absent for requests without a signature, and in simulations. */
  readonly signature?: ExplainedSignature;
  readonly network?: ExplainedResource;
  readonly service?: ExplainedResource;
  /** In the order in which they are reported; empty when policies were not asked. */
  readonly layers: readonly ExplainedLayer[];
  /** What would have to change beside the policies of the layers, a sentence each. */
  readonly advice: readonly string[];
}

export interface ExplainedOutcome {
  /** Undefined for a request that goes to a target group. */
  readonly statusCode?: number;
  /** The text that the client gets, or one of ours: `forwarded to target group tg-…`. */
  readonly message: string;
  /** Of the rule that matched or, when the request was refused, would have; absent for the default action. */
  readonly ruleId?: string;
  readonly rulePriority?: number;
  readonly listenerPort?: number;
  readonly targetGroupIds: readonly string[];
}

export interface ExplainedRequest {
  readonly method: string;
  /** As received; values of query parameters that carry credentials are hidden. */
  readonly target: string;
  readonly authority: string;
  readonly protocol: 'http' | 'https';
}

export interface ExplainedSource {
  readonly vpcId: string;
  /** Owner of the VPC. */
  readonly accountId?: string;
  readonly address: string;
}

export interface ExplainedCaller {
  /** `unverified`: the signature failed or was not looked at, so `arn` is whose key was named, at most. */
  readonly kind: 'anonymous' | 'verified' | 'unverified';
  readonly arn?: string;
  readonly accountId?: string;
  readonly accessKeyId?: string;
}

export interface ExplainedSignature {
  readonly isValid: boolean;
  /** Why not, as the client is told. */
  readonly problem?: string;
  /** What Pergola computed; never the signature that would have been right. */
  readonly canonicalRequest?: string;
  readonly stringToSign?: string;
  /** What was found out: `the signature matches for the region us-east-1; sign for us-west-2`. */
  readonly findings: readonly string[];
}

export interface ExplainedResource {
  readonly id: string;
  readonly arn: string;
  readonly accountId: string;
  readonly authType: 'NONE' | 'AWS_IAM';
}

export interface ExplainedLayer {
  /** `network-based policy`, `service-based policy`, `identity-based policy`, `permissions boundary`, ... */
  readonly layer: string;
  /** Account that owns the policies of the layer. */
  readonly accountId: string;
  /** `notAsked`: anonymous callers have nothing attached; or the type of the resource is NONE. */
  readonly says: 'allow' | 'explicitDeny' | 'implicitDeny' | 'notAsked';
  readonly note?: string;
  readonly statements: readonly ExplainedStatement[];
  /** What would have to change in the policies of the layer, a sentence each; empty where nothing has to. */
  readonly advice: readonly string[];
  /** Set where the statements belong to an account that the one who asks may not look into. */
  readonly isHidden?: boolean;
}

export interface ExplainedStatement {
  readonly policy: string;
  /** Counted from 1. */
  readonly number: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly applies: boolean;
  /** In words, one each: which element or condition does not match, wanted and actual value. */
  readonly mismatches: readonly string[];
  /** Of a Deny that applies, in words, one each: the elements and conditions that make it apply. */
  readonly matches?: readonly string[];
}

/** A request that is not sent. */
export interface Simulation {
  /** `anonymous`, or the ARN of a user, role, role session or account root. */
  readonly principalArn: string;
  readonly vpcId: string;
  readonly method: string;
  /** Absolute; `http:` or `https:`. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** By HTTP/2; else by HTTP/1.1. */
  readonly http2?: boolean;
  /** Client address in the VPC; 127.0.0.1 without one. */
  readonly address?: string;
  /** Policies in place of those that are stored; with them the authentication type counts as AWS_IAM. */
  readonly servicePolicy?: string;
  readonly networkPolicy?: string;
}

/** A connection that is not made. */
export interface PathQuestion {
  readonly vpcId: string;
  /** In the VPC, or the id of an instance or network interface there; absent: a client that does not say where it is. */
  readonly from?: string;
  /** Absolute; `http:` or `https:`. */
  readonly url: string;
  /** Set where clients have their addresses rather than declare them, so that nobody is at one that was not given. */
  readonly isOfMachines?: boolean;
}

/** Whether clients at an address reach a service, and what security groups and network ACLs say of it on the way. */
export interface PathExplanation {
  /** ISO 8601, ms. */
  readonly at: string;
  /** Whether the client gets a connection to a listener of the service; policies are another matter. */
  readonly isOpen: boolean;
  readonly from: ExplainedPlace;
  readonly to: ExplainedDestination;
  /** In the order in which a connection meets them. */
  readonly checks: readonly ExplainedCheck[];
  /** Of the target groups to which a GET of the URL would go; the first `MOST_TARGETS`. */
  readonly targets: readonly ExplainedTarget[];
}

export interface ExplainedPlace {
  readonly vpcId: string;
  /** Owner of the VPC. */
  readonly accountId: string;
  readonly address?: string;
  readonly subnetId?: string;
  readonly networkInterfaceId?: string;
  readonly securityGroupIds: readonly string[];
  readonly networkAclId: string;
}

export interface ExplainedDestination {
  readonly host: string;
  readonly port: number;
  readonly serviceId?: string;
  readonly accountId?: string;
}

export interface ExplainedTarget {
  readonly targetGroupId: string;
  readonly targetId: string;
  readonly port: number;
  readonly isOpen: boolean;
  readonly checks: readonly ExplainedCheck[];
}

export interface ExplainedCheck {
  /** `association of the VPC`, `security groups of the client`, ... */
  readonly check: string;
  /** Whose rules are asked. */
  readonly accountId: string;
  readonly passes: boolean;
  /** What was found out, a sentence. */
  readonly message: string;
  /** In the order in which they are asked; those behind an ACL entry that decides are not. */
  readonly rules: readonly ExplainedRule[];
  /** What would have to change, a sentence each; empty where it passes. */
  readonly advice: readonly string[];
  /** Set where the rules belong to an account that the one who asks may not look into. */
  readonly isHidden?: boolean;
}

export interface ExplainedRule {
  /** `sgr-… of sg-…`, `entry 100 of acl-…` */
  readonly name: string;
  /** `allows tcp 443 from 10.0.0.0/16` */
  readonly text: string;
  readonly applies: boolean;
  /** In words, one each: what does not match, wanted and actual value. */
  readonly mismatches: readonly string[];
}

/** Targets that one answer about a path speaks of. */
export const MOST_TARGETS = 20;

/** Refusals with one request id that are told: clients choose ids, so there may be several. */
export const MOST_OF_AN_ID = 8;

/** What the control plane asks a worker, and the answer. */
export type Question =
  | {
      readonly about: 'refusal';
      readonly requestId: string;
      /** Leaves out the requests in which this account has no part. */
      readonly accountId?: string;
    }
  | { readonly about: 'simulation'; readonly simulation: Simulation }
  | { readonly about: 'path'; readonly path: PathQuestion };

export type Answer =
  /** About a refusal: of all with that id, the newest first, `MOST_OF_AN_ID` at most. */
  | { readonly explanations: readonly Explanation[] }
  /** About a simulation. */
  | { readonly explanation: Explanation }
  /** About a path: one for each address that the client has. */
  | { readonly paths: readonly PathExplanation[] }
  /** The simulation cannot be made: `there is no principal …`; or the path does not begin anywhere. */
  | { readonly problem: string };

/** The documents of the route53 API. */

interface Stored {
  readonly id: string;
  readonly accountId: string;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
}

/** A private hosted zone; `id` is `Z…`. */
export interface HostedZone extends Stored {
  readonly arn: string;
  /** Lower case, without a final dot. */
  readonly name: string;
  readonly callerReference: string;
  readonly comment?: string;
  /** The VPCs in which it answers, in order of association: one at least. */
  readonly vpcIds: readonly string[];
}

/** Types of record sets that zones here can have. */
export const RECORD_TYPES = ['A', 'AAAA', 'CNAME', 'TXT'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** What a zone has of one type under one name: values, or an alias. `id` as `recordSetId` makes it. */
export interface RecordSet extends Stored {
  readonly zoneId: string;
  /** Lower case, without a final dot; the first label may be `*`. */
  readonly name: string;
  readonly type: RecordType;
  /** Seconds; present with `values`. */
  readonly ttl?: number;
  /** As the API writes them: addresses, a name, texts in quotation marks. */
  readonly values?: readonly string[];
  readonly alias?: RecordAlias;
}

export interface RecordAlias {
  readonly hostedZoneId: string;
  /** Lower case, without a final dot. */
  readonly dnsName: string;
  /** Kept and answered; nothing depends on it. */
  readonly evaluateTargetHealth: boolean;
}

export const recordSetId = (zoneId: string, type: string, name: string): string =>
  `${zoneId}/${type}/${name}`;

/** `arn:aws:route53:::hostedzone/Z…`: hosted zones are of no region and no account. */
export const hostedZoneArn = ({ partition }: { readonly partition: string }, id: string): string =>
  `arn:${partition}:route53:::hostedzone/${id}`;

/** The parts of `arn:partition:service:region:account:resource`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  /** All behind the fifth colon; may hold colons and slashes. */
  readonly resource: string;
}

/** Undefined when the text is not an ARN. Says nothing about whether the resource exists. */
export const parseArn = (text: string): Arn | undefined => {
  const [prefix, partition, service, region, accountId, ...resource] = text.split(':');
  if (prefix !== 'arn' || !partition || !service || resource.join(':') === '') return undefined;
  return {
    partition,
    service,
    region: region ?? '',
    accountId: accountId ?? '',
    resource: resource.join(':'),
  };
};

/** Where ARNs of this instance begin. */
export interface ArnScope {
  readonly partition: string;
  readonly region: string;
}

const latticeArn =
  (type: string) =>
  (scope: ArnScope, accountId: string, id: string): string =>
    `arn:${scope.partition}:vpc-lattice:${scope.region}:${accountId}:${type}/${id}`;

export const serviceNetworkArn = latticeArn('servicenetwork');
export const serviceArn = latticeArn('service');
export const targetGroupArn = latticeArn('targetgroup');
export const serviceAssociationArn = latticeArn('servicenetworkserviceassociation');
export const vpcAssociationArn = latticeArn('servicenetworkvpcassociation');
export const accessLogSubscriptionArn = latticeArn('accesslogsubscription');

/** `id` is a UUID. */
export const certificateArn = (scope: ArnScope, accountId: string, id: string): string =>
  `arn:${scope.partition}:acm:${scope.region}:${accountId}:certificate/${id}`;

/** Of the certificate for the generated names in a zone, which is nobody's: our own form. */
export const managedCertificateArn = (scope: ArnScope, zone: string): string =>
  `arn:${scope.partition}:vpc-lattice:${scope.region}::managedcertificate/${zone}`;

/** Listeners and rules live below their service. */
export const listenerArn = (ofService: string, id: string): string => `${ofService}/listener/${id}`;
export const ruleArn = (ofListener: string, id: string): string => `${ofListener}/rule/${id}`;

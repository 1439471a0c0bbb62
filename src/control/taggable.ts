import { parseArn } from '../lattice/arn.ts';
import type { Documents } from '../lattice/documents.ts';
import type { ReadTransaction } from '../store/store.ts';
import { interfaceOfInstance } from './interface-of-instance.ts';
import type { Taggable } from './tags.ts';

/** Kinds with tags, by service and resource type of their ARNs. */
const TAGGABLE = {
  'vpc-lattice:servicenetwork': 'serviceNetwork',
  'vpc-lattice:service': 'service',
  'vpc-lattice:listener': 'listener',
  'vpc-lattice:rule': 'rule',
  'vpc-lattice:targetgroup': 'targetGroup',
  'vpc-lattice:servicenetworkserviceassociation': 'serviceNetworkServiceAssociation',
  'vpc-lattice:servicenetworkvpcassociation': 'serviceNetworkVpcAssociation',
  'vpc-lattice:accesslogsubscription': 'accessLogSubscription',
  'ec2:vpc': 'vpc',
  'ec2:subnet': 'subnet',
  'ec2:instance': 'instance',
  'ec2:security-group': 'securityGroup',
  'ec2:security-group-rule': 'securityGroupRule',
  'ec2:network-acl': 'networkAcl',
  'ec2:network-interface': 'networkInterface',
  'acm:certificate': 'certificate',
  'route53:hostedzone': 'hostedZone',
} as const satisfies Record<string, keyof Documents>;

/**
 * Type of a resource as the tagging API writes it, from its ARN: `vpc-lattice:rule`, `ec2:vpc`.
 * Undefined for what is no ARN of a resource that can have tags.
 */
export const taggableType = (arn: string): keyof typeof TAGGABLE | undefined => {
  const parsed = parseArn(arn);
  // Listeners and rules stand below their service: the last pair of segments is the resource.
  const type = `${parsed?.service}:${parsed?.resource.split('/').at(-2)}`;
  return Object.hasOwn(TAGGABLE, type) ? (type as keyof typeof TAGGABLE) : undefined;
};

/** The resource with this ARN, of whichever account; undefined when there is none. */
export const findTaggable = async (
  tx: ReadTransaction,
  arn: string,
): Promise<Taggable | undefined> => {
  const resourceType = taggableType(arn);
  if (resourceType === undefined) return undefined;
  const id = arn.slice(arn.lastIndexOf('/') + 1);
  const document =
    (await tx.get(TAGGABLE[resourceType], id)) ??
    (resourceType === 'ec2:network-interface' ? await interfaceOfInstance(tx, id) : undefined);
  return document?.arn === arn ? { arn, accountId: document.accountId, resourceType } : undefined;
};

/** @throws Error when the ARN is none that can have tags: our bug. */
export const asTaggable = (document: { arn: string; accountId: string }): Taggable => {
  const resourceType = taggableType(document.arn);
  if (resourceType === undefined) throw new Error(`\`${document.arn}\` cannot have tags`);
  return { arn: document.arn, accountId: document.accountId, resourceType };
};

import type { Documents } from '../../../lattice/documents.ts';
import { ID_PREFIXES } from '../../../lattice/ids.ts';
import { type LatticeKind, RESOURCE_TYPES } from '../../errors.ts';
import { readTags } from '../../tags.ts';
import { type KeyValues, resourceTags } from '../key-values.ts';
import type { AskedResource, CallScope } from '../required-action.ts';
import {
  arnOf,
  arnOfListener,
  arnOfRule,
  type FlatKind,
  type ListenerName,
  type RuleName,
} from './lattice-arns.ts';
import { dnsKeys, endKeys, targetGroupKeys } from './lattice-keys.ts';

const KINDS = Object.keys(RESOURCE_TYPES) as readonly LatticeKind[];

type KeysOf<K extends LatticeKind> = (document: Documents[K], scope: CallScope) => KeyValues;

/** Keys that say how a resource is. */
const KEYS: { readonly [K in LatticeKind]?: KeysOf<K> } = {
  listener: ({ defaultAction }, scope) => targetGroupKeys(defaultAction, scope),
  rule: ({ action }, scope) => targetGroupKeys(action, scope),
  targetGroup: ({ config }) => ({ 'vpc-lattice:VpcId': config.vpcIdentifier }),
  serviceNetworkServiceAssociation: ({ serviceId, serviceNetworkId }, scope) =>
    endKeys({ serviceIdentifier: serviceId, serviceNetworkIdentifier: serviceNetworkId }, scope),
  serviceNetworkVpcAssociation: (association, scope) => ({
    ...endKeys(
      {
        serviceNetworkIdentifier: association.serviceNetworkId,
        vpcIdentifier: association.vpcId,
      },
      scope,
    ),
    'vpc-lattice:SecurityGroupIds': association.securityGroupIds,
    ...dnsKeys(association.dnsOptions),
  }),
};

/** A service, service network, target group, association or log subscription by its id or ARN. */
export const resourceOf = (
  kind: FlatKind,
  identifier: string,
  scope: CallScope,
): Promise<AskedResource> => resourceWithArn(arnOf(kind, identifier, scope), scope);

/**
 * Whatever has this ARN. Its keys say how it is, for calls that do not say how it shall be; what is not
 * there, or another account's, has none.
 */
export const resourceWithArn = async (arn: string, scope: CallScope): Promise<AskedResource> => {
  const id = arn.slice(arn.lastIndexOf('/') + 1);
  const kind = KINDS.find((one) => id.startsWith(ID_PREFIXES[one]));
  const document = kind && (await scope.tx.get(kind, id));
  if (document?.arn !== arn || document.accountId !== scope.context.caller.accountId) {
    return { arn };
  }
  const keysOf = KEYS[kind as LatticeKind] as KeysOf<LatticeKind> | undefined;
  const tags = resourceTags(await readTags(scope.tx, arn));
  return { arn, keys: { ...keysOf?.(document, scope), ...tags } };
};

type On<Input> = (input: Input, scope: CallScope) => Promise<readonly AskedResource[]>;

/** The resource of a kind that an input names by this member. */
const named =
  <Member extends string>(kind: FlatKind, member: Member): On<{ readonly [M in Member]: string }> =>
  async (input, scope) => [await resourceOf(kind, input[member], scope)];

export const service = named('service', 'serviceIdentifier');
export const serviceNetwork = named('serviceNetwork', 'serviceNetworkIdentifier');
export const targetGroup = named('targetGroup', 'targetGroupIdentifier');
export const serviceAssociation = named(
  'serviceNetworkServiceAssociation',
  'serviceNetworkServiceAssociationIdentifier',
);
export const vpcAssociation = named(
  'serviceNetworkVpcAssociation',
  'serviceNetworkVpcAssociationIdentifier',
);
export const logSubscription = named('accessLogSubscription', 'accessLogSubscriptionIdentifier');

export const listener: On<ListenerName> = async (input, scope) => [
  await resourceWithArn(arnOfListener(input, scope), scope),
];

export const rule: On<RuleName> = async (input, scope) => [
  await resourceWithArn(arnOfRule(input, scope), scope),
];

/** What has auth policies and access logs: a service or a service network. */
export const policyHolder: On<{ readonly resourceIdentifier: string }> = async (
  { resourceIdentifier },
  scope,
) => {
  const id = resourceIdentifier.slice(resourceIdentifier.lastIndexOf('/') + 1);
  const kind = id.startsWith(ID_PREFIXES.serviceNetwork) ? 'serviceNetwork' : 'service';
  return [await resourceOf(kind, resourceIdentifier, scope)];
};

export const withArn: On<{ readonly resourceArn: string }> = async ({ resourceArn }, scope) => [
  await resourceWithArn(resourceArn, scope),
];

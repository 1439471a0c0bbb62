import {
  accessLogSubscriptionArn,
  listenerArn,
  ruleArn,
  serviceArn,
  serviceAssociationArn,
  serviceNetworkArn,
  targetGroupArn,
  vpcAssociationArn,
} from '../../../lattice/arn.ts';
import type { CallScope } from '../required-action.ts';

/** Kinds whose ARN follows from their id alone. */
const ARNS = {
  service: serviceArn,
  serviceNetwork: serviceNetworkArn,
  targetGroup: targetGroupArn,
  serviceNetworkServiceAssociation: serviceAssociationArn,
  serviceNetworkVpcAssociation: vpcAssociationArn,
  accessLogSubscription: accessLogSubscriptionArn,
} as const;

export type FlatKind = keyof typeof ARNS;

/** The ARN that an identifier, an id or an ARN, stands for; `*` for one that is yet to be made. */
export const arnOf = (kind: FlatKind, identifier: string, { context }: CallScope): string =>
  isArn(identifier)
    ? identifier
    : ARNS[kind](context.settings, context.caller.accountId, identifier);

export interface ListenerName {
  readonly serviceIdentifier: string;
  readonly listenerIdentifier: string;
}

export interface RuleName extends ListenerName {
  readonly ruleIdentifier: string;
}

export const arnOfListener = (input: ListenerName, scope: CallScope): string =>
  isArn(input.listenerIdentifier)
    ? input.listenerIdentifier
    : listenerArn(arnOf('service', input.serviceIdentifier, scope), input.listenerIdentifier);

export const arnOfRule = (input: RuleName, scope: CallScope): string =>
  isArn(input.ruleIdentifier)
    ? input.ruleIdentifier
    : ruleArn(arnOfListener(input, scope), input.ruleIdentifier);

const isArn = (identifier: string): boolean => identifier.startsWith('arn:');

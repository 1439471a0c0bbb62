import type {
  Listener,
  Rule,
  Service,
  ServiceNetwork,
  TargetGroup,
} from '../../lattice/resources.ts';
import type { WriteTransaction } from '../../store/store.ts';
import { dropTags } from '../tags.ts';
import { refreshTargetGroupUse, targetGroupIdsOf } from './target-group-use.ts';

/** Each of these deletes a resource with all that hangs on it; nothing is checked any more. */

export const removeServiceNetwork = async (
  tx: WriteTransaction,
  network: ServiceNetwork,
): Promise<void> => {
  await removePolicies(tx, network);
  await removeAccessLogSubscriptions(tx, network.id);
  await tx.delete('serviceNetwork', network.id);
  await dropTags(tx, network.arn);
};

export const removeService = async (tx: WriteTransaction, service: Service): Promise<void> => {
  const listeners = await tx.list('listener', { index: 'service', equals: service.id });
  for (const listener of listeners.items) await removeListener(tx, listener);
  await removePolicies(tx, service);
  await removeAccessLogSubscriptions(tx, service.id);
  await tx.delete('service', service.id);
  await dropTags(tx, service.arn);
};

export const removeListener = async (tx: WriteTransaction, listener: Listener): Promise<void> => {
  const rules = await tx.list('rule', { index: 'listener', equals: listener.id });
  for (const rule of rules.items) {
    await tx.delete('rule', rule.id);
    await dropTags(tx, rule.arn);
  }
  await tx.delete('listener', listener.id);
  await dropTags(tx, listener.arn);
  const groups = rules.items.flatMap(({ action }) => targetGroupIdsOf(action));
  await refreshTargetGroupUse(tx, listener.serviceId, groups);
};

export const removeRule = async (tx: WriteTransaction, rule: Rule): Promise<void> => {
  await tx.delete('rule', rule.id);
  await dropTags(tx, rule.arn);
  await refreshTargetGroupUse(tx, rule.serviceId, targetGroupIdsOf(rule.action));
};

export const removeTargetGroup = async (
  tx: WriteTransaction,
  group: TargetGroup,
): Promise<void> => {
  const targets = await tx.list('target', { index: 'targetGroup', equals: group.id });
  for (const target of targets.items) await tx.delete('target', target.id);
  await tx.delete('targetGroup', group.id);
  await dropTags(tx, group.arn);
};

export const removeAssociation = async (
  tx: WriteTransaction,
  kind: 'serviceNetworkServiceAssociation' | 'serviceNetworkVpcAssociation',
  association: { readonly id: string; readonly arn: string },
): Promise<void> => {
  await tx.delete(kind, association.id);
  await dropTags(tx, association.arn);
};

const removePolicies = async (
  tx: WriteTransaction,
  { id, arn }: { readonly id: string; readonly arn: string },
): Promise<void> => {
  await tx.delete('authPolicy', id);
  await tx.delete('resourcePolicy', arn);
};

const removeAccessLogSubscriptions = async (
  tx: WriteTransaction,
  resourceId: string,
): Promise<void> => {
  const found = await tx.list('accessLogSubscription', { index: 'resource', equals: resourceId });
  for (const subscription of found.items) {
    await tx.delete('accessLogSubscription', subscription.id);
    await dropTags(tx, subscription.arn);
  }
};

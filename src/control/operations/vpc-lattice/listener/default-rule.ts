import { ruleArn } from '../../../../lattice/arn.ts';
import type { Listener, Rule } from '../../../../lattice/resources.ts';
import type { ReadTransaction } from '../../../../store/store.ts';

/** Ours; the name stays free for a rule of the user's. */
const DEFAULT_RULE_NAME = 'default';

/** The rule that comes and goes with a listener and carries its default action. */
export const defaultRuleOf = (listener: Listener, id: string): Rule => ({
  id,
  accountId: listener.accountId,
  arn: ruleArn(listener.arn, id),
  serviceId: listener.serviceId,
  listenerId: listener.id,
  name: DEFAULT_RULE_NAME,
  isDefault: true,
  action: listener.defaultAction,
  createdAt: listener.createdAt,
  lastUpdatedAt: listener.lastUpdatedAt,
});

export const findDefaultRule = async (
  tx: ReadTransaction,
  listener: Listener,
): Promise<Rule | undefined> => {
  const rules = await tx.list('rule', { index: 'listener', equals: listener.id });
  return rules.items.find(({ isDefault }) => isDefault);
};

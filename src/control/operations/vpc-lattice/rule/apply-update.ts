import type { Listener, Rule } from '../../../../lattice/resources.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { invalid } from '../../../errors.ts';
import type { RequestContext } from '../../../operation.ts';
import type { Input } from '../shapes.ts';
import { acceptAction } from './action.ts';
import { acceptMatch } from './match.ts';

/**
 * The rule as an update leaves it: members that were not sent stay as they are.
 * @throws ValidationException for the default rule, and what `acceptMatch` and `acceptAction` throw
 */
export const applyUpdate = async (
  tx: ReadTransaction,
  rule: Rule,
  listener: Listener,
  update: Pick<Input<'UpdateRule'>, 'match' | 'priority' | 'action'>,
  context: RequestContext,
): Promise<Rule> => {
  if (rule.isDefault) {
    throw invalid(`Rule ${rule.id} is the default rule. Update its listener instead.`);
  }
  return {
    ...rule,
    ...(update.match === undefined ? {} : { match: acceptMatch(update.match) }),
    ...(update.priority === undefined ? {} : { priority: update.priority }),
    ...(update.action === undefined
      ? {}
      : { action: await acceptAction(tx, update.action, 'action', listener, context) }),
    lastUpdatedAt: context.now.toISOString(),
  };
};

import type { Listener, Rule } from '../../../../lattice/resources.ts';
import { ServiceError } from '../../../../protocol/service-error.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { alreadyExists, invalid } from '../../../errors.ts';
import { refreshTargetGroupUse, targetGroupIdsOf } from '../../../lifecycle/target-group-use.ts';
import type { RequestContext } from '../../../operation.ts';
import { resolveListener, resolveRule } from '../resolve.ts';
import { requireSettled } from '../settled.ts';
import { type Input, latticeWrite } from '../shapes.ts';
import { requireTargetGroupQuota } from './action.ts';
import { applyUpdate } from './apply-update.ts';
import { ruleAnswer } from './rule-answer.ts';

type Update = Input<'BatchUpdateRule'>['rules'][number];
type Planned = { readonly update: Update; readonly before: Rule; readonly after: Rule };
type Failed = { readonly update: Update; readonly error: ServiceError };

/**
 * Every update succeeds or fails by itself; those that succeed are applied at once, so rules may
 * swap their priorities. An update whose priority stays taken fails.
 */
export const batchUpdateRule = latticeWrite<'BatchUpdateRule'>(async (tx, input, context) => {
  const { service, listener } = await resolveListener(tx, input, context);
  requireSettled(service, 'SERVICE');
  const { planned, failed } = await planAll(tx, input, listener, context);
  const existing = await tx.list('rule', { index: 'listener', equals: listener.id });
  for (;;) {
    const clash = firstClash(existing.items, planned);
    if (clash === undefined) break;
    planned.splice(planned.indexOf(clash.planned), 1);
    failed.push({ update: clash.planned.update, error: clash.error });
  }
  const actions = planned.map(({ after }) => after.action);
  await requireTargetGroupQuota(tx, service.id, actions, context);
  await tx.updateAll(
    'rule',
    planned.map(({ after }) => after),
  );
  const groups = planned.flatMap(({ before, after }) => [
    ...targetGroupIdsOf(before.action),
    ...targetGroupIdsOf(after.action),
  ]);
  await refreshTargetGroupUse(tx, service.id, groups);
  return {
    successful: planned.map(({ after }) => ruleAnswer(after)),
    unsuccessful: failed.map(({ update, error }) => ({
      ruleIdentifier: update.ruleIdentifier,
      failureCode: error.code,
      failureMessage: error.message,
    })),
  };
});

const planAll = async (
  tx: ReadTransaction,
  input: Input<'BatchUpdateRule'>,
  listener: Listener,
  context: RequestContext,
): Promise<{ planned: Planned[]; failed: Failed[] }> => {
  const planned: Planned[] = [];
  const failed: Failed[] = [];
  for (const update of input.rules) {
    try {
      const path = { ...input, ruleIdentifier: update.ruleIdentifier };
      const { rule: before } = await resolveRule(tx, path, context);
      if (planned.some((other) => other.before.id === before.id)) {
        throw invalid(`Rule ${before.id} occurs more than once in the request.`);
      }
      const after = await applyUpdate(tx, before, listener, update, context);
      planned.push({ update, before, after });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      failed.push({ update, error });
    }
  }
  return { planned, failed };
};

/** The first update whose priority another rule would have too, were all of them applied. */
const firstClash = (existing: readonly Rule[], planned: readonly Planned[]) => {
  const changed = new Map(planned.map(({ after }) => [after.id, after]));
  const holders = new Map<number, Rule>();
  for (const rule of existing) {
    if (rule.priority !== undefined && !changed.has(rule.id)) holders.set(rule.priority, rule);
  }
  for (const each of planned) {
    const { priority } = each.after;
    if (priority === undefined) continue;
    const holder = holders.get(priority);
    if (holder !== undefined) {
      const error = alreadyExists('RULE', holder.id, `Rule with priority ${priority}`);
      return { planned: each, error };
    }
    holders.set(priority, each.after);
  }
  return undefined;
};

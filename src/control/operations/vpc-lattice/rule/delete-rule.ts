import { invalid } from '../../../errors.ts';
import { removeRule } from '../../../lifecycle/remove.ts';
import { resolveRule } from '../resolve.ts';
import { requireSettled } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';

export const deleteRule = latticeWrite<'DeleteRule'>(async (tx, input, context) => {
  const { service, rule } = await resolveRule(tx, input, context);
  if (rule.isDefault) {
    throw invalid(`Rule ${rule.id} is the default rule. It is deleted with its listener.`);
  }
  requireSettled(service, 'SERVICE');
  await removeRule(tx, rule);
  return {};
});

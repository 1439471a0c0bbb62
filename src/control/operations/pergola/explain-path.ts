import { isOperator } from '../../accounts.ts';
import { invalid } from '../../errors.ts';
import { NO_EXPLANATIONS } from '../../explanations.ts';
import { visibleVpc } from './mapping-place.ts';
import { pathFor } from './path-view.ts';
import { pergolaStaged } from './pergola-operation.ts';

/** Whether a client somewhere in a VPC gets a connection to a service, and what stands in its way. */
export const explainPath = pergolaStaged<'ExplainPath'>(async (store, input, context) => {
  const { caller, explanations = NO_EXPLANATIONS } = context;
  const isByOperator = await store.read(async (tx) => {
    await visibleVpc(tx, input.vpcId, caller);
    return isOperator(tx, caller.accountId);
  });
  const answer = await explanations.ofPath(input);
  if ('problem' in answer) throw invalid(answer.problem);
  return { path: isByOperator ? answer.path : pathFor(answer.path, caller.accountId) };
});

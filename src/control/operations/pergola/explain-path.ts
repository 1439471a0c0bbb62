import type { ExplainPathRequest } from '../../../protocol/generated/pergola.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { isOperator } from '../../accounts.ts';
import { invalid, invalidField } from '../../errors.ts';
import { NO_EXPLANATIONS } from '../../explanations.ts';
import { visibleVpc } from './mapping-place.ts';
import { pathFor } from './path-view.ts';
import { pergolaStaged } from './pergola-operation.ts';

/** Whether a client somewhere in a VPC gets a connection to a service, and what stands in its way. */
export const explainPath = pergolaStaged<'ExplainPath'>(async (store, input, context) => {
  const { caller, explanations = NO_EXPLANATIONS } = context;
  const { vpcId, isByOperator } = await store.read(async (tx) => ({
    vpcId: (await visibleVpc(tx, await vpcIdOf(tx, input), context)).id,
    isByOperator: await isOperator(tx, caller.accountId),
  }));
  const answer = await explanations.ofPath({ ...input, vpcId });
  if ('problem' in answer) throw invalid(answer.problem);
  const { paths } = answer;
  return { paths: isByOperator ? paths : paths.map((path) => pathFor(path, caller.accountId)) };
});

/** An instance or network interface says which VPC it is. */
const vpcIdOf = async (
  tx: ReadTransaction,
  { vpcId, from = '' }: ExplainPathRequest,
): Promise<string> => {
  if (vpcId !== undefined) return vpcId;
  const found = (await tx.get('instance', from)) ?? (await tx.get('networkInterface', from));
  if (found !== undefined) return found.vpcId;
  throw invalidField(
    'from',
    `\`${from}\` is neither an instance nor a network interface; give vpcId, too`,
  );
};

import type { PathExplanation } from '../../../protocol/generated/pergola.ts';
import { isOperator } from '../../accounts.ts';
import { invalid } from '../../errors.ts';
import { NO_EXPLANATIONS } from '../../explanations.ts';
import type { NetworkReport } from '../../network-report.ts';
import { explainedPlace } from './explained-place.ts';
import { pathFor } from './path-view.ts';
import { pergolaStaged } from './pergola-operation.ts';

/** Whether a client somewhere in a VPC gets a connection to a service, and what stands in its way. */
export const explainPath = pergolaStaged<'ExplainPath'>(async (store, input, context) => {
  const { caller, explanations = NO_EXPLANATIONS, networks } = context;
  const { vpcId, isByOperator } = await store.read(async (tx) => ({
    vpcId: (await explainedPlace(tx, input, context)).vpc.id,
    isByOperator: await isOperator(tx, caller.accountId),
  }));
  const isOfMachines = networks !== undefined;
  const answer = await explanations.ofPath({ ...input, vpcId, isOfMachines });
  if ('problem' in answer) throw invalid(answer.problem);
  const seen = answer.paths.map((path) => (isByOperator ? path : pathFor(path, caller.accountId)));
  return { paths: seen.map((path) => withUnmade(path, networks)) };
});

/** Nobody accepts where the underlay could not make what it should: rules do not tell. */
const withUnmade = (path: PathExplanation, networks: NetworkReport | undefined) => {
  const { from, to } = path;
  const unmade = networks
    ?.problems()
    .find(
      ({ vpcId, instanceId, port = to.port }) =>
        vpcId === from.vpcId && instanceId === undefined && port === to.port,
    );
  if (unmade === undefined) return path;
  const check = {
    check: 'network of the VPC',
    accountId: from.accountId,
    passes: false,
    message: `nobody accepts at port ${to.port} in ${from.vpcId}: ${unmade.reason}`,
    rules: [],
    advice: unmade.port === undefined ? [] : [`use another port than ${unmade.port}`],
  };
  return { ...path, isOpen: false, checks: [...path.checks, check] };
};

import { authorize } from '../../policy/authorize.ts';
import type { PolicyRequest } from '../../policy/request.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { askResourcePolicy } from '../trust/ask-policies.ts';
import type { CallerLayer } from './caller-layers.ts';

/**
 * Whether the resource's own policy makes up for policies of the caller that are silent. Within the
 * account it does when it names the caller: a user needs nothing more, of a role the boundary and the
 * session policy still have to allow. Service control policies always have to. Such policies can only
 * allow, so there is no need to ask when the caller's own do.
 */
export const isGrantedByResource = async (
  tx: ReadTransaction,
  layers: readonly CallerLayer[],
  request: PolicyRequest,
): Promise<boolean> => {
  const stored = await tx.get('resourcePolicy', request.resource);
  if (!stored || askResourcePolicy(stored.policy, request) !== 'named') return false;
  const isUser = request.principal.kind === 'user';
  const left = layers.filter(
    ({ name }) => name === 'serviceControl' || (!isUser && name !== 'identity'),
  );
  return left.length === 0 || authorize({ layers: left, request }).allowed;
};

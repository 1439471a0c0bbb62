import { parseArn } from '../../lattice/arn.ts';
import type { PolicyRequest } from '../../policy/request.ts';
import type { ServiceName } from '../../protocol/load-model.ts';
import type { RequestContext } from '../operation.ts';
import { originKeys } from './call-origin.ts';
import { KeyLookup, type KeyValues } from './key-values.ts';
import type { PolicyCaller } from './policy-caller.ts';
import type { Check } from './required-action.ts';

/** Who asks, how the call came in, and what it says. */
export interface AskingCall {
  readonly caller: PolicyCaller;
  readonly service: ServiceName;
  readonly context: Pick<RequestContext, 'origin' | 'now' | 'settings'>;
  /** Condition keys of the call's input. */
  readonly keys: KeyValues;
}

/**
 * A question to policies with all the condition keys that there are for it: every check of the API asks
 * by this one, since a deny does not apply whose key is absent. What we know counts before what the
 * call says, and that before what the resource has.
 */
export const policyRequest = (
  { caller, service, context, keys }: AskingCall,
  { action, resource }: Check,
): PolicyRequest => {
  const { principal } = caller;
  const callerAccount = 'accountId' in principal ? principal.accountId : undefined;
  const lookup = new KeyLookup(
    { 'aws:ResourceAccount': parseArn(resource.arn)?.accountId || callerAccount },
    caller.keys,
    originKeys(service, context),
    keys,
    resource.keys,
  );
  return { principal, action, resource: resource.arn, value: (key) => lookup.value(key) };
};

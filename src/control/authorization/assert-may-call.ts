import { authorize } from '../../policy/authorize.ts';
import type { ServiceName } from '../../protocol/load-model.ts';
import { ServiceError } from '../../protocol/service-error.ts';
import type { ReadTransaction } from '../../store/store.ts';
import type { RequestContext } from '../operation.ts';
import { denialError } from './denial.ts';
import { policyCaller } from './policy-caller.ts';
import { type AskingCall, policyRequest } from './policy-request.ts';
import { ANYTHING, type CallScope, type Check, type RequiredAction } from './required-action.ts';
import { actionOf, requiredActions } from './required-actions.ts';
import { isGrantedByResource } from './resource-grant.ts';

/** A call that was read and is valid by the model. */
export interface ApiCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: unknown;
}

/**
 * Lets a call pass that the policies allow: to be asked in the transaction in which the operation runs,
 * before it does anything and before an answer is given again.
 *
 * @throws ServiceError AccessDeniedException in AWS's words, or what AWS says of credentials that
 *   cannot call this at all
 */
export const assertMayCall = async (
  tx: ReadTransaction,
  { service, operation, input }: ApiCall,
  context: RequestContext,
): Promise<void> => {
  const required = (await requiredActions(service))[operation] as RequiredAction<unknown>;
  // Nothing is allowed by omission.
  if (required === undefined) throw new Error(`nobody says who may call ${service} ${operation}`);
  assertCredentials(service, operation, required, context);
  if (required.rule !== undefined) return;

  const caller = await policyCaller(tx, context);
  if (caller.layers.length === 0) return;

  const scope: CallScope = { tx, context };
  const keys = required.keys?.(input, scope) ?? {};
  const action = actionOf(service, operation, required);
  for (const check of await checksOf(action, required, input, scope)) {
    await assertAllowed(check, { caller, service, context, keys }, scope);
  }
};

/** Of sessions without MFA AWS takes no calls of IAM, and of STS only those that are open to all. */
const assertCredentials = (
  service: ServiceName,
  operation: string,
  { rule }: RequiredAction<unknown>,
  { caller }: RequestContext,
): void => {
  if (caller.accountId === '' && operation !== WITHOUT_CREDENTIALS) {
    throw new ServiceError(
      'MissingAuthenticationTokenException',
      403,
      'Missing Authentication Token',
    );
  }
  const isRole = caller.session?.kind === 'assumedRole';
  if (caller.session === undefined || isRole || rule !== undefined) return;
  if (service === 'iam' || service === 'sts') {
    throw new ServiceError(
      'UnrecognizedClientException',
      403,
      'The security token included in the request is invalid',
    );
  }
};

/** A web identity token is all that it is called with. */
const WITHOUT_CREDENTIALS = 'AssumeRoleWithWebIdentity';

const checksOf = async (
  action: string,
  { on, also }: RequiredAction<unknown>,
  input: unknown,
  scope: CallScope,
): Promise<readonly Check[]> => {
  const named = (await on?.(input, scope)) ?? [];
  const resources = named.length === 0 ? [ANYTHING] : named;
  return [
    ...resources.map((resource) => ({ action, resource })),
    ...((await also?.(input, scope)) ?? []),
  ];
};

const assertAllowed = async (
  check: Check,
  call: AskingCall,
  { tx, context }: CallScope,
): Promise<void> => {
  const { layers } = call.caller;
  const request = policyRequest(call, check);
  const { kind, decidedBy } = authorize({ layers, request });
  if (kind === 'allow' || (await isGrantedByResource(tx, layers, request))) return;
  const { principalArn } = context.caller;
  const { action, resource } = request;
  throw denialError(call.service, { principalArn, action, resource, kind, decidedBy });
};

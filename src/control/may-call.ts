import { ServiceError } from '../protocol/service-error.ts';
import { isRoot } from './caller-policies.ts';
import type { Caller } from './operation.ts';

/** What is called without credentials: the trust policy of the role decides. */
const WITHOUT_CREDENTIALS = 'sts:AssumeRoleWithWebIdentity';

/** What anybody with credentials may call, whatever policies say (AWS's STS reference, operation by operation). */
const FOR_EVERYBODY: ReadonlySet<string> = new Set([
  'sts:GetCallerIdentity',
  'sts:GetSessionToken',
  // Decided by the trust policy of the role and the policies of the caller.
  'sts:AssumeRole',
]);

/** Services whose actions have another prefix in policies than their signing name. */
const PREFIXES: Readonly<Record<string, string>> = { tagging: 'tag' };

/** Operations that policies know under another name. */
const ACTIONS: Readonly<Record<string, string>> = {
  'vpc-lattice:BatchUpdateRule': 'vpc-lattice:UpdateRule',
};

/**
 * The root of an account may do everything in it. Policies of users and roles are not evaluated for
 * the API yet, so to them all else is refused: never allowed by omission.
 *
 * @throws ServiceError AccessDeniedException, in AWS's words
 */
export const assertMayCall = (service: string, operation: string, caller: Caller): void => {
  const called = `${PREFIXES[service] ?? service}:${operation}`;
  if (called === WITHOUT_CREDENTIALS) return;
  if (caller.accountId === '') throw missingToken();
  if (FOR_EVERYBODY.has(called)) return;
  if (isRoot(caller)) {
    // AWS: sessions of GetSessionToken without MFA may not call IAM, and of STS only what is above.
    if (caller.session === undefined || !['iam', 'sts'].includes(service)) return;
    throw new ServiceError(
      'UnrecognizedClientException',
      403,
      'The security token included in the request is invalid',
    );
  }
  const action = ACTIONS[called] ?? called;
  const text = `User: ${caller.principalArn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
  throw new ServiceError(
    'AccessDeniedException',
    403,
    service === 'ec2' ? `You are not authorized to perform this operation. ${text}` : text,
  );
};

const missingToken = (): ServiceError =>
  new ServiceError('MissingAuthenticationTokenException', 403, 'Missing Authentication Token');

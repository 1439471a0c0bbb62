import { entityOf, isRoot } from '../../caller-policies.ts';
import { issueSession } from '../../session/issue-session.ts';
import { accessDenied, stsWrite, validationError } from './sts-operation.ts';

const HOUR = 3600;

export const getSessionToken = stsWrite<'GetSessionToken'>(async (tx, input, { caller, now }) => {
  if (caller.session) throw accessDenied('Cannot call GetSessionToken with session credentials');
  if (input.SerialNumber !== undefined || input.TokenCode !== undefined) {
    throw accessDenied('MultiFactorAuthentication failed: MFA devices cannot be registered here');
  }
  const root = isRoot(caller);
  const seconds = input.DurationSeconds ?? (root ? HOUR : 12 * HOUR);
  if (root && seconds > HOUR) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for the root of an account.',
    );
  }
  const user = await entityOf(tx, caller);
  const { accountId, principalArn } = caller;
  const credentials = await issueSession(
    tx,
    {
      accountId,
      kind: root ? 'root' : 'user',
      principalArn,
      principalId: user?.id ?? accountId,
      ...(user ? { userId: user.id } : {}),
    },
    seconds,
    now,
  );
  return { Credentials: credentials };
});

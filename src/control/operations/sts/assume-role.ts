import { assertMayAssume } from '../../authorization/assert-may-assume.ts';
import { actionsFor, sessionConditions, startRoleSession } from './role-session.ts';
import { sessionDuration } from './session-duration.ts';
import { sessionPolicies } from './session-policies.ts';
import { sessionTags } from './session-tags.ts';
import { accessDenied, stsWrite, validationError } from './sts-operation.ts';

/**
 * Unlike on AWS, the root of an account may assume roles too: its key is the one that everybody has
 * who starts with Pergola. The trust policy has to name the account.
 */
export const assumeRole = stsWrite<'AssumeRole'>(async (tx, input, context) => {
  const { session } = context.caller;
  if (input.SerialNumber !== undefined || input.TokenCode !== undefined) {
    throw accessDenied('MultiFactorAuthentication failed: MFA devices cannot be registered here');
  }
  if (input.ProvidedContexts !== undefined) {
    throw validationError('ProvidedContexts are not supported here; leave them out');
  }
  const tags = sessionTags(
    { tags: input.Tags ?? [], transitiveTagKeys: input.TransitiveTagKeys ?? [] },
    session,
  );
  const sourceIdentity = input.SourceIdentity ?? session?.sourceIdentity;
  if (session?.sourceIdentity !== undefined && sourceIdentity !== session.sourceIdentity) {
    throw accessDenied('The source identity of the calling session cannot be changed.');
  }
  const keys = {
    ...sessionConditions(input.RoleSessionName, tags, sourceIdentity),
    'sts:ExternalId': input.ExternalId,
  };
  const actions = actionsFor('sts:AssumeRole', tags, sourceIdentity);
  const role = await assertMayAssume(tx, { roleArn: input.RoleArn, actions, keys }, context);
  const isChained = session?.roleId !== undefined;
  const durationSeconds = sessionDuration(role, input.DurationSeconds, isChained);
  const policies = await sessionPolicies(tx, input, role.accountId);
  const name = input.RoleSessionName;
  return startRoleSession(
    tx,
    role,
    { name, durationSeconds, policies, tags, sourceIdentity },
    context,
  );
});

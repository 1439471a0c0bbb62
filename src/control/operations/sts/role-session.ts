import { assumedRoleArn } from '../../../lattice/iam-arn.ts';
import type { IamRole } from '../../../lattice/identity.ts';
import type { WebIdentityClaims } from '../../../session-token/session-claims.ts';
import type { WriteTransaction } from '../../../store/store.ts';
import { type KeyValues, requestTags } from '../../authorization/key-values.ts';
import type { RequestContext } from '../../operation.ts';
import { issueSession } from '../../session/issue-session.ts';
import { packedPolicySize, type SessionPolicies } from './session-policies.ts';
import type { SessionTags } from './session-tags.ts';

export interface RoleSession {
  readonly name: string;
  readonly durationSeconds: number;
  readonly policies: SessionPolicies;
  readonly tags: SessionTags;
  readonly sourceIdentity: string | undefined;
  readonly webIdentity?: WebIdentityClaims;
}

/** Starts a session of a role; whoever calls this has decided that it may be started. */
export const startRoleSession = async (
  tx: WriteTransaction,
  role: IamRole,
  session: RoleSession,
  { now, settings }: RequestContext,
) => {
  const { name, policies, sourceIdentity, webIdentity } = session;
  const { tags, transitiveTagKeys } = session.tags;
  const size = packedPolicySize(policies, tags);
  const arn = assumedRoleArn(settings.partition, role.accountId, role.name, name);
  const assumedRoleId = `${role.id}:${name}`;
  const credentials = await issueSession(
    tx,
    {
      accountId: role.accountId,
      kind: 'assumedRole',
      principalArn: arn,
      principalId: assumedRoleId,
      roleArn: role.arn,
      roleId: role.id,
      sessionName: name,
      ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
      ...(Object.keys(tags).length === 0 ? {} : { tags }),
      ...(transitiveTagKeys.length === 0 ? {} : { transitiveTagKeys }),
      ...policies,
      ...(webIdentity === undefined ? {} : { webIdentity }),
    },
    session.durationSeconds,
    now,
  );
  return {
    Credentials: credentials,
    AssumedRoleUser: { AssumedRoleId: assumedRoleId, Arn: arn },
    ...size,
    ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
  };
};

/** Actions that a role's trust policy has to allow for such a session, `first` for the session itself. */
export const actionsFor = (
  first: string,
  tags: SessionTags,
  sourceIdentity: string | undefined,
): readonly [string, ...string[]] => [
  first,
  ...(Object.keys(tags.tags).length === 0 ? [] : ['sts:TagSession']),
  ...(sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
];

/** Condition keys that say what the session will be. */
export const sessionConditions = (
  name: string,
  tags: SessionTags,
  sourceIdentity: string | undefined,
): KeyValues => ({
  'sts:RoleSessionName': name,
  'sts:SourceIdentity': sourceIdentity,
  'sts:TransitiveTagKeys': tags.transitiveTagKeys,
  ...requestTags(tags.tags),
});

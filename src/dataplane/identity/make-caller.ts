import { parseArn } from '../../lattice/arn.ts';
import { assumedRoleArn, rootArn } from '../../lattice/iam-arn.ts';
import type { SessionFacts } from '../../policy/caller-values.ts';
import { mergeTags } from '../../policy/tags.ts';
import type { SessionClaims } from '../../session-token/session-claims.ts';
import type { AccessKeyPart, AccountPart, PrincipalPart } from '../../snapshot/parts.ts';
import type { Caller } from '../auth/caller.ts';
import { layersOfCaller, type SessionPolicies } from './caller-layers.ts';
import type { IdentityParts } from './identity-parts.ts';
import { type CallingPrincipal, KnownCaller } from './known-caller.ts';
import type { OpenedSession } from './opened-session.ts';

/** Undefined when the account or the user is not there. */
export const callerOfKey = (parts: IdentityParts, key: AccessKeyPart): Caller | undefined => {
  const { accountId, principalArn, userId } = key;
  const given = { accountId, accessKeyId: key.id, rootArn: principalArn };
  if (userId === undefined) return callerOf(parts, given);
  const user = principalOf(parts, 'user', userId);
  return user && callerOf(parts, { ...given, principal: user });
};

/** Undefined when the account, or the user or role that the token was made for, is not there. */
export const callerOfSession = (
  parts: IdentityParts,
  { claims, policies, keyId, key }: OpenedSession,
): Caller | undefined => {
  if (parts.sessionTokenKeys.get(keyId)?.equals(key) !== true) return undefined;
  const { accountId, accessKeyId, principalArn, roleId, userId } = claims;
  const given = {
    accountId,
    accessKeyId,
    rootArn: principalArn,
    session: factsOf(claims),
    sessionPolicies: policies,
  };
  switch (claims.kind) {
    case 'root':
      return callerOf(parts, given);
    case 'user': {
      const user = principalOf(parts, 'user', userId);
      return user && callerOf(parts, { ...given, principal: user });
    }
    case 'assumedRole': {
      const role = principalOf(parts, 'role', roleId);
      const { sessionName, principalId, tags } = claims;
      const roleSession = { arn: principalArn, userId: principalId, name: sessionName, tags };
      return role && callerOf(parts, { ...given, principal: role, roleSession });
    }
  }
};

/** The session name of a role that was asked for without one. */
const SIMULATED_SESSION = 'simulation';

/** `arn` of an account's root, a user, a role, or a session of it; undefined when there is none. */
export const callerOfArn = (
  parts: IdentityParts,
  text: string,
  nowMs: number,
): Caller | undefined => {
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  const { partition, service, accountId, resource } = arn;
  const given = { accountId, accessKeyId: '', rootArn: text };
  if (text === rootArn(accountId, partition)) return callerOf(parts, given);
  const [type = '', ...names] = resource.split('/');
  if (service === 'iam' && type === 'user') {
    const user = parts.principalByName('user', accountId, names.at(-1) ?? '');
    return user?.arn === text ? callerOf(parts, { ...given, principal: user }) : undefined;
  }
  const isRole = service === 'iam' && type === 'role';
  const isSession = service === 'sts' && type === 'assumed-role' && names.length === 2;
  if (!isRole && !isSession) return undefined;
  const [roleName = '', name = ''] = isRole ? [names.at(-1), SIMULATED_SESSION] : names;
  const role = parts.principalByName('role', accountId, roleName);
  if (role === undefined || (isRole && role.arn !== text)) return undefined;
  return callerOf(parts, {
    ...given,
    principal: role,
    session: { issuedAt: Math.floor(nowMs / 1000) },
    roleSession: {
      arn: assumedRoleArn(partition, accountId, roleName, name),
      userId: `${role.id}:${name}`,
      name,
      tags: undefined,
    },
  });
};

interface RoleSession {
  /** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION` */
  readonly arn: string;
  /** `AROA…:SESSION` */
  readonly userId: string;
  readonly name: string | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
}

interface Given {
  readonly accountId: string;
  readonly accessKeyId: string;
  /** Used when there is no `principal`. */
  readonly rootArn: string;
  readonly principal?: PrincipalPart;
  readonly session?: SessionFacts;
  readonly sessionPolicies?: SessionPolicies | undefined;
  /** Given with a role. */
  readonly roleSession?: RoleSession;
}

/** Without its account nobody is known: the account says which service control policies there are. */
const callerOf = (parts: IdentityParts, given: Given): Caller | undefined => {
  const { accessKeyId, principal, session, sessionPolicies, roleSession } = given;
  const account = parts.accounts.get(given.accountId);
  return (
    account &&
    new KnownCaller({
      principal: callingPrincipal(account, given),
      accessKeyId,
      account,
      session,
      sessionName: roleSession?.name,
      layers: layersOfCaller(parts, account, principal, sessionPolicies),
    })
  );
};

const callingPrincipal = (
  { id: accountId, organization }: AccountPart,
  { rootArn, principal, roleSession }: Given,
): CallingPrincipal => {
  const ofAccount = {
    accountId,
    ...(organization && { orgId: organization.organizationId, orgPath: organization.path }),
  };
  if (principal === undefined) return { kind: 'root', arn: rootArn, ...ofAccount };
  const { id, arn, name } = principal;
  if (roleSession === undefined) {
    const tags = new Map(Object.entries(principal.tags));
    return { kind: 'user', arn, userId: id, userName: name, tags, ...ofAccount };
  }
  return {
    kind: 'roleSession',
    arn: roleSession.arn,
    roleArn: arn,
    userId: roleSession.userId,
    tags: mergeTags(principal.tags, roleSession.tags),
    ...ofAccount,
  };
};

const principalOf = (
  parts: IdentityParts,
  type: PrincipalPart['type'],
  id: string | undefined,
): PrincipalPart | undefined => {
  const principal = id === undefined ? undefined : parts.principals.get(id);
  return principal?.type === type ? principal : undefined;
};

const factsOf = ({ issuedAt, sourceIdentity, webIdentity }: SessionClaims): SessionFacts => ({
  issuedAt,
  sourceIdentity,
  federatedProvider: webIdentity?.provider,
});

import type { IamRole, IamUser } from '../lattice/identity.ts';
import type { CallerPolicies } from '../policy/caller-layers.ts';
import type { ReadTransaction } from '../store/store.ts';
import type { Caller } from './operation.ts';
import { defaultDocument, policyByArn } from './operations/iam/managed-policies/find-policy.ts';

/** Policies of the account's own, as JSON texts. */
type AccountPolicies = Omit<CallerPolicies<string>, 'serviceControl'>;

/**
 * Undefined for the root of an account, which may do everything in it.
 *
 * @param entity what `entityOf` says, by whoever has asked already
 */
export const callerPolicies = async (
  tx: ReadTransaction,
  caller: Caller,
  entity: IamUser | IamRole | undefined,
): Promise<AccountPolicies | undefined> => {
  if (!entity) return isRoot(caller) ? undefined : { identity: [] };
  const { accountId } = caller;
  const { permissionsBoundary } = entity;
  return {
    identity: await identityDocuments(tx, entity, accountId),
    boundary:
      permissionsBoundary === undefined
        ? undefined
        : await documentsOf(tx, [permissionsBoundary], accountId),
    session: await sessionDocuments(tx, caller),
  };
};

/** Whether the caller is the root of its account, with its own key or a session. */
export const isRoot = ({ principalArn }: Pick<Caller, 'principalArn'>): boolean =>
  /^arn:[a-z-]+:iam::\d{12}:root$/.test(principalArn);

/** The user, or the role of the session, that calls. */
export const entityOf = async (
  tx: ReadTransaction,
  { session, userId }: Caller,
): Promise<IamUser | IamRole | undefined> => {
  if (session?.roleId !== undefined) return tx.get('iamRole', session.roleId);
  const id = session?.userId ?? userId;
  return id === undefined ? undefined : tx.get('iamUser', id);
};

const identityDocuments = async (
  tx: ReadTransaction,
  entity: IamUser | IamRole,
  accountId: string,
): Promise<readonly string[]> => {
  const { items: memberships } = await tx.list('groupMembership', {
    index: 'user',
    equals: entity.id,
  });
  const holders: { id: string; inlinePolicies: IamUser['inlinePolicies'] }[] = [entity];
  for (const { groupId } of memberships) {
    const group = await tx.get('iamGroup', groupId);
    if (group) holders.push(group);
  }
  const documents: string[] = [];
  for (const { id, inlinePolicies } of holders) {
    const { items } = await tx.list('policyAttachment', { index: 'entity', equals: id });
    const arns = items.map(({ policyArn }) => policyArn);
    documents.push(...inlinePolicies.map(({ document }) => document));
    documents.push(...(await documentsOf(tx, arns, accountId)));
  }
  return documents;
};

const sessionDocuments = async (
  tx: ReadTransaction,
  { session, accountId }: Caller,
): Promise<readonly string[] | undefined> => {
  const { sessionPolicy, sessionPolicyArns } = session ?? {};
  if (sessionPolicy === undefined && sessionPolicyArns === undefined) return undefined;
  return [
    ...(sessionPolicy === undefined ? [] : [sessionPolicy]),
    ...(await documentsOf(tx, sessionPolicyArns ?? [], accountId)),
  ];
};

/** A policy that is gone allows nothing. */
const documentsOf = async (
  tx: ReadTransaction,
  arns: readonly string[],
  accountId: string,
): Promise<readonly string[]> => {
  const documents: string[] = [];
  for (const arn of arns) {
    const policy = await policyByArn(tx, arn, accountId);
    if (policy) documents.push(defaultDocument(policy));
  }
  return documents;
};

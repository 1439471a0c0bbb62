import type { Documents } from '../../../lattice/documents.ts';
import { groupArn, roleArn, userArn } from '../../../lattice/iam-arn.ts';
import type { IamEntityKind } from '../../../lattice/identity.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import type { Quotas } from '../../settings.ts';
import { entityAlreadyExists, noSuchEntity, quotaReached } from './errors.ts';

interface EntityFacts {
  /** As in error texts. */
  readonly word: 'user' | 'group' | 'role';
  readonly quota: keyof Quotas;
  readonly quotaName: string;
  /** Characters without white space in all inline policies together ("IAM and AWS STS quotas"). */
  readonly inlineCharacters: number;
  readonly arn: typeof userArn;
}

/** What differs between the three kinds of entities that policies are put on. */
export const ENTITIES: Readonly<Record<IamEntityKind, EntityFacts>> = {
  iamUser: {
    word: 'user',
    quota: 'usersPerAccount',
    quotaName: 'UsersPerAccount',
    inlineCharacters: 2048,
    arn: userArn,
  },
  iamGroup: {
    word: 'group',
    quota: 'groupsPerAccount',
    quotaName: 'GroupsPerAccount',
    inlineCharacters: 5120,
    arn: groupArn,
  },
  iamRole: {
    word: 'role',
    quota: 'rolesPerAccount',
    quotaName: 'RolesPerAccount',
    inlineCharacters: 10_240,
    arn: roleArn,
  },
};

export const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

export const nameKey = (accountId: string, name: string): string =>
  `${accountId}/${name.toLowerCase()}`;

/** The caller's entity of this name, whatever the case. @throws NoSuchEntity */
export const findEntity = async <K extends IamEntityKind>(
  tx: ReadTransaction,
  kind: K,
  name: string,
  { caller }: Pick<RequestContext, 'caller'>,
): Promise<Documents[K]> => {
  const found = await tx.findUnique(kind, 'name', nameKey(caller.accountId, name));
  if (!found) throw noSuchEntity(`The ${ENTITIES[kind].word} with name ${name} cannot be found.`);
  return found;
};

/** What every new entity begins with. @throws EntityAlreadyExists, LimitExceeded */
export const newEntity = async (
  tx: ReadTransaction,
  kind: IamEntityKind,
  id: string,
  name: string,
  path: string,
  context: RequestContext,
) => {
  const { accountId } = context.caller;
  const facts = ENTITIES[kind];
  await assertNameFree(tx, kind, name, context);
  const limit = context.settings.quotas[facts.quota];
  if ((await tx.count(kind, { index: 'account', equals: accountId })) >= limit) {
    throw quotaReached(facts.quotaName, limit);
  }
  const now = context.now.toISOString();
  return {
    id,
    accountId,
    name,
    path,
    arn: facts.arn(context.settings.partition, accountId, path, name),
    inlinePolicies: [],
    createdAt: now,
    lastUpdatedAt: now,
  };
};

/** @throws EntityAlreadyExists */
export const assertNameFree = async (
  tx: ReadTransaction,
  kind: IamEntityKind,
  name: string,
  { caller }: Pick<RequestContext, 'caller'>,
): Promise<void> => {
  if (await tx.findUnique(kind, 'name', nameKey(caller.accountId, name))) {
    throw entityAlreadyExists(
      `${capitalized(ENTITIES[kind].word)} with name ${name} already exists.`,
    );
  }
};

/** All of the caller's, under a path prefix if one is given. */
export const entitiesOf = async <K extends IamEntityKind>(
  tx: ReadTransaction,
  kind: K,
  pathPrefix: string | undefined,
  { caller }: Pick<RequestContext, 'caller'>,
): Promise<readonly Documents[K][]> => {
  const { items } = await tx.list(kind, { index: 'account', equals: caller.accountId });
  return pathPrefix === undefined ? items : items.filter(({ path }) => path.startsWith(pathPrefix));
};

/** In the order in which AWS lists names. */
export const byName = ({ name }: { readonly name: string }): string => name.toLowerCase();

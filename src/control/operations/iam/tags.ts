import type { Documents } from '../../../lattice/documents.ts';
import type { Tag } from '../../../protocol/generated/iam.ts';
import type { ReadTransaction, WriteTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { findEntity } from './entities.ts';
import { DONE, iamRead, iamWrite } from './iam-operation.ts';
import { findOwnPolicy, findPolicy } from './managed-policies/find-policy.ts';
import { findProvider } from './oidc-providers/find-provider.ts';
import { type IamPageInput, iamPage } from './paging.ts';
import { toTagList, withoutTags, withTags } from './tag-list.ts';

type TaggedKind = 'iamUser' | 'iamRole' | 'managedPolicy' | 'oidcProvider';

/** As IAM's quotas call them. */
const WORDS: Readonly<Record<TaggedKind, string>> = {
  iamUser: 'User',
  iamRole: 'Role',
  managedPolicy: 'Policy',
  oidcProvider: 'OpenIDConnectProvider',
};

const tag = async <K extends TaggedKind>(
  tx: WriteTransaction,
  kind: K,
  document: Documents[K],
  tags: readonly Tag[],
  { now, settings }: RequestContext,
) => {
  const most = settings.quotas.tagsPerResource;
  const changed = withTags(document.tags, tags, WORDS[kind], most);
  await tx.update(kind, { ...document, tags: changed, lastUpdatedAt: now.toISOString() });
  return DONE;
};

const untag = async <K extends TaggedKind>(
  tx: WriteTransaction,
  kind: K,
  document: Documents[K],
  keys: readonly string[],
  { now }: RequestContext,
) => {
  const changed = withoutTags(document.tags, keys);
  await tx.update(kind, { ...document, tags: changed, lastUpdatedAt: now.toISOString() });
  return DONE;
};

/** Pages by position: a key may be longer than a marker. */
const listTags = (
  document: Documents[TaggedKind],
  input: IamPageInput,
  context: RequestContext,
) => {
  const numbered = toTagList(document.tags).map((item, index) => ({ item, index }));
  const { items, rest } = iamPage(
    numbered,
    ({ index }) => String(index).padStart(3, '0'),
    input,
    context,
    `list tags of ${document.id}`,
  );
  return { Tags: items.map(({ item }) => item), ...rest };
};

type Context = RequestContext;
const user = (tx: ReadTransaction, { UserName }: { readonly UserName: string }, context: Context) =>
  findEntity(tx, 'iamUser', UserName, context);
const role = (tx: ReadTransaction, { RoleName }: { readonly RoleName: string }, context: Context) =>
  findEntity(tx, 'iamRole', RoleName, context);

export const tagUser = iamWrite<'TagUser'>(async (tx, input, context) =>
  tag(tx, 'iamUser', await user(tx, input, context), input.Tags, context),
);
export const untagUser = iamWrite<'UntagUser'>(async (tx, input, context) =>
  untag(tx, 'iamUser', await user(tx, input, context), input.TagKeys, context),
);
export const listUserTags = iamRead<'ListUserTags'>(async (tx, input, context) =>
  listTags(await user(tx, input, context), input, context),
);

export const tagRole = iamWrite<'TagRole'>(async (tx, input, context) =>
  tag(tx, 'iamRole', await role(tx, input, context), input.Tags, context),
);
export const untagRole = iamWrite<'UntagRole'>(async (tx, input, context) =>
  untag(tx, 'iamRole', await role(tx, input, context), input.TagKeys, context),
);
export const listRoleTags = iamRead<'ListRoleTags'>(async (tx, input, context) =>
  listTags(await role(tx, input, context), input, context),
);

export const tagPolicy = iamWrite<'TagPolicy'>(async (tx, input, context) =>
  tag(tx, 'managedPolicy', await findOwnPolicy(tx, input.PolicyArn, context), input.Tags, context),
);
export const untagPolicy = iamWrite<'UntagPolicy'>(async (tx, input, context) => {
  const policy = await findOwnPolicy(tx, input.PolicyArn, context);
  return untag(tx, 'managedPolicy', policy, input.TagKeys, context);
});
export const listPolicyTags = iamRead<'ListPolicyTags'>(async (tx, input, context) =>
  listTags(await findPolicy(tx, input.PolicyArn, context), input, context),
);

export const tagOpenIDConnectProvider = iamWrite<'TagOpenIDConnectProvider'>(
  async (tx, input, context) => {
    const provider = await findProvider(tx, input.OpenIDConnectProviderArn, context);
    return tag(tx, 'oidcProvider', provider, input.Tags, context);
  },
);
export const untagOpenIDConnectProvider = iamWrite<'UntagOpenIDConnectProvider'>(
  async (tx, input, context) => {
    const provider = await findProvider(tx, input.OpenIDConnectProviderArn, context);
    return untag(tx, 'oidcProvider', provider, input.TagKeys, context);
  },
);
export const listOpenIDConnectProviderTags = iamRead<'ListOpenIDConnectProviderTags'>(
  async (tx, input, context) =>
    listTags(await findProvider(tx, input.OpenIDConnectProviderArn, context), input, context),
);

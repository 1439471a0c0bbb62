import { iamRead } from '../iam-operation.ts';
import { toTagList } from '../tag-list.ts';
import { findProvider } from './find-provider.ts';
import { withoutScheme } from './provider-url.ts';

export const getProvider = iamRead<'GetOpenIDConnectProvider'>(async (tx, input, context) => {
  const provider = await findProvider(tx, input.OpenIDConnectProviderArn, context);
  return {
    Url: withoutScheme(provider.url),
    ClientIDList: provider.clientIds,
    ThumbprintList: provider.thumbprints,
    CreateDate: new Date(provider.createdAt),
    Tags: toTagList(provider.tags),
  };
});

export const listProviders = iamRead<'ListOpenIDConnectProviders'>(
  async (tx, _input, { caller }) => {
    const { items } = await tx.list('oidcProvider', {
      index: 'account',
      equals: caller.accountId,
    });
    return { OpenIDConnectProviderList: items.map(({ arn }) => ({ Arn: arn })) };
  },
);

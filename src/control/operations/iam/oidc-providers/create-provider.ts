import { oidcProviderArn } from '../../../../lattice/iam-arn.ts';
import type { OidcProvider } from '../../../../lattice/identity.ts';
import { entityAlreadyExists, quotaReached } from '../errors.ts';
import { iamWrite } from '../iam-operation.ts';
import { toTagList, withTags } from '../tag-list.ts';
import { parseProviderUrl, withoutScheme } from './provider-url.ts';

/** AWS's. */
export const MAX_CLIENT_IDS = 100;
const MAX_THUMBPRINTS = 5;

/** @throws LimitExceeded */
export const checkThumbprints = (thumbprints: readonly string[]): readonly string[] => {
  if (thumbprints.length > MAX_THUMBPRINTS) {
    throw quotaReached('ThumbprintsPerOpenIdConnectProvider', MAX_THUMBPRINTS);
  }
  return [...new Set(thumbprints.map((text) => text.toLowerCase()))];
};

export const createProvider = iamWrite<'CreateOpenIDConnectProvider'>(
  async (tx, input, context) => {
    const { caller, settings } = context;
    const { accountId } = caller;
    const url = parseProviderUrl(input.Url, context);
    const arn = oidcProviderArn(settings.partition, accountId, withoutScheme(url));
    if (await tx.get('oidcProvider', arn)) {
      throw entityAlreadyExists(`Provider with url ${url} already exists.`);
    }
    const limit = settings.quotas.oidcProvidersPerAccount;
    if ((await tx.count('oidcProvider', { index: 'account', equals: accountId })) >= limit) {
      throw quotaReached('OpenIdConnectProvidersPerAccount', limit);
    }
    const clientIds = [...new Set(input.ClientIDList ?? [])];
    if (clientIds.length > MAX_CLIENT_IDS) {
      throw quotaReached('ClientIdsPerOpenIdConnectProvider', MAX_CLIENT_IDS);
    }
    const now = context.now.toISOString();
    const provider: OidcProvider = {
      id: arn,
      accountId,
      arn,
      url,
      clientIds,
      thumbprints: checkThumbprints(input.ThumbprintList ?? []),
      tags: withTags(
        {},
        input.Tags ?? [],
        'OpenIDConnectProvider',
        settings.quotas.tagsPerResource,
      ),
      createdAt: now,
      lastUpdatedAt: now,
    };
    await tx.insert('oidcProvider', provider);
    return { OpenIDConnectProviderArn: arn, Tags: toTagList(provider.tags) };
  },
);

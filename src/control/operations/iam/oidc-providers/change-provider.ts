import type { OidcProvider } from '../../../../lattice/identity.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { quotaReached } from '../errors.ts';
import { DONE, iamWrite } from '../iam-operation.ts';
import { checkThumbprints, MAX_CLIENT_IDS } from './create-provider.ts';
import { findProvider } from './find-provider.ts';

const change = async (
  tx: WriteTransaction,
  arn: string,
  context: RequestContext,
  changed: (provider: OidcProvider) => Partial<OidcProvider>,
) => {
  const provider = await findProvider(tx, arn, context);
  await tx.update('oidcProvider', {
    ...provider,
    ...changed(provider),
    lastUpdatedAt: context.now.toISOString(),
  });
  return DONE;
};

/** One that is there already stays. */
export const addClientId = iamWrite<'AddClientIDToOpenIDConnectProvider'>((tx, input, context) =>
  change(tx, input.OpenIDConnectProviderArn, context, ({ clientIds }) => {
    const after = [...new Set([...clientIds, input.ClientID])];
    if (after.length > MAX_CLIENT_IDS) {
      throw quotaReached('ClientIdsPerOpenIdConnectProvider', MAX_CLIENT_IDS);
    }
    return { clientIds: after };
  }),
);

/** Done as well when it was not there. */
export const removeClientId = iamWrite<'RemoveClientIDFromOpenIDConnectProvider'>(
  (tx, input, context) =>
    change(tx, input.OpenIDConnectProviderArn, context, ({ clientIds }) => ({
      clientIds: clientIds.filter((id) => id !== input.ClientID),
    })),
);

export const updateThumbprints = iamWrite<'UpdateOpenIDConnectProviderThumbprint'>(
  (tx, input, context) =>
    change(tx, input.OpenIDConnectProviderArn, context, () => ({
      thumbprints: checkThumbprints(input.ThumbprintList),
    })),
);

/** Done as well when there is no such provider ("DeleteOpenIDConnectProvider" in AWS's reference). */
export const deleteProvider = iamWrite<'DeleteOpenIDConnectProvider'>(
  async (tx, input, { caller }) => {
    const provider = await tx.get('oidcProvider', input.OpenIDConnectProviderArn);
    if (provider?.accountId === caller.accountId) await tx.delete('oidcProvider', provider.id);
    return DONE;
  },
);

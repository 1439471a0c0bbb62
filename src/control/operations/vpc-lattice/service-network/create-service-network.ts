import { serviceNetworkArn } from '../../../../lattice/arn.ts';
import { alreadyExists } from '../../../errors.ts';
import { asTaggable } from '../../../taggable.ts';
import { putTags } from '../../../tags.ts';
import { insertOrTaken } from '../insert.ts';
import { present } from '../present.ts';
import { requireQuota } from '../quota.ts';
import { latticeWrite } from '../shapes.ts';
import { serviceNetworkAnswer } from './service-network-answer.ts';

export const createServiceNetwork = latticeWrite<'CreateServiceNetwork'>(
  async (tx, input, context) => {
    const { accountId } = context.caller;
    const count = await tx.count('serviceNetwork', { index: 'account', equals: accountId });
    requireQuota('serviceNetworksPerRegion', count + 1, 'SERVICE_NETWORK', context);
    const id = context.newId('serviceNetwork');
    const now = context.now.toISOString();
    const network = present({
      id,
      accountId,
      arn: serviceNetworkArn(context.settings, accountId, id),
      name: input.name,
      authType: input.authType ?? 'NONE',
      sharingConfig: input.sharingConfig,
      createdAt: now,
      lastUpdatedAt: now,
    });
    await insertOrTaken(tx, 'serviceNetwork', network, ({ holder }) =>
      alreadyExists('SERVICE_NETWORK', holder, `Service network with name ${input.name}`),
    );
    await putTags(tx, asTaggable(network), input.tags, context);
    return { ...serviceNetworkAnswer(network), sharingConfig: network.sharingConfig };
  },
);

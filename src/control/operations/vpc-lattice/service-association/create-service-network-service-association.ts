import { serviceAssociationArn } from '../../../../lattice/arn.ts';
import type { Service, ServiceNetwork } from '../../../../lattice/resources.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { conflict } from '../../../errors.ts';
import { begun } from '../../../lifecycle/transition.ts';
import { asTaggable } from '../../../taggable.ts';
import { putTags } from '../../../tags.ts';
import { insertOrTaken } from '../insert.ts';
import { requireQuota } from '../quota.ts';
import { resolveResource } from '../resolve.ts';
import { requireActive } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';
import { associationStatus } from './association-answer.ts';

export const createServiceNetworkServiceAssociation =
  latticeWrite<'CreateServiceNetworkServiceAssociation'>(async (tx, input, context) => {
    const { accountId } = context.caller;
    const network = await resolveResource(
      tx,
      'serviceNetwork',
      input.serviceNetworkIdentifier,
      context,
    );
    const service = await resolveResource(tx, 'service', input.serviceIdentifier, context);
    requireActive(service, 'SERVICE');
    const pair = `${network.id}/${service.id}`;
    const before = await tx.findUnique('serviceNetworkServiceAssociation', 'pair', pair);
    if (before !== undefined) throw alreadyAssociated(before.id);
    const ofNetwork = { index: 'serviceNetwork', equals: network.id };
    const count = await tx.count('serviceNetworkServiceAssociation', ofNetwork);
    requireQuota(
      'serviceAssociationsPerServiceNetwork',
      count + 1,
      'SERVICE_NETWORK_SERVICE_ASSOCIATION',
      context,
      network.id,
    );
    await requireDomainFree(tx, network, service);
    const id = context.newId('serviceNetworkServiceAssociation');
    const now = context.now.toISOString();
    const association = {
      id,
      accountId,
      arn: serviceAssociationArn(context.settings, accountId, id),
      serviceId: service.id,
      serviceNetworkId: network.id,
      createdBy: accountId,
      createdAt: now,
      lastUpdatedAt: now,
      ...begun('CREATE_IN_PROGRESS', context),
    };
    await insertOrTaken(tx, 'serviceNetworkServiceAssociation', association, ({ holder }) =>
      alreadyAssociated(holder),
    );
    await putTags(tx, asTaggable(association), input.tags, context);
    return {
      id,
      status: associationStatus(association),
      arn: association.arn,
      createdBy: association.createdBy,
      customDomainName: service.customDomainName,
      dnsEntry: service.dnsEntry,
    };
  });

const alreadyAssociated = (id: string) =>
  conflict('SERVICE_NETWORK_SERVICE_ASSOCIATION', id, 'Association already exists.');

/** Within a network a custom domain name leads to one service. */
const requireDomainFree = async (
  tx: ReadTransaction,
  network: ServiceNetwork,
  { customDomainName }: Service,
): Promise<void> => {
  if (customDomainName === undefined) return;
  const associations = await tx.list('serviceNetworkServiceAssociation', {
    index: 'serviceNetwork',
    equals: network.id,
  });
  for (const { serviceId } of associations.items) {
    const other = await tx.get('service', serviceId);
    if (other?.customDomainName?.toLowerCase() === customDomainName.toLowerCase()) {
      throw conflict(
        'SERVICE',
        serviceId,
        `Custom domain name ${customDomainName} is already used by service ${serviceId} in service network ${network.id}.`,
      );
    }
  }
};

import { networksOfService } from './named-links.ts';
import { pergolaRead } from './pergola-operation.ts';

/** The service directory of the caller's account: the services that it owns. */
export const listDirectory = pergolaRead<'ListDirectory'>(async (tx, _input, { caller }) => {
  const owner = await tx.get('account', caller.accountId);
  const { items } = await tx.list('service', { index: 'account', equals: caller.accountId });
  return {
    items: await Promise.all(
      items.map(async (service) => ({
        name: service.name,
        id: service.id,
        arn: service.arn,
        owner: service.accountId,
        ownerName: owner?.name,
        domainName: service.dnsEntry.domainName,
        customDomainName: service.customDomainName,
        status: service.status,
        networks: await networksOfService(tx, service.id),
        listeners: (await tx.list('listener', { index: 'service', equals: service.id })).items.map(
          ({ protocol, port }) => ({ protocol, port }),
        ),
      })),
    ),
  };
});

import type { MembershipPart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';
import type { HostClaims } from './host-claims.ts';
import type { Report } from './problem.ts';
import { isConnected, isServed } from './status.ts';

/** As hosts are compared: lower case, without a final dot. */
export const normalHost = (name: string | undefined): string =>
  (name ?? '').toLowerCase().replace(/\.$/, '');

/** Names under which the association's service is to be found; none unless it connects. */
export const wantedHosts = (index: DocumentIndex, associationId: string): string[] => {
  const association = index.get('serviceNetworkServiceAssociation', associationId);
  if (!association || !isConnected(association.status)) return [];
  const service = index.get('service', association.serviceId);
  if (!service || !isServed(service.status)) return [];
  if (!index.get('serviceNetwork', association.serviceNetworkId)) return [];
  const hosts = [normalHost(service.dnsEntry.domainName), normalHost(service.customDomainName)];
  return [...new Set(hosts)].filter((host) => host !== '');
};

export const compileMembership = (
  index: DocumentIndex,
  claims: HostClaims,
  id: string,
  report: Report,
): MembershipPart | undefined => {
  const association = index.get('serviceNetworkServiceAssociation', id);
  if (!association || !isConnected(association.status)) return undefined;
  const { serviceId, serviceNetworkId: networkId } = association;
  if (!index.get('serviceNetwork', networkId)) {
    report(
      'danglingNetwork',
      id,
      `association \`${id}\` is with service network \`${networkId}\`, which does not exist`,
    );
    return undefined;
  }
  const service = index.get('service', serviceId);
  if (!service) {
    report(
      'danglingService',
      id,
      `association \`${id}\` is of service \`${serviceId}\`, which does not exist`,
    );
    return undefined;
  }
  if (!isServed(service.status)) return undefined;
  const hosts: string[] = [];
  for (const host of wantedHosts(index, id)) {
    const holder = claims.holder(networkId, host);
    if (holder === id) {
      hosts.push(host);
    } else {
      report(
        'duplicateHost',
        id,
        `\`${host}\` of association \`${id}\` is in service network \`${networkId}\` already, by the older \`${holder}\`: it has no effect`,
      );
    }
  }
  return hosts.length === 0 ? undefined : { kind: 'membership', id, networkId, serviceId, hosts };
};

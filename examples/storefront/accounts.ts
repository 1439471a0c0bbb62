import type { ApiClient } from '../../src/cli/api-client.ts';
import { deleteCertificate, findCertificates, requestCertificate } from './acm.ts';
import { associateService, findOrCreate, waitUntilActive, waitUntilGone } from './lattice.ts';

/** A service that speaks HTTPS only, under a name of its own, and to its targets as well. */
export interface Accounts {
  readonly serviceId: string;
  readonly host: string;
}

/** Builds the service and its certificate, or completes what is there. */
export const buildAccounts = async (
  client: ApiClient,
  prefix: string,
  place: { readonly networkId: string; readonly targetGroupId: string },
): Promise<Accounts> => {
  const host = `${prefix}accounts.example`;
  const [certificateArn = await requestCertificate(client, host)] = await findCertificates(
    client,
    host,
  );
  const { id: serviceId } = await findOrCreate(client, '/services', {
    name: `${prefix}accounts`,
    customDomainName: host,
    certificateArn,
  });
  await waitUntilActive(client, `/services/${serviceId}`);
  await findOrCreate(client, `/services/${serviceId}/listeners`, {
    name: 'https',
    protocol: 'HTTPS',
    port: 443,
    defaultAction: {
      forward: { targetGroups: [{ targetGroupIdentifier: place.targetGroupId, weight: 100 }] },
    },
  });
  await associateService(client, place.networkId, serviceId);
  return { serviceId, host };
};

/** Gives the service another certificate, and deletes the one that it had. */
export const replaceCertificate = async (
  client: ApiClient,
  { serviceId, host }: Accounts,
): Promise<void> => {
  const before = await findCertificates(client, host);
  const certificateArn = await requestCertificate(client, host);
  await client.call('vpc-lattice', 'PATCH', `/services/${serviceId}`, { body: { certificateArn } });
  for (const arn of before) await deleteCertificate(client, arn);
};

/** Deletes what buildAccounts built, once the service is in no network any more. */
export const tearDownAccounts = async (
  client: ApiClient,
  { serviceId, host }: Accounts,
): Promise<void> => {
  await client.call('vpc-lattice', 'DELETE', `/services/${serviceId}`);
  await waitUntilGone(client, `/services/${serviceId}`);
  for (const arn of await findCertificates(client, host)) await deleteCertificate(client, arn);
};

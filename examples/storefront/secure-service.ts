import type { ApiClient } from '../../src/cli/api-client.ts';
import { deleteCertificate, findCertificates, requestCertificate } from './acm.ts';
import { associateService, findOrCreate, waitUntilActive, waitUntilGone } from './lattice.ts';

/** A service that speaks HTTPS only, under a name of its own. */
export interface SecureService {
  readonly serviceId: string;
  readonly host: string;
}

/** Builds the service `${prefix}${name}` and its certificate, or completes what is there. */
export const buildSecureService = async (
  client: ApiClient,
  prefix: string,
  name: string,
  place: { readonly networkId: string; readonly targetGroupId: string },
): Promise<SecureService> => {
  const host = `${prefix}${name}.example`;
  const [certificateArn = await requestCertificate(client, host)] = await findCertificates(
    client,
    host,
  );
  const { id: serviceId } = await findOrCreate(client, '/services', {
    name: `${prefix}${name}`,
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
  { serviceId, host }: SecureService,
): Promise<void> => {
  const before = await findCertificates(client, host);
  const certificateArn = await requestCertificate(client, host);
  await client.call('vpc-lattice', 'PATCH', `/services/${serviceId}`, { body: { certificateArn } });
  for (const arn of before) await deleteCertificate(client, arn);
};

/** Deletes what buildSecureService built, once the service is in no network any more. */
export const tearDownSecureService = async (
  client: ApiClient,
  { serviceId, host }: SecureService,
): Promise<void> => {
  await client.call('vpc-lattice', 'DELETE', `/services/${serviceId}`);
  await waitUntilGone(client, `/services/${serviceId}`);
  for (const arn of await findCertificates(client, host)) await deleteCertificate(client, arn);
};

import type { ApiClient } from '../../src/cli/api-client.ts';
import { deleteCallerRole, findOrCreateCallerRole, type Role } from './iam.ts';
import { associateService, findOrCreate, waitUntilActive, waitUntilGone } from './lattice.ts';

/** A service that asks who calls: only signed requests pass, and of these only what its policy allows. */
export interface Payments {
  readonly serviceId: string;
  readonly serviceArn: string;
  readonly host: string;
  /** Takes money. */
  readonly checkout: Role;
  /** Would like to know who paid what. */
  readonly marketing: Role;
}

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: { readonly AWS: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: object;
}

/** Builds the service, its policy and the two roles, or completes what is there. */
export const buildPayments = async (
  client: ApiClient,
  prefix: string,
  place: { readonly networkId: string; readonly targetGroupId: string },
): Promise<Payments> => {
  const checkout = await findOrCreateCallerRole(client, `${prefix}checkout`);
  const marketing = await findOrCreateCallerRole(client, `${prefix}marketing`);
  const host = `${prefix}payments.example`;
  const { id: serviceId, arn: serviceArn } = await findOrCreate(client, '/services', {
    name: `${prefix}payments`,
    customDomainName: host,
    authType: 'AWS_IAM',
  });
  await waitUntilActive(client, `/services/${serviceId}`);
  const payments = { serviceId, serviceArn, host, checkout, marketing };
  const { policy } = await client.call<{ policy?: string }>(
    'vpc-lattice',
    'GET',
    `/authpolicy/${serviceId}`,
  );
  if (policy === undefined) await putPolicy(client, payments, [mayCharge(payments)]);
  await findOrCreate(client, `/services/${serviceId}/listeners`, {
    name: 'http',
    protocol: 'HTTP',
    port: 80,
    defaultAction: {
      forward: { targetGroups: [{ targetGroupIdentifier: place.targetGroupId, weight: 100 }] },
    },
  });
  await associateService(client, place.networkId, serviceId);
  return payments;
};

/** The one thing that is allowed at first. */
const mayCharge = (payments: Payments): Statement =>
  allow('CheckoutMayCharge', payments, payments.checkout, 'POST');

const allow = (Sid: string, { serviceArn }: Payments, role: Role, method: string): Statement => ({
  Sid,
  Effect: 'Allow',
  Principal: { AWS: role.arn },
  Action: 'vpc-lattice-svcs:Invoke',
  Resource: `${serviceArn}/charges`,
  Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': method } },
});

/** Lets the second role read what the first one writes. */
export const letMarketingRead = (client: ApiClient, payments: Payments): Promise<void> =>
  putPolicy(client, payments, [
    mayCharge(payments),
    allow('MarketingMayRead', payments, payments.marketing, 'GET'),
  ]);

const putPolicy = async (
  client: ApiClient,
  { serviceId }: Payments,
  statements: readonly Statement[],
): Promise<void> => {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  await client.call('vpc-lattice', 'PUT', `/authpolicy/${serviceId}`, { body: { policy } });
};

/** Deletes what buildPayments built, once the service is in no network any more. */
export const tearDownPayments = async (
  client: ApiClient,
  { serviceId, checkout, marketing }: Payments,
): Promise<void> => {
  await client.call('vpc-lattice', 'DELETE', `/services/${serviceId}`);
  await waitUntilGone(client, `/services/${serviceId}`);
  for (const { name } of [checkout, marketing]) await deleteCallerRole(client, name);
};

import { rootCertificates } from 'node:tls';
import type { ApiClient } from '../../src/cli/api-client.ts';
import { changeUnderTraffic } from './change-under-traffic.ts';
import { shownCertificate } from './handshake.ts';
import { sendLoad } from './load.ts';
import { check, checkNoneFailed, heading } from './narrator.ts';
import { replaceCertificate, type SecureService } from './secure-service.ts';

/** Enough that every worker has shown its certificate. */
const HANDSHAKES = 20;

export interface AccountsStage {
  readonly client: ApiClient;
  readonly storefront: { readonly accounts: SecureService };
  readonly portal: string;
  /** The certificate, in PEM, of the instance's authority. */
  readonly authority: string;
}

/** HTTPS up to the service and behind it; the certificate is replaced and no client notices. */
export const tellAccounts = async (stage: AccountsStage): Promise<void> => {
  const { client, portal, authority } = stage;
  const { accounts } = stage.storefront;
  const { host } = accounts;
  heading(`${host} speaks HTTPS, and to its target as well`);
  const refusal = await shownCertificate(portal, host, rootCertificates).then(
    () => 'nothing',
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
  check(
    refusal === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    `a client that does not know our authority goes no further: ${refusal}`,
  );
  const load = { portal, host, path: '/', authority };
  checkNoneFailed(
    await sendLoad({ ...load, requests: 500 }),
    '; the certificate was verified by our authority',
  );

  const before = await shownCertificate(portal, host, [authority]);
  const during = await changeUnderTraffic(
    (flow) => sendLoad({ ...load, ...flow, isReconnecting: true }),
    () => replaceCertificate(client, accounts),
  );
  checkNoneFailed(during, ' while the certificate was replaced, each with a handshake of its own');
  const shown = new Set<string>();
  for (let count = 0; count < HANDSHAKES; count++) {
    shown.add((await shownCertificate(portal, host, [authority])).serialNumber);
  }
  check(
    shown.size === 1 && !shown.has(before.serialNumber),
    `the next ${HANDSHAKES} handshakes show the new one: ${[...shown].map(short).join(', ')}, not ${short(before.serialNumber)}`,
  );
};

const short = (serialNumber: string): string => `${serialNumber.slice(0, 8)}…`;

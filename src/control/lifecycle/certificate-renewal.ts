import type { CertificateAuthority } from '../../certificates/certificate-authority.ts';
import { type ArnScope, managedCertificateArn } from '../../lattice/arn.ts';
import type { Certificate } from '../../lattice/certificate.ts';
import type { Store } from '../../store/store.ts';
import { type LifecycleClock, systemClock } from './lifecycle.ts';

/**
 * What TLS 1.2 clients of VPC Lattice can talk to: all of its cipher suites are for RSA (VPC Lattice
 * user guide, "HTTPS listeners").
 */
const MANAGED_ALGORITHM = 'RSA_2048';

const DAY_MS = 24 * 60 * 60 * 1000;
const RETRY_MS = 60_000;

/**
 * Makes the certificate that all generated names in a zone share, unless it is there. One wildcard
 * rather than one for each service: a service has it from its first moment on, and ten thousand of
 * them cost no key, no renewal and no memory of a worker.
 */
export const ensureManagedCertificate = async (
  store: Store,
  authority: CertificateAuthority,
  { zone, scope, now }: { readonly zone: string; readonly scope: ArnScope; readonly now: Date },
): Promise<void> => {
  if (await store.read((tx) => tx.get('certificate', zone))) return;
  const names = [`*.${zone}`];
  const certificate: Certificate = {
    id: zone,
    accountId: '',
    arn: managedCertificateArn(scope, zone),
    type: 'MANAGED',
    domainName: names[0] ?? '',
    names,
    keyAlgorithm: MANAGED_ALGORITHM,
    createdAt: now.toISOString(),
    ...(await issue(authority, names, MANAGED_ALGORITHM, now)),
  };
  await store.write((tx) => tx.insert('certificate', certificate));
};

const issue = async (
  authority: CertificateAuthority,
  names: readonly string[],
  algorithm: Certificate['keyAlgorithm'],
  now: Date,
) => {
  const issued = await authority.issue(names, algorithm, now);
  return {
    certificatePem: issued.certificatePem,
    chainPem: authority.certificatePem,
    privateKeyPem: issued.privateKeyPem,
    notBefore: issued.notBefore.toISOString(),
    notAfter: issued.notAfter.toISOString(),
    renewal: { at: issued.renewAt.toISOString(), authority: authority.keyId },
    lastUpdatedAt: now.toISOString(),
  };
};

export interface CertificateRenewalOptions {
  readonly store: Store;
  readonly authority: CertificateAuthority;
  readonly clock?: LifecycleClock;
  /** A turn failed and will be tried again after a while. */
  readonly onError: (error: unknown) => void;
}

/**
 * Replaces the certificates that our authority issued before they end, each by one with a new key,
 * and at once those that another authority issued. Looks once a day; a certificate is due for weeks.
 */
export class CertificateRenewal {
  readonly #store: Store;
  readonly #authority: CertificateAuthority;
  readonly #clock: LifecycleClock;
  readonly #onError: (error: unknown) => void;
  #cancelTimer: (() => void) | undefined;
  #isStopped = false;
  #turn: Promise<void> = Promise.resolve();

  constructor({ store, authority, clock = systemClock, onError }: CertificateRenewalOptions) {
    this.#store = store;
    this.#authority = authority;
    this.#clock = clock;
    this.#onError = onError;
  }

  /** Begins with the first turn, and does not wait for it. */
  start(): void {
    this.#turn = this.#takeTurn();
  }

  /** Resolves when nothing runs any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer?.();
    await this.#turn;
  }

  /** One turn: renews all that are due now. @throws what the store throws */
  async tick(): Promise<void> {
    const now = this.#clock.now();
    const query = { index: 'renewal', equals: 'renewed' };
    const { items } = await this.#store.read((tx) => tx.list('certificate', query));
    for (const certificate of items) {
      if (this.#isStopped) return;
      if (this.#isDue(certificate, now)) await this.#renew(certificate, now);
    }
  }

  #isDue({ renewal }: Certificate, now: Date): boolean {
    if (renewal === undefined) return false;
    return Date.parse(renewal.at) <= now.getTime() || renewal.authority !== this.#authority.keyId;
  }

  async #renew(before: Certificate, now: Date): Promise<void> {
    // Outside the transaction, which must not wait for the making of a key.
    const next = await issue(this.#authority, before.names, before.keyAlgorithm, now);
    await this.#store.write(async (tx) => {
      const present = await tx.get('certificate', before.id);
      if (present) await tx.update('certificate', { ...present, ...next });
    });
  }

  async #takeTurn(): Promise<void> {
    let delayMs = DAY_MS;
    try {
      await this.tick();
    } catch (error) {
      this.#onError(error);
      delayMs = RETRY_MS;
    }
    if (this.#isStopped) return;
    this.#cancelTimer = this.#clock.setTimer(() => this.start(), delayMs);
  }
}

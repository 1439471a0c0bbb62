import { createPrivateKey, X509Certificate } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { CertificateAuthority } from '../../certificates/certificate-authority.ts';
import { sampleAuthority } from '../../certificates/sample-authority.ts';
import type { ChangeSet } from '../../lattice/documents.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import type { Store } from '../../store/store.ts';
import { CertificateRenewal, ensureManagedCertificate } from './certificate-renewal.ts';
import type { LifecycleClock } from './lifecycle.ts';

const START = new Date('2027-01-01T00:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const ZONE = '7d67968.vpc-lattice-svcs.us-west-2.on.aws';
const SCOPE = { partition: 'aws', region: 'us-west-2' };

const newAuthority = () => sampleAuthority(START);

interface Timer {
  readonly run: () => void;
  readonly delayMs: number;
}

/** Stands still until it is told to go on. */
class TestClock implements LifecycleClock {
  at = START;
  timer: Timer | undefined;
  #heard: ((timer: Timer) => void) | undefined;

  now = () => this.at;
  setTimer = (run: () => void, delayMs: number) => {
    this.timer = { run, delayMs };
    this.#heard?.(this.timer);
    return () => {
      this.timer = undefined;
    };
  };

  /** The next timer that is set. */
  nextTimer(): Promise<Timer> {
    return new Promise((resolve) => {
      this.#heard = resolve;
    });
  }
}

const running: CertificateRenewal[] = [];
afterEach(async () => {
  for (const renewal of running.splice(0)) await renewal.stop();
});

const openRenewal = (
  store: Store,
  authority: CertificateAuthority,
  onError: (error: unknown) => void = (error) => {
    throw error;
  },
) => {
  const clock = new TestClock();
  const renewal = new CertificateRenewal({ store, authority, clock, onError });
  running.push(renewal);
  return { renewal, clock };
};

const openManaged = async () => {
  const store = await openSqliteStore({ memory: true });
  const authority = await newAuthority();
  const ensure = () =>
    ensureManagedCertificate(store, authority, { zone: ZONE, scope: SCOPE, now: START });
  await ensure();
  const read = async () => {
    const certificate = await store.read((tx) => tx.get('certificate', ZONE));
    if (!certificate) throw new Error('it is gone');
    return certificate;
  };
  return { store, authority, ensure, read };
};

test('the generated names of a zone share one certificate, which is made once', async () => {
  const { store, authority, ensure, read } = await openManaged();
  const made = await read();
  expect(made).toMatchObject({
    accountId: '',
    arn: `arn:aws:vpc-lattice:us-west-2::managedcertificate/${ZONE}`,
    type: 'MANAGED',
    names: [`*.${ZONE}`],
    keyAlgorithm: 'RSA_2048',
    renewal: { authority: authority.keyId },
  });
  const certificate = new X509Certificate(made.certificatePem);
  expect(certificate.checkHost(`cart-00000000000000001.${ZONE}`)).toBe(`*.${ZONE}`);
  const revision = store.revision();
  await ensure();
  expect(store.revision()).toBe(revision);
});

test('a certificate is renewed weeks before it ends, with a new key and the same name', async () => {
  const { store, authority, read } = await openManaged();
  const before = await read();
  const { renewal, clock } = openRenewal(store, authority);
  const due = Date.parse(before.renewal?.at ?? '');
  expect(Date.parse(before.notAfter) - due).toBe(45 * DAY_MS);
  clock.at = new Date(due - 1);
  await renewal.tick();
  expect(await read()).toEqual(before);
  clock.at = new Date(due);
  await renewal.tick();
  const after = await read();
  expect(Date.parse(after.notAfter)).toBe(due + 198 * DAY_MS);
  expect(after).toMatchObject({
    arn: before.arn,
    names: before.names,
    createdAt: before.createdAt,
  });
  expect(after.privateKeyPem).not.toBe(before.privateKeyPem);
  const certificate = new X509Certificate(after.certificatePem);
  expect(certificate.checkPrivateKey(createPrivateKey(after.privateKeyPem))).toBe(true);
});

test('a certificate of an authority that is no more is renewed at once', async () => {
  const { store, read } = await openManaged();
  const authority = await newAuthority();
  await openRenewal(store, authority).renewal.tick();
  const { certificatePem, chainPem, renewal } = await read();
  expect(renewal?.authority).toBe(authority.keyId);
  expect(chainPem).toBe(authority.certificatePem);
  const issuer = new X509Certificate(authority.certificatePem);
  expect(new X509Certificate(certificatePem).checkIssued(issuer)).toBe(true);
});

test('a certificate that was imported is left alone, and one that goes meanwhile stays gone', async () => {
  const { store, authority, read } = await openManaged();
  const { renewal: _, ...imported } = await read();
  await store.write(async (tx) => {
    await tx.insert('certificate', { ...imported, id: 'imported', type: 'IMPORTED' });
  });
  const deleting: CertificateAuthority = {
    ...authority,
    issue: async (...parameters) => {
      await store.write((tx) => tx.delete('certificate', ZONE));
      return authority.issue(...parameters);
    },
  };
  const { renewal, clock } = openRenewal(store, deleting);
  clock.at = new Date('2030-01-01');
  await renewal.tick();
  const { items } = await store.read((tx) => tx.list('certificate'));
  expect(items).toEqual([{ ...imported, id: 'imported', type: 'IMPORTED' }]);
});

test('looks once a day', async () => {
  const { store, authority, read } = await openManaged();
  const { renewal, clock } = openRenewal(store, authority);
  const timer = clock.nextTimer();
  renewal.start();
  const { run, delayMs } = await timer;
  expect(delayMs).toBe(DAY_MS);
  const committed = new Promise<ChangeSet>((resolve) => {
    store.subscribe(resolve);
  });
  clock.at = new Date((await read()).notAfter);
  run();
  expect((await committed).changes).toMatchObject([{ kind: 'certificate', id: ZONE }]);
});

test('a turn that fails is told, and tried again after a minute', async () => {
  const { store, authority } = await openManaged();
  const failing: CertificateAuthority = {
    ...authority,
    keyId: 'other',
    issue: () => Promise.reject(new Error('no entropy')),
  };
  const failed = Promise.withResolvers<unknown>();
  const { renewal, clock } = openRenewal(store, failing, failed.resolve);
  const timer = clock.nextTimer();
  renewal.start();
  expect(await failed.promise).toEqual(new Error('no entropy'));
  expect((await timer).delayMs).toBe(60_000);
  await renewal.stop();
  expect(clock.timer).toBeUndefined();
});

import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureManagedCertificate } from '../../src/control/lifecycle/certificate-renewal.ts';
import { Acm } from '../../src/control/operations/acm/acm-fixture.ts';
import {
  type Lattice,
  NOT_FOUND_ACTION,
  openLattice,
} from '../../src/control/operations/vpc-lattice/lattice-fixture.ts';
import { dnsZone } from '../../src/lattice/dns-entry.ts';
import { Publisher } from '../../src/publish/publisher.ts';
import type { CertificatePart, ServicePart } from '../../src/snapshot/parts.ts';
import { silentLogger } from '../../src/telemetry/logger.ts';

/** From an API call to what a worker is told, without the sockets at either end. */
let lattice: Lattice;
let acm: Acm;
let publisher: Publisher;
let managed: string;

beforeEach(async () => {
  lattice = await openLattice();
  acm = await Acm.open({}, lattice.store);
  const zone = dnsZone(lattice.settings);
  const options = { zone, scope: lattice.settings, now: acm.now };
  await ensureManagedCertificate(lattice.store, acm.authority, options);
  managed = (await lattice.store.read((tx) => tx.get('certificate', zone)))?.arn ?? '';
  publisher = new Publisher({ store: lattice.store, logger: silentLogger });
  await publisher.start();
});
afterEach(() => publisher.stop());

const read = (name: string) =>
  readFileSync(new URL(`../e2e/terraform-acm/${name}.pem`, import.meta.url));
const importOf = (name: string) => ({
  Certificate: read(`${name}.cert`),
  PrivateKey: read(`${name}.key`),
});
const certificates = () =>
  [...publisher.parts.values()].filter(
    (part): part is CertificatePart => part.kind === 'certificate',
  );

test('a service shows its certificates while it has an HTTPS listener, the newest each', async () => {
  const certificateArn = await acm.imported(importOf('one'));
  const { id = '', dnsEntry } = await lattice.call('CreateService', {
    name: 'orders',
    customDomainName: 'Orders.shop.example',
    certificateArn,
  });
  expect(certificates()).toEqual([]);

  const listener = await lattice.call('CreateListener', {
    serviceIdentifier: id,
    name: 'https',
    protocol: 'HTTPS',
    defaultAction: NOT_FOUND_ACTION,
  });
  const service = publisher.parts.get(`service/${id}`) as ServicePart;
  expect(service.certificates).toEqual([
    { host: dnsEntry?.domainName, certificateId: managed },
    { host: 'orders.shop.example', certificateId: certificateArn },
  ]);
  for (const { host, certificateId } of service.certificates) {
    const part = certificates().find((certificate) => certificate.id === certificateId);
    expect(new X509Certificate(part?.certificatePem ?? '').checkHost(host)).toBeDefined();
  }

  const published = publisher.counters.published;
  await acm.imported({ ...importOf('two'), CertificateArn: certificateArn });
  expect(publisher.counters.published).toBe(published + 1);
  expect(publisher.parts.get(`service/${id}`)).toBe(service);
  expect(publisher.parts.get(`certificate/${certificateArn}`)).toEqual({
    kind: 'certificate',
    id: certificateArn,
    certificatePem: read('two.cert').toString(),
    privateKeyPem: read('two.key').toString(),
  });

  await lattice.call('DeleteListener', {
    serviceIdentifier: id,
    listenerIdentifier: listener.id ?? '',
  });
  expect(certificates()).toEqual([]);
});

test('a certificate of our own authority is shown without the authority’s', async () => {
  const certificateArn = await acm.requested({ DomainName: '*.shop.example' });
  const { id = '' } = await lattice.call('CreateService', {
    name: 'orders',
    customDomainName: 'orders.shop.example',
    certificateArn,
  });
  await lattice.call('CreateListener', {
    serviceIdentifier: id,
    name: 'https',
    protocol: 'HTTPS',
    defaultAction: NOT_FOUND_ACTION,
  });
  expect(certificates().map(({ certificatePem }) => certificatePem.match(/BEGIN/g))).toEqual([
    ['BEGIN'],
    ['BEGIN'],
  ]);
});

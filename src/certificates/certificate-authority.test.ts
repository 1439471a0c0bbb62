import { createPrivateKey, X509Certificate } from 'node:crypto';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { beforeAll, describe, expect, test } from 'vitest';
import type { KeyAlgorithm } from '../lattice/certificate.ts';
import {
  belongsToKey,
  type CertificateAuthority,
  certificateAuthority,
  newAuthorityKey,
  selfSigned,
} from './certificate-authority.ts';
import { readCertificate } from './read-certificate.ts';
import { sampleAuthority } from './sample-authority.ts';

const NOW = new Date('2026-11-23T12:00:00.700Z');

let authority: CertificateAuthority;
beforeAll(async () => {
  authority = await sampleAuthority(NOW);
});

describe('the authority', () => {
  test('vouches for itself for ten years, and for servers only', () => {
    const certificate = new X509Certificate(authority.certificatePem);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.ca).toBe(true);
    expect(readCertificate(certificate)).toMatchObject({
      version: 3,
      subject: `O=Pergola,CN=Pergola local CA ${authority.keyId.slice(0, 8)}`,
      notBefore: new Date('2026-11-23T11:00:00Z'),
      notAfter: new Date('2036-11-20T12:00:00Z'),
      keyAlgorithm: 'EC_prime256v1',
      signatureAlgorithm: 'SHA256WITHECDSA',
      keyUsages: ['CERTIFICATE_SIGNING', 'CRL_SIGNING'],
      extendedKeyUsages: undefined,
    });
  });

  test('knows its own certificate from that of another', async () => {
    const [key, other] = [await newAuthorityKey(), await newAuthorityKey()];
    const certificate = new X509Certificate(selfSigned(key, NOW));
    expect(belongsToKey(certificate, key)).toBe(true);
    expect(belongsToKey(certificate, other)).toBe(false);
  });

  test('has a new certificate for its key verify what the old one did', async () => {
    const key = await newAuthorityKey();
    const old = certificateAuthority(key, selfSigned(key, NOW));
    const { certificatePem } = await old.issue(['shop.example'], 'EC_prime256v1', NOW);
    const anew = new X509Certificate(selfSigned(key, new Date('2030-01-01')));
    const leaf = new X509Certificate(certificatePem);
    expect(leaf.checkIssued(anew) && leaf.verify(anew.publicKey)).toBe(true);
  });
});

describe('a certificate that it issues', () => {
  test.each<{ algorithm: KeyAlgorithm; keyUsages: string[] }>([
    { algorithm: 'RSA_2048', keyUsages: ['DIGITAL_SIGNATURE', 'KEY_ENCIPHERMENT'] },
    { algorithm: 'EC_prime256v1', keyUsages: ['DIGITAL_SIGNATURE'] },
    { algorithm: 'EC_secp384r1', keyUsages: ['DIGITAL_SIGNATURE'] },
  ])('is a server’s, with $algorithm', async ({ algorithm, keyUsages }) => {
    const names = ['shop.example', '*.shop.example'];
    const issued = await authority.issue(names, algorithm, NOW);
    const certificate = new X509Certificate(issued.certificatePem);
    expect(certificate.checkPrivateKey(createPrivateKey(issued.privateKeyPem))).toBe(true);
    expect(certificate.checkIssued(new X509Certificate(authority.certificatePem))).toBe(true);
    expect(readCertificate(certificate)).toMatchObject({
      version: 3,
      subject: 'CN=shop.example',
      issuerName: 'Pergola',
      commonName: 'shop.example',
      dnsNames: names,
      notBefore: issued.notBefore,
      notAfter: issued.notAfter,
      keyAlgorithm: algorithm,
      keyUsages,
      extendedKeyUsages: ['1.3.6.1.5.5.7.3.1'],
    });
    expect(issued).toMatchObject({
      notBefore: new Date('2026-11-23T11:00:00Z'),
      notAfter: new Date('2027-06-09T12:00:00Z'),
      renewAt: new Date('2027-04-25T12:00:00Z'),
    });
  });

  test('does without a common name when the name is too long for one', async () => {
    const name = `${'a'.repeat(60)}.example`;
    const { certificatePem } = await authority.issue([name], 'EC_prime256v1', NOW);
    const certificate = new X509Certificate(certificatePem);
    expect(readCertificate(certificate)).toMatchObject({ subject: '', dnsNames: [name] });
    expect(certificate.checkHost(name)).toBe(name);
  });

  test('never has the number of another', async () => {
    const serials = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const { certificatePem } = await authority.issue(['a.example'], 'EC_prime256v1', NOW);
        return new X509Certificate(certificatePem).serialNumber;
      }),
    );
    expect(new Set(serials).size).toBe(20);
  });

  test('does not outlive the authority', async () => {
    const late = new Date('2036-11-01T00:00:00Z');
    const { notAfter } = await authority.issue(['shop.example'], 'EC_prime256v1', late);
    expect(notAfter).toEqual(new Date('2036-11-20T12:00:00Z'));
  });

  test.each<KeyAlgorithm>(['RSA_2048', 'EC_prime256v1'])(
    'with %s convinces a TLS client that trusts the authority',
    async (algorithm) => {
      // OpenSSL looks at the clock of the machine.
      const now = new Date();
      const present = await sampleAuthority(now);
      const issued = await present.issue(['*.shop.example'], algorithm, now);
      const server = createServer({ cert: issued.certificatePem, key: issued.privateKeyPem });
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      const { port } = server.address() as { port: number };
      const open = (servername: string, ca?: string) =>
        new Promise<TLSSocket>((resolve, reject) => {
          const socket = connect({ port, host: '127.0.0.1', servername, ...(ca && { ca }) }, () =>
            resolve(socket),
          );
          socket.once('error', reject);
        });
      const socket = await open('cart.shop.example', present.certificatePem);
      expect(socket.authorized).toBe(true);
      socket.destroy();
      await expect(open('shop.example', present.certificatePem)).rejects.toMatchObject({
        code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      });
      await expect(open('cart.shop.example')).rejects.toThrow(/unable to verify|self.signed/);
      await new Promise((resolve) => server.close(resolve));
    },
  );
});

import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkImport, ImportError } from './check-import.ts';
import { type DistinguishedName, issueCertificate } from './issue-certificate.ts';

const NOW = new Date('2027-01-01T00:00:00Z');

const read = (name: string) =>
  readFileSync(new URL(`testdata/${name}.pem`, import.meta.url), 'utf8');
const CERT = read('self-signed.cert');
const KEY = read('self-signed.key');
const LEAF = read('leaf.cert');
const LEAF_KEY = read('leaf.key');
const INTERMEDIATE = read('intermediate.cert');
const ROOT = read('root.cert');

const keyAs = (type: 'pkcs1' | 'pkcs8', encryption: object = {}) =>
  createPrivateKey(KEY).export({ type, format: 'pem', ...encryption }) as string;
const encrypted = { cipher: 'aes-256-cbc', passphrase: 'hidden' };

/** A certificate of a P-256 key that signs itself, unless a signer is given. */
const certificateOf = (
  subject: DistinguishedName,
  options: { notBefore?: Date; notAfter?: Date; issuer?: DistinguishedName } = {},
) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const certificate = issueCertificate(
    {
      subject,
      publicKey,
      notBefore: options.notBefore ?? new Date('2026-01-01'),
      notAfter: options.notAfter ?? new Date('2028-01-01'),
      use: { serverNames: ['shop.example'] },
    },
    { name: options.issuer ?? subject, publicKey, privateKey },
  );
  return { certificate, key: pem(privateKey), privateKey };
};

const withinYears = { notBefore: new Date('2026-01-01'), notAfter: new Date('2028-01-01') };

/** A leaf that was signed by another certificate, which is no more than it says it is. */
const signedBy = (signer: { use?: 'authority'; notBefore?: Date; notAfter?: Date }) => {
  const keys = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const [root, middle, leaf] = [keys(), keys(), keys()];
  const name = { commonName: 'Middle' };
  const chain = issueCertificate(
    {
      subject: name,
      publicKey: middle.publicKey,
      use: { serverNames: ['middle.example'] },
      ...withinYears,
      ...signer,
    },
    { name: { commonName: 'Root' }, ...root },
  );
  const certificate = issueCertificate(
    {
      subject: { commonName: 'shop.example' },
      publicKey: leaf.publicKey,
      use: { serverNames: ['shop.example'] },
      ...withinYears,
    },
    { name, ...middle },
  );
  return { certificate, key: pem(leaf.privateKey), chain };
};

const pem = (key: KeyObject, type: 'pkcs8' | 'sec1' = 'pkcs8') =>
  key.export({ type, format: 'pem' }) as string;

describe('an import is taken', () => {
  test('with what the certificate says of itself', () => {
    const { facts, ...texts } = checkImport(CERT, KEY, undefined, NOW);
    expect(texts).toEqual({ certificatePem: CERT, privateKeyPem: KEY });
    expect(facts).toMatchObject({
      version: 3,
      subject: 'C=DE,O=Example,CN=shop.example',
      issuerName: 'Example',
      serial: expect.stringMatching(/^([0-9a-f]{2}:){10,19}[0-9a-f]{2}$/),
      commonName: 'shop.example',
      dnsNames: ['shop.example', '*.shop.example'],
      keyAlgorithm: 'RSA_2048',
      signatureAlgorithm: 'SHA256WITHRSA',
      keyUsages: ['DIGITAL_SIGNATURE', 'KEY_ENCIPHERMENT'],
      extendedKeyUsages: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2', '1.2.3.4'],
    });
  });

  test('with a chain, down to the root or not', () => {
    const whole = checkImport(LEAF, LEAF_KEY, INTERMEDIATE + ROOT, NOW);
    expect(whole.chainPem).toBe(INTERMEDIATE + ROOT);
    expect(whole.facts).toMatchObject({
      commonName: 'legacy.example',
      dnsNames: [],
      signatureAlgorithm: 'SHA384WITHRSA',
      keyUsages: undefined,
    });
    expect(checkImport(LEAF, LEAF_KEY, INTERMEDIATE, NOW).chainPem).toBe(INTERMEDIATE);
  });

  test('with a chain of an authority that has no root here', () => {
    const { certificate, key, chain } = signedBy({ use: 'authority' });
    expect(checkImport(certificate, key, chain, NOW).chainPem).toBe(chain);
  });

  test.each([
    { name: 'in its older form', key: keyAs('pkcs1') },
    { name: 'with carriage returns', key: KEY.replaceAll('\n', '\r\n') },
    { name: 'with words around it', key: `Bag Attributes\n${KEY}\n\n` },
  ])('with a key $name, which is kept as PKCS #8', ({ key }) => {
    expect(checkImport(CERT, key, undefined, NOW).privateKeyPem).toBe(KEY);
  });

  test('with an EC key as OpenSSL writes it', () => {
    const { certificate, privateKey, key } = certificateOf({ commonName: 'shop.example' });
    const parameters =
      '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
    const imported = checkImport(certificate, parameters + pem(privateKey, 'sec1'), undefined, NOW);
    expect(imported.privateKeyPem).toBe(key);
    expect(imported.facts.keyAlgorithm).toBe('EC_prime256v1');
  });
});

const rsa1536 = pem(generateKeyPairSync('rsa', { modulusLength: 1536 }).privateKey);
const ed25519 = pem(generateKeyPairSync('ed25519').privateKey);
const foreign = certificateOf({ commonName: 'foreign' });
const ended = certificateOf({ commonName: 'a' }, { notAfter: new Date('2026-12-31') });
const future = certificateOf({ commonName: 'a' }, { notBefore: new Date('2027-01-02') });
const nobodys = certificateOf({ commonName: 'a' }, { issuer: {} });

describe('an import is refused', () => {
  test.each([
    { name: 'no PEM', certificate: 'certificate', problem: 'certificateMalformed' },
    { name: 'a key in its place', certificate: KEY, problem: 'certificateMalformed' },
    {
      name: 'PEM with something else inside',
      certificate: CERT.replace(/MII.{10}/, 'MIIAAAAAAAAAA'),
      problem: 'certificateMalformed',
    },
    { name: 'a bundle', certificate: LEAF + INTERMEDIATE, problem: 'severalCertificates' },
    { name: 'a chain that is no PEM', chain: 'chain', problem: 'chainMalformed' },
    { name: 'a key in the chain', chain: KEY, problem: 'chainMalformed' },
    { name: 'a very long chain', chain: ROOT.repeat(21), problem: 'chainTooLong' },
    {
      name: 'a chain that begins with the certificate',
      chain: LEAF + INTERMEDIATE + ROOT,
      problem: 'chainOutOfOrder',
      number: 0,
    },
    {
      name: 'a chain with a stranger in it',
      chain: INTERMEDIATE + foreign.certificate,
      problem: 'chainOutOfOrder',
      number: 1,
    },
    { name: 'a chain of others', chain: foreign.certificate, problem: 'chainDoesNotVerify' },
    { name: 'a chain without the signer', chain: ROOT, problem: 'chainDoesNotVerify' },
    {
      name: 'a signer that is no authority',
      ...signedBy({}),
      problem: 'chainDoesNotVerify',
    },
    {
      name: 'a signer that has ended',
      ...signedBy({ use: 'authority', notAfter: new Date('2026-12-31') }),
      problem: 'chainDoesNotVerify',
    },
    {
      name: 'a signer of tomorrow',
      ...signedBy({ use: 'authority', notBefore: new Date('2027-01-02') }),
      problem: 'chainDoesNotVerify',
    },
    { name: 'no chain, and not signed by itself', problem: 'chainMissing' },
    { name: 'a key that is no PEM', key: 'key', problem: 'keyMalformed' },
    {
      name: 'a key that is damaged',
      key: LEAF_KEY.replace(/MII.{10}/, 'MIIAAAAAAAAAA'),
      problem: 'keyMalformed',
    },
    { name: 'two keys', key: LEAF_KEY + KEY, problem: 'keyMalformed' },
    { name: 'a certificate as key', key: LEAF, problem: 'keyUnsupported' },
    { name: 'an encrypted key', key: keyAs('pkcs8', encrypted), problem: 'keyEncrypted' },
    {
      name: 'an encrypted key of the older form',
      key: keyAs('pkcs1', encrypted),
      problem: 'keyEncrypted',
    },
    { name: 'a key of 1536 bits', key: rsa1536, problem: 'keyLengthUnsupported', number: 1536 },
    { name: 'an Ed25519 key', key: ed25519, problem: 'keyUnsupported' },
    { name: 'the key of another', key: KEY, problem: 'keyDoesNotMatch' },
    { name: 'version 1', certificate: read('version1.cert'), problem: 'notVersion3' },
    {
      name: 'an issuer without name',
      certificate: nobodys.certificate,
      key: nobodys.key,
      problem: 'issuerMissing',
    },
    {
      name: 'one that has ended',
      certificate: ended.certificate,
      key: ended.key,
      problem: 'expired',
    },
    {
      name: 'one of tomorrow',
      certificate: future.certificate,
      key: future.key,
      problem: 'notYetValid',
    },
  ])('for $name', ({ certificate = LEAF, key = LEAF_KEY, chain, problem, number }) => {
    const attempt = () => checkImport(certificate, key, chain, NOW);
    expect(attempt).toThrow(ImportError);
    try {
      attempt();
    } catch (error) {
      expect(error).toMatchObject({ problem, number });
      expect((error as Error).cause).toBeUndefined();
    }
  });
});

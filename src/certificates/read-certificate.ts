import type { X509Certificate } from 'node:crypto';
import type { KeyAlgorithm } from '../lattice/certificate.ts';
import { type DerValue, readDer, TAG } from './der.ts';
import { keyAlgorithmOf } from './new-key.ts';

/** What a certificate says of itself. */
export interface CertificateFacts {
  /** 1 to 3. */
  readonly version: number;
  /** `4f:0a:…`, in lower case. */
  readonly serial: string;
  /** `C=DE,O=Example,CN=example.com`, as it stands in the certificate. */
  readonly subject: string;
  readonly issuer: string;
  /** Organisation of the issuer, else its common name, else empty. */
  readonly issuerName: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly commonName?: string;
  /** DNS names of the subject alternative names. */
  readonly dnsNames: readonly string[];
  /** Undefined when ACM does not know it. */
  readonly keyAlgorithm: KeyAlgorithm | undefined;
  /** `SHA256WITHRSA`. */
  readonly signatureAlgorithm: string;
  /** By ACM's names; undefined without the extension. */
  readonly keyUsages: readonly KeyUsageName[] | undefined;
  /** OIDs; undefined without the extension. */
  readonly extendedKeyUsages: readonly string[] | undefined;
}

/** In the order of their bits (RFC 5280 §4.2.1.3). */
const KEY_USAGES = [
  'DIGITAL_SIGNATURE',
  'NON_REPUDIATION',
  'KEY_ENCIPHERMENT',
  'DATA_ENCIPHERMENT',
  'KEY_AGREEMENT',
  'CERTIFICATE_SIGNING',
  'CRL_SIGNING',
  'ENCIPHER_ONLY',
  'DECIPHER_ONLY',
] as const;

export type KeyUsageName = (typeof KEY_USAGES)[number];

/** What is to know of a certificate that OpenSSL has read. @throws Error when its inside is no DER after all */
export const readCertificate = (certificate: X509Certificate): CertificateFacts => {
  const { version, extensions } = readInside(certificate.raw);
  const issuer = fieldsOf(certificate.issuer);
  const commonName = fieldsOf(certificate.subject).findLast(([name]) => name === 'CN')?.[1];
  const alternativeNames = extensions.get('2.5.29.17');
  const keyUsage = extensions.get('2.5.29.15');
  return {
    version,
    serial: (evenDigits(certificate.serialNumber).match(/../g) ?? []).join(':').toLowerCase(),
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    issuerName:
      (issuer.find(([name]) => name === 'O') ?? issuer.findLast(([n]) => n === 'CN'))?.[1] ?? '',
    notBefore: certificate.validFromDate,
    notAfter: certificate.validToDate,
    ...(commonName !== undefined && { commonName }),
    dnsNames: alternativeNames === undefined ? [] : dnsNamesOf(alternativeNames),
    keyAlgorithm: keyAlgorithmOf(certificate.publicKey),
    signatureAlgorithm: signatureNameOf(certificate.signatureAlgorithm ?? ''),
    keyUsages: keyUsage && usagesOf(keyUsage),
    // Node's name for the extended ones.
    extendedKeyUsages: extensions.has('2.5.29.37') ? certificate.keyUsage : undefined,
  };
};

/** ACM's words: `SHA256WITHRSA`, `SHA384WITHECDSA`; OpenSSL's name when it is another one. */
const signatureNameOf = (name: string): string => {
  const rsa = /^(sha\d+)WithRSAEncryption$/i.exec(name)?.[1];
  if (rsa !== undefined) return `${rsa.toUpperCase()}WITHRSA`;
  const ecdsa = /^ecdsa-with-(sha\d+)$/i.exec(name)?.[1];
  return ecdsa === undefined ? name : `${ecdsa.toUpperCase()}WITHECDSA`;
};

const evenDigits = (hex: string): string => (hex.length % 2 === 0 ? hex : `0${hex}`);

/** Node writes a line for each, and escapes line feeds inside. */
const oneLine = (name: string | undefined): string => (name ?? '').split('\n').join(',');

const fieldsOf = (name: string | undefined): (readonly [name: string, value: string])[] =>
  (name ?? '').split('\n').map((line) => {
    const equals = line.indexOf('=');
    return [line.slice(0, equals), line.slice(equals + 1)];
  });

/** Node says neither the version nor the key usage, and writes names in a form of its own. */
const readInside = (
  raw: Buffer,
): { readonly version: number; readonly extensions: ReadonlyMap<string, Buffer> } => {
  const [certificate] = readDer(raw);
  const [toBeSigned] = readDer(contentOf(certificate, TAG.sequence));
  const fields = readDer(contentOf(toBeSigned, TAG.sequence));
  const version = fields.find(({ tag }) => tag === 0xa0);
  const extensions = fields.find(({ tag }) => tag === 0xa3);
  return {
    version: version === undefined ? 1 : (readDer(version.content)[0]?.content[0] ?? 0) + 1,
    extensions: extensions === undefined ? new Map() : extensionsOf(extensions.content),
  };
};

const extensionsOf = (content: Buffer): Map<string, Buffer> => {
  const [list] = readDer(content);
  return new Map(
    readDer(contentOf(list, TAG.sequence)).map((extension) => {
      const [id, ...rest] = readDer(contentOf(extension, TAG.sequence));
      // Whether it is critical may stand between.
      return [dotted(contentOf(id, TAG.oid)), contentOf(rest.at(-1), TAG.octetString)];
    }),
  );
};

/** `[2]` is a DNS name (RFC 5280 §4.2.1.6). */
const dnsNamesOf = (extension: Buffer): string[] => {
  const [names] = readDer(extension);
  return readDer(contentOf(names, TAG.sequence))
    .filter(({ tag }) => tag === 0x82)
    .map(({ content }) => content.toString('latin1'));
};

/** Bits are counted from the highest of the first byte. */
const usagesOf = (extension: Buffer): KeyUsageName[] => {
  const bits = contentOf(readDer(extension)[0], TAG.bitString).subarray(1);
  return KEY_USAGES.filter((_, bit) => ((bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
};

const contentOf = (value: DerValue | undefined, tag: number): Buffer => {
  if (value?.tag !== tag) throw new Error('the certificate is not built as certificates are');
  return value.content;
};

/** Of an OID whose first arc is 0 or 1, or 2 with a second below 48: all that extensions have. */
const dotted = (content: Buffer): string => {
  const first = content[0] ?? 0;
  const arcs = [Math.min(Math.floor(first / 40), 2)];
  arcs.push(first - (arcs[0] ?? 0) * 40);
  let value = 0;
  for (const byte of content.subarray(1)) {
    value = value * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs.push(value);
    value = 0;
  }
  return arcs.join('.');
};

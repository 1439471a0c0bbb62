import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  bitString,
  explicit,
  implicit,
  integer,
  octetString,
  oid,
  sequence,
  set,
  TRUE,
  time,
  utf8String,
} from './der.ts';
import { toPem } from './pem.ts';

/** Who a certificate is of, or from. */
export interface DistinguishedName {
  readonly commonName?: string;
  readonly organization?: string;
}

export interface CertificateContent {
  readonly subject: DistinguishedName;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** An authority that signs certificates, but no other authorities; or a server with these DNS names. */
  readonly use: 'authority' | { readonly serverNames: readonly string[] };
}

export interface CertificateIssuer {
  readonly name: DistinguishedName;
  /** P-256. */
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** A certificate in PEM (X.509 version 3 in the profile of RFC 5280), signed with ECDSA and SHA-256. */
export const issueCertificate = (
  content: CertificateContent,
  issuer: CertificateIssuer,
): string => {
  const toBeSigned = sequence(
    explicit(0, integer(Uint8Array.of(2))),
    integer(newSerial()),
    ECDSA_WITH_SHA256,
    name(issuer.name),
    sequence(time(content.notBefore), time(content.notAfter)),
    name(content.subject),
    publicKeyInfo(content.publicKey),
    explicit(3, sequence(...extensions(content, issuer))),
  );
  const signature = sign('sha256', toBeSigned, issuer.privateKey);
  return toPem('CERTIFICATE', sequence(toBeSigned, ECDSA_WITH_SHA256, bitString(signature)));
};

/** Names a public key: 40 hex digits (RFC 7093 §2, method 1). */
export const keyIdOf = (publicKey: KeyObject): string => keyIdentifier(publicKey).toString('hex');

const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));

/** 127 random bits behind a one: never zero, never negative, always of the same length. */
const newSerial = (): Buffer => {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
};

const name = ({ organization, commonName }: DistinguishedName): Buffer =>
  sequence(
    ...[
      ['2.5.4.10', organization],
      ['2.5.4.3', commonName],
    ].flatMap(([type, value]) =>
      type === undefined || value === undefined
        ? []
        : [set(sequence(oid(type), utf8String(value)))],
    ),
  );

const publicKeyInfo = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });

const keyIdentifier = (key: KeyObject): Buffer =>
  createHash('sha256').update(publicKeyInfo(key)).digest().subarray(0, 20);

const extension = (id: string, value: Uint8Array, isCritical = false): Buffer =>
  sequence(oid(id), ...(isCritical ? [TRUE] : []), octetString(value));

const extensions = (
  { use, subject, publicKey }: CertificateContent,
  issuer: CertificateIssuer,
): readonly Buffer[] => [
  extension('2.5.29.14', octetString(keyIdentifier(publicKey))),
  extension('2.5.29.35', sequence(implicit(0, keyIdentifier(issuer.publicKey)))),
  ...(use === 'authority'
    ? [
        // No authority below it: path length 0.
        extension('2.5.29.19', sequence(TRUE, integer(Uint8Array.of(0))), true),
        // keyCertSign and cRLSign.
        extension('2.5.29.15', bitString(Uint8Array.of(0b0000_0110), 1), true),
      ]
    : [
        extension('2.5.29.19', sequence(), true),
        extension('2.5.29.15', serverKeyUsage(publicKey), true),
        // TLS web server authentication.
        extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
        extension(
          '2.5.29.17',
          sequence(...use.serverNames.map((dnsName) => implicit(2, Buffer.from(dnsName)))),
          // Where there is no subject, this is it (RFC 5280 §4.2.1.6).
          subject.commonName === undefined,
        ),
      ]),
];

/** digitalSignature; with RSA keyEncipherment as well, for key exchange without Diffie-Hellman. */
const serverKeyUsage = (key: KeyObject): Buffer =>
  key.asymmetricKeyType === 'rsa'
    ? bitString(Uint8Array.of(0b1010_0000), 5)
    : bitString(Uint8Array.of(0b1000_0000), 7);

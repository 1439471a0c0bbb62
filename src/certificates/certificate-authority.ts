import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { KeyAlgorithm } from '../lattice/certificate.ts';
import { type DistinguishedName, issueCertificate, keyIdOf } from './issue-certificate.ts';
import { newKey } from './new-key.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long an authority lives: those who trust it have to be told of the next. */
const AUTHORITY_DAYS = 3650;

/** Our choice, about as long as those of public authorities. */
const VALID_DAYS = 198;
const RENEW_DAYS_BEFORE_END = 45;

/** Valid from a little earlier on, for clients whose clocks are behind. */
const CLOCK_SKEW_MS = 60 * 60 * 1000;

/** The longest common name (RFC 5280, `ub-common-name`). */
const LONGEST_COMMON_NAME = 64;

export interface IssuedCertificate {
  readonly certificatePem: string;
  /** PKCS #8. Secret. */
  readonly privateKeyPem: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly renewAt: Date;
}

/** Signs the certificates of this installation. */
export interface CertificateAuthority {
  /** Its own certificate: what clients have to trust. */
  readonly certificatePem: string;
  /** Names its key: 40 hex digits. */
  readonly keyId: string;
  /** A certificate with a new key for these DNS names, one or more; the first becomes the subject. */
  issue(names: readonly string[], algorithm: KeyAlgorithm, now: Date): Promise<IssuedCertificate>;
}

/** The name comes from the key: a certificate that is made anew verifies what the one before it did. */
const authorityName = (publicKey: KeyObject): DistinguishedName => ({
  organization: 'Pergola',
  commonName: `Pergola local CA ${keyIdOf(publicKey).slice(0, 8)}`,
});

/** A new authority's key. */
export const newAuthorityKey = async (): Promise<KeyObject> =>
  (await newKey('EC_prime256v1')).privateKey;

/** The certificate by which an authority with this key is trusted, in PEM. */
export const selfSigned = (privateKey: KeyObject, now: Date): string => {
  const publicKey = createPublicKey(privateKey);
  const name = authorityName(publicKey);
  return issueCertificate(
    {
      subject: name,
      publicKey,
      notBefore: new Date(now.getTime() - CLOCK_SKEW_MS),
      notAfter: new Date(now.getTime() + AUTHORITY_DAYS * DAY_MS),
      use: 'authority',
    },
    { name, publicKey, privateKey },
  );
};

/** Whether `selfSigned` made the certificate for this key. */
export const belongsToKey = (certificate: X509Certificate, privateKey: KeyObject): boolean => {
  const { organization, commonName } = authorityName(createPublicKey(privateKey));
  return (
    certificate.checkPrivateKey(privateKey) &&
    certificate.subject === `O=${organization}\nCN=${commonName}`
  );
};

/** The authority that has this key and this certificate of `selfSigned`. */
export const certificateAuthority = (
  privateKey: KeyObject,
  certificatePem: string,
): CertificateAuthority => {
  const publicKey = createPublicKey(privateKey);
  const issuer = { name: authorityName(publicKey), publicKey, privateKey };
  const endsAt = new X509Certificate(certificatePem).validToDate.getTime();
  return {
    certificatePem,
    keyId: keyIdOf(publicKey),
    issue: async (names, algorithm, now) => {
      const [first = ''] = names;
      const key = await newKey(algorithm);
      const notBefore = wholeSeconds(now.getTime() - CLOCK_SKEW_MS);
      // Nothing outlives who vouches for it.
      const notAfter = wholeSeconds(Math.min(now.getTime() + VALID_DAYS * DAY_MS, endsAt));
      const certificatePem = issueCertificate(
        {
          subject: first.length > LONGEST_COMMON_NAME ? {} : { commonName: first },
          publicKey: key.publicKey,
          notBefore,
          notAfter,
          use: { serverNames: names },
        },
        issuer,
      );
      return {
        certificatePem,
        privateKeyPem: key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
        notBefore,
        notAfter,
        renewAt: new Date(notAfter.getTime() - RENEW_DAYS_BEFORE_END * DAY_MS),
      };
    },
  };
};

/** Certificates know no more. */
const wholeSeconds = (ms: number): Date => new Date(Math.floor(ms / 1000) * 1000);

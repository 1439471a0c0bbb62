/** Key algorithms of certificates, by the names of the ACM API. */
export type KeyAlgorithm =
  | 'RSA_1024'
  | 'RSA_2048'
  | 'RSA_3072'
  | 'RSA_4096'
  | 'EC_prime256v1'
  | 'EC_secp384r1'
  | 'EC_secp521r1';

/** How the owner of a domain is asked; here nobody is, and every request is granted. */
export type ValidationMethod = 'DNS' | 'EMAIL';

/**
 * A certificate with its private key: imported, requested of ACM, or, as `MANAGED`, for the generated
 * names of services. The last belong to no account, and no API shows them. Holds a secret: never to
 * be logged.
 */
export interface Certificate {
  /** The last segment of the ARN: of a managed certificate the zone of the names. */
  readonly id: string;
  /** Twelve digits; empty for managed certificates. */
  readonly accountId: string;
  readonly arn: string;
  readonly type: 'IMPORTED' | 'AMAZON_ISSUED' | 'MANAGED';
  /** One certificate. */
  readonly certificatePem: string;
  /** Who signed it, then who signed that. */
  readonly chainPem?: string;
  /** PKCS #8, not encrypted. */
  readonly privateKeyPem: string;
  /** The subject's common name, else the first of `names`. */
  readonly domainName?: string;
  /** The DNS names for which it stands, wildcards among them: subject alternative names, else the common name. */
  readonly names: readonly string[];
  readonly keyAlgorithm: KeyAlgorithm;
  readonly notBefore: string;
  readonly notAfter: string;
  /** What the local authority has to know to make the next one; absent for imported certificates. */
  readonly renewal?: CertificateRenewal;
  /** How it was asked for; only of type `AMAZON_ISSUED`. */
  readonly validationMethod?: ValidationMethod;
  readonly transparencyLogging?: 'ENABLED' | 'DISABLED';
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
}

export interface CertificateRenewal {
  readonly at: string;
  /** `keyId` of the authority that signed the present one: a certificate of another one is renewed at once. */
  readonly authority: string;
}

/** The id in a certificate's ARN, under which the store keeps it. */
export const certificateIdOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** `7d67968.vpc-lattice-svcs.us-west-2.on.aws`: where a generated name stands, and the id of its managed certificate. */
export const zoneOf = (generatedName: string): string =>
  generatedName.slice(generatedName.indexOf('.') + 1);

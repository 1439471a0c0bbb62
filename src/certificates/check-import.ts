import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { keyAlgorithmOf } from './new-key.ts';
import { pemBlocks } from './pem.ts';
import { type CertificateFacts, readCertificate } from './read-certificate.ts';

/** What can be wrong with a certificate that somebody brings along. */
export type ImportProblem =
  | 'certificateMalformed'
  | 'severalCertificates'
  | 'chainMalformed'
  | 'chainTooLong'
  | 'chainOutOfOrder'
  | 'chainDoesNotVerify'
  | 'chainMissing'
  | 'keyMalformed'
  | 'keyEncrypted'
  | 'keyUnsupported'
  | 'keyLengthUnsupported'
  | 'keyDoesNotMatch'
  | 'notVersion3'
  | 'issuerMissing'
  | 'notYetValid'
  | 'expired';

export class ImportError extends Error {
  readonly problem: ImportProblem;
  /** Place in the chain from 0, or bits of the key; where the problem has one. */
  readonly number: number | undefined;

  constructor(problem: ImportProblem, number?: number) {
    super(`the certificate cannot be imported: ${problem}`);
    this.name = 'ImportError';
    this.problem = problem;
    this.number = number;
  }
}

export interface ImportedCertificate {
  readonly facts: CertificateFacts;
  readonly certificatePem: string;
  readonly chainPem?: string;
  /** PKCS #8. Secret. */
  readonly privateKeyPem: string;
}

/** Ours: chains have two or three, and each costs a verification. */
export const LONGEST_CHAIN = 20;

/**
 * Checks a certificate with its key and chain as ACM does (ACM user guide, "Prerequisites for
 * importing" and "Certificate import problems"), and gives them back in one form, whatever stood
 * around them.
 * @throws ImportError for the first that is wrong; it says nothing of what the key holds
 */
export const checkImport = (
  certificate: string,
  privateKey: string,
  chain: string | undefined,
  now: Date,
): ImportedCertificate => {
  const leaf = parseLeaf(certificate);
  const facts = factsOf(leaf);
  const key = parseKey(privateKey);
  if (facts.version !== 3) throw new ImportError('notVersion3');
  if (facts.issuer === '') throw new ImportError('issuerMissing');
  if (facts.notAfter <= now) throw new ImportError('expired');
  if (facts.notBefore > now) throw new ImportError('notYetValid');
  if (!leaf.checkPrivateKey(key)) throw new ImportError('keyDoesNotMatch');
  const signers = chain === undefined ? [] : parseChain(chain);
  checkChain(leaf, signers, now);
  return {
    facts,
    certificatePem: leaf.toString(),
    ...(signers.length > 0 && { chainPem: signers.map(String).join('') }),
    privateKeyPem: key.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
};

const parseCertificates = (text: string): X509Certificate[] | undefined => {
  const blocks = pemBlocks(text);
  if (blocks === undefined || blocks.length === 0) return undefined;
  try {
    return blocks.slice(0, LONGEST_CHAIN + 1).map(({ label, text: pem }) => {
      if (label !== 'CERTIFICATE') throw new Error('not a certificate');
      return new X509Certificate(pem);
    });
  } catch {
    return undefined;
  }
};

const parseLeaf = (text: string): X509Certificate => {
  const certificates = parseCertificates(text);
  const [leaf] = certificates ?? [];
  if (certificates === undefined || leaf === undefined) {
    throw new ImportError('certificateMalformed');
  }
  if (certificates.length > 1) throw new ImportError('severalCertificates');
  return leaf;
};

const parseChain = (text: string): readonly X509Certificate[] => {
  const certificates = parseCertificates(text);
  if (certificates === undefined) throw new ImportError('chainMalformed');
  if (certificates.length > LONGEST_CHAIN) throw new ImportError('chainTooLong');
  return certificates;
};

const factsOf = (certificate: X509Certificate): CertificateFacts => {
  try {
    return readCertificate(certificate);
  } catch {
    throw new ImportError('certificateMalformed');
  }
};

const KEY_LABELS: readonly string[] = ['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY'];

/** Nothing of what OpenSSL says is passed on: this is about a secret. */
const parseKey = (text: string): KeyObject => {
  // OpenSSL writes the curve in front of keys in its older form.
  const blocks = pemBlocks(text)?.filter(({ label }) => label !== 'EC PARAMETERS');
  const [block] = blocks ?? [];
  if (block === undefined || blocks?.length !== 1) throw new ImportError('keyMalformed');
  if (block.label === 'ENCRYPTED PRIVATE KEY' || block.text.includes('Proc-Type: 4,ENCRYPTED')) {
    throw new ImportError('keyEncrypted');
  }
  if (!KEY_LABELS.includes(block.label)) throw new ImportError('keyUnsupported');
  const key = createKey(block.text);
  if (keyAlgorithmOf(key) !== undefined) return key;
  throw key.asymmetricKeyType === 'rsa'
    ? new ImportError('keyLengthUnsupported', key.asymmetricKeyDetails?.modulusLength)
    : new ImportError('keyUnsupported');
};

const createKey = (pem: string): KeyObject => {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new ImportError('keyMalformed');
  }
};

/**
 * Each must have been signed by the next, which must be an authority (RFC 5280 §6.1.4 (k)) and in
 * force (§6.1.3 (a) (2)); the last need not be a root.
 */
const checkChain = (
  leaf: X509Certificate,
  signers: readonly X509Certificate[],
  now: Date,
): void => {
  if (signers.length === 0) {
    if (!isSelfSigned(leaf)) throw new ImportError('chainMissing');
    return;
  }
  if (signers[0]?.raw.equals(leaf.raw)) throw new ImportError('chainOutOfOrder', 0);
  for (const [index, signer] of signers.entries()) {
    const isAuthority = signer.ca && isInForce(signer, now);
    if (isAuthority && isSignedBy(signers[index - 1] ?? leaf, signer)) continue;
    throw index === 0
      ? new ImportError('chainDoesNotVerify')
      : new ImportError('chainOutOfOrder', index);
  }
};

const isInForce = ({ validFromDate, validToDate }: X509Certificate, now: Date): boolean =>
  validFromDate <= now && now < validToDate;

/** Without `checkIssued`, which wants of a signer that it may sign certificates: a server's may not. */
const isSelfSigned = (certificate: X509Certificate): boolean =>
  certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey);

const isSignedBy = (certificate: X509Certificate, signer: X509Certificate): boolean => {
  try {
    return certificate.checkIssued(signer) && certificate.verify(signer.publicKey);
  } catch {
    // A kind of key or signature that OpenSSL does not know.
    return false;
  }
};

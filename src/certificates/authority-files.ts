import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  belongsToKey,
  type CertificateAuthority,
  certificateAuthority,
  newAuthorityKey,
  selfSigned,
} from './certificate-authority.ts';

/** The files of the authority cannot be used; `message` is for the person who starts the program. */
export class AuthorityFilesError extends Error {
  readonly code = 'AUTHORITY_FILES';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'AuthorityFilesError';
  }
}

/**
 * The authority of a folder: `ca.pem`, which is for everyone to trust, and `ca-key.pem`, which is
 * for nobody else (mode 0600, the folder 0700). Both are made when they are not there. A key without
 * its certificate gets a new one, which verifies all that the old one did.
 * @throws AuthorityFilesError when a file is damaged, they do not belong together, or it has ended
 */
export const openAuthority = async (dir: string, now: Date): Promise<CertificateAuthority> => {
  const keyFile = join(dir, 'ca-key.pem');
  const certificateFile = join(dir, 'ca.pem');
  const keyPem = readIfThere(keyFile);
  let certificatePem = readIfThere(certificateFile);
  if (keyPem === undefined && certificatePem !== undefined) {
    throw new AuthorityFilesError(
      `\`${keyFile}\` is missing: put it back, or remove \`${certificateFile}\` too and a new authority is made, which clients have to be told to trust`,
    );
  }
  const key = keyPem === undefined ? await newAuthorityKey() : parseKey(keyPem, keyFile);
  if (keyPem === undefined) {
    writePrivate(dir, keyFile, key.export({ type: 'pkcs8', format: 'pem' }) as string);
  }
  if (certificatePem === undefined) {
    certificatePem = selfSigned(key, now);
    // The last, so that there is never a certificate whose key was not kept.
    writePrivate(dir, certificateFile, certificatePem);
  }
  const certificate = parseCertificate(certificatePem, certificateFile);
  if (!belongsToKey(certificate, key)) {
    throw new AuthorityFilesError(
      `\`${keyFile}\` is not the key of \`${certificateFile}\`: put back the one that was there, or remove the certificate and it is made anew`,
    );
  }
  if (certificate.validToDate <= now) {
    throw new AuthorityFilesError(
      `\`${certificateFile}\` has ended (${certificate.validToDate.toISOString()}): remove it and it is made anew, and clients have to be told to trust the new one`,
    );
  }
  return certificateAuthority(key, certificate.toString());
};

const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new AuthorityFilesError(`cannot read \`${file}\`: ${(error as Error).message}`, error);
  }
};

/** A file is there with all that it holds, or not at all. */
const writePrivate = (dir: string, file: string, text: string): void => {
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    writeFileSync(draft, text, { mode: 0o600, flush: true });
    renameSync(draft, file);
  } catch (error) {
    throw new AuthorityFilesError(`cannot write \`${file}\`: ${(error as Error).message}`, error);
  }
};

/** Without the reason: OpenSSL's says nothing that helps, and this is about a secret. */
const parseKey = (pem: string, file: string): KeyObject => {
  const key = createKey(pem);
  if (key?.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new AuthorityFilesError(
      `\`${file}\` is damaged: put back the key that was there, or remove it together with ca.pem and a new authority is made, which clients have to be told to trust`,
    );
  }
  return key;
};

const createKey = (pem: string): KeyObject | undefined => {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
};

const parseCertificate = (pem: string, file: string): X509Certificate => {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new AuthorityFilesError(
      `\`${file}\` is damaged: put back what was there, or remove it and it is made anew`,
      error,
    );
  }
};

import { randomUUID, X509Certificate } from 'node:crypto';
import {
  checkImport,
  ImportError,
  type ImportedCertificate,
} from '../../../certificates/check-import.ts';
import { readCertificate } from '../../../certificates/read-certificate.ts';
import { certificateArn } from '../../../lattice/arn.ts';
import type { Certificate } from '../../../lattice/certificate.ts';
import type { RequestContext } from '../../operation.ts';
import { acmWrite, type Input } from './acm-operation.ts';
import { validationError } from './errors.ts';
import { findCertificate } from './find-certificate.ts';
import { importText } from './import-texts.ts';
import { insertCertificate } from './insert-certificate.ts';

export const importCertificate = acmWrite<'ImportCertificate'>(async (tx, input, context) => {
  const imported = check(input, context.now);
  if (input.CertificateArn === undefined) {
    const certificate = newCertificate(imported, context);
    await insertCertificate(tx, certificate, input.Tags, context);
    return { CertificateArn: certificate.arn };
  }
  const before = await findCertificate(tx, input.CertificateArn, context);
  assertReplaceable(before, input, imported);
  const { chainPem: _, ...kept } = before;
  await tx.update('certificate', {
    ...kept,
    ...contentOf(imported),
    lastUpdatedAt: context.now.toISOString(),
  });
  return { CertificateArn: before.arn };
});

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const check = (input: Input<'ImportCertificate'>, now: Date): ImportedCertificate => {
  const { Certificate: leaf, PrivateKey: key, CertificateChain: chain } = input;
  try {
    return checkImport(text(leaf), text(key), chain && text(chain), now);
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    throw validationError(importText(error.problem, error.number));
  }
};

const contentOf = ({ facts, certificatePem, chainPem, privateKeyPem }: ImportedCertificate) => {
  const { commonName, dnsNames, keyAlgorithm } = facts;
  const names = dnsNames.length > 0 || commonName === undefined ? dnsNames : [commonName];
  const domainName = commonName ?? dnsNames[0];
  // The key's algorithm was checked, and the key is the certificate's.
  if (keyAlgorithm === undefined) throw new Error('an unsupported key passed the check');
  return {
    certificatePem,
    ...(chainPem !== undefined && { chainPem }),
    privateKeyPem,
    ...(domainName !== undefined && { domainName }),
    names,
    keyAlgorithm,
    notBefore: facts.notBefore.toISOString(),
    notAfter: facts.notAfter.toISOString(),
  };
};

const newCertificate = (
  imported: ImportedCertificate,
  { caller, settings, now }: RequestContext,
): Certificate => {
  const id = randomUUID();
  return {
    id,
    accountId: caller.accountId,
    arn: certificateArn(settings, caller.accountId, id),
    type: 'IMPORTED',
    ...contentOf(imported),
    createdAt: now.toISOString(),
    lastUpdatedAt: now.toISOString(),
  };
};

/** For mail and clients; a certificate may lose it, since public authorities give it no longer. */
const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2';

/** The conditions of ACM's user guide, "Reimport a certificate". @throws ServiceError ValidationException */
const assertReplaceable = (
  before: Certificate,
  input: Input<'ImportCertificate'>,
  { facts }: ImportedCertificate,
): void => {
  const { arn } = before;
  if (before.type !== 'IMPORTED') {
    throw validationError(`Certificate ${arn} was not imported, so it cannot be imported again.`);
  }
  if (input.Tags !== undefined) throw validationError('Tagging is not permitted on re-import.');
  if (facts.keyAlgorithm !== before.keyAlgorithm) {
    throw validationError(
      `The key type and size of certificate ${arn} cannot be changed: it is ${before.keyAlgorithm}, not ${facts.keyAlgorithm}.`,
    );
  }
  if (before.names.length > 0 && facts.dnsNames.length === 0 && facts.commonName === undefined) {
    throw validationError('You cannot remove all of the domain names from a certificate.');
  }
  const old = readCertificate(new X509Certificate(before.certificatePem));
  const isEc = before.keyAlgorithm.startsWith('EC_');
  // RFC 5480 §3: it is nothing that such keys can be used for.
  const mayGo = (usage: string) => isEc && usage === 'KEY_ENCIPHERMENT';
  if (loses(old.keyUsages, facts.keyUsages, mayGo)) {
    throw validationError('You cannot remove existing Key Usage values from a certificate.');
  }
  const isClient = (usage: string) => usage === CLIENT_AUTHENTICATION;
  if (loses(old.extendedKeyUsages, facts.extendedKeyUsages, isClient)) {
    throw validationError(
      'You cannot remove existing Extended Key Usage values from a certificate.',
    );
  }
};

const loses = (
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
  mayGo: (usage: string) => boolean,
): boolean => (before ?? []).some((usage) => !after?.includes(usage) && !mayGo(usage));

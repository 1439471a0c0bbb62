import { randomUUID } from 'node:crypto';
import { certificateArn } from '../../../lattice/arn.ts';
import type { KeyAlgorithm, ValidationMethod } from '../../../lattice/certificate.ts';
import { runOnce } from '../../idempotency.ts';
import { acmStaged, type Input } from './acm-operation.ts';
import {
  invalidArn,
  invalidDomainValidationOptions,
  invalidParameter,
  validationError,
} from './errors.ts';
import { insertCertificate } from './insert-certificate.ts';

/** How long a token stands for one request (API reference, RequestCertificate). */
const TOKEN_TTL_MS = 60 * 60 * 1000;

/** Of the first name, which becomes the common name (API reference, RequestCertificate). */
const LONGEST_DOMAIN_NAME = 64;

/** With the first; the most that a list of names takes. */
const MOST_NAMES = 100;

/** What public certificates can have (ACM user guide, "Characteristics and limitations"). */
const ALGORITHMS: readonly KeyAlgorithm[] = ['RSA_2048', 'EC_prime256v1', 'EC_secp384r1'];

/** Issued at once, by our own authority: nobody is asked whether the name is the caller's. */
export const requestCertificate = acmStaged<'RequestCertificate'>(async (store, input, context) => {
  const { IdempotencyToken: token, ...parameters } = input;
  const { names, keyAlgorithm, validationMethod } = wanted(input);
  const { caller, now, settings, certificateAuthority: authority } = context;
  if (authority === undefined) throw new Error('there is no authority to issue certificates');
  // Before the transaction, which must not wait for the making of a key.
  const issued = await authority.issue(names, keyAlgorithm, now);
  const request = async (tx: Parameters<Parameters<typeof store.write>[0]>[0]) => {
    const id = randomUUID();
    const arn = certificateArn(settings, caller.accountId, id);
    const document = {
      id,
      accountId: caller.accountId,
      arn,
      type: 'AMAZON_ISSUED',
      certificatePem: issued.certificatePem,
      chainPem: authority.certificatePem,
      privateKeyPem: issued.privateKeyPem,
      domainName: input.DomainName,
      names,
      keyAlgorithm,
      notBefore: issued.notBefore.toISOString(),
      notAfter: issued.notAfter.toISOString(),
      renewal: { at: issued.renewAt.toISOString(), authority: authority.keyId },
      validationMethod,
      transparencyLogging: input.Options?.CertificateTransparencyLoggingPreference ?? 'ENABLED',
      createdAt: now.toISOString(),
      lastUpdatedAt: now.toISOString(),
    } as const;
    await insertCertificate(tx, document, input.Tags, context);
    return { CertificateArn: arn };
  };
  const { value } = await store.write(async (tx) => {
    if (token === undefined) return request(tx);
    const call = {
      accountId: caller.accountId,
      service: 'acm',
      operation: 'RequestCertificate',
      token,
      parameters,
      now,
      ttlMs: TOKEN_TTL_MS,
    };
    return runOnce(tx, call, () => request(tx));
  });
  return value as { CertificateArn: string };
});

/** @throws ServiceError for what AWS refuses, and for what only AWS has */
const wanted = (
  input: Input<'RequestCertificate'>,
): {
  readonly names: readonly string[];
  readonly keyAlgorithm: KeyAlgorithm;
  readonly validationMethod: ValidationMethod;
} => {
  const { DomainName: domain, SubjectAlternativeNames: others = [] } = input;
  if (domain.length > LONGEST_DOMAIN_NAME) {
    throw invalidParameter(
      `The domain name ${domain} is longer than ${LONGEST_DOMAIN_NAME} characters. Give a shorter one, and this one as a subject alternative name.`,
    );
  }
  const names = [...new Set([domain, ...others])];
  if (names.length > MOST_NAMES) {
    throw invalidParameter(`A certificate can have at most ${MOST_NAMES} domain names.`);
  }
  if (input.CertificateAuthorityArn !== undefined) {
    throw invalidArn(
      `Could not find certificate authority ${input.CertificateAuthorityArn}. There is no AWS Private CA here: leave CertificateAuthorityArn out, and the authority of this installation issues the certificate.`,
    );
  }
  const { KeyAlgorithm: keyAlgorithm = 'RSA_2048', ValidationMethod: validationMethod = 'EMAIL' } =
    input;
  if (!ALGORITHMS.includes(keyAlgorithm)) {
    throw validationError(
      `The key algorithm ${keyAlgorithm} is not supported. Choose one of ${ALGORITHMS.join(', ')}.`,
    );
  }
  if (validationMethod === 'HTTP') {
    throw invalidParameter('HTTP validation is only for certificates that CloudFront manages.');
  }
  for (const { DomainName: name, ValidationDomain: parent } of input.DomainValidationOptions ??
    []) {
    if (!names.includes(name) || !`.${name}`.endsWith(`.${parent}`)) {
      throw invalidDomainValidationOptions(
        `The validation domain ${parent} must be ${name} or a domain above it, and ${name} must be a name of the certificate.`,
      );
    }
  }
  return { names, keyAlgorithm, validationMethod };
};

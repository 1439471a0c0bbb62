import { X509Certificate } from 'node:crypto';
import { type CertificateFacts, readCertificate } from '../../../certificates/read-certificate.ts';
import type { Certificate } from '../../../lattice/certificate.ts';
import type {
  CertificateDetail,
  CertificateStatus,
  CertificateSummary,
  ExtendedKeyUsageName,
} from '../../../protocol/generated/acm.ts';
import { domainValidations } from './domain-validation.ts';

/** What ACM calls the purposes of RFC 5280 §4.2.1.12. */
const EXTENDED_KEY_USAGES: Readonly<Record<string, ExtendedKeyUsageName>> = {
  '2.5.29.37.0': 'ANY',
  '1.3.6.1.5.5.7.3.1': 'TLS_WEB_SERVER_AUTHENTICATION',
  '1.3.6.1.5.5.7.3.2': 'TLS_WEB_CLIENT_AUTHENTICATION',
  '1.3.6.1.5.5.7.3.3': 'CODE_SIGNING',
  '1.3.6.1.5.5.7.3.4': 'EMAIL_PROTECTION',
  '1.3.6.1.5.5.7.3.5': 'IPSEC_END_SYSTEM',
  '1.3.6.1.5.5.7.3.6': 'IPSEC_TUNNEL',
  '1.3.6.1.5.5.7.3.7': 'IPSEC_USER',
  '1.3.6.1.5.5.7.3.8': 'TIME_STAMPING',
  '1.3.6.1.5.5.7.3.9': 'OCSP_SIGNING',
};

export const certificateFacts = ({ certificatePem }: Certificate): CertificateFacts =>
  readCertificate(new X509Certificate(certificatePem));

export const statusOf = ({ notAfter }: Certificate, now: Date): CertificateStatus =>
  Date.parse(notAfter) > now.getTime() ? 'ISSUED' : 'EXPIRED';

export const extendedKeyUsagesOf = ({
  extendedKeyUsages,
}: Pick<CertificateFacts, 'extendedKeyUsages'>): { Name: ExtendedKeyUsageName; OID: string }[] =>
  (extendedKeyUsages ?? []).map((OID) => ({ Name: EXTENDED_KEY_USAGES[OID] ?? 'CUSTOM', OID }));

/** Imported certificates are not renewed; others are when something uses them (ACM user guide, "Managed renewal"). */
const eligibility = ({ type }: Certificate, isUsed: boolean, status: CertificateStatus) =>
  type !== 'IMPORTED' && isUsed && status !== 'EXPIRED' ? 'ELIGIBLE' : 'INELIGIBLE';

const times = (certificate: Certificate) => ({
  NotBefore: new Date(certificate.notBefore),
  NotAfter: new Date(certificate.notAfter),
  CreatedAt: new Date(certificate.createdAt),
  ...(certificate.type === 'IMPORTED'
    ? { ImportedAt: new Date(certificate.lastUpdatedAt) }
    : { IssuedAt: new Date(certificate.lastUpdatedAt) }),
});

/** With the common name, wherever else it stands (API reference, CertificateDetail). */
const allNames = ({ domainName, names }: Certificate): readonly string[] =>
  domainName === undefined || names.includes(domainName) ? names : [domainName, ...names];

const typeOf = ({ type }: Certificate) => (type === 'IMPORTED' ? 'IMPORTED' : 'AMAZON_ISSUED');

/** @param users ARNs of what uses it */
export const certificateDetail = (
  certificate: Certificate,
  users: readonly string[],
  now: Date,
): CertificateDetail => {
  const facts = certificateFacts(certificate);
  const status = statusOf(certificate, now);
  const names = allNames(certificate);
  return {
    CertificateArn: certificate.arn,
    DomainName: certificate.domainName,
    ...(names.length > 0 && { SubjectAlternativeNames: names }),
    ...(certificate.type === 'AMAZON_ISSUED' && {
      DomainValidationOptions: domainValidations(certificate),
    }),
    Serial: facts.serial,
    Subject: facts.subject,
    Issuer: facts.issuerName,
    ...times(certificate),
    Status: status,
    KeyAlgorithm: certificate.keyAlgorithm,
    SignatureAlgorithm: facts.signatureAlgorithm,
    InUseBy: users,
    Type: typeOf(certificate),
    KeyUsages: (facts.keyUsages ?? []).map((Name) => ({ Name })),
    ExtendedKeyUsages: extendedKeyUsagesOf(facts),
    RenewalEligibility: eligibility(certificate, users.length > 0, status),
    Options: {
      CertificateTransparencyLoggingPreference: certificate.transparencyLogging ?? 'DISABLED',
      Export: 'DISABLED',
    },
  };
};

/** Names that a summary has room for (API reference, CertificateSummary). */
const MOST_NAMES = 100;

export const certificateSummary = (
  certificate: Certificate,
  facts: CertificateFacts,
  isUsed: boolean,
  now: Date,
): CertificateSummary => {
  const status = statusOf(certificate, now);
  const names = allNames(certificate);
  return {
    CertificateArn: certificate.arn,
    DomainName: certificate.domainName,
    SubjectAlternativeNameSummaries: names.slice(0, MOST_NAMES),
    HasAdditionalSubjectAlternativeNames: names.length > MOST_NAMES,
    Status: status,
    Type: typeOf(certificate),
    KeyAlgorithm: certificate.keyAlgorithm,
    KeyUsages: facts.keyUsages ?? [],
    ExtendedKeyUsages: extendedKeyUsagesOf(facts).map(({ Name }) => Name),
    ExportOption: 'DISABLED',
    InUse: isUsed,
    RenewalEligibility: eligibility(certificate, isUsed, status),
    ...times(certificate),
  };
};

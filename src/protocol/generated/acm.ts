// Generated from models/acm.json by `npm run generate`; do not edit.
// A parsed request has no member that is present and undefined, so input shapes say `?: T`; shapes that
// only answers have say `?: T | undefined`, and the protocols leave such members out.

export interface AcmOperations {
  AddTagsToCertificate: { input: AddTagsToCertificateRequest; output: Nothing };
  DeleteCertificate: { input: DeleteCertificateRequest; output: Nothing };
  DescribeCertificate: { input: DescribeCertificateRequest; output: DescribeCertificateResponse };
  GetCertificate: { input: GetCertificateRequest; output: GetCertificateResponse };
  ImportCertificate: { input: ImportCertificateRequest; output: ImportCertificateResponse };
  ListCertificates: { input: ListCertificatesRequest; output: ListCertificatesResponse };
  ListTagsForCertificate: { input: ListTagsForCertificateRequest; output: ListTagsForCertificateResponse };
  RemoveTagsFromCertificate: { input: RemoveTagsFromCertificateRequest; output: Nothing };
  RequestCertificate: { input: RequestCertificateRequest; output: RequestCertificateResponse };
}

export type AcmOperationName = keyof AcmOperations;

export interface AddTagsToCertificateRequest {
  readonly CertificateArn: string;
  readonly Tags: readonly Tag[];
}

export interface CertificateDetail {
  readonly CertificateArn?: string | undefined;
  readonly DomainName?: string | undefined;
  readonly SubjectAlternativeNames?: readonly string[] | undefined;
  readonly ManagedBy?: CertificateManagedBy | undefined;
  readonly DomainValidationOptions?: readonly DomainValidation[] | undefined;
  readonly Serial?: string | undefined;
  readonly Subject?: string | undefined;
  readonly Issuer?: string | undefined;
  readonly CreatedAt?: Date | undefined;
  readonly IssuedAt?: Date | undefined;
  readonly ImportedAt?: Date | undefined;
  readonly Status?: CertificateStatus | undefined;
  readonly RevokedAt?: Date | undefined;
  readonly RevocationReason?: RevocationReason | undefined;
  readonly NotBefore?: Date | undefined;
  readonly NotAfter?: Date | undefined;
  readonly KeyAlgorithm?: KeyAlgorithm | undefined;
  readonly SignatureAlgorithm?: string | undefined;
  readonly InUseBy?: readonly string[] | undefined;
  readonly FailureReason?: FailureReason | undefined;
  readonly Type?: CertificateType | undefined;
  readonly RenewalSummary?: RenewalSummary | undefined;
  readonly KeyUsages?: readonly KeyUsage[] | undefined;
  readonly ExtendedKeyUsages?: readonly ExtendedKeyUsage[] | undefined;
  readonly CertificateAuthorityArn?: string | undefined;
  readonly RenewalEligibility?: RenewalEligibility | undefined;
  readonly Options?: CertificateOptions | undefined;
}

export type CertificateExport =
  | "ENABLED"
  | "DISABLED";

export type CertificateManagedBy =
  | "CLOUDFRONT";

export interface CertificateOptions {
  readonly CertificateTransparencyLoggingPreference?: CertificateTransparencyLoggingPreference;
  readonly Export?: CertificateExport;
}

export type CertificateStatus =
  | "PENDING_VALIDATION"
  | "ISSUED"
  | "INACTIVE"
  | "EXPIRED"
  | "VALIDATION_TIMED_OUT"
  | "REVOKED"
  | "FAILED";

export interface CertificateSummary {
  readonly CertificateArn?: string | undefined;
  readonly DomainName?: string | undefined;
  readonly SubjectAlternativeNameSummaries?: readonly string[] | undefined;
  readonly HasAdditionalSubjectAlternativeNames?: boolean | undefined;
  readonly Status?: CertificateStatus | undefined;
  readonly Type?: CertificateType | undefined;
  readonly KeyAlgorithm?: KeyAlgorithm | undefined;
  readonly KeyUsages?: readonly KeyUsageName[] | undefined;
  readonly ExtendedKeyUsages?: readonly ExtendedKeyUsageName[] | undefined;
  readonly ExportOption?: CertificateExport | undefined;
  readonly InUse?: boolean | undefined;
  readonly Exported?: boolean | undefined;
  readonly RenewalEligibility?: RenewalEligibility | undefined;
  readonly NotBefore?: Date | undefined;
  readonly NotAfter?: Date | undefined;
  readonly CreatedAt?: Date | undefined;
  readonly IssuedAt?: Date | undefined;
  readonly ImportedAt?: Date | undefined;
  readonly RevokedAt?: Date | undefined;
  readonly ManagedBy?: CertificateManagedBy | undefined;
}

export type CertificateTransparencyLoggingPreference =
  | "ENABLED"
  | "DISABLED";

export type CertificateType =
  | "IMPORTED"
  | "AMAZON_ISSUED"
  | "PRIVATE";

export interface DeleteCertificateRequest {
  readonly CertificateArn: string;
}

export interface DescribeCertificateRequest {
  readonly CertificateArn: string;
}

export interface DescribeCertificateResponse {
  readonly Certificate?: CertificateDetail | undefined;
}

export type DomainStatus =
  | "PENDING_VALIDATION"
  | "SUCCESS"
  | "FAILED";

export interface DomainValidation {
  readonly DomainName: string;
  readonly ValidationEmails?: readonly string[] | undefined;
  readonly ValidationDomain?: string | undefined;
  readonly ValidationStatus?: DomainStatus | undefined;
  readonly ResourceRecord?: ResourceRecord | undefined;
  readonly HttpRedirect?: HttpRedirect | undefined;
  readonly ValidationMethod?: ValidationMethod | undefined;
}

export interface DomainValidationOption {
  readonly DomainName: string;
  readonly ValidationDomain: string;
}

export interface ExtendedKeyUsage {
  readonly Name?: ExtendedKeyUsageName | undefined;
  readonly OID?: string | undefined;
}

export type ExtendedKeyUsageName =
  | "TLS_WEB_SERVER_AUTHENTICATION"
  | "TLS_WEB_CLIENT_AUTHENTICATION"
  | "CODE_SIGNING"
  | "EMAIL_PROTECTION"
  | "TIME_STAMPING"
  | "OCSP_SIGNING"
  | "IPSEC_END_SYSTEM"
  | "IPSEC_TUNNEL"
  | "IPSEC_USER"
  | "ANY"
  | "NONE"
  | "CUSTOM";

export type FailureReason =
  | "NO_AVAILABLE_CONTACTS"
  | "ADDITIONAL_VERIFICATION_REQUIRED"
  | "DOMAIN_NOT_ALLOWED"
  | "INVALID_PUBLIC_DOMAIN"
  | "DOMAIN_VALIDATION_DENIED"
  | "CAA_ERROR"
  | "PCA_LIMIT_EXCEEDED"
  | "PCA_INVALID_ARN"
  | "PCA_INVALID_STATE"
  | "PCA_REQUEST_FAILED"
  | "PCA_NAME_CONSTRAINTS_VALIDATION"
  | "PCA_RESOURCE_NOT_FOUND"
  | "PCA_INVALID_ARGS"
  | "PCA_INVALID_DURATION"
  | "PCA_ACCESS_DENIED"
  | "SLR_NOT_FOUND"
  | "OTHER";

export interface Filters {
  readonly extendedKeyUsage?: readonly ExtendedKeyUsageName[];
  readonly keyUsage?: readonly KeyUsageName[];
  readonly keyTypes?: readonly KeyAlgorithm[];
  readonly exportOption?: CertificateExport;
  readonly managedBy?: CertificateManagedBy;
}

export interface GetCertificateRequest {
  readonly CertificateArn: string;
}

export interface GetCertificateResponse {
  readonly Certificate?: string | undefined;
  readonly CertificateChain?: string | undefined;
}

export interface HttpRedirect {
  readonly RedirectFrom?: string | undefined;
  readonly RedirectTo?: string | undefined;
}

export interface ImportCertificateRequest {
  readonly CertificateArn?: string;
  readonly Certificate: Uint8Array;
  readonly PrivateKey: Uint8Array;
  readonly CertificateChain?: Uint8Array;
  readonly Tags?: readonly Tag[];
}

export interface ImportCertificateResponse {
  readonly CertificateArn?: string | undefined;
}

export type KeyAlgorithm =
  | "RSA_1024"
  | "RSA_2048"
  | "RSA_3072"
  | "RSA_4096"
  | "EC_prime256v1"
  | "EC_secp384r1"
  | "EC_secp521r1";

export interface KeyUsage {
  readonly Name?: KeyUsageName | undefined;
}

export type KeyUsageName =
  | "DIGITAL_SIGNATURE"
  | "NON_REPUDIATION"
  | "KEY_ENCIPHERMENT"
  | "DATA_ENCIPHERMENT"
  | "KEY_AGREEMENT"
  | "CERTIFICATE_SIGNING"
  | "CRL_SIGNING"
  | "ENCIPHER_ONLY"
  | "DECIPHER_ONLY"
  | "ANY"
  | "CUSTOM";

export interface ListCertificatesRequest {
  readonly CertificateStatuses?: readonly CertificateStatus[];
  readonly Includes?: Filters;
  readonly NextToken?: string;
  readonly MaxItems?: number;
  readonly SortBy?: SortBy;
  readonly SortOrder?: SortOrder;
}

export interface ListCertificatesResponse {
  readonly NextToken?: string | undefined;
  readonly CertificateSummaryList?: readonly CertificateSummary[] | undefined;
}

export interface ListTagsForCertificateRequest {
  readonly CertificateArn: string;
}

export interface ListTagsForCertificateResponse {
  readonly Tags?: readonly Tag[] | undefined;
}

export type RecordType =
  | "CNAME";

export interface RemoveTagsFromCertificateRequest {
  readonly CertificateArn: string;
  readonly Tags: readonly Tag[];
}

export type RenewalEligibility =
  | "ELIGIBLE"
  | "INELIGIBLE";

export type RenewalStatus =
  | "PENDING_AUTO_RENEWAL"
  | "PENDING_VALIDATION"
  | "SUCCESS"
  | "FAILED";

export interface RenewalSummary {
  readonly RenewalStatus: RenewalStatus;
  readonly DomainValidationOptions: readonly DomainValidation[];
  readonly RenewalStatusReason?: FailureReason | undefined;
  readonly UpdatedAt: Date;
}

export interface RequestCertificateRequest {
  readonly DomainName: string;
  readonly ValidationMethod?: ValidationMethod;
  readonly SubjectAlternativeNames?: readonly string[];
  readonly IdempotencyToken?: string;
  readonly DomainValidationOptions?: readonly DomainValidationOption[];
  readonly Options?: CertificateOptions;
  readonly CertificateAuthorityArn?: string;
  readonly Tags?: readonly Tag[];
  readonly KeyAlgorithm?: KeyAlgorithm;
  readonly ManagedBy?: CertificateManagedBy;
}

export interface RequestCertificateResponse {
  readonly CertificateArn?: string | undefined;
}

export interface ResourceRecord {
  readonly Name: string;
  readonly Type: RecordType;
  readonly Value: string;
}

export type RevocationReason =
  | "UNSPECIFIED"
  | "KEY_COMPROMISE"
  | "CA_COMPROMISE"
  | "AFFILIATION_CHANGED"
  | "SUPERCEDED"
  | "SUPERSEDED"
  | "CESSATION_OF_OPERATION"
  | "CERTIFICATE_HOLD"
  | "REMOVE_FROM_CRL"
  | "PRIVILEGE_WITHDRAWN"
  | "A_A_COMPROMISE";

export type SortBy =
  | "CREATED_AT";

export type SortOrder =
  | "ASCENDING"
  | "DESCENDING";

export interface Tag {
  readonly Key: string;
  readonly Value?: string;
}

export type ValidationMethod =
  | "EMAIL"
  | "DNS"
  | "HTTP";

/** An operation that takes, or answers, no members. */
export type Nothing = Readonly<Record<string, never>>;

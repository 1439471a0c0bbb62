import { type ImportProblem, LONGEST_CHAIN } from '../../../certificates/check-import.ts';

/** Of AWS where they are known: the article "ACM import troubleshooting" of AWS re:Post, and answers that were seen. */
const TEXTS: Readonly<Record<ImportProblem, string>> = {
  certificateMalformed:
    'The certificate body/chain provided is not in a valid PEM format. Unable to parse certificate. Please ensure the certificate is in PEM format.',
  severalCertificates:
    'The certificate field contains more than one certificate. You can specify only one certificate in this field.',
  chainMalformed:
    'The certificate body/chain provided is not in a valid PEM format. Unable to parse certificate. Please ensure the certificate chain is in PEM format.',
  chainTooLong: `The certificate chain contains more than ${LONGEST_CHAIN} certificates.`,
  chainOutOfOrder:
    'Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: #',
  chainDoesNotVerify: 'Could not validate the certificate with the certificate chain.',
  chainMissing:
    'Provided certificate is not a valid self signed. Please provide either a valid self-signed certificate or certificate chain.',
  keyMalformed: 'The private key is not PEM-encoded or is not valid.',
  keyEncrypted: 'Your private key should not be encrypted.',
  keyUnsupported: 'The private key is not supported.',
  keyLengthUnsupported: 'The private key length # is not supported for key algorithm.',
  keyDoesNotMatch: 'The private key does not match the certificate.',
  notVersion3: 'The certificate is not an X.509 version 3 certificate.',
  issuerMissing: 'The Issuer field of the certificate is empty.',
  notYetValid: 'The certificate is not in effect yet, is not valid.',
  expired: 'The certificate has expired, is not valid.',
};

export const importText = (problem: ImportProblem, number: number | undefined): string =>
  TEXTS[problem].replace('#', String(number));

import { acmRead } from './acm-operation.ts';
import { findCertificate } from './find-certificate.ts';

export const getCertificate = acmRead<'GetCertificate'>(async (tx, input, context) => {
  const certificate = await findCertificate(tx, input.CertificateArn, context);
  return { Certificate: certificate.certificatePem, CertificateChain: certificate.chainPem };
});

import { acmRead } from './acm-operation.ts';
import { certificateDetail } from './certificate-answer.ts';
import { findCertificate, usersOf } from './find-certificate.ts';

export const describeCertificate = acmRead<'DescribeCertificate'>(async (tx, input, context) => {
  const certificate = await findCertificate(tx, input.CertificateArn, context);
  const users = await usersOf(tx, certificate.arn);
  return { Certificate: certificateDetail(certificate, users, context.now) };
});

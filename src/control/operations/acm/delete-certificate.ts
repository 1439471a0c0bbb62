import { dropTags } from '../../tags.ts';
import { acmWrite, DONE } from './acm-operation.ts';
import { resourceInUse } from './errors.ts';
import { findCertificate, usersOf } from './find-certificate.ts';

export const deleteCertificate = acmWrite<'DeleteCertificate'>(async (tx, input, context) => {
  const { id, arn, accountId } = await findCertificate(tx, input.CertificateArn, context);
  if ((await usersOf(tx, arn)).length > 0) {
    throw resourceInUse(`Certificate ${arn} in account ${accountId} is in use.`);
  }
  await tx.delete('certificate', id);
  await dropTags(tx, arn);
  return DONE;
});

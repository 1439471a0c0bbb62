import { parseArn } from '../../../lattice/arn.ts';
import { type Certificate, certificateIdOf } from '../../../lattice/certificate.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { invalidArn, resourceNotFound } from './errors.ts';

/**
 * The caller's certificate with this ARN; another account's is as good as none.
 * @throws ServiceError InvalidArnException, ResourceNotFoundException
 */
export const findCertificate = async (
  tx: ReadTransaction,
  arn: string,
  { caller }: Pick<RequestContext, 'caller'>,
): Promise<Certificate> => {
  if (!parseArn(arn)?.resource.startsWith('certificate/')) {
    throw invalidArn(`The Amazon Resource Name (ARN) ${arn} is not that of a certificate.`);
  }
  const certificate = await tx.get('certificate', certificateIdOf(arn));
  if (certificate?.arn !== arn || certificate.accountId !== caller.accountId) {
    throw resourceNotFound(`Could not find certificate ${arn} in account ${caller.accountId}.`);
  }
  return certificate;
};

/** ARNs of the services that have the certificate. */
export const usersOf = async (tx: ReadTransaction, arn: string): Promise<readonly string[]> => {
  const { items } = await tx.list('service', { index: 'certificate', equals: arn });
  return items.map((service) => service.arn);
};

import { coversDomain } from '../../../../certificates/covers-domain.ts';
import { parseArn } from '../../../../lattice/arn.ts';
import { certificateIdOf } from '../../../../lattice/certificate.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { invalidField, notFound } from '../../../errors.ts';
import type { RequestContext } from '../../../operation.ts';

/** The only type of key that VPC Lattice takes (VPC Lattice user guide, "Bring your own certificate"). */
const ALGORITHM = 'RSA_2048';

/**
 * A service's certificate must be one of its account in this region, in force, and stand for the
 * custom domain name. Without such a name it is kept, and shown to nobody.
 * @throws ServiceError ResourceNotFoundException, ValidationException
 */
export const requireCertificate = async (
  tx: ReadTransaction,
  arn: string,
  customDomainName: string | undefined,
  { caller, settings, now }: RequestContext,
): Promise<void> => {
  const parsed = parseArn(arn);
  const refuse = (message: string) => invalidField('certificateArn', message);
  if (parsed?.service !== 'acm' || parsed.region !== settings.region) {
    throw refuse(`${arn} is not the ARN of an ACM certificate in ${settings.region}.`);
  }
  if (parsed.accountId !== caller.accountId) {
    throw refuse(`Certificate ${arn} belongs to another account than the service.`);
  }
  const certificate = await tx.get('certificate', certificateIdOf(arn));
  if (certificate?.arn !== arn) {
    throw notFound('CERTIFICATE', arn, `Certificate ${arn} not found.`);
  }
  if (Date.parse(certificate.notAfter) <= now.getTime()) {
    throw refuse(`Certificate ${arn} has expired. Import a new one in its place.`);
  }
  if (certificate.keyAlgorithm !== ALGORITHM) {
    throw refuse(
      `Certificate ${arn} has a key of type ${certificate.keyAlgorithm}. Only ${ALGORITHM} is supported.`,
    );
  }
  if (customDomainName !== undefined && !coversDomain(certificate.names, customDomainName)) {
    throw refuse(`Certificate ${arn} does not match the custom domain name ${customDomainName}.`);
  }
};

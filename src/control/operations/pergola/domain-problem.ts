import { coversDomain } from '../../../certificates/covers-domain.ts';
import { type Certificate, certificateIdOf } from '../../../lattice/certificate.ts';
import type { Listener, Service } from '../../../lattice/resources.ts';
import type { ReadTransaction } from '../../../store/store.ts';

/**
 * Why clients cannot reach a service by its custom domain name over HTTPS, as a sentence without a
 * subject; undefined when they can, or nobody said that they should. Certificates are checked when a
 * service is given one, but may be imported again, or end, afterwards.
 */
export const domainProblem = async (
  tx: ReadTransaction,
  { customDomainName, certificateArn }: Service,
  listeners: readonly Pick<Listener, 'protocol'>[],
  now: Date,
): Promise<string | undefined> => {
  if (customDomainName === undefined) return undefined;
  if (!listeners.some(({ protocol }) => protocol === 'HTTPS')) return undefined;
  if (certificateArn === undefined) return 'has no certificate';
  const certificate = await tx.get('certificate', certificateIdOf(certificateArn));
  return problemOf(certificate, customDomainName, now);
};

const problemOf = (
  certificate: Certificate | undefined,
  domain: string,
  now: Date,
): string | undefined => {
  if (certificate === undefined) return 'has a certificate that does not exist';
  if (Date.parse(certificate.notAfter) <= now.getTime()) {
    return `has a certificate that expired at ${certificate.notAfter}`;
  }
  if (coversDomain(certificate.names, domain)) return undefined;
  const [name, ...others] = certificate.names;
  if (name === undefined) return 'has a certificate without names';
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `has a certificate for ${name}${more}`;
};

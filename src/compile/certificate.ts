import { type Certificate, certificateIdOf, zoneOf } from '../lattice/certificate.ts';
import type { Service } from '../lattice/resources.ts';
import type { CertificatePart, HostCertificatePart, ServicePart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';
import { normalHost } from './membership.ts';
import type { Report } from './problem.ts';

/**
 * Which certificate the service shows for which of its names: the managed one for the generated name,
 * for the custom domain name the one that it was given and no other (VPC Lattice user guide, "Bring
 * your own certificate").
 */
export const compileHostCertificates = (
  index: DocumentIndex,
  service: Service,
  report: Report,
): HostCertificatePart[] => {
  const listeners = [...index.listenersByService.of(service.id)];
  if (!listeners.some(({ protocol }) => protocol === 'HTTPS')) return [];
  const shown: HostCertificatePart[] = [];
  const show = (name: string, certificate: Certificate | undefined, wanted: string) => {
    const host = normalHost(name);
    if (host === '' || shown.some((other) => other.host === host)) return;
    if (certificate) {
      shown.push({ host, certificateId: certificate.arn });
    } else {
      report(
        'missingCertificate',
        service.id,
        `service \`${service.id}\` has no certificate for \`${host}\`: \`${wanted}\` does not exist`,
      );
    }
  };
  const { dnsEntry, customDomainName, certificateArn } = service;
  const zone = zoneOf(dnsEntry.domainName);
  show(dnsEntry.domainName, index.get('certificate', zone), zone);
  if (customDomainName !== undefined && certificateArn !== undefined) {
    show(customDomainName, findCertificate(index, certificateArn), certificateArn);
  }
  return shown;
};

/** @param isUsed whether a service shows it: no other key leaves the control plane */
export const compileCertificate = (
  index: DocumentIndex,
  arn: string,
  isUsed: boolean,
): CertificatePart | undefined => {
  const certificate = isUsed ? findCertificate(index, arn) : undefined;
  if (!certificate) return undefined;
  // Clients that trust our own authority have its certificate: it need not be sent.
  const chain = certificate.type === 'IMPORTED' ? (certificate.chainPem ?? '') : '';
  return {
    kind: 'certificate',
    id: arn,
    certificatePem: certificate.certificatePem + chain,
    privateKeyPem: certificate.privateKeyPem,
  };
};

const findCertificate = (index: DocumentIndex, arn: string): Certificate | undefined => {
  const certificate = index.get('certificate', certificateIdOf(arn));
  return certificate?.arn === arn ? certificate : undefined;
};

/** Certificates that the service shows, each once. */
export const certificatesOf = (part: ServicePart | undefined): Set<string> =>
  new Set(part?.certificates.map(({ certificateId }) => certificateId));

/** Ids of the certificates that a service would show: of the zone of its name, and its own. */
export const wantedCertificateIds = (service: Service): string[] => [
  zoneOf(service.dnsEntry.domainName),
  ...(service.certificateArn === undefined ? [] : [certificateIdOf(service.certificateArn)]),
];

import { createHash } from 'node:crypto';
import { ID_PREFIXES } from './ids.ts';
import type { DnsEntry } from './resources.ts';

export interface DnsScope {
  readonly region: string;
  /** Seven hex digits that all names of a partition share. */
  readonly dnsPartitionId: string;
}

/** Where all generated names stand. */
export const dnsZone = ({ dnsPartitionId, region }: DnsScope): string =>
  `${dnsPartitionId}.vpc-lattice-svcs.${region}.on.aws`;

/** The generated name of a service, and the zone in which it stands. */
export const dnsEntryOf = (serviceName: string, serviceId: string, scope: DnsScope): DnsEntry => {
  const label = `${serviceName}-${serviceId.slice(ID_PREFIXES.service.length)}`;
  return {
    domainName: `${label}.${dnsZone(scope)}`,
    hostedZoneId: hostedZoneOf(scope.region),
  };
};

/** Published by AWS for one region; for the others we make one up that stays the same. */
const KNOWN_ZONES: Readonly<Record<string, string>> = { 'us-east-2': 'Z09127221KTH2CFUOHIZH' };

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const hostedZoneOf = (region: string): string => {
  const known = KNOWN_ZONES[region];
  if (known !== undefined) return known;
  const bytes = createHash('sha256').update(`hosted zone of ${region}`).digest().subarray(0, 20);
  return `Z${[...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
};

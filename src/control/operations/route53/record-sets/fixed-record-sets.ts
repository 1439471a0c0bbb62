import type { HostedZone } from '../../../../lattice/hosted-zone.ts';
import {
  NAME_SERVERS_TTL,
  SOA_TTL,
  ZONE_NAME_SERVERS,
  zoneAuthority,
} from '../../../../lattice/zone-authority.ts';
import type { ResourceRecordSet } from '../../../../protocol/generated/route53.ts';
import { formatDomainName } from '../domain-name.ts';

/** How many record sets a zone has from its beginning. */
export const FIXED_SETS = 2;

/** The record sets that every zone has and that stay as they are. */
export const fixedRecordSets = ({ name }: HostedZone): readonly ResourceRecordSet[] => {
  const { mname, rname, serial, refresh, retry, expire, minimum } = zoneAuthority;
  const numbers = [serial, refresh, retry, expire, minimum].join(' ');
  return [
    {
      Name: formatDomainName(name),
      Type: 'NS',
      TTL: NAME_SERVERS_TTL,
      ResourceRecords: ZONE_NAME_SERVERS.map((server) => ({ Value: `${server}.` })),
    },
    {
      Name: formatDomainName(name),
      Type: 'SOA',
      TTL: SOA_TTL,
      ResourceRecords: [{ Value: `${mname}. ${rname}. ${numbers}` }],
    },
  ];
};

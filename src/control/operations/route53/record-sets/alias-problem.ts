import { dnsEntryOf, dnsZone } from '../../../../lattice/dns-entry.ts';
import { type HostedZone, recordSetId } from '../../../../lattice/hosted-zone.ts';
import { ID_PREFIXES } from '../../../../lattice/ids.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { formatDomainName, isInZone } from '../domain-name.ts';
import type { WantedSet } from './parse-record-set.ts';

/**
 * What is wrong with an alias, in AWS's words: it has to stand for a service's generated name, or for
 * a record set of the same type in the same zone. Undefined for what is none, or is fine.
 */
export const aliasProblem = async (
  tx: ReadTransaction,
  zone: HostedZone,
  { type, alias }: WantedSet,
  context: RequestContext,
): Promise<string | undefined> => {
  if (alias === undefined) return undefined;
  const { hostedZoneId, dnsName } = alias;
  const tried = `Tried to create an alias that targets ${formatDomainName(dnsName)}, type ${type} in zone ${hostedZoneId}`;
  const generated = dnsEntryOf('', ID_PREFIXES.service, context.settings);
  const generatedZone = dnsZone(context.settings);
  const isOfService = hostedZoneId === generated.hostedZoneId;
  if (!isOfService && hostedZoneId !== zone.id) {
    return `${tried}, but aliases are built for records of the same hosted zone and for VPC Lattice services (zone ${generated.hostedZoneId})`;
  }
  if (!isInZone(dnsName, isOfService ? generatedZone : zone.name)) {
    return `${tried}, but the alias target name does not lie within the target zone`;
  }
  const exists = isOfService
    ? (type === 'A' || type === 'AAAA') && (await isServiceName(tx, dnsName))
    : (await tx.get('recordSet', recordSetId(zone.id, type, dnsName))) !== undefined;
  return exists ? undefined : `${tried}, but that target was not found`;
};

const HEX_DIGITS = 17;

/** Generated names end with the service's id, behind its prefix. */
const isServiceName = async (tx: ReadTransaction, name: string): Promise<boolean> => {
  const [label = ''] = name.split('.');
  const service = await tx.get('service', `${ID_PREFIXES.service}${label.slice(-HEX_DIGITS)}`);
  return service?.dnsEntry.domainName.toLowerCase() === name;
};

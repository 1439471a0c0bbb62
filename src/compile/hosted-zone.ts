import type { RecordSet } from '../lattice/hosted-zone.ts';
import { parseTxtValue } from '../lattice/txt-value.ts';
import type { HostedZonePart, RecordDataPart, RecordSetPart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';
import { normalHost } from './membership.ts';

export const compileHostedZone = (index: DocumentIndex, id: string): HostedZonePart | undefined => {
  const zone = index.get('hostedZone', id);
  // A copy: parts get frozen, documents are not ours.
  return zone && { kind: 'hostedZone', id, name: zone.name, vpcIds: [...zone.vpcIds] };
};

export const compileRecordSet = (index: DocumentIndex, id: string): RecordSetPart | undefined => {
  const set = index.get('recordSet', id);
  if (!set || !index.get('hostedZone', set.zoneId)) return undefined;
  return { kind: 'recordSet', id, zoneId: set.zoneId, name: set.name, data: dataOf(set) };
};

const dataOf = ({ type, ttl = 0, values = [], alias }: RecordSet): RecordDataPart => {
  if (alias !== undefined) return { type, aliasOf: alias.dnsName };
  if (type === 'TXT') {
    return { type, ttl, values: values.map((value) => parseTxtValue(value) ?? []) };
  }
  return { type, ttl, values: type === 'CNAME' ? values.map(normalHost) : [...values] };
};

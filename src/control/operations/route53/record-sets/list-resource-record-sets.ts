import type { RecordSet } from '../../../../lattice/hosted-zone.ts';
import type { ResourceRecordSet } from '../../../../protocol/generated/route53.ts';
import { formatDomainName, orderOfName, parseDomainName } from '../domain-name.ts';
import { invalidInput, unsupported } from '../errors.ts';
import { findZone } from '../find-zone.ts';
import { pageFrom, pageSize } from '../paging.ts';
import { route53Read } from '../route53-operation.ts';
import { fixedRecordSets } from './fixed-record-sets.ts';

const MOST_ITEMS = 300;

/** In order of names, from the last label to the first, then of types. */
export const listResourceRecordSets = route53Read<'ListResourceRecordSets'>(
  async (tx, input, context) => {
    const zone = await findZone(tx, input.HostedZoneId, context);
    const { StartRecordName: name, StartRecordType: type } = input;
    if (input.StartRecordIdentifier !== undefined) throw unsupported('StartRecordIdentifier');
    if (type !== undefined && name === undefined) {
      throw invalidInput('The input is not valid: a record type needs a record name.');
    }
    const size = pageSize(input.MaxItems, MOST_ITEMS);
    const { items } = await tx.list('recordSet', { index: 'zone', equals: zone.id });
    const ordered = [...fixedRecordSets(zone), ...items.map(recordSetAnswer)]
      .map((set) => ({ set, order: orderOf(set.Name, set.Type) }))
      .sort((a, b) => (a.order < b.order ? -1 : 1));
    const from = name === undefined ? '' : orderOf(name, type ?? '');
    const first = ordered.findIndex(({ order }) => order >= from);
    const { page, next } = pageFrom(ordered, first < 0 ? ordered.length : first, size);
    return {
      ResourceRecordSets: page.map(({ set }) => set),
      IsTruncated: next !== undefined,
      NextRecordName: next?.set.Name,
      NextRecordType: next?.set.Type,
      MaxItems: String(size),
    };
  },
);

const orderOf = (name: string, type: string): string =>
  `${orderOfName(parseDomainName(name, { wildcard: true }))}\0\0${type}`;

const recordSetAnswer = ({ name, type, ttl, values, alias }: RecordSet): ResourceRecordSet => ({
  Name: formatDomainName(name),
  Type: type,
  ...(ttl !== undefined && { TTL: ttl }),
  ...(values !== undefined && { ResourceRecords: values.map((Value) => ({ Value })) }),
  ...(alias !== undefined && {
    AliasTarget: {
      HostedZoneId: alias.hostedZoneId,
      DNSName: formatDomainName(alias.dnsName),
      EvaluateTargetHealth: alias.evaluateTargetHealth,
    },
  }),
});

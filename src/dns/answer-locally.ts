import type { Answer } from 'dns-packet';
import {
  NAME_SERVERS_TTL,
  SOA_TTL,
  ZONE_NAME_SERVERS,
  zoneAuthority,
} from '../lattice/zone-authority.ts';
import type { RecordDataPart } from '../snapshot/parts.ts';
import { carelessReading } from './dns-query.ts';
import type { NameDirectory } from './name-directory.ts';
import { RCODE } from './rcode.ts';
import type { RecordSets, ZoneNames } from './zone-names.ts';

/** What is known here about a name, for clients of one VPC. */
export interface LocalAnswer {
  readonly rcode: number;
  readonly answers: readonly Answer[];
  readonly authorities: readonly Answer[];
  /** A name that others know: its records belong behind `answers`. */
  readonly continueWith?: string;
}

/** Route 53 answers for aliases with the time to live of their targets, and 60 s for those of AWS. */
const SERVICE_TTL = 60;
/** Names that one answer goes through; longer chains are a mistake, or an attack. */
const MOST_STEPS = 16;

interface Asked {
  readonly vpcId: string;
  /** In lower case, without a final dot. */
  readonly name: string;
  /** The name as answers are to repeat it. */
  readonly askedName: string;
  readonly type: string;
}

/** @returns undefined for a name that nobody here knows. */
export const answerLocally = (directory: NameDirectory, asked: Asked): LocalAnswer | undefined => {
  const answers: Answer[] = [];
  let { name, askedName } = asked;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const owner = directory.ownerOf(asked.vpcId, name);
    if (owner.kind === 'elsewhere') {
      if (step > 0) return { rcode: RCODE.NOERROR, answers, authorities: [], continueWith: name };
      return readsLikeOurs(directory, asked) ? NOT_THERE : undefined;
    }
    if (owner.kind === 'generated') {
      const isZone = name === directory.generatedZone;
      const found = isZone
        ? apexRecords(askedName, asked.type)
        : serviceRecords(askedName, asked.type, owner.address);
      const exists = owner.address !== undefined || isZone;
      return ending(answers, found, exists, directory.generatedZone);
    }
    if (owner.kind === 'privateReverse') {
      const isZone = name === owner.zoneName;
      const found = isZone ? apexRecords(askedName, asked.type) : [];
      return ending(answers, found, isZone, owner.zoneName);
    }
    const { zone } = owner;
    const sets = zone.find(name);
    const cname = sets?.get('CNAME');
    if (cname === undefined || asked.type === 'CNAME' || asked.type === 'ANY') {
      const found = [
        ...recordsOf(directory, zone, sets, askedName, asked.type),
        ...(name === zone.name ? apexRecords(askedName, asked.type) : []),
      ];
      return ending(answers, found, sets !== undefined, zone.name);
    }
    answers.push(...encodeData(directory, zone, askedName, cname));
    const next = answers.at(-1);
    if (next?.type !== 'CNAME') break;
    name = next.data;
    askedName = name;
  }
  // As for a server that gives up: what is in the zone leads nowhere.
  return { rcode: RCODE.SERVFAIL, answers: [], authorities: [] };
};

const NOT_THERE: LocalAnswer = { rcode: RCODE.NXDOMAIN, answers: [], authorities: [] };

/** One label `www.shop` is not ours, but servers elsewhere are not to learn of `www.shop.example`. */
const readsLikeOurs = (directory: NameDirectory, { vpcId, name }: Asked): boolean => {
  const reading = carelessReading(name);
  return reading !== undefined && directory.ownerOf(vpcId, reading).kind !== 'elsewhere';
};

const ending = (
  before: readonly Answer[],
  found: readonly Answer[],
  exists: boolean,
  zoneName: string,
): LocalAnswer => {
  const answers = [...before, ...found];
  if (found.length > 0) return { rcode: RCODE.NOERROR, answers, authorities: [] };
  // A chain of names that ends nowhere is NXDOMAIN too (RFC 2308 §2.1).
  const rcode = exists ? RCODE.NOERROR : RCODE.NXDOMAIN;
  return { rcode, answers, authorities: [soaRecord(zoneName)] };
};

const serviceRecords = (
  name: string,
  type: string,
  address: { readonly ipv4: string; readonly ipv6: string } | undefined,
): Answer[] => {
  if (address === undefined) return [];
  const records: Answer[] = [
    { type: 'A', name, ttl: SERVICE_TTL, data: address.ipv4 },
    { type: 'AAAA', name, ttl: SERVICE_TTL, data: address.ipv6 },
  ];
  return records.filter((record) => type === record.type || type === 'ANY');
};

const recordsOf = (
  directory: NameDirectory,
  zone: ZoneNames,
  sets: RecordSets | undefined,
  name: string,
  type: string,
): Answer[] => {
  if (type === 'ANY') {
    return [...(sets?.values() ?? [])].flatMap((data) => encodeData(directory, zone, name, data));
  }
  const data = sets?.get(type);
  return data === undefined ? [] : encodeData(directory, zone, name, data);
};

/** The records of one set; of an alias, those of what it stands for, under its own name. */
const encodeData = (
  directory: NameDirectory,
  zone: ZoneNames,
  name: string,
  data: RecordDataPart,
): Answer[] => {
  let resolved: RecordDataPart | undefined = data;
  for (let step = 0; resolved !== undefined && 'aliasOf' in resolved; step += 1) {
    const { type, aliasOf }: { type: string; aliasOf: string } = resolved;
    const service = directory.serviceAt(aliasOf);
    if (service !== undefined) return serviceRecords(name, type, service);
    // What the alias stood for may be gone.
    if (!isWithin(aliasOf, zone.name) || step === MOST_STEPS) return [];
    resolved = zone.find(aliasOf)?.get(type);
  }
  if (resolved === undefined || 'aliasOf' in resolved) return [];
  const { ttl } = resolved;
  if (resolved.type === 'TXT') {
    return resolved.values.map((texts) => ({
      type: 'TXT',
      name,
      ttl,
      data: texts.map((text) => Buffer.from(text, 'latin1')),
    }));
  }
  const { type } = resolved;
  return resolved.values.map((value) => ({ type, name, ttl, data: value }));
};

/** What every zone has, whatever else stands at its apex. */
const apexRecords = (name: string, type: string): Answer[] => {
  const records: Answer[] = [
    soaRecord(name),
    ...ZONE_NAME_SERVERS.map((data): Answer => ({ type: 'NS', name, ttl: NAME_SERVERS_TTL, data })),
  ];
  return records.filter((record) => type === record.type || type === 'ANY');
};

/** Also with answers without records, where it says for how long nobody need ask again (RFC 2308). */
const soaRecord = (name: string): Answer => ({
  type: 'SOA',
  name,
  ttl: SOA_TTL,
  data: { ...zoneAuthority },
});

const isWithin = (name: string, zoneName: string): boolean =>
  name === zoneName || name.endsWith(`.${zoneName}`);

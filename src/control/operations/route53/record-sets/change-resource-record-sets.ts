import {
  type HostedZone,
  RECORD_TYPES,
  type RecordSet,
  recordSetId,
} from '../../../../lattice/hosted-zone.ts';
import type { ChangeAction } from '../../../../protocol/generated/route53.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { newChange } from '../changes.ts';
import { formatDomainName, isInZone } from '../domain-name.ts';
import { invalidChangeBatch } from '../errors.ts';
import { findZone } from '../find-zone.ts';
import { route53Write } from '../route53-operation.ts';
import { aliasProblem } from './alias-problem.ts';
import { parseRecordSet, type WantedSet } from './parse-record-set.ts';
import { problemsOfValues } from './record-values.ts';

/** "Quotas on Route 53 API requests": of one batch. */
const MOST_CHANGES = 1000;

/**
 * Applies a batch of changes in their order, all or none: what is wrong with one of them throws, and
 * the transaction takes back the others.
 */
export const changeResourceRecordSets = route53Write<'ChangeResourceRecordSets'>(
  async (tx, input, context) => {
    const zone = await findZone(tx, input.HostedZoneId, context);
    const { Changes: changes, Comment: comment } = input.ChangeBatch;
    if (changes.length > MOST_CHANGES) {
      throw invalidChangeBatch([`Number of records limit of ${MOST_CHANGES} exceeded.`]);
    }
    const parsed = changes.map((change) => ({
      action: change.Action,
      wanted: parseRecordSet(change),
    }));
    const contradictions = contradictionsIn(parsed);
    if (contradictions.length > 0) throw invalidChangeBatch(contradictions);
    const problems: string[] = [];
    const names = new Set<string>();
    for (const { action, wanted } of parsed) {
      const found = problemsOf(zone, wanted);
      problems.push(...found);
      if (found.length > 0) continue;
      names.add(wanted.name);
      const problem = await apply(tx, zone, action, wanted, context);
      if (problem !== undefined) problems.push(problem);
    }
    // Only at the end: a name may lose a record set and get another one in one batch.
    for (const name of names) problems.push(...(await conflictsAt(tx, zone, name)));
    if (problems.length === 0) problems.push(...(await excess(tx, zone, context)));
    if (problems.length > 0) throw invalidChangeBatch(problems);
    return { ChangeInfo: newChange(context, comment) };
  },
);

interface ParsedChange {
  readonly action: ChangeAction;
  readonly wanted: WantedSet;
}

/** A batch changes each record set once, or deletes it and then makes it anew. */
const contradictionsIn = (changes: readonly ParsedChange[]): readonly string[] => {
  const bySet = Map.groupBy(
    changes,
    ({ wanted: { name, type } }) => `${type} ${formatDomainName(name)}`,
  );
  return [...bySet].flatMap(([set, [first, second, third]]) => {
    const isReplaced = first?.action === 'DELETE' && second?.action !== 'DELETE';
    if (second === undefined || (isReplaced && third === undefined)) return [];
    return [`The request contains an invalid set of changes for a resource record set '${set}'`];
  });
};

/** What can be seen in the record set and its zone alone. */
const problemsOf = (zone: HostedZone, { name, type, values }: WantedSet): readonly string[] => {
  const [shown, inZone] = [formatDomainName(name), formatDomainName(zone.name)];
  if (!isInZone(name, zone.name)) {
    return [`RRSet with DNS name ${shown} is not permitted in zone ${inZone}`];
  }
  if (type === 'CNAME' && name === zone.name) {
    return [
      `RRSet of type CNAME with DNS name ${shown} is not permitted at apex in zone ${inZone}`,
    ];
  }
  return values === undefined ? [] : problemsOfValues(type, values);
};

/** @returns what keeps the change from being made */
const apply = async (
  tx: WriteTransaction,
  zone: HostedZone,
  action: ChangeAction,
  wanted: WantedSet,
  context: RequestContext,
): Promise<string | undefined> => {
  const { name, type } = wanted;
  const id = recordSetId(zone.id, type, name);
  const before = await tx.get('recordSet', id);
  const which = `resource record set [name='${formatDomainName(name)}', type='${type}']`;
  if (action === 'DELETE') {
    if (before === undefined) return `Tried to delete ${which} but it was not found`;
    if (!isSame(before, wanted)) {
      return `Tried to delete ${which} but the values provided do not match the current values`;
    }
    await tx.delete('recordSet', id);
    return undefined;
  }
  if (action === 'CREATE' && before !== undefined) {
    return `Tried to create ${which} but it already exists`;
  }
  const problem = await aliasProblem(tx, zone, wanted, context);
  if (problem !== undefined) return problem;
  const now = context.now.toISOString();
  const after: RecordSet = {
    id,
    accountId: zone.accountId,
    zoneId: zone.id,
    ...wanted,
    createdAt: before?.createdAt ?? now,
    lastUpdatedAt: now,
  };
  await (before === undefined ? tx.insert('recordSet', after) : tx.update('recordSet', after));
  return undefined;
};

/** The order of values says nothing. */
const isSame = (a: WantedSet, b: WantedSet): boolean => facts(a) === facts(b);

const facts = ({ ttl, values, alias }: WantedSet): string =>
  JSON.stringify([
    ttl,
    values?.toSorted(),
    alias && [alias.hostedZoneId, alias.dnsName, alias.evaluateTargetHealth],
  ]);

/** A name with a CNAME has nothing else (RFC 1034 §3.6.2). */
const conflictsAt = async (
  tx: WriteTransaction,
  zone: HostedZone,
  name: string,
): Promise<readonly string[]> => {
  const present: string[] = [];
  for (const type of RECORD_TYPES) {
    if (await tx.get('recordSet', recordSetId(zone.id, type, name))) present.push(type);
  }
  if (present.length < 2 || !present.includes('CNAME')) return [];
  return [
    `RRSet of type CNAME with DNS name ${formatDomainName(name)} is not permitted as it conflicts with other records with the same DNS name in zone ${formatDomainName(zone.name)}`,
  ];
};

const excess = async (
  tx: WriteTransaction,
  zone: HostedZone,
  { settings }: RequestContext,
): Promise<readonly string[]> => {
  const most = settings.quotas.recordSetsPerHostedZone;
  const count = await tx.count('recordSet', { index: 'zone', equals: zone.id });
  return count <= most
    ? []
    : [
        `Number of records limit of ${most} exceeded; raise \`quotas.recordSetsPerHostedZone\` in settings.json of the data folder`,
      ];
};

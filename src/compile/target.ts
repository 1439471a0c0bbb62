import type { Target, TargetGroup } from '../lattice/resources.ts';
import { targetKey } from '../lattice/target-key.ts';
import type { AddressMapping } from '../lattice/vpc.ts';
import type { DialAddress, TargetPart } from '../snapshot/parts.ts';
import { type DocumentIndex, mappingKey } from './document-index.ts';
import { oldestFirst } from './grouped.ts';
import type { Report } from './problem.ts';

/** Targets of a group in order of registration. */
export const compileTargets = (
  index: DocumentIndex,
  group: TargetGroup,
  report: Report,
): TargetPart[] => {
  const targets = new Map<string, TargetPart>();
  for (const target of oldestFirst(index.targetsByGroup.of(group.id))) {
    const key = targetKey(target.targetId, target.port);
    if (targets.has(key)) {
      report(
        'duplicateTarget',
        target.id,
        `target \`${key}\` of \`${group.id}\` is registered twice: \`${target.id}\` is left out`,
      );
    } else {
      targets.set(key, compileTarget(index, group, target, key));
    }
  }
  return [...targets.values()];
};

const compileTarget = (
  index: DocumentIndex,
  { type, config }: TargetGroup,
  { targetId, port, drainUntil }: Target,
  key: string,
): TargetPart => {
  const own = type === 'IP' ? targetId : addressOfInstance(index, config.vpcIdentifier, targetId);
  const mappings = mappingsOf(index, config.vpcIdentifier, targetId, own);
  const dial = dialAddress(mappings, own, port);
  const checkPort = config.healthCheck?.enabled ? config.healthCheck.port : undefined;
  const healthDial = checkPort && dial && dialAddress(mappings, own ?? dial.host, checkPort);
  return {
    key,
    targetId,
    port,
    // Of an instance that was never launched here only its place on this machine is known.
    address: own ?? dial?.host,
    dial,
    ...(healthDial && { healthDial }),
    draining: drainUntil !== undefined,
  };
};

/** Undefined for one that is in another VPC, was terminated, or was never launched here. */
const addressOfInstance = (
  index: DocumentIndex,
  vpcId: string | undefined,
  id: string,
): string | undefined => {
  const instance = index.get('instance', id);
  const isThere = instance?.vpcId === vpcId && instance?.terminatedAt === undefined;
  return isThere ? instance?.privateIpAddress : undefined;
};

interface Mappings {
  readonly byPort: ReadonlyMap<number, AddressMapping>;
  readonly whole: AddressMapping | undefined;
}

/** Of a target; `address` is that of an instance, whose own id counts for more. */
const mappingsOf = (
  index: DocumentIndex,
  vpcId: string | undefined,
  targetId: string,
  address: string | undefined,
): Mappings => {
  const byPort = new Map<number, AddressMapping>();
  let whole: AddressMapping | undefined;
  if (vpcId === undefined) return { byPort, whole };
  for (const name of new Set([address ?? targetId, targetId])) {
    // Two ways of writing one IPv6 address may both be mapped: the younger mapping wins.
    for (const mapping of oldestFirst(index.mappingsByAddress.of(mappingKey(vpcId, name)))) {
      if (mapping.port === undefined) whole = mapping;
      else byPort.set(mapping.port, mapping);
    }
  }
  return { byPort, whole };
};

/** `own`: where to dial an address that is not mapped. */
const dialAddress = (
  { byPort, whole }: Mappings,
  own: string | undefined,
  port: number,
): DialAddress | undefined => {
  const mapping = byPort.get(port) ?? whole;
  if (mapping) return { host: mapping.host, port: mapping.hostPort ?? port };
  return own === undefined ? undefined : { host: own, port };
};

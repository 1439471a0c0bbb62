import { keyOf } from './delta.ts';
import { type Part, type PartKey, type Parts, partKey, type SnapshotDelta } from './parts.ts';

/** A snapshot or delta that must not be served: always a bug of the compiler. */
export class InconsistentSnapshotError extends Error {
  readonly code = 'INCONSISTENT_SNAPSHOT';
  readonly inconsistencies: readonly string[];

  constructor(inconsistencies: readonly string[]) {
    super(`the snapshot is inconsistent: ${inconsistencies.slice(0, 5).join('; ')}`);
    this.name = 'InconsistentSnapshotError';
    this.inconsistencies = inconsistencies;
  }
}

/**
 * Every reference resolves, names and numbers that must be unique are, a target group is marked as
 * used exactly when a service refers to it, and a certificate is there only if a service shows it.
 * @throws InconsistentSnapshotError
 */
export const assertConsistent = (parts: Parts): void => {
  const checker = new ConsistencyChecker();
  const misplaced = [...parts].filter(([key, part]) => keyOf(part) !== key);
  const inconsistencies = [
    ...misplaced.map(([key, part]) => `\`${keyOf(part)}\` is kept under \`${key}\``),
    ...checker.check({ revision: 0, full: true, upsert: [...parts.values()], remove: [] }),
  ];
  if (inconsistencies.length > 0) throw new InconsistentSnapshotError(inconsistencies);
};

/** Follows a snapshot delta by delta and checks what each touches, at the cost of what it touches. */
export class ConsistencyChecker {
  readonly #parts = new Map<PartKey, Part>();
  /** Who refers to a key. */
  readonly #referrers = new Map<PartKey, Set<PartKey>>();
  /** Memberships by network and host. */
  readonly #hosts = new Map<string, Set<PartKey>>();

  /** What is wrong after the delta, in words; after anything is, start a new checker. */
  check(delta: SnapshotDelta): string[] {
    if (delta.full) {
      this.#parts.clear();
      this.#referrers.clear();
      this.#hosts.clear();
    }
    const touched = new Set<PartKey>();
    for (const key of delta.remove) this.#replace(key, undefined, touched);
    for (const part of delta.upsert) this.#replace(keyOf(part), part, touched);
    return [
      ...delta.upsert.flatMap(ownInconsistencies),
      ...[...touched].flatMap((key) => this.#inconsistencies(key)),
    ];
  }

  #replace(key: PartKey, after: Part | undefined, touched: Set<PartKey>): void {
    const before = this.#parts.get(key);
    if (after) this.#parts.set(key, after);
    else this.#parts.delete(key);
    touched.add(key);
    for (const to of referencesOf(before)) {
      removeFrom(this.#referrers, to, key);
      touched.add(to);
    }
    for (const to of referencesOf(after)) {
      addTo(this.#referrers, to, key);
      touched.add(to);
    }
    for (const host of hostsOf(before)) removeFrom(this.#hosts, host, key);
    for (const host of hostsOf(after)) addTo(this.#hosts, host, key);
  }

  #inconsistencies(key: PartKey): string[] {
    const part = this.#parts.get(key);
    const referrers = this.#referrers.get(key);
    if (!part) {
      return [...(referrers ?? [])].map(
        (from) => `\`${from}\` refers to \`${key}\`, which is missing`,
      );
    }
    if (part.kind === 'membership') {
      return hostsOf(part)
        .filter((host) => (this.#hosts.get(host)?.size ?? 0) > 1)
        .map((host) => `\`${key}\` shares its host: \`${host}\``);
    }
    if (part.kind === 'targetGroup' && part.used !== (referrers !== undefined)) {
      return [`\`${key}\` says used: ${part.used}, but ${referrers?.size ?? 0} services use it`];
    }
    if (part.kind === 'certificate' && referrers === undefined) {
      // Its key has no business in a worker.
      return [`\`${key}\` is shown by no service`];
    }
    return [];
  }
}

/** What can be seen in the part alone. */
const ownInconsistencies = (part: Part): string[] => {
  switch (part.kind) {
    case 'service':
      return [
        ...(isAscending(part.listeners.map(({ port }) => port))
          ? []
          : [`listeners of \`${keyOf(part)}\` are not ascending by port`]),
        ...part.listeners
          .filter(({ rules }) => !isAscending(rules.map(({ priority }) => priority)))
          .map(({ id }) => `rules of listener \`${id}\` are not ascending by priority`),
        ...(new Set(part.certificates.map(({ host }) => host)).size < part.certificates.length
          ? [`\`${keyOf(part)}\` has two certificates for one host`]
          : []),
      ];
    case 'membership':
      return part.hosts.length === 0 ? [`\`${keyOf(part)}\` has no host`] : [];
    case 'targetGroup':
      return new Set(part.targets.map(({ key }) => key)).size < part.targets.length
        ? [`\`${keyOf(part)}\` has a target twice`]
        : [];
    case 'certificate':
    case 'network':
    case 'vpc':
    case 'subnet':
    case 'networkInterface':
    case 'securityGroup':
    case 'networkAcl':
    case 'account':
    case 'accessKey':
    case 'principal':
    case 'group':
    case 'managedPolicy':
    case 'sessionTokenKey':
    case 'hostedZone':
    case 'recordSet':
      return [];
    default:
      return part satisfies never;
  }
};

const referencesOf = (part: Part | undefined): Iterable<PartKey> => {
  switch (part?.kind) {
    case 'vpc':
      return part.networkId === undefined ? [] : [partKey('network', part.networkId)];
    case 'membership':
      return [partKey('network', part.networkId), partKey('service', part.serviceId)];
    case 'service':
      return new Set([
        ...part.listeners
          .flatMap((one) => [one.defaultAction, ...one.rules.map((rule) => rule.action)])
          .flatMap((action) => (action.type === 'forward' ? action.targetGroups : []))
          .map(({ targetGroupId }) => partKey('targetGroup', targetGroupId)),
        ...part.certificates.map(({ certificateId }) => partKey('certificate', certificateId)),
      ]);
    case 'accessKey':
      return part.userId === undefined ? [] : [partKey('principal', part.userId)];
    case 'recordSet':
      return [partKey('hostedZone', part.zoneId)];
    // Not the managed policies: one that is gone allows nothing, and those of AWS are no parts.
    case 'principal':
      return part.groupIds.map((id) => partKey('group', id));
    default:
      return [];
  }
};

const hostsOf = (part: Part | undefined): string[] =>
  part?.kind === 'membership' ? part.hosts.map((host) => `${part.networkId} ${host}`) : [];

/** Strictly, so without a number twice. */
const isAscending = (numbers: readonly number[]): boolean =>
  numbers.every((number, index) => index === 0 || number > numbers[index - 1]!);

const addTo = (map: Map<string, Set<string>>, key: string, value: string): void => {
  const values = map.get(key);
  if (values) values.add(value);
  else map.set(key, new Set([value]));
};

const removeFrom = (map: Map<string, Set<string>>, key: string, value: string): void => {
  const values = map.get(key);
  values?.delete(value);
  if (values?.size === 0) map.delete(key);
};

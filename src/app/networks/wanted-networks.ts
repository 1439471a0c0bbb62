import type { Change, Documents } from '../../lattice/documents.ts';
import type { Instance, Subnet, Vpc } from '../../lattice/vpc.ts';
import type { Part, PartKey, SnapshotDelta } from '../../snapshot/parts.ts';
import type { VpcNetwork } from '../../underlay/netns/plan-vpc.ts';

/** What a VPC is to be, and at which ports somebody is to answer in it: those of its services. */
export interface WantedNetwork {
  readonly network: VpcNetwork;
  readonly ports: ReadonlySet<number>;
}

/**
 * What is wanted of every VPC, from documents (machines and addresses) and from the snapshot
 * (associations and listeners). A change costs what it touches.
 */
export class WantedNetworks {
  readonly #vpcs = new Map<string, Vpc>();
  readonly #subnets = new Map<string, Subnet>();
  readonly #instances = new Map<string, Instance>();
  /** By VPC. */
  readonly #subnetsOf = new Map<string, Set<string>>();
  readonly #instancesOf = new Map<string, Set<string>>();
  readonly #networkOf = new Map<string, string>();
  /** Associations of services with networks, by id; services of a network, and networks of a service. */
  readonly #memberships = new Map<string, { networkId: string; serviceId: string }>();
  readonly #servicesOf = new Map<string, Set<string>>();
  readonly #networksOf = new Map<string, Set<string>>();
  readonly #portsOf = new Map<string, readonly number[]>();
  readonly #touchedVpcs = new Set<string>();
  readonly #touchedNetworks = new Set<string>();

  /** Takes over documents as they are: put, or without `after` removed. */
  put({ kind, id, before, after }: Change): void {
    if (kind === 'vpc') this.#put(this.#vpcs, undefined, id, before, after);
    if (kind === 'subnet') this.#put(this.#subnets, this.#subnetsOf, id, before, after);
    if (kind === 'instance') this.#put(this.#instances, this.#instancesOf, id, before, after);
  }

  apply({ full, upsert, remove }: SnapshotDelta): void {
    if (full) {
      for (const vpcId of [...this.#networkOf.keys()]) this.#associate(vpcId, undefined);
      for (const id of [...this.#memberships.keys()]) this.#join(id, undefined);
      this.#portsOf.clear();
    }
    for (const key of remove) {
      const [kind, id] = splitKey(key);
      if (kind === 'vpc') this.#associate(id, undefined);
      if (kind === 'membership') this.#join(id, undefined);
      if (kind === 'service') this.#serve(id, []);
    }
    for (const part of upsert) this.#upsert(part);
  }

  get isTouched(): boolean {
    return this.#touchedVpcs.size + this.#touchedNetworks.size > 0;
  }

  /** VPCs that may have changed since the last time. */
  takeTouched(): readonly string[] {
    const vpcIds = new Set(this.#touchedVpcs);
    if (this.#touchedNetworks.size > 0) {
      for (const [vpcId, networkId] of this.#networkOf) {
        if (this.#touchedNetworks.has(networkId)) vpcIds.add(vpcId);
      }
    }
    this.#touchedVpcs.clear();
    this.#touchedNetworks.clear();
    return [...vpcIds];
  }

  touch(vpcId: string): void {
    this.#touchedVpcs.add(vpcId);
  }

  /** Undefined for a VPC that there is not. */
  of(vpcId: string): WantedNetwork | undefined {
    const vpc = this.#vpcs.get(vpcId);
    if (vpc === undefined) return undefined;
    const subnets = [...(this.#subnetsOf.get(vpcId) ?? [])].map((id) => this.#subnets.get(id)!);
    const instances = [...(this.#instancesOf.get(vpcId) ?? [])].flatMap((id) => {
      const instance = this.#instances.get(id)!;
      const subnet = this.#subnets.get(instance.subnetId);
      return subnet === undefined || instance.terminatedAt !== undefined
        ? []
        : [{ ...instance, subnet }];
    });
    const networkId = this.#networkOf.get(vpcId);
    return {
      network: { ...vpc, isAssociated: networkId !== undefined, subnets, instances },
      ports: networkId === undefined ? new Set() : this.#portsIn(networkId),
    };
  }

  #portsIn(networkId: string): ReadonlySet<number> {
    const ports = new Set<number>();
    for (const serviceId of this.#servicesOf.get(networkId) ?? []) {
      for (const port of this.#portsOf.get(serviceId) ?? []) ports.add(port);
    }
    return ports;
  }

  #put<K extends 'vpc' | 'subnet' | 'instance'>(
    documents: Map<string, Documents[K]>,
    byVpc: Map<string, Set<string>> | undefined,
    id: string,
    before: Change['before'],
    after: Change['after'],
  ): void {
    const present = (after ?? before ?? documents.get(id)) as Documents[K] | undefined;
    if (present === undefined) return;
    const vpcId = 'vpcId' in present ? present.vpcId : id;
    if (after === undefined) documents.delete(id);
    else documents.set(id, after as Documents[K]);
    if (byVpc) setMember(byVpc, vpcId, id, after !== undefined);
    this.#touchedVpcs.add(vpcId);
  }

  #upsert(part: Part): void {
    if (part.kind === 'vpc') this.#associate(part.id, part.networkId);
    if (part.kind === 'membership') this.#join(part.id, part);
    if (part.kind === 'service') {
      this.#serve(
        part.id,
        part.listeners.map(({ port }) => port),
      );
    }
  }

  #associate(vpcId: string, networkId: string | undefined): void {
    if (this.#networkOf.get(vpcId) === networkId) return;
    if (networkId === undefined) this.#networkOf.delete(vpcId);
    else this.#networkOf.set(vpcId, networkId);
    this.#touchedVpcs.add(vpcId);
  }

  #join(id: string, after: { networkId: string; serviceId: string } | undefined): void {
    for (const [membership, isMember] of [
      [this.#memberships.get(id), false],
      [after, true],
    ] as const) {
      if (membership === undefined) continue;
      const { networkId, serviceId } = membership;
      setMember(this.#servicesOf, networkId, serviceId, isMember);
      setMember(this.#networksOf, serviceId, networkId, isMember);
      this.#touchedNetworks.add(networkId);
    }
    if (after === undefined) this.#memberships.delete(id);
    else this.#memberships.set(id, after);
  }

  #serve(serviceId: string, ports: readonly number[]): void {
    if (String(this.#portsOf.get(serviceId) ?? []) === String(ports)) return;
    if (ports.length === 0) this.#portsOf.delete(serviceId);
    else this.#portsOf.set(serviceId, ports);
    for (const networkId of this.#networksOf.get(serviceId) ?? []) {
      this.#touchedNetworks.add(networkId);
    }
  }
}

const setMember = (
  sets: Map<string, Set<string>>,
  key: string,
  member: string,
  isMember: boolean,
): void => {
  const set = sets.get(key) ?? new Set();
  if (isMember) set.add(member);
  else set.delete(member);
  if (set.size === 0) sets.delete(key);
  else sets.set(key, set);
};

/** `vpc/vpc-0abc` -> `vpc`, `vpc-0abc`. */
const splitKey = (key: PartKey): [kind: string, id: string] => {
  const slash = key.indexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
};

import type {
  CertificatePart,
  ListenerPart,
  MembershipPart,
  NetworkPart,
  Part,
  PartKey,
  ServicePart,
  SnapshotDelta,
  TargetGroupPart,
  VpcPart,
} from '../snapshot/parts.ts';
import { partKey } from '../snapshot/parts.ts';
import { Admission, type AdmissionPart } from './admission/admission.ts';
import { type AuthPolicyLayer, authPolicyLayer } from './auth/auth-policy-layer.ts';
import type { CallerDirectory } from './auth/caller.ts';
import { Counters } from './counters.ts';
import { HostTable } from './host-table.ts';
import { Identities } from './identity/identities.ts';
import type { IdentityPart } from './identity/identity-parts.ts';
import { type CompiledRoutes, compileRoutes } from './route/compiled-routes.ts';
import type { Share } from './shared-room.ts';
import { TargetGroupRuntime } from './target/target-group.ts';
import type { TargetRuntime } from './target/target-runtime.ts';

export type { TargetGroupRuntime } from './target/target-group.ts';
export type { TargetRuntime } from './target/target-runtime.ts';

export interface StateOptions {
  /** Epoch ms. */
  readonly now: () => number;
}

export interface VpcRuntime {
  readonly part: VpcPart;
  /** The service network that the VPC is associated with. */
  readonly network: NetworkRuntime | undefined;
  /** Header lines for targets, each with its CRLF: x-amzn-lattice-network and x-amzn-source-vpc. */
  readonly sourceVpcHeader: string;
  readonly shares: VpcShares;
}

/** What a VPC has of what a worker has only so much of; the same object as long as the VPC is there. */
export interface VpcShares {
  /** Its clients' requests and passed-through connections that are under way. */
  readonly requests: Share;
  /** Connections to its targets that are kept. */
  readonly kept: Share;
  /** Its connections that ask for names. */
  readonly names: Share;
}

/** Replaced as a whole when its part changes; `hosts` stays the same map. */
export interface NetworkRuntime {
  readonly part: NetworkPart;
  /** By host name in lower case, without port. */
  readonly hosts: ReadonlyMap<string, ServiceRuntime>;
  /** Undefined when the network asks for no authentication. */
  readonly authLayer: AuthPolicyLayer<'network-based policy'> | undefined;
}

/** Replaced as a whole when its part changes (a request keeps the one it began with); the counters stay. */
export interface ServiceRuntime {
  readonly part: ServicePart;
  readonly listeners: ReadonlyMap<number, ListenerRuntime>;
  readonly counters: Counters;
  /** Undefined when the service asks for no authentication. */
  readonly authLayer: AuthPolicyLayer<'service-based policy'> | undefined;
}

export interface ListenerRuntime {
  readonly part: ListenerPart;
  readonly routes: CompiledRoutes;
}

/**
 * What a data-plane worker knows: the snapshot, ready to be used. `apply` touches only what a delta
 * names; parts may come in any order, and a reference that leads nowhere yet resolves when its
 * other end arrives.
 */
export class DataPlaneState {
  readonly #options: StateOptions;
  readonly #parts = new Map<PartKey, Part>();
  readonly #vpcs = new Map<string, VpcRuntime>();
  readonly #networks = new Map<string, NetworkRuntime>();
  readonly #services = new Map<string, ServiceRuntime>();
  readonly #targetGroups = new Map<string, TargetGroupRuntime>();
  readonly #certificates = new Map<string, CertificatePart>();
  readonly #hostTables = new Map<string, HostTable>();
  readonly #memberships = new Map<string, Map<string, MembershipPart>>();
  readonly #identities = new Identities();
  readonly #admission = new Admission();
  readonly #draining = new Set<TargetRuntime>();
  readonly #removedListeners: ((target: TargetRuntime) => void)[] = [];
  readonly #changedListeners: ((group: TargetGroupRuntime) => void)[] = [];
  #revision = 0;

  constructor(options: StateOptions) {
    this.#options = options;
  }

  /** Revision of the last delta that was applied; 0 before the first. */
  get revision(): number {
    return this.#revision;
  }

  get vpcs(): ReadonlyMap<string, VpcRuntime> {
    return this.#vpcs;
  }

  get networks(): ReadonlyMap<string, NetworkRuntime> {
    return this.#networks;
  }

  get services(): ReadonlyMap<string, ServiceRuntime> {
    return this.#services;
  }

  get targetGroups(): ReadonlyMap<string, TargetGroupRuntime> {
    return this.#targetGroups;
  }

  /** Who calls, by what requests are signed with. */
  get callers(): CallerDirectory {
    return this.#identities;
  }

  /** Who may connect where, by security groups and network ACLs. */
  get admission(): Admission {
    return this.#admission;
  }

  /** By ARN. The object stays the same as long as the certificate does. */
  get certificates(): ReadonlyMap<string, CertificatePart> {
    return this.#certificates;
  }

  /** Targets that are deregistering: they get no new request and are waited for. */
  get draining(): ReadonlySet<TargetRuntime> {
    return this.#draining;
  }

  /** `listener` hears of each target that is gone, so that its transport can be closed. */
  onTargetRemoved(listener: (target: TargetRuntime) => void): void {
    this.#removedListeners.push(listener);
  }

  /** `listener` hears of each target group that came, changed or went (then without targets). */
  onTargetGroupChanged(listener: (group: TargetGroupRuntime) => void): void {
    this.#changedListeners.push(listener);
  }

  /** Takes over a delta; once it returns every new request sees it. */
  apply(delta: SnapshotDelta): void {
    const arriving = new Set(delta.upsert.map((part) => partKey(part.kind, part.id)));
    for (const key of delta.full ? [...this.#parts.keys()] : delta.remove) {
      const part = this.#parts.get(key);
      // Part and not departed: what is named on both lists stays, and keeps its targets' health.
      if (part === undefined || arriving.has(key)) continue;
      this.#parts.delete(key);
      this.#change(part, undefined);
    }
    for (const part of delta.upsert) {
      const key = partKey(part.kind, part.id);
      const before = this.#parts.get(key);
      if (before !== undefined && isSame(before, part)) continue;
      this.#parts.set(key, part);
      this.#change(before, part);
    }
    this.#revision = delta.revision;
  }

  #change(before: Part | undefined, after: Part | undefined): void {
    const part = (after ?? before) as Part;
    switch (part.kind) {
      case 'vpc':
        if (after === undefined) this.#vpcs.delete(part.id);
        else this.#vpcs.set(part.id, makeVpc(part, this.#vpcs.get(part.id), this.#networks));
        return;
      case 'network':
        this.#changeNetwork(part, after !== undefined);
        return;
      case 'membership':
        if (before !== undefined) this.#removeMembership(before as MembershipPart);
        if (after !== undefined) this.#addMembership(part);
        return;
      case 'service':
        this.#changeService(part, after !== undefined);
        return;
      case 'targetGroup':
        this.#changeTargetGroup(part, after !== undefined);
        return;
      case 'certificate':
        if (after === undefined) this.#certificates.delete(part.id);
        else this.#certificates.set(part.id, part);
        return;
      case 'subnet':
      case 'networkInterface':
      case 'securityGroup':
      case 'networkAcl':
        this.#admission.change(
          before as AdmissionPart | undefined,
          after as AdmissionPart | undefined,
        );
        return;
      case 'account':
      case 'accessKey':
      case 'principal':
      case 'group':
      case 'managedPolicy':
      case 'sessionTokenKey':
        this.#identities.change(
          before as IdentityPart | undefined,
          after as IdentityPart | undefined,
        );
        return;
      // Names are the resolver's matter.
      case 'hostedZone':
      case 'recordSet':
        return;
      default:
        part satisfies never;
    }
  }

  #changeNetwork(part: NetworkPart, exists: boolean): void {
    if (exists) {
      this.#networks.set(part.id, {
        part,
        hosts: this.#hostTable(part.id).hosts,
        authLayer: authPolicyLayer('network-based policy', part),
      });
    } else {
      this.#networks.delete(part.id);
      this.#dropUnusedHostTable(part.id);
    }
  }

  #addMembership(part: MembershipPart): void {
    let ofService = this.#memberships.get(part.serviceId);
    if (ofService === undefined) {
      ofService = new Map();
      this.#memberships.set(part.serviceId, ofService);
    }
    ofService.set(part.id, part);
    this.#hostTable(part.networkId).add(part);
  }

  #removeMembership(part: MembershipPart): void {
    const ofService = this.#memberships.get(part.serviceId);
    ofService?.delete(part.id);
    if (ofService?.size === 0) this.#memberships.delete(part.serviceId);
    this.#hostTables.get(part.networkId)?.remove(part);
    this.#dropUnusedHostTable(part.networkId);
  }

  #changeService(part: ServicePart, exists: boolean): void {
    const before = this.#services.get(part.id);
    if (exists) this.#services.set(part.id, makeService(part, before, this.#targetGroups));
    else this.#services.delete(part.id);
    for (const membership of this.#memberships.get(part.id)?.values() ?? []) {
      this.#hostTables.get(membership.networkId)?.refresh(membership);
    }
  }

  #changeTargetGroup(part: TargetGroupPart, exists: boolean): void {
    let group = this.#targetGroups.get(part.id);
    if (!exists) {
      this.#targetGroups.delete(part.id);
      group?.close();
    } else if (group === undefined) {
      group = new TargetGroupRuntime(part, {
        now: this.#options.now,
        onTargetRemoved: (target) => this.#targetRemoved(target),
      });
      this.#targetGroups.set(part.id, group);
    } else {
      group.update(part);
    }
    if (group === undefined) return;
    for (const target of group.targets.values()) {
      if (target.part.draining) this.#draining.add(target);
      else this.#draining.delete(target);
    }
    for (const listener of this.#changedListeners) listener(group);
  }

  #targetRemoved(target: TargetRuntime): void {
    this.#draining.delete(target);
    for (const listener of this.#removedListeners) listener(target);
  }

  #hostTable(networkId: string): HostTable {
    let table = this.#hostTables.get(networkId);
    if (table === undefined) {
      table = new HostTable((serviceId) => this.#services.get(serviceId));
      this.#hostTables.set(networkId, table);
    }
    return table;
  }

  #dropUnusedHostTable(networkId: string): void {
    if (this.#networks.has(networkId) || this.#hostTables.get(networkId)?.isEmpty !== true) return;
    this.#hostTables.delete(networkId);
  }
}

function makeVpc(
  part: VpcPart,
  before: VpcRuntime | undefined,
  networks: ReadonlyMap<string, NetworkRuntime>,
): VpcRuntime {
  return {
    part,
    get network() {
      return part.networkId === undefined ? undefined : networks.get(part.networkId);
    },
    sourceVpcHeader: `x-amzn-lattice-network: SourceVpcArn=${part.arn}\r\nx-amzn-source-vpc: ${part.id}\r\n`,
    shares: before?.shares ?? {
      requests: { count: 0 },
      kept: { count: 0 },
      names: { count: 0 },
    },
  };
}

/** Listeners whose part did not change are kept as they are, compiled rules and weights' turns included. */
function makeService(
  part: ServicePart,
  before: ServiceRuntime | undefined,
  targetGroups: ReadonlyMap<string, TargetGroupRuntime>,
): ServiceRuntime {
  const listeners = new Map<number, ListenerRuntime>();
  for (const listener of part.listeners) {
    const known = before?.listeners.get(listener.port);
    listeners.set(
      listener.port,
      known !== undefined && isSame(known.part, listener)
        ? known
        : { part: listener, routes: compileRoutes(listener, targetGroups, known?.routes) },
    );
  }
  return {
    part,
    listeners,
    counters: before?.counters ?? new Counters(),
    authLayer: authPolicyLayer('service-based policy', part),
  };
}

/** Parts are equal when their JSON is. A false "different" costs a rebuild and is otherwise harmless. */
function isSame(a: object, b: object): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

import type { Change, ChangeSet } from '../lattice/documents.ts';
import type { OrganizationSettings } from '../lattice/organization.ts';
import { samePart } from '../snapshot/delta.ts';
import { deepFreeze } from '../snapshot/freeze.ts';
import {
  type Part,
  type PartKey,
  type Parts,
  partKey,
  type ServicePart,
  type SnapshotDelta,
} from '../snapshot/parts.ts';
import { compileAccessKey } from './access-key.ts';
import { compileAccount } from './account.ts';
import { certificatesOf, compileCertificate } from './certificate.ts';
import { DocumentIndex } from './document-index.ts';
import { compileGroup } from './group.ts';
import { compareText } from './grouped.ts';
import { HostClaims } from './host-claims.ts';
import { compileHostedZone, compileRecordSet } from './hosted-zone.ts';
import { compileManagedPolicy } from './managed-policy.ts';
import { compileMembership, wantedHosts } from './membership.ts';
import { compileNetwork } from './network.ts';
import { compileNetworkAcl } from './network-acl.ts';
import { compileNetworkInterface } from './network-interface.ts';
import { compilePrincipal } from './principal.ts';
import type { Problem, Report } from './problem.ts';
import { COMPILED_KINDS, type CompiledKind, isCompiledKind, type Resources } from './resources.ts';
import { compileSecurityGroup } from './security-group.ts';
import { compileService, targetGroupsOf } from './service.ts';
import { compileSessionTokenKey } from './session-token-key.ts';
import { compileSubnet } from './subnet.ts';
import { compileTargetGroup } from './target-group.ts';
import { Touched, touch } from './touched.ts';
import { compileVpc } from './vpc.ts';

/** What the snapshot depends on besides documents; the same for a compiler's whole life. */
export interface CompilerOptions {
  /** Absent: the accounts belong to no organisation. */
  readonly organization?: OrganizationSettings | undefined;
  /** Whether targets are dialled at their own addresses, whatever is mapped: VPCs are real networks. */
  readonly ignoresAddressMap?: boolean | undefined;
}

export interface CompilerStep {
  readonly delta: SnapshotDelta;
  /** Of the parts that were compiled anew. */
  readonly problems: readonly Problem[];
}

/**
 * Keeps the snapshot of a set of documents up to date. A change costs what it touches: only parts
 * that depend on a changed document are compiled anew, and only those that came out different are
 * in the delta. After any sequence of changes `parts` is what a new compiler makes of the same
 * documents.
 *
 * Should a call throw, which is our bug, the compiler must not be used any more.
 */
export class Compiler {
  readonly #options: CompilerOptions;
  readonly #index = new DocumentIndex();
  readonly #claims = new HostClaims();
  /** Services that send requests to a target group. */
  readonly #users = new Map<string, Set<string>>();
  /** Services that show a certificate. */
  readonly #showers = new Map<string, Set<string>>();
  readonly #parts = new Map<PartKey, Part>();
  readonly #problems = new Map<PartKey, readonly Problem[]>();

  constructor(resources: Resources, options: CompilerOptions = {}) {
    this.#options = options;
    const touched = new Touched();
    const puts: (() => void)[] = [];
    for (const kind of COMPILED_KINDS) this.#load(resources, kind, touched, puts);
    for (const put of puts) put();
    this.#compile(touched, 0);
  }

  /** A view of the present: later changes show in it. */
  get parts(): Parts {
    return this.#parts;
  }

  /** All present problems, by part. */
  problems(): Problem[] {
    return [...this.#problems]
      .sort(([a], [b]) => compareText(a, b))
      .flatMap(([, problems]) => problems);
  }

  apply({ revision, changes }: ChangeSet): CompilerStep {
    const touched = new Touched();
    const notes = changes.map((change) => this.#put(change, touched));
    // Only now: what depends on a document is asked of the state after all changes.
    for (const note of notes) note?.();
    return this.#compile(touched, revision);
  }

  #load<K extends CompiledKind>(
    resources: Resources,
    kind: K,
    touched: Touched,
    notes: (() => void)[],
  ): void {
    if (this.#isIgnored(kind)) return;
    for (const document of resources[kind] ?? []) {
      const before = this.#index.put(kind, document.id, document);
      notes.push(() => touch(touched, this.#index, kind, before, document));
    }
  }

  #isIgnored(kind: CompiledKind): boolean {
    return kind === 'addressMapping' && this.#options.ignoresAddressMap === true;
  }

  #put(change: Change, touched: Touched): (() => void) | undefined {
    const { kind, id, after } = change;
    if (!isCompiledKind(kind) || this.#isIgnored(kind)) return undefined;
    // `kind` and `after` belong together, which TypeScript cannot follow through the narrowing.
    const before = this.#index.put(kind, id, after as never);
    return () => touch(touched, this.#index, kind, before as never, after as never);
  }

  /** The order matters: whether a target group or certificate is used is known from the services. */
  #compile(touched: Touched, revision: number): CompilerStep {
    const index = this.#index;
    const step = new Step(this.#parts, this.#problems);
    for (const id of touched.networks) {
      step.part(partKey('network', id), () => compileNetwork(index, id));
    }
    for (const id of touched.vpcs) {
      step.part(partKey('vpc', id), (report) => compileVpc(index, id, report));
    }
    for (const id of touched.services) {
      const key = partKey('service', id);
      const before = this.#parts.get(key) as ServicePart | undefined;
      step.part(key, (report) => compileService(index, id, report));
      const after = this.#parts.get(key) as ServicePart | undefined;
      if (before === after) continue;
      noteUse(this.#users, id, targetGroupsOf(before), targetGroupsOf(after), touched.targetGroups);
      noteUse(
        this.#showers,
        id,
        certificatesOf(before),
        certificatesOf(after),
        touched.certificates,
      );
    }
    for (const id of touched.targetGroups) {
      const key = partKey('targetGroup', id);
      step.part(key, (report) => compileTargetGroup(index, id, this.#users.has(id), report));
    }
    for (const arn of touched.certificates) {
      step.part(partKey('certificate', arn), () =>
        compileCertificate(index, arn, this.#showers.has(arn)),
      );
    }
    // Rivals may have gained or lost a name. Adding to a set while walking it visits them too, but
    // they need not claim again.
    for (const id of [...touched.memberships]) {
      for (const rival of this.#claim(id)) touched.memberships.add(rival);
    }
    for (const id of touched.memberships) {
      step.part(partKey('membership', id), (report) =>
        compileMembership(index, this.#claims, id, report),
      );
    }
    this.#compileAccessControl(touched, step);
    this.#compileIdentities(touched, step);
    for (const id of touched.hostedZones) {
      step.part(partKey('hostedZone', id), () => compileHostedZone(index, id));
    }
    for (const id of touched.recordSets) {
      step.part(partKey('recordSet', id), () => compileRecordSet(index, id));
    }
    return step.end(revision);
  }

  #compileAccessControl(touched: Touched, step: Step): void {
    const index = this.#index;
    for (const id of touched.subnets) {
      step.part(partKey('subnet', id), () => compileSubnet(index, id));
    }
    for (const id of touched.networkInterfaces) {
      step.part(partKey('networkInterface', id), () => compileNetworkInterface(index, id));
    }
    for (const id of touched.securityGroups) {
      step.part(partKey('securityGroup', id), () => compileSecurityGroup(index, id));
    }
    for (const id of touched.networkAcls) {
      step.part(partKey('networkAcl', id), () => compileNetworkAcl(index, id));
    }
  }

  #compileIdentities(touched: Touched, step: Step): void {
    const index = this.#index;
    const { organization } = this.#options;
    for (const id of touched.accounts) {
      step.part(partKey('account', id), () => compileAccount(index, organization, id));
    }
    for (const id of touched.managedPolicies) {
      step.part(partKey('managedPolicy', id), (report) => compileManagedPolicy(index, id, report));
    }
    for (const id of touched.groups) {
      step.part(partKey('group', id), () => compileGroup(index, id));
    }
    for (const id of touched.principals) {
      step.part(partKey('principal', id), (report) => compilePrincipal(index, id, report));
    }
    for (const id of touched.accessKeys) {
      step.part(partKey('accessKey', id), (report) => compileAccessKey(index, id, report));
    }
    for (const id of touched.sessionTokenKeys) {
      step.part(partKey('sessionTokenKey', id), () => compileSessionTokenKey(index, id));
    }
  }

  #claim(associationId: string): Set<string> {
    const association = this.#index.get('serviceNetworkServiceAssociation', associationId);
    return this.#claims.set(
      { id: associationId, createdAt: association?.createdAt ?? '' },
      association?.serviceNetworkId ?? '',
      wantedHosts(this.#index, associationId),
    );
  }
}

/** Keeps account of which services use what, and touches what a service began or ceased to use. */
const noteUse = (
  usersOf: Map<string, Set<string>>,
  serviceId: string,
  was: ReadonlySet<string>,
  is: ReadonlySet<string>,
  touched: Set<string>,
): void => {
  for (const id of was) {
    if (is.has(id)) continue;
    const users = usersOf.get(id);
    users?.delete(serviceId);
    if (users?.size === 0) usersOf.delete(id);
    touched.add(id);
  }
  for (const id of is) {
    if (was.has(id)) continue;
    const users = usersOf.get(id);
    if (users) users.add(serviceId);
    else usersOf.set(id, new Set([serviceId]));
    touched.add(id);
  }
};

/** Compiles parts one by one and keeps account of what became different. */
class Step {
  readonly #parts: Map<PartKey, Part>;
  readonly #problems: Map<PartKey, readonly Problem[]>;
  readonly #upsert: Part[] = [];
  readonly #remove: PartKey[] = [];
  readonly #found: Problem[] = [];

  constructor(parts: Map<PartKey, Part>, problems: Map<PartKey, readonly Problem[]>) {
    this.#parts = parts;
    this.#problems = problems;
  }

  part(key: PartKey, compile: (report: Report) => Part | undefined): void {
    const problems: Problem[] = [];
    const after = compile((code, id, message) => problems.push({ code, part: key, id, message }));
    if (problems.length > 0) this.#problems.set(key, problems);
    else this.#problems.delete(key);
    this.#found.push(...problems);

    const before = this.#parts.get(key);
    if (samePart(before, after)) return;
    if (after) {
      this.#parts.set(key, deepFreeze(after));
      this.#upsert.push(after);
    } else {
      this.#parts.delete(key);
      this.#remove.push(key);
    }
  }

  end(revision: number): CompilerStep {
    return {
      delta: { revision, full: false, upsert: this.#upsert, remove: this.#remove },
      problems: this.#found,
    };
  }
}

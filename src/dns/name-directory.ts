import { type ServiceAddress, serviceAddressOf } from '../lattice/service-address.ts';
import { keyOf } from '../snapshot/delta.ts';
import type {
  HostedZonePart,
  Part,
  PartKey,
  RecordSetPart,
  ServicePart,
  SnapshotDelta,
  VpcPart,
} from '../snapshot/parts.ts';
import { privateReverseZone } from './private-reverse-zone.ts';
import { ZoneNames } from './zone-names.ts';

type NamePart = VpcPart | ServicePart | HostedZonePart | RecordSetPart;

/** Whose answer a name is, seen from one VPC. */
export type NameOwner =
  | { readonly kind: 'zone'; readonly zone: ZoneNames }
  /** Below the zone of generated names: a service's, or nobody's. */
  | { readonly kind: 'generated'; readonly address: ServiceAddress | undefined }
  /** Of a private address: nobody's, here and elsewhere. */
  | { readonly kind: 'privateReverse'; readonly zoneName: string }
  /** Nothing here knows it. */
  | { readonly kind: 'elsewhere' };

const ELSEWHERE: NameOwner = { kind: 'elsewhere' };

/**
 * The names of the snapshot, kept ready for questions: which VPC sees which hosted zones, and where
 * services are. A delta costs what it names.
 */
export class NameDirectory {
  /** Where all generated names stand. */
  readonly generatedZone: string;
  readonly #parts = new Map<PartKey, NamePart>();
  readonly #zones = new Map<string, ZoneNames>();
  /** By VPC, then by the zone's name: a VPC never sees two zones of one name (the API takes care). */
  readonly #zonesOfVpc = new Map<string, Map<string, string>>();
  /** Records of zones that have not come yet: parts come in any order. */
  readonly #early = new Map<string, Set<RecordSetPart>>();
  readonly #services = new Map<string, ServiceAddress>();
  readonly #vpcs = new Map<string, VpcPart>();

  constructor(generatedZone: string) {
    this.generatedZone = generatedZone;
  }

  apply(delta: SnapshotDelta): void {
    const arriving = new Set(delta.upsert.map(keyOf));
    for (const key of delta.full ? [...this.#parts.keys()] : delta.remove) {
      const part = this.#parts.get(key);
      if (part === undefined || arriving.has(key)) continue;
      this.#parts.delete(key);
      this.#change(part, undefined);
    }
    for (const part of delta.upsert) {
      if (!hasNames(part)) continue;
      const key = keyOf(part);
      const before = this.#parts.get(key);
      this.#parts.set(key, part);
      this.#change(before, part);
    }
  }

  /** Whether names are resolved for clients in the VPC. */
  serves(vpcId: string): boolean {
    const vpc = this.#vpcs.get(vpcId);
    return vpc !== undefined && vpc.withoutDns !== true;
  }

  accountOf(vpcId: string): string | undefined {
    return this.#vpcs.get(vpcId)?.accountId;
  }

  /**
   * `name` in lower case, without a final dot. The longest zone that it stands in decides. Private hosted
   * zones are for VPCs with DNS support and host names (Route 53 developer guide, "Considerations when working with a private hosted zone").
   */
  ownerOf(vpcId: string, name: string): NameOwner {
    const hasZones = this.#vpcs.get(vpcId)?.withPrivateZones === true;
    const zones = hasZones ? this.#zonesOfVpc.get(vpcId) : undefined;
    for (let at = name; at !== ''; at = parentOf(at)) {
      const zoneId = zones?.get(at);
      const zone = zoneId === undefined ? undefined : this.#zones.get(zoneId);
      if (zone !== undefined) return { kind: 'zone', zone };
      if (at === this.generatedZone) return { kind: 'generated', address: this.serviceAt(name) };
    }
    const zoneName = privateReverseZone(name);
    return zoneName === undefined ? ELSEWHERE : { kind: 'privateReverse', zoneName };
  }

  /** The service with this generated name. */
  serviceAt(name: string): ServiceAddress | undefined {
    return this.#services.get(name);
  }

  #change(before: NamePart | undefined, after: NamePart | undefined): void {
    const part = (after ?? before) as NamePart;
    switch (part.kind) {
      case 'vpc':
        if (after === undefined) this.#vpcs.delete(part.id);
        else this.#vpcs.set(part.id, part);
        return;
      case 'service': {
        const domainName = (before as ServicePart | undefined)?.domainName;
        if (domainName !== undefined) this.#services.delete(domainName);
        if (after !== undefined) this.#services.set(part.domainName, serviceAddressOf(part.id));
        return;
      }
      case 'hostedZone':
        this.#changeZone(before as HostedZonePart | undefined, after as HostedZonePart | undefined);
        return;
      case 'recordSet':
        if (before !== undefined) this.#removeRecords(before as RecordSetPart);
        if (after !== undefined) this.#putRecords(part);
        return;
      default:
        part satisfies never;
    }
  }

  #changeZone(before: HostedZonePart | undefined, after: HostedZonePart | undefined): void {
    for (const vpcId of before?.vpcIds ?? []) {
      const zones = this.#zonesOfVpc.get(vpcId);
      if (zones?.get(before!.name) === before!.id) zones.delete(before!.name);
      if (zones?.size === 0) this.#zonesOfVpc.delete(vpcId);
    }
    if (after === undefined) {
      this.#zones.delete(before!.id);
      return;
    }
    for (const vpcId of after.vpcIds) {
      const zones = this.#zonesOfVpc.get(vpcId) ?? new Map<string, string>();
      zones.set(after.name, after.id);
      this.#zonesOfVpc.set(vpcId, zones);
    }
    if (this.#zones.has(after.id)) return;
    const zone = new ZoneNames(after.name);
    this.#zones.set(after.id, zone);
    for (const part of this.#early.get(after.id) ?? []) zone.put(part);
    this.#early.delete(after.id);
  }

  #putRecords(part: RecordSetPart): void {
    const zone = this.#zones.get(part.zoneId);
    if (zone !== undefined) {
      zone.put(part);
      return;
    }
    const early = this.#early.get(part.zoneId) ?? new Set();
    this.#early.set(part.zoneId, early.add(part));
  }

  #removeRecords(part: RecordSetPart): void {
    this.#zones.get(part.zoneId)?.remove(part);
    this.#early.get(part.zoneId)?.delete(part);
  }
}

/** The name without its first label; empty for a name of one label. */
export const parentOf = (name: string): string => {
  const dot = name.indexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1);
};

const hasNames = (part: Part): part is NamePart =>
  part.kind === 'vpc' ||
  part.kind === 'service' ||
  part.kind === 'hostedZone' ||
  part.kind === 'recordSet';

import { type Address, cidrContains, formatAddress, parseAddress } from '../../lattice/cidr.ts';
import { clientsIn } from '../../lattice/reserved-addresses.ts';
import type {
  NetworkAclPart,
  NetworkInterfacePart,
  SecurityGroupPart,
  SubnetPart,
  VpcPart,
} from '../../snapshot/parts.ts';
import type { AccessTables } from './access-tables.ts';
import { aclAccess } from './acl-access.ts';
import { DIALLING, FRONT_PORT } from './front-addresses.ts';
import { GroupAccess } from './group-access.ts';
import { VpcPlaces } from './vpc-places.ts';

export type AdmissionPart = SubnetPart | NetworkInterfacePart | SecurityGroupPart | NetworkAclPart;

/** What guards an address of a VPC. */
export interface Place {
  /** Undefined for a client that has not said where in the VPC it is. */
  readonly address: Address | undefined;
  readonly subnet: SubnetPart | undefined;
  readonly networkInterface: NetworkInterfacePart | undefined;
  readonly securityGroupIds: readonly string[];
  readonly networkAclId: string;
}

/** A connection that a client wants to open to a listener. */
export interface ClientAttempt {
  /** Undefined: somewhere in the VPC. */
  readonly address: Address | undefined;
  /** To which it connects, of the same family. */
  readonly front: Address;
  /** To which the answers go. */
  readonly port: number;
  readonly listenerPort: number;
}

/**
 * Security groups and network ACLs of all VPCs: who may open a connection to services, and which
 * targets can be reached. What a connection costs does not grow with the number of rules, subnets
 * and network interfaces. What is named and not there lets nothing through.
 */
export class Admission {
  readonly #groups = new Map<string, GroupAccess>();
  readonly #groupParts = new Map<string, SecurityGroupPart>();
  readonly #acls = new Map<string, AccessTables>();
  readonly #aclParts = new Map<string, NetworkAclPart>();
  readonly #places = new Map<string, VpcPlaces>();

  change(before: AdmissionPart | undefined, after: AdmissionPart | undefined): void {
    if (before !== undefined) this.#remove(before);
    if (after !== undefined) this.#put(after);
  }

  group(id: string): SecurityGroupPart | undefined {
    return this.#groupParts.get(id);
  }

  acl(id: string): NetworkAclPart | undefined {
    return this.#aclParts.get(id);
  }

  /**
   * Whether a client of an associated VPC gets a connection: outbound rules of its security groups and
   * of its subnet's network ACL, inbound rules of the association's security groups, and, since ACLs
   * keep no state, inbound rules of the ACL for what comes back.
   */
  admitsClient(vpc: VpcPart, { address, front, port, listenerPort }: ClientAttempt): boolean {
    const client = this.clientPlace(vpc, address);
    const acl = this.#acls.get(client.networkAclId);
    return (
      this.#mayLeave(client.securityGroupIds, front, listenerPort) &&
      acl?.admitsTo(front, listenerPort) === true &&
      this.#mayEnter(vpc, client, listenerPort) &&
      acl.admitsFrom(front, port)
    );
  }

  /**
   * Whether requests and health checks reach a target: inbound rules of its subnet's network ACL and of
   * its security groups, and outbound rules of the ACL for the answers. An address without a network
   * interface has no groups that could be asked.
   */
  admitsTarget(vpc: VpcPart, text: string | undefined, port: number): boolean {
    const address = text === undefined ? undefined : parseAddress(text);
    // Not known where, as of an instance without an address: the VPC has nothing to say of it.
    if (address === undefined) return true;
    const target = this.targetPlace(vpc, address);
    const front = DIALLING[address.version];
    const acl = this.#acls.get(target.networkAclId);
    const { securityGroupIds: groupIds } = target;
    return (
      acl?.admitsFrom(front, port) === true &&
      (groupIds.length === 0 ||
        groupIds.some((id) => this.#groups.get(id)?.admitsFrom(front, port))) &&
      acl.admitsTo(front, FRONT_PORT)
    );
  }

  /**
   * Whether an address that a client has, rather than declares, can be somebody's: an instance's, or that of clients
   * which are no instance. Of others, those of network interfaces without an instance among them, it is left over
   * or taken, and they are members of nothing.
   */
  isGiven(vpc: VpcPart, address: Address): boolean {
    const { networkInterface, subnet } = this.targetPlace(vpc, address);
    const blocks = subnet?.cidrs ?? vpc.cidrs;
    return (
      networkInterface?.instanceId !== undefined ||
      blocks.some((block) => clientsIn(block) === formatAddress(address))
    );
  }

  /** A client without a network interface counts as a member of the VPC's default group. */
  clientPlace(vpc: VpcPart, address: Address | undefined): Place {
    const place = this.targetPlace(vpc, address);
    const { defaultSecurityGroupId } = vpc;
    if (place.networkInterface !== undefined || defaultSecurityGroupId === undefined) return place;
    return { ...place, securityGroupIds: [defaultSecurityGroupId] };
  }

  targetPlace(vpc: VpcPart, address: Address | undefined): Place {
    const places = this.#places.get(vpc.id);
    const networkInterface = address && places?.interfaceAt(address);
    const subnet = address && places?.subnetAt(address);
    return {
      address,
      subnet,
      networkInterface,
      securityGroupIds: networkInterface?.securityGroupIds ?? [],
      networkAclId: subnet?.networkAclId ?? vpc.defaultNetworkAclId,
    };
  }

  /**
   * What people write for a place in a VPC: one of its addresses, or the id of an instance or network
   * interface, which has one or several. None: there is no such place.
   */
  findAddresses(vpc: VpcPart, text: string): readonly Address[] {
    const named = this.#places.get(vpc.id)?.interface(text)?.addresses ?? [text];
    return named
      .filter((one) => vpc.cidrs.some((cidr) => cidrContains(cidr, one)))
      .flatMap((one) => parseAddress(one) ?? []);
  }

  /** In no group at all there is nothing that restricts. */
  #mayLeave(groupIds: readonly string[], front: Address, port: number): boolean {
    return (
      groupIds.length === 0 || groupIds.some((id) => this.#groups.get(id)?.admitsTo(front, port))
    );
  }

  /** Five groups at most, which is what an association may have. */
  #mayEnter(vpc: VpcPart, client: Place, port: number): boolean {
    if (vpc.securityGroupIds.length === 0) return true;
    return vpc.securityGroupIds.some((id) => {
      const group = this.#groups.get(id);
      if (group === undefined) return false;
      const { address, securityGroupIds } = client;
      return (
        (address === undefined
          ? group.admitsAnyOf(vpc.cidrs[0]!, port)
          : group.admitsFrom(address, port)) ||
        securityGroupIds.some((own) => group.admitsMemberOf(own, port))
      );
    });
  }

  #put(part: AdmissionPart): void {
    switch (part.kind) {
      case 'securityGroup':
        this.#groupParts.set(part.id, part);
        this.#groups.set(part.id, new GroupAccess(part));
        return;
      case 'networkAcl':
        this.#aclParts.set(part.id, part);
        this.#acls.set(part.id, aclAccess(part));
        return;
      case 'subnet':
        this.#placesOf(part.vpcId).putSubnet(part);
        return;
      case 'networkInterface':
        this.#placesOf(part.vpcId).putInterface(part);
        return;
      default:
        part satisfies never;
    }
  }

  #remove(part: AdmissionPart): void {
    switch (part.kind) {
      case 'securityGroup':
        this.#groupParts.delete(part.id);
        this.#groups.delete(part.id);
        return;
      case 'networkAcl':
        this.#aclParts.delete(part.id);
        this.#acls.delete(part.id);
        return;
      case 'subnet':
        this.#placesOf(part.vpcId).removeSubnet(part.id);
        break;
      case 'networkInterface':
        this.#placesOf(part.vpcId).removeInterface(part.id);
        break;
      default:
        part satisfies never;
    }
    if (this.#placesOf(part.vpcId).isEmpty) this.#places.delete(part.vpcId);
  }

  #placesOf(vpcId: string): VpcPlaces {
    let places = this.#places.get(vpcId);
    if (places === undefined) {
      places = new VpcPlaces();
      this.#places.set(vpcId, places);
    }
    return places;
  }
}

import type { Address } from '../../lattice/cidr.ts';
import { formatAddress } from '../../lattice/cidr.ts';
import type { NetworkInterfacePart, SubnetPart } from '../../snapshot/parts.ts';
import { AddressMap } from './address-map.ts';

/** Who has which address of a VPC. */
export class VpcPlaces {
  readonly #subnets = new Map<string, SubnetPart>();
  readonly #interfaces = new Map<string, NetworkInterfacePart>();
  readonly #byInstance = new Map<string, NetworkInterfacePart>();
  /** By address as in RFC 5952. */
  readonly #byAddress = new Map<string, NetworkInterfacePart>();
  #subnetAt: AddressMap<SubnetPart | undefined> | undefined;

  get isEmpty(): boolean {
    return this.#subnets.size === 0 && this.#interfaces.size === 0;
  }

  putSubnet(part: SubnetPart): void {
    this.#subnets.set(part.id, part);
    this.#subnetAt = undefined;
  }

  removeSubnet(id: string): void {
    this.#subnets.delete(id);
    this.#subnetAt = undefined;
  }

  putInterface(part: NetworkInterfacePart): void {
    this.removeInterface(part.id);
    this.#interfaces.set(part.id, part);
    if (part.instanceId !== undefined) this.#byInstance.set(part.instanceId, part);
    for (const address of part.addresses) this.#byAddress.set(address, part);
  }

  removeInterface(id: string): void {
    const part = this.#interfaces.get(id);
    this.#interfaces.delete(id);
    if (part?.instanceId !== undefined) this.#byInstance.delete(part.instanceId);
    for (const address of part?.addresses ?? []) {
      if (this.#byAddress.get(address) === part) this.#byAddress.delete(address);
    }
  }

  /** @param id its own, or that of its instance */
  interface(id: string): NetworkInterfacePart | undefined {
    return this.#interfaces.get(id) ?? this.#byInstance.get(id);
  }

  interfaceAt(address: Address): NetworkInterfacePart | undefined {
    return this.#byAddress.get(formatAddress(address));
  }

  subnetAt(address: Address): SubnetPart | undefined {
    this.#subnetAt ??= mapOf([...this.#subnets.values()]);
    return this.#subnetAt.at(address);
  }
}

/** Subnets of a VPC do not overlap. */
const mapOf = (subnets: readonly SubnetPart[]): AddressMap<SubnetPart | undefined> => {
  const blocks = subnets.flatMap((subnet) => subnet.cidrs.map((cidr) => ({ cidr, subnet })));
  return new AddressMap(
    blocks.map(({ cidr }) => cidr),
    undefined as SubnetPart | undefined,
    (_around, index) => blocks[index]!.subnet,
  );
};

import type { Address } from '../../lattice/cidr.ts';
import { AddressMap } from './address-map.ts';
import { type PortRule, PortSet } from './port-set.ts';

/** A rule for TCP, as security groups and network ACLs have it. */
export interface AccessRule extends PortRule {
  readonly cidr: string;
}

/**
 * Rules in the form in which connections are judged: for every address the ports that are allowed.
 * Of the rules that speak of address and port, the first one counts, as in network ACLs; where no rule
 * refuses anything, as in security groups, that is the same as any of them. A lookup is two binary
 * searches.
 */
export class AccessTable {
  readonly #ports: AddressMap<PortSet>;

  constructor(rules: readonly AccessRule[]) {
    const known = new Map<string, PortSet>();
    const cidrs = rules.map(({ cidr }) => cidr);
    this.#ports = new AddressMap(cidrs, (covering) => {
      const ports = new PortSet(covering.map((index) => rules[index]!));
      // Equal sets become one: neighbours with the same become one piece.
      const same = known.get(ports.key);
      if (same !== undefined) return same;
      known.set(ports.key, ports);
      return ports;
    });
  }

  admits(address: Address, port: number): boolean {
    return this.#ports.at(address).has(port);
  }
}

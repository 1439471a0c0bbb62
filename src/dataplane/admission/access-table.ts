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
 * refuses anything, as in security groups, that is the same as any of them. A lookup is a binary
 * search and a walk along the bits of a port. What a table costs to make grows with the number of
 * rules, however they overlap: the ports of a block are those around it and its own.
 */
export class AccessTable {
  readonly #ports: AddressMap<PortSet>;

  constructor(rules: readonly AccessRule[]) {
    const cidrs = rules.map(({ cidr }) => cidr);
    this.#ports = new AddressMap(cidrs, PortSet.none, (around, index) =>
      around.with(rules[index]!, index),
    );
  }

  admits(address: Address, port: number): boolean {
    return this.#ports.at(address).has(port);
  }
}

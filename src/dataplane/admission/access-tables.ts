import type { Address } from '../../lattice/cidr.ts';
import { type AccessRule, AccessTable } from './access-table.ts';

/** Tables for both directions, made when they are first needed: most groups and ACLs never are. */
export class AccessTables {
  readonly #rulesOf: (isEgress: boolean) => readonly AccessRule[];
  #inbound: AccessTable | undefined;
  #outbound: AccessTable | undefined;

  constructor(rulesOf: (isEgress: boolean) => readonly AccessRule[]) {
    this.#rulesOf = rulesOf;
  }

  admitsFrom(address: Address, port: number): boolean {
    this.#inbound ??= new AccessTable(this.#rulesOf(false));
    return this.#inbound.admits(address, port);
  }

  admitsTo(address: Address, port: number): boolean {
    this.#outbound ??= new AccessTable(this.#rulesOf(true));
    return this.#outbound.admits(address, port);
  }
}

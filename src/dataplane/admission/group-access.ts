import type { Address } from '../../lattice/cidr.ts';
import { containsCidr, parseCidr } from '../../lattice/cidr.ts';
import type { SecurityGroupPart, SecurityRulePart } from '../../snapshot/parts.ts';
import type { AccessRule } from './access-table.ts';
import { AccessTables } from './access-tables.ts';
import { type PortRule, PortSet } from './port-set.ts';
import { tcpPorts } from './tcp-ports.ts';

/** A security group in the form in which connections are judged. */
export class GroupAccess {
  readonly #inbound: readonly SecurityRulePart[];
  readonly #tables: AccessTables;
  /** Ports for members of a group, by its id. */
  #members: Map<string, PortSet> | undefined;
  #anyOf: { readonly cidr: string; readonly ports: PortSet } | undefined;

  constructor({ rules }: SecurityGroupPart) {
    const ofDirection = (isEgress: boolean) => rules.filter((rule) => rule.isEgress === isEgress);
    this.#inbound = ofDirection(false);
    this.#tables = new AccessTables((isEgress) => ofDirection(isEgress).flatMap(accessRules));
  }

  admitsFrom(address: Address, port: number): boolean {
    return this.#tables.admitsFrom(address, port);
  }

  admitsTo(address: Address, port: number): boolean {
    return this.#tables.admitsTo(address, port);
  }

  admitsMemberOf(groupId: string, port: number): boolean {
    this.#members ??= portsOfMembers(this.#inbound);
    return this.#members.get(groupId)?.has(port) ?? false;
  }

  /** Whether every address of a block may come in: for somebody in it who does not say where. */
  admitsAnyOf(cidr: string, port: number): boolean {
    if (this.#anyOf?.cidr !== cidr) {
      const rules = this.#inbound.filter((rule) => rule.cidrs.some((one) => isWithin(cidr, one)));
      this.#anyOf = { cidr, ports: PortSet.of(rules.flatMap(portRules)) };
    }
    return this.#anyOf.ports.has(port);
  }
}

/** Whether every address of a block is one of another, too. */
export const isWithin = (inner: string, outer: string): boolean => {
  const one = parseCidr(inner);
  const other = parseCidr(outer);
  return one !== undefined && other !== undefined && containsCidr(other, one);
};

const portRules = (rule: SecurityRulePart): PortRule[] => {
  const ports = tcpPorts(rule);
  return ports === undefined ? [] : [{ ...ports, isAllowed: true }];
};

const accessRules = (rule: SecurityRulePart): AccessRule[] =>
  portRules(rule).flatMap((ports) => rule.cidrs.map((cidr) => ({ ...ports, cidr })));

const portsOfMembers = (rules: readonly SecurityRulePart[]): Map<string, PortSet> => {
  const members = new Map<string, PortSet>();
  for (const [groupId, ofGroup] of Map.groupBy(rules, (rule) => rule.referencedGroupId)) {
    if (groupId !== undefined) members.set(groupId, PortSet.of(ofGroup.flatMap(portRules)));
  }
  return members;
};

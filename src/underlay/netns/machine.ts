import { cidrContains, parseCidr } from '../../lattice/cidr.ts';
import { macAddress } from '../../lattice/mac-address.ts';
import { clientsIn, routerIn } from '../../lattice/reserved-addresses.ts';
import { addressesOf, cidrsOf } from '../../lattice/vpc.ts';
import type { NamespacePlan, PlanPart } from './namespace-plan.ts';
import { RESOLVER_ADDRESSES } from './network-addresses.ts';
import { instanceNamespace, linkName, vpcNamespace } from './network-names.ts';

/** Of a subnet either may be absent, of a VPC only that for IPv6. */
export interface Blocks {
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: string;
}

export interface InstanceNetwork {
  readonly id: string;
  readonly networkInterfaceId: string;
  readonly privateIpAddress?: string;
  readonly ipv6Address?: string;
  readonly subnet: Blocks;
}

/** As on AWS (EC2 user guide, "Network MTU for your EC2 instance"). */
const MTU = 9001;

/** A namespace that is linked to the router of its VPC. */
export interface Machine {
  readonly namespace: string;
  /** The router's end of its link. */
  readonly link: string;
  readonly hardwareAddress: string;
  /** One of each family at most. */
  readonly addresses: readonly MachineAddress[];
}

interface MachineAddress {
  readonly address: string;
  /** Of the subnet's block. */
  readonly prefixLength: number;
  /** The router's address in it. */
  readonly router: string;
}

/** Where clients of a VPC run that are no instance. */
export const clientsOf = (prefix: string, vpcId: string, subnet: Blocks): Machine => {
  const namespace = vpcNamespace(prefix, vpcId);
  return {
    namespace,
    link: 'clients',
    hardwareAddress: macAddress(namespace),
    addresses: cidrsOf(subnet).map((block) => addressIn(block, clientsIn(block))),
  };
};

export const machineOf = (
  prefix: string,
  { id, networkInterfaceId, subnet, ...addresses }: InstanceNetwork,
): Machine => ({
  namespace: instanceNamespace(prefix, id),
  link: linkName(id),
  hardwareAddress: macAddress(networkInterfaceId),
  addresses: addressesOf(addresses).flatMap((address) => {
    const block = cidrsOf(subnet).find((one) => cidrContains(one, address));
    return block === undefined ? [] : [addressIn(block, address)];
  }),
});

const addressIn = (block: string, address: string): MachineAddress => ({
  address,
  prefixLength: parseCidr(block)!.prefixLength,
  router: routerIn(block),
});

/**
 * No time is lost with questions about addresses that nobody else can have. Link-local addresses
 * would be on the link to the router, which has nothing to say to them.
 */
export const LINK_SETTINGS = {
  'ipv6/conf/default/addr_gen_mode': '1',
  'ipv6/conf/all/accept_ra': '0',
  'ipv6/conf/default/accept_ra': '0',
  'ipv6/conf/all/accept_dad': '0',
  'ipv6/conf/default/accept_dad': '0',
} as const;

/** What the router has of a machine. The link stays when addresses change. */
export const linkParts = (
  machine: Machine,
  routerAddress: string,
): readonly [string, PlanPart][] => [
  [`link ${machine.link}`, linkPart(machine, routerAddress)],
  [`addresses ${machine.link}`, addressesPart(machine)],
];

/**
 * Nobody is asked who has an address. Neighbours that are asked for are kept for seconds in a table that
 * all namespaces share; without ARP what is not permanent in it gives way to whatever needs its room.
 */
const linkPart = (
  { namespace, link, hardwareAddress }: Machine,
  routerAddress: string,
): PlanPart => ({
  linkedTo: namespace,
  add: [
    `link add ${link} address ${routerAddress} mtu ${MTU} type veth peer name eth0 address ${hardwareAddress} mtu ${MTU} netns ${namespace}`,
    `link set ${link} arp off up`,
  ],
  remove: [`link del ${link}`],
});

/**
 * Where a machine is: an address without one is nowhere, and one that moves is at its new place at once.
 * What the router itself says comes from the address that the subnet has of it.
 */
const addressesPart = ({ namespace, link, hardwareAddress, addresses }: Machine): PlanPart => ({
  linkedTo: namespace,
  add: addresses.flatMap(({ address, router }) => [
    `route replace ${address} dev ${link} src ${router}`,
    `neigh replace ${address} lladdr ${hardwareAddress} dev ${link} nud permanent`,
  ]),
  remove: addresses.flatMap(({ address }) => [
    `route del ${address} dev ${link}`,
    `neigh del ${address} dev ${link}`,
  ]),
});

export const memberPlan = (
  { namespace, addresses }: Machine,
  routerAddress: string,
): NamespacePlan => {
  const lines = addresses.flatMap(({ address, prefixLength, router }) => [
    // Neighbours of the subnet are reached by the router, too.
    `addr add ${address}/${prefixLength} dev eth0 noprefixroute${isSix(address) ? ' nodad' : ''}`,
    `neigh replace ${router} lladdr ${routerAddress} dev eth0 nud permanent`,
    `route replace default via ${router} dev eth0 onlink`,
  ]);
  return {
    name: namespace,
    role: 'member',
    resolver: RESOLVER_ADDRESSES[addresses.every(({ address }) => isSix(address)) ? 6 : 4],
    settings: LINK_SETTINGS,
    parts: new Map([
      ['base', { add: ['link set lo up', 'link set eth0 arp off up'], remove: [] }],
      [
        'addresses',
        {
          add: lines,
          // Whatever is there: root may have changed it.
          remove: ['neigh flush dev eth0 nud permanent', 'addr flush dev eth0 scope global'],
        },
      ],
    ]),
  };
};

const isSix = (address: string): boolean => address.includes(':');

import { macAddress } from '../../lattice/mac-address.ts';
import { routerIn } from '../../lattice/reserved-addresses.ts';
import { DIAL_ADDRESSES, SERVICE_BLOCKS } from '../../lattice/service-address.ts';
import { cidrsOf } from '../../lattice/vpc.ts';
import {
  type Blocks,
  clientsOf,
  type InstanceNetwork,
  LINK_SETTINGS,
  linkParts,
  machineOf,
  memberPlan,
} from './machine.ts';
import type { NamespacePlan, PlanPart } from './namespace-plan.ts';
import { resolverAddresses } from './network-addresses.ts';
import { routerNamespace } from './network-names.ts';

/** What a VPC is to be on this machine. */
export interface VpcNetwork extends Blocks {
  readonly id: string;
  readonly cidrBlock: string;
  /** Whether the VPC is in a service network: only then the addresses of services lead anywhere. */
  readonly isAssociated: boolean;
  readonly subnets: readonly Blocks[];
  readonly instances: readonly InstanceNetwork[];
}

/**
 * Each VPC is a router, and a namespace for each machine at it: its instances, and one for clients
 * that are none. The router has no link to anywhere else: its sockets are the only way in and out,
 * so VPCs may have the same addresses.
 *
 * A machine has a link of its own to the router, and nothing but that: there is no segment on which
 * others could be asked for or impersonated. Who has which address is written down at both ends.
 */
export const planVpc = (prefix: string, vpc: VpcNetwork): readonly NamespacePlan[] => {
  // Without subnets the block of the VPC is one, so that a client has an address in it.
  const subnets = vpc.subnets.length > 0 ? vpc.subnets : [vpc];
  const machines = [
    clientsOf(prefix, vpc.id, subnets[0]!),
    ...vpc.instances.map((instance) => machineOf(prefix, instance)),
  ];
  const routerAddress = macAddress(vpc.id);
  return [
    {
      name: routerNamespace(prefix, vpc.id),
      role: 'router',
      settings: ROUTER_SETTINGS,
      parts: new Map([
        ['base', { add: routerBase(vpc), remove: [] }],
        ['services', servicesPart(vpc.isAssociated)],
        ...subnets
          .flatMap((blocks) => cidrsOf(blocks).map(routerIn))
          .map((address): [string, PlanPart] => [`router ${address}`, routerPart(address)]),
        ...machines.flatMap((machine) => linkParts(machine, routerAddress)),
      ]),
    },
    ...machines.map((machine) => memberPlan(machine, routerAddress)),
  ];
};

/** The first local port of connections to targets: those below are left to listeners. */
const FIRST_DIAL_PORT = 10_000;

const ROUTER_SETTINGS = {
  ...LINK_SETTINGS,
  'ipv4/ip_forward': '1',
  'ipv6/conf/all/forwarding': '1',
  // From solicitations of routers it would learn neighbours, as many as somebody makes up. On a link
  // this says only whether it is a router's; what is forwarded is said above.
  'ipv6/conf/default/forwarding': '0',
  // What comes by a link comes from the address of its machine, or goes nowhere.
  'ipv4/conf/all/rp_filter': '1',
  'ipv4/conf/all/send_redirects': '0',
  'ipv4/conf/default/send_redirects': '0',
  // A connection to a target may have the addresses and ports of one that was closed just now.
  'ipv4/tcp_tw_reuse': '1',
  // Each target can have a connection from each of them. For IPv6, too. A trace then shows at a
  // glance who has called whom.
  'ipv4/ip_local_port_range': `${FIRST_DIAL_PORT} 65535`,
} as const;

/** What of the traffic is for services, and what of the router itself TCP must not find. */
const SERVICES_TABLE = 171;
const DEAD_ENDS_TABLE = 172;

/** By number (IANA): names of protocols are in a file that small systems do without. */
const TCP = 6;

/** `own`: where only the router itself sends from; for IPv4 `rp_filter` has the rest. */
const FAMILIES = [
  { version: 4, option: '', host: 32, icmp: 1, own: SERVICE_BLOCKS[4] },
  // Of a rule without an address nobody could tell which family it is for. The block is that of all
  // addresses that AWS gives its services in a VPC, the resolver's among them.
  { version: 6, option: '-6 ', host: 128, icmp: 58, own: 'fd00:ec2::/32' },
] as const;

const routerBase = ({ cidrBlock }: VpcNetwork): readonly string[] => [
  'link set lo up',
  `addr add ${ownAddress(DIAL_ADDRESSES[6])}`,
  ...resolverAddresses(cidrBlock).flatMap((address) => [
    `addr add ${ownAddress(address)}`,
    `route add blackhole ${address} table ${DEAD_ENDS_TABLE}`,
  ]),
  ...FAMILIES.flatMap(({ version, option, host, icmp, own }) => {
    const services = SERVICE_BLOCKS[version];
    const dial = `${DIAL_ADDRESSES[version]}/${host}`;
    const rule = `${option}rule add`;
    return [
      // For the sockets here: every address of services is one of the router's own.
      `route add local ${services} dev lo`,
      // Answers of targets come here, whether the VPC is in a service network or not. Ports of that
      // address are given out from FIRST_DIAL_PORT on; below, nobody is to find out that it exists.
      `route add local ${dial} dev lo table ${SERVICES_TABLE}`,
      `route add blackhole ${dial} table ${DEAD_ENDS_TABLE}`,
      // What the router sends finds machines and none of its own addresses: a target may be registered
      // there, and would be these very sockets. Whoever else has such a source is an impostor.
      `${rule} from ${own} iif lo pref 5 lookup main`,
      `${rule} from ${own} pref 6 unreachable`,
      // Nothing that a machine says of routes, neighbours and packet sizes is believed: it may be a lie about
      // another one. Nor is there an echo, as on AWS.
      `${rule} to ${services} ipproto ${icmp} pref 9 blackhole`,
      `${rule} to ${dial} ipproto ${TCP} dport 1-${FIRST_DIAL_PORT - 1} pref 10 lookup ${DEAD_ENDS_TABLE}`,
      `${rule} to ${services} pref 11 lookup ${SERVICES_TABLE}`,
      // Sockets are for every address of the router, and clients are not to reach them at its other
      // ones. DNS is.
      `${rule} ipproto ${TCP} dport 53 pref 12 lookup local`,
      `${rule} ipproto ${TCP} pref 13 lookup ${DEAD_ENDS_TABLE}`,
      `${rule} ipproto ${icmp} pref 13 lookup ${DEAD_ENDS_TABLE}`,
      `${rule} pref 20 lookup local`,
      // Behind the table `main`: what is for nobody is dropped, as on AWS. An answer would come now and
      // then only, since the kernel limits how many it gives.
      `${rule} iif lo pref 40000 unreachable`,
      `${rule} pref 40001 blackhole`,
      `${option}rule del pref 0`,
    ];
  }),
];

const servicesPart = (isAssociated: boolean): PlanPart => ({
  add: FAMILIES.map(({ version }) =>
    isAssociated
      ? `route replace local ${SERVICE_BLOCKS[version]} dev lo table ${SERVICES_TABLE}`
      : `route replace blackhole ${SERVICE_BLOCKS[version]} table ${SERVICES_TABLE}`,
  ),
  remove: [],
});

/**
 * Its address in a block. It stays when another block has it, or the subnet gets a second one: with it the
 * kernel would remove the routes to machines whose source it is.
 */
const routerPart = (address: string): PlanPart => ({
  add: [
    `addr add ${ownAddress(address)}`,
    `route add blackhole ${address} table ${DEAD_ENDS_TABLE}`,
  ],
  remove: [
    `addr del ${ownAddress(address)}`,
    `route del blackhole ${address} table ${DEAD_ENDS_TABLE}`,
  ],
});

/** Of the router alone, so that no route leads to it but that of the table `local`. */
const ownAddress = (address: string): string =>
  `${address}/${address.includes(':') ? '128 dev lo nodad noprefixroute' : '32 dev lo'}`;

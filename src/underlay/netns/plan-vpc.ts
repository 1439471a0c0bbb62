import { formatAddress, parseCidr } from '../../lattice/cidr.ts';
import { interfaceMacAddress, macAddress } from '../../lattice/mac-address.ts';
import { cidrsOf } from '../../lattice/vpc.ts';
import { instanceNamespace, linkName, routerNamespace, vpcNamespace } from './network-names.ts';

/** What a VPC is to be on this machine. */
export interface VpcNetwork extends Blocks {
  readonly id: string;
  readonly cidrBlock: string;
  /** Whether the VPC is in a service network: only then the addresses of services lead anywhere. */
  readonly isAssociated: boolean;
  readonly subnets: readonly Blocks[];
  readonly instances: readonly InstanceNetwork[];
}

/** Of a subnet either may be absent, of a VPC only that for IPv6. */
export interface Blocks {
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: string;
}

export interface InstanceNetwork {
  readonly id: string;
  readonly privateIpAddress?: string;
  readonly ipv6Address?: string;
  readonly subnet: Blocks;
}

/** A namespace as it is to be: what two plans have in common stays as it is. */
export interface NamespacePlan {
  readonly name: string;
  /** Routers have the links of members: they are set up first. */
  readonly role: 'router' | 'member';
  /** Whom programs in it are told to ask for names; absent: nobody. */
  readonly resolver?: string;
  /** Files below /proc/sys/net and what is in them, before anything else is done. */
  readonly settings: Readonly<Record<string, string>>;
  /** By what they are for, in the order in which they are to be made. */
  readonly parts: ReadonlyMap<string, PlanPart>;
}

/** Lines for `ip -batch`; one that begins with `-6 ` is for `ip -6 -batch`, after all others. */
export interface PlanPart {
  /** The namespace of the other end, for a link: what is at both ends goes with either. */
  readonly linkedTo?: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Addresses of services and of whatever connects to targets (VPC Lattice user guide, security groups). */
export const SERVICE_BLOCKS = { 4: '169.254.171.0/24', 6: 'fd00:ec2:80::/64' } as const;

/** Where connections to targets come from: no service's, since AAAA and A of services go together. */
export const DIAL_ADDRESSES = { 4: '169.254.171.254', 6: 'fd00:ec2:80::a9fe:abfe' } as const;

/** Where AWS's resolver is in every VPC, beside the third address of its block (VPC user guide, "Amazon DNS"). */
export const RESOLVER_ADDRESSES = { 4: '169.254.169.253', 6: 'fd00:ec2::253' } as const;

/** As on AWS (EC2 user guide, "Network MTU for your EC2 instance"). */
const MTU = 9001;

/**
 * Each VPC is a router with a bridge, and a namespace for each machine on it: its instances, and one
 * for clients that are none. The router has no link to anywhere else: its sockets are the only way
 * in and out, so VPCs may have the same addresses.
 */
export const planVpc = (prefix: string, vpc: VpcNetwork): readonly NamespacePlan[] => {
  // Without subnets the block of the VPC is one, so that a client has an address in it.
  const subnets = vpc.subnets.length > 0 ? vpc.subnets : [vpc];
  const clients = vpcNamespace(prefix, vpc.id);
  return [
    {
      name: routerNamespace(prefix, vpc.id),
      role: 'router',
      settings: ROUTER_SETTINGS,
      parts: new Map([
        ['base', { add: routerBase(vpc), remove: [] }],
        ['services', servicesPart(vpc.isAssociated)],
        ...subnets.map((blocks): [string, PlanPart] => [
          `subnet ${cidrsOf(blocks).join(' ')}`,
          subnetPart(blocks),
        ]),
        ['clients', linkPart('clients', clients, macAddress(clients))],
        ...vpc.instances.map(({ id, privateIpAddress, ipv6Address }): [string, PlanPart] => [
          id,
          linkPart(
            linkName(id),
            instanceNamespace(prefix, id),
            interfaceMacAddress(vpc.id, privateIpAddress ?? ipv6Address),
          ),
        ]),
      ]),
    },
    memberPlan(clients, clientAddresses(subnets[0]!), subnets[0]!),
    ...vpc.instances.map(({ id, privateIpAddress, ipv6Address, subnet }) =>
      memberPlan(instanceNamespace(prefix, id), [privateIpAddress, ipv6Address], subnet),
    ),
  ];
};

/** No time is lost with questions about addresses that nobody else can have. */
const MEMBER_SETTINGS = {
  'ipv6/conf/all/accept_ra': '0',
  'ipv6/conf/default/accept_ra': '0',
  'ipv6/conf/all/accept_dad': '0',
  'ipv6/conf/default/accept_dad': '0',
} as const;

const ROUTER_SETTINGS = {
  ...MEMBER_SETTINGS,
  'ipv4/ip_forward': '1',
  'ipv6/conf/all/forwarding': '1',
  'ipv4/conf/all/rp_filter': '0',
  'ipv4/conf/default/rp_filter': '0',
  'ipv4/conf/all/send_redirects': '0',
  'ipv4/conf/default/send_redirects': '0',
  // A connection to a target may have the addresses and ports of one that was closed just now.
  'ipv4/tcp_tw_reuse': '1',
  // Each target can have a connection from each of them. For IPv6, too. Those below are left to
  // listeners: a trace then shows at a glance who has called whom.
  'ipv4/ip_local_port_range': '10000 65535',
} as const;

/** What of the bridge's traffic is for services, and what of the router itself TCP must not find. */
const SERVICES_TABLE = 171;
const DEAD_ENDS_TABLE = 172;

const FAMILIES = [
  { version: 4, option: '', host: 32 },
  // Of a rule without an address nobody could tell.
  { version: 6, option: '-6 ', host: 128 },
] as const;

const routerBase = ({ id, cidrBlock }: VpcNetwork): readonly string[] => [
  'link set lo up',
  `link add br0 address ${macAddress(id)} mtu ${MTU} type bridge forward_delay 0 mcast_snooping 0`,
  'link set br0 up',
  `addr add ${DIAL_ADDRESSES[6]}/128 dev lo nodad`,
  ...resolverAddresses(cidrBlock).flatMap((address) => [
    `addr add ${address}${address.includes(':') ? '/128 dev lo nodad' : '/32 dev lo'}`,
    `route add blackhole ${address} table ${DEAD_ENDS_TABLE}`,
  ]),
  ...FAMILIES.flatMap(({ version, option, host }) => {
    const services = SERVICE_BLOCKS[version];
    const dial = `${DIAL_ADDRESSES[version]}/${host}`;
    const rule = `${option}rule add iif br0`;
    return [
      // For the sockets here: every address of services is one of the router's own.
      `route add local ${services} dev lo`,
      // Answers of targets come here, whether the VPC is in a service network or not. Ports of that
      // address are given out from 1024 on; below, nobody is to find out that it exists.
      `route add local ${dial} dev lo table ${SERVICES_TABLE}`,
      `route add blackhole ${dial} table ${DEAD_ENDS_TABLE}`,
      `${rule} to ${dial} ipproto tcp dport 1-1023 pref 10 lookup ${DEAD_ENDS_TABLE}`,
      `${rule} to ${services} pref 11 lookup ${SERVICES_TABLE}`,
      // Sockets are for every address of the router, and clients are not to reach them at its other
      // ones. DNS is.
      `${rule} ipproto tcp dport 53 pref 12 lookup local`,
      `${rule} ipproto tcp pref 13 lookup ${DEAD_ENDS_TABLE}`,
      `${option}rule add pref 20 lookup local`,
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

/** AWS keeps the first addresses of a block: the router's, the resolver's, and one for nobody. */
const ROUTER_OFFSET = 1n;
const RESOLVER_OFFSET = 2n;
const CLIENTS_OFFSET = 3n;

/** Where names are asked for in a VPC with this block. */
export const resolverAddresses = (cidrBlock: string): readonly string[] => [
  RESOLVER_ADDRESSES[4],
  addressIn(cidrBlock, RESOLVER_OFFSET),
  RESOLVER_ADDRESSES[6],
];

const subnetPart = (blocks: Blocks): PlanPart => {
  const own = cidrsOf(blocks).map((block) => ({ block, address: addressIn(block, ROUTER_OFFSET) }));
  return {
    add: own.flatMap(({ block, address }) => [
      `addr add ${withPrefixOf(block, address)} dev br0${block.includes(':') ? ' nodad' : ''}`,
      `route add blackhole ${address} table ${DEAD_ENDS_TABLE}`,
    ]),
    remove: own.flatMap(({ block, address }) => [
      `addr del ${withPrefixOf(block, address)} dev br0`,
      `route del blackhole ${address} table ${DEAD_ENDS_TABLE}`,
    ]),
  };
};

const linkPart = (link: string, namespace: string, address: string): PlanPart => ({
  linkedTo: namespace,
  add: [
    `link add ${link} mtu ${MTU} type veth peer name eth0 mtu ${MTU} address ${address} netns ${namespace}`,
    `link set ${link} master br0 up`,
  ],
  remove: [`link del ${link}`],
});

const memberPlan = (
  name: string,
  addresses: readonly (string | undefined)[],
  { cidrBlock, ipv6CidrBlock }: Blocks,
): NamespacePlan => {
  const lines = [cidrBlock, ipv6CidrBlock].flatMap((block, index) => {
    const address = addresses[index];
    if (block === undefined || address === undefined) return [];
    return [
      `addr add ${withPrefixOf(block, address)} dev eth0${block.includes(':') ? ' nodad' : ''}`,
      `route replace default via ${addressIn(block, ROUTER_OFFSET)} dev eth0`,
    ];
  });
  return {
    name,
    role: 'member',
    resolver: RESOLVER_ADDRESSES[addresses[0] === undefined ? 6 : 4],
    settings: MEMBER_SETTINGS,
    parts: new Map([
      ['base', { add: ['link set lo up', 'link set eth0 up'], remove: [] }],
      ['addresses', { add: lines, remove: ['addr flush dev eth0 scope global'] }],
    ]),
  };
};

const clientAddresses = ({ cidrBlock, ipv6CidrBlock }: Blocks): readonly (string | undefined)[] =>
  [cidrBlock, ipv6CidrBlock].map((block) => block && addressIn(block, CLIENTS_OFFSET));

const addressIn = (block: string, offset: bigint): string => {
  const { version, value } = parseCidr(block)!;
  return formatAddress({ version, value: value + offset });
};

const withPrefixOf = (block: string, address: string): string =>
  `${address}/${parseCidr(block)!.prefixLength}`;

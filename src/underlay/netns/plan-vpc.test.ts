import { describe, expect, test } from 'vitest';
import { macAddress } from '../../lattice/mac-address.ts';
import { diffPlans } from './diff-plans.ts';
import type { NamespacePlan } from './namespace-plan.ts';
import { planVpc, type VpcNetwork } from './plan-vpc.ts';

const subnet = { cidrBlock: '10.0.1.0/24', ipv6CidrBlock: 'fd00:1:2:3::/64' };
const vpc: VpcNetwork = {
  id: 'vpc-1',
  cidrBlock: '10.0.0.0/16',
  ipv6CidrBlock: 'fd00:1:2::/56',
  isAssociated: false,
  subnets: [subnet],
  instances: [
    {
      id: 'i-0123456789abcdef0',
      networkInterfaceId: 'eni-1',
      privateIpAddress: '10.0.1.10',
      ipv6Address: 'fd00:1:2:3::10',
      subnet,
    },
  ],
};

const plansOf = (given: Partial<VpcNetwork> = {}) => planVpc('p-', { ...vpc, ...given });
const linesOf = (plan: NamespacePlan | undefined, part: string) => plan?.parts.get(part)?.add;
const named = (plans: readonly NamespacePlan[], name: string) =>
  plans.find((plan) => plan.name === name);

describe('the plan of a VPC', () => {
  test('is a router, clients, and a namespace for each instance', () => {
    expect(plansOf().map(({ name, role }) => `${role} ${name}`)).toEqual([
      'router p-vpc-1-router',
      'member p-vpc-1',
      'member p-i-0123456789abcdef0',
    ]);
  });

  const own = macAddress('eni-1');
  const router = macAddress('vpc-1');

  test('gives an instance its addresses, and the router for everything else', () => {
    expect(linesOf(named(plansOf(), 'p-i-0123456789abcdef0'), 'addresses')).toEqual([
      'addr add 10.0.1.10/24 dev eth0 noprefixroute',
      `neigh replace 10.0.1.1 lladdr ${router} dev eth0 nud permanent`,
      'route replace default via 10.0.1.1 dev eth0 onlink',
      'addr add fd00:1:2:3::10/64 dev eth0 noprefixroute nodad',
      `neigh replace fd00:1:2:3::1 lladdr ${router} dev eth0 nud permanent`,
      'route replace default via fd00:1:2:3::1 dev eth0 onlink',
    ]);
  });

  test('tells the router where each address is, apart from the link, which stays when they change', () => {
    expect(linesOf(plansOf()[0], 'link i3456789abcdef0')).toEqual([
      `link add i3456789abcdef0 address ${router} mtu 9001 type veth peer name eth0 address ${own} mtu 9001 netns p-i-0123456789abcdef0`,
      'link set i3456789abcdef0 arp off up',
    ]);
    expect(linesOf(plansOf()[0], 'addresses i3456789abcdef0')).toEqual([
      'route replace 10.0.1.10 dev i3456789abcdef0 src 10.0.1.1',
      `neigh replace 10.0.1.10 lladdr ${own} dev i3456789abcdef0 nud permanent`,
      'route replace fd00:1:2:3::10 dev i3456789abcdef0 src fd00:1:2:3::1',
      `neigh replace fd00:1:2:3::10 lladdr ${own} dev i3456789abcdef0 nud permanent`,
    ]);
  });

  test('gives an instance of an IPv6-only subnet nothing of IPv4', () => {
    const six = { ipv6CidrBlock: 'fd00:1:2:4::/64' };
    const plans = plansOf({
      subnets: [six],
      instances: [
        { id: 'i-6', networkInterfaceId: 'eni-6', ipv6Address: 'fd00:1:2:4::10', subnet: six },
      ],
    });
    for (const [name, address] of [
      ['p-i-6', 'fd00:1:2:4::10'],
      ['p-vpc-1', 'fd00:1:2:4::3'],
    ] as const) {
      expect(linesOf(named(plans, name), 'addresses')).toEqual([
        `addr add ${address}/64 dev eth0 noprefixroute nodad`,
        `neigh replace fd00:1:2:4::1 lladdr ${router} dev eth0 nud permanent`,
        'route replace default via fd00:1:2:4::1 dev eth0 onlink',
      ]);
      expect(named(plans, name)!.resolver).toBe('fd00:ec2::253');
    }
    expect(linesOf(plans[0], 'router fd00:1:2:4::1')).toEqual([
      'addr add fd00:1:2:4::1/128 dev lo nodad noprefixroute',
      'route add blackhole fd00:1:2:4::1 table 172',
    ]);
  });

  test('lets nobody but the router send from its addresses', () => {
    const [router] = plansOf();
    expect(router!.settings).toMatchObject({ 'ipv4/conf/all/rp_filter': '1' });
    expect(linesOf(router, 'base')).toEqual(
      expect.arrayContaining([
        'rule add from 169.254.171.0/24 pref 6 unreachable',
        '-6 rule add from fd00:ec2::/32 pref 6 unreachable',
      ]),
    );
  });

  test('gives clients an address that no instance can have', () => {
    expect(linesOf(named(plansOf(), 'p-vpc-1'), 'addresses')).toContain(
      'addr add 10.0.1.3/24 dev eth0 noprefixroute',
    );
    const bare = plansOf({ subnets: [], instances: [] });
    expect(linesOf(named(bare, 'p-vpc-1'), 'addresses')).toContain(
      'addr add 10.0.0.3/16 dev eth0 noprefixroute',
    );
  });

  test('lets addresses of services lead somewhere only in a service network', () => {
    expect(linesOf(plansOf()[0], 'services')).toEqual([
      'route replace blackhole 169.254.171.0/24 table 171',
      'route replace blackhole fd00:ec2:80::/64 table 171',
    ]);
    expect(linesOf(plansOf({ isAssociated: true })[0], 'services')).toEqual([
      'route replace local 169.254.171.0/24 dev lo table 171',
      'route replace local fd00:ec2:80::/64 dev lo table 171',
    ]);
  });

  test('keeps TCP from the own addresses of the router', () => {
    const [router] = plansOf();
    expect(linesOf(router, 'router 10.0.1.1')).toEqual([
      'addr add 10.0.1.1/32 dev lo',
      'route add blackhole 10.0.1.1 table 172',
    ]);
    expect(linesOf(router, 'router fd00:1:2:3::1')).toEqual([
      'addr add fd00:1:2:3::1/128 dev lo nodad noprefixroute',
      'route add blackhole fd00:1:2:3::1 table 172',
    ]);
  });

  const first = { cidrBlock: '10.0.0.0/24' };
  test.each([
    { name: 'the first subnet begins where the VPC does', before: [], after: [first] },
    {
      name: 'a subnet gets a block for IPv6',
      before: [first],
      after: [{ ...first, ipv6CidrBlock: 'fd00:1:2:3::/64' }],
    },
  ])('leaves the address of the router alone when $name', ({ before, after }) => {
    const [was, is] = [before, after].map(
      (subnets) => new Map(plansOf({ subnets, instances: [] }).map((plan) => [plan.name, plan])),
    );
    const [router] = diffPlans(was!, is!).batches;
    // With it the kernel would remove what has it as its source.
    expect(router!.lines.filter((line) => line.startsWith('addr del 10.'))).toEqual([]);
  });

  test('has names of links that Linux takes, and no two machines with one hardware address', () => {
    const lines = plansOf()
      .flatMap(({ parts }) => [...parts.values()])
      .flatMap(({ add }) => add)
      .filter((line) => line.startsWith('link add'));
    const links = lines.map((line) => line.split(' ')[2]!);
    expect(links).toEqual(['clients', 'i3456789abcdef0']);
    expect(links.every((link) => link.length <= 15)).toBe(true);
    const addresses = lines.flatMap((line) =>
      [...line.matchAll(/address (\S+)/g)].map(([, at]) => at),
    );
    expect(addresses).toHaveLength(4);
    expect(new Set(addresses).size).toBe(3);
  });
});

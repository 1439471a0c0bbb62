import { describe, expect, test } from 'vitest';
import { serviceAddressOf } from '../../lattice/service-address.ts';
import type { PathExplanation, PathQuestion } from '../../snapshot/explanation.ts';
import type { Part } from '../../snapshot/parts.ts';
import {
  aDelta,
  aLoneVpc,
  anAcl,
  anAclEntry,
  anInterface,
  aSecurityGroup,
  aSecurityRule,
  aSnapshot,
  aSubnet,
  aVpc,
} from '../sample-parts.ts';
import { DataPlaneState } from '../state.ts';
import { explainPath } from './explain-path.ts';

/** `somewhere`: the client does not say where it is. */
type Asked = Partial<Pick<PathQuestion, 'from' | 'url' | 'isOfMachines'>>;

const SHOP = serviceAddressOf('svc-1');

const ask = (
  parts: readonly Part[],
  { from = '10.0.1.7', url = 'http://shop.example/api', isOfMachines = false }: Asked = {},
) => {
  const state = new DataPlaneState({ now: () => 0 });
  state.apply(aDelta([...aSnapshot(), anAcl(), aSubnet(), anInterface(), aSecurityGroup()]));
  state.apply(aDelta(parts));
  const place = from === 'somewhere' ? {} : { from };
  return explainPath({ vpcId: 'vpc-1', url, isOfMachines, ...place }, state, 0);
};

const pathOf = (...asked: Parameters<typeof ask>): PathExplanation => {
  const answer = ask(...asked);
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.paths[0]!;
};

interface Case {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly question?: Asked;
  readonly check: string;
  readonly message: string;
  readonly mismatches?: readonly string[];
  readonly advice: string;
}

const guarded = aVpc({ securityGroupIds: ['sg-a'] });
const ofAssociation = (...rules: Parameters<typeof aSecurityRule>[0][]) =>
  aSecurityGroup({ id: 'sg-a', rules: rules.map((rule) => aSecurityRule(rule)) });
const ASSOCIATION = 'security groups of the association';

const CLOSED: readonly Case[] = [
  {
    name: 'a missing association',
    parts: [aLoneVpc()],
    check: 'association of the VPC',
    message: 'vpc-1 is in no service network',
    advice: 'associate vpc-1 with the service network of the service',
  },
  {
    name: 'a group of the association for other addresses, ports, protocols and groups',
    parts: [
      guarded,
      ofAssociation(
        { cidrs: ['10.0.2.0/24', 'fd80::/56'] },
        { fromPort: 443, toPort: 444 },
        { protocol: 'udp' },
        { referencedGroupId: 'sg-9' },
      ),
    ],
    check: ASSOCIATION,
    message: 'no rule of sg-a allows tcp port 80 from 10.0.1.7',
    mismatches: [
      '10.0.1.7 is not in 10.0.2.0/24 or fd80::/56',
      'it is for ports 443-444, and the port is 80',
      'it is for udp, not for tcp',
      'it is for members of sg-9, and the client is in sg-1',
    ],
    advice: 'add a rule to sg-a that allows tcp port 80 from 10.0.1.7',
  },
  {
    name: 'a group of the association, to a client that says nothing of itself',
    parts: [guarded, ofAssociation({ cidrs: ['10.0.1.0/24'] })],
    question: { from: 'somewhere' },
    check: ASSOCIATION,
    message: 'no rule of sg-a allows tcp port 80 from all of the VPC',
    mismatches: [
      '10.0.1.0/24 is not all of 10.0.0.0/16, and the client does not say where in it it is',
    ],
    advice: 'add a rule to sg-a that allows tcp port 80 from all of the VPC',
  },
  {
    name: 'a group of the client',
    parts: [aSecurityGroup({ rules: [aSecurityRule({ isEgress: true, cidrs: ['10.0.0.0/8'] })] })],
    check: 'security groups of the client',
    message: `no rule of sg-1 allows tcp port 80 to ${SHOP.ipv4}`,
    mismatches: [`${SHOP.ipv4} is not in 10.0.0.0/8`],
    advice:
      'add a rule to sg-1 that allows tcp port 80 to the prefix list com.amazonaws.us-west-2.vpc-lattice',
  },
  {
    name: 'a group of the client that is for the addresses of other services, by IPv6',
    parts: [
      aSecurityGroup({
        rules: [aSecurityRule({ isEgress: true, cidrs: ['fd00:ec2:80::a9fe:ab01/128'] })],
      }),
    ],
    question: { from: 'fd80:0:0:1::7' },
    check: 'security groups of the client',
    message: `no rule of sg-1 allows tcp port 80 to ${SHOP.ipv6}`,
    mismatches: [`${SHOP.ipv6} is not in fd00:ec2:80::a9fe:ab01/128`],
    advice:
      'add a rule to sg-1 that allows tcp port 80 to the prefix list com.amazonaws.us-west-2.ipv6.vpc-lattice',
  },
  {
    name: 'an entry of a network ACL before the one that allows',
    parts: [
      anAcl({
        entries: [
          anAclEntry({ isEgress: true, ruleNumber: 80, protocol: '17' }),
          anAclEntry({
            isEgress: true,
            ruleNumber: 90,
            protocol: '6',
            toPort: 100,
            action: 'deny',
          }),
          ...anAcl().entries,
        ],
      }),
    ],
    check: "network ACL of the client's subnet, outbound",
    message: 'entry 90 of acl-1 refuses tcp ports 0-100 to 0.0.0.0/0',
    mismatches: ['it is for udp, not for tcp'],
    advice:
      'add an entry to acl-1 with a number below 90 that allows tcp port 80 to 169.254.171.0/24',
  },
  {
    name: 'a network ACL without an entry for what comes back',
    parts: [anAcl({ entries: [anAclEntry({ isEgress: true })] })],
    check: "network ACL of the client's subnet, inbound, for what comes back",
    message: `no entry of acl-1 allows tcp port 49152 from ${SHOP.ipv4}`,
    advice: 'add an entry to acl-1 that allows tcp ports 1024-65535 from 169.254.171.0/24',
  },
  {
    name: 'an address that nobody has, where clients are machines',
    parts: [],
    question: { from: '10.0.1.8', isOfMachines: true },
    check: 'address of the client',
    message: "nobody has 10.0.1.8: it is neither an instance's nor that of `pergola exec --vpc`",
    advice: 'run an instance in vpc-1 and ask from its id, or ask from vpc-1 without an address',
  },
  {
    name: 'a network interface without an instance, where clients are machines',
    parts: [],
    question: { from: 'eni-1', isOfMachines: true },
    check: 'address of the client',
    message: 'nobody has 10.0.1.7: eni-1 is of no instance',
    advice: 'run an instance in vpc-1 and ask from its id, or ask from vpc-1 without an address',
  },
  {
    name: 'a name that no service has',
    parts: [],
    question: { url: 'http://nobody.example/' },
    check: 'service',
    message: 'no service in sn-1 has the name `nobody.example`',
    advice: 'associate the service that has the name `nobody.example` with sn-1',
  },
  {
    name: 'a port without a listener',
    parts: [],
    question: { url: 'http://shop.example:81/' },
    check: 'listener',
    message: 'svc-1 has no listener for port 81',
    advice: 'use a port of svc-1, which has 80, or make a listener for port 81',
  },
];

describe('what keeps a client out', () => {
  test.each(CLOSED)('is told of $name', ({ parts, question, check, message, ...expected }) => {
    const path = pathOf(parts, question);
    expect(path.isOpen).toBe(false);
    const [failed, ...others] = path.checks.filter(({ passes }) => !passes);
    expect(others).toEqual([]);
    expect(failed).toMatchObject({ check, message, advice: [expected.advice] });
    expect(failed!.rules.flatMap(({ mismatches }) => mismatches)).toEqual(
      expected.mismatches ?? [],
    );
  });
});

test('a path that is open says by which rules, and which targets can be reached', () => {
  const path = pathOf(
    [
      guarded,
      ofAssociation({ referencedGroupId: 'sg-1' }),
      aVpc({ id: 'vpc-9' }),
      anInterface({ id: 'eni-9', vpcId: 'vpc-9', addresses: ['10.0.0.2'] }),
    ],
    { from: 'eni-1' },
  );
  expect(path).toMatchObject({
    isOpen: true,
    from: {
      ...{ vpcId: 'vpc-1', address: '10.0.1.7', subnetId: 'subnet-1' },
      ...{ networkInterfaceId: 'eni-1', securityGroupIds: ['sg-1'], networkAclId: 'acl-1' },
    },
    to: { host: 'shop.example', port: 80, serviceId: 'svc-1' },
  });
  expect(path.checks.map(({ message }) => message)).toEqual([
    'snva-1 puts vpc-1 into service network sn-1',
    'sgr-out of sg-1 allows everything to 0.0.0.0/0, ::/0',
    'entry 100 of acl-1 allows everything to 0.0.0.0/0',
    'sgr-1 of sg-a allows tcp port 80 from members of sg-1',
    'entry 100 of acl-1 allows everything from 0.0.0.0/0',
    'svc-1 has the name `shop.example`',
    'listener-1 of svc-1 is for HTTP on port 80',
  ]);
  expect(path.targets).toMatchObject([
    { targetGroupId: 'tg-1', targetId: '10.0.0.1', port: 8080, isOpen: true },
    { targetGroupId: 'tg-1', targetId: '10.0.0.2', port: 8080, isOpen: false },
  ]);
  expect(path.targets[1]!.checks.find(({ passes }) => !passes)).toMatchObject({
    check: 'security groups of the target',
    message: 'no rule of sg-1 allows tcp port 8080 from 169.254.171.254',
    advice: [
      'add a rule to sg-1 that allows tcp port 8080 from the prefix list com.amazonaws.us-west-2.vpc-lattice',
    ],
  });
});

test.each([
  { name: 'an address that nobody has, where clients say where they are', from: '10.0.1.8' },
  { name: 'an instance', from: 'i-1', isOfMachines: true },
  { name: 'the address of clients in a subnet', from: '10.0.1.3', isOfMachines: true },
  { name: 'somewhere in the VPC', from: 'somewhere', isOfMachines: true },
])('a path is open from $name', ({ name: _, ...question }) => {
  expect(pathOf([anInterface({ instanceId: 'i-1' })], question).isOpen).toBe(true);
});

test('a client may be let out to the address of the service alone', () => {
  const rule = aSecurityRule({ isEgress: true, cidrs: [`${SHOP.ipv4}/32`] });
  expect(pathOf([aSecurityGroup({ rules: [rule] })]).isOpen).toBe(true);
});

test('each address of an interface has its own verdict', () => {
  const answer = ask([guarded, ofAssociation({ cidrs: ['10.0.0.0/16'] })], { from: 'eni-1' });
  if ('problem' in answer) throw new Error(answer.problem);
  expect(answer.paths.map(({ from, isOpen }) => [from.address, isOpen])).toEqual([
    ['10.0.1.7', true],
    ['fd80:0:0:1::7', false],
  ]);
});

test.each([
  {
    name: 'an address of no VPC',
    question: { from: '192.0.2.1' },
    problem: /neither an address of/,
  },
  {
    name: 'an interface that is not there',
    question: { from: 'eni-7' },
    problem: /`eni-7` is neither/,
  },
  {
    name: 'a URL without a scheme',
    question: { url: 'shop.example' },
    problem: /^give a URL with http:\/\/ or https:\/\/$/,
  },
])('$name is a problem', ({ question, problem }) => {
  expect(ask([], question)).toEqual({ problem: expect.stringMatching(problem) });
});

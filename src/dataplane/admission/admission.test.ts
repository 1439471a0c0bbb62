import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../lattice/cidr.ts';
import type {
  NetworkAclEntryPart,
  NetworkAclPart,
  SecurityGroupPart,
  SecurityRulePart,
  VpcPart,
} from '../../snapshot/parts.ts';
import { clientChecks, targetChecks } from '../explain/access-checks.ts';
import {
  anAcl,
  anAclEntry,
  anInterface,
  aSecurityGroup,
  aSecurityRule,
  aSubnet,
  aVpc,
} from '../sample-parts.ts';
import { Admission, type AdmissionPart, type ClientAttempt } from './admission.ts';

const admissionOf = (...parts: readonly AdmissionPart[]): Admission => {
  const admission = new Admission();
  for (const part of parts) admission.change(undefined, part);
  return admission;
};

/** By kind and id, so that a case replaces what is usual. */
const withUsual = (parts: readonly AdmissionPart[]): readonly AdmissionPart[] => {
  const usual = [anAcl(), aSubnet(), anInterface(), aSecurityGroup()];
  return [
    ...new Map([...usual, ...parts].map((part) => [`${part.kind}/${part.id}`, part])).values(),
  ];
};

const FRONT = '169.254.171.0/24';
/** A connection to a service at 169.254.171.33, unless told otherwise. */
const anAttempt = (
  text: string | undefined,
  attempt: Partial<ClientAttempt> = {},
): ClientAttempt => {
  const address = text === undefined ? undefined : parseAddress(text)!;
  const front = address?.version === 6 ? 'fd00:ec2:80::a9fe:ab21' : '169.254.171.33';
  return { address, front: parseAddress(front)!, port: 40_000, listenerPort: 80, ...attempt };
};
const outbound = (rule: Partial<SecurityRulePart>) =>
  aSecurityGroup({ rules: [aSecurityRule({ isEgress: true, ...rule })] });
const ofAssociation = (...rules: readonly Partial<SecurityRulePart>[]) =>
  aSecurityGroup({ id: 'sg-a', rules: rules.map((rule) => aSecurityRule(rule)) });
const aclWith = (...entries: readonly Partial<NetworkAclEntryPart>[]): NetworkAclPart =>
  anAcl({ entries: [...entries.map((entry) => anAclEntry(entry)), ...anAcl().entries] });

interface Case {
  readonly name: string;
  readonly parts?: readonly AdmissionPart[];
  readonly vpc?: Partial<VpcPart>;
  readonly address?: string | undefined;
  readonly front?: string;
  readonly port?: number;
  readonly listenerPort?: number;
  readonly isAdmitted: boolean;
}

const guarded = { securityGroupIds: ['sg-a'] };

const CLIENTS: readonly Case[] = [
  { name: 'anybody, where the association has no groups', isAdmitted: true },
  {
    name: 'nobody, where its group has no rules',
    vpc: guarded,
    parts: [ofAssociation()],
    isAdmitted: false,
  },
  {
    name: 'nobody, where its group does not exist',
    vpc: guarded,
    isAdmitted: false,
  },
  { name: 'the block of a rule', vpc: guarded, parts: [ofAssociation({})], isAdmitted: true },
  {
    name: 'no other block',
    vpc: guarded,
    parts: [ofAssociation({ cidrs: ['10.0.2.0/24'] })],
    isAdmitted: false,
  },
  {
    name: 'no other port',
    vpc: guarded,
    parts: [ofAssociation({ fromPort: 443, toPort: 443 })],
    isAdmitted: false,
  },
  {
    name: 'no other protocol',
    vpc: guarded,
    parts: [ofAssociation({ protocol: 'udp' })],
    isAdmitted: false,
  },
  {
    name: 'all ports by a rule for all protocols',
    vpc: guarded,
    parts: [ofAssociation({ protocol: '-1', fromPort: -1, toPort: -1 })],
    isAdmitted: true,
  },
  {
    name: 'whoever any of several groups lets in',
    vpc: { securityGroupIds: ['sg-b', 'sg-a'] },
    parts: [ofAssociation({}), aSecurityGroup({ id: 'sg-b' })],
    isAdmitted: true,
  },
  {
    name: 'nobody by an outbound rule of the association',
    vpc: guarded,
    parts: [ofAssociation({ isEgress: true })],
    isAdmitted: false,
  },
  {
    name: 'members of a group',
    vpc: guarded,
    parts: [ofAssociation({ referencedGroupId: 'sg-1' })],
    isAdmitted: true,
  },
  {
    name: 'no members of another group',
    vpc: guarded,
    parts: [ofAssociation({ referencedGroupId: 'sg-7' })],
    isAdmitted: false,
  },
  {
    name: 'members of a group by IPv6',
    vpc: guarded,
    parts: [ofAssociation({ referencedGroupId: 'sg-1' })],
    address: 'fd80:0:0:1::7',
    isAdmitted: true,
  },
  {
    name: 'an IPv6 block',
    vpc: guarded,
    parts: [ofAssociation({ cidrs: ['fd80:0:0:1::/64'] })],
    address: 'fd80:0:0:1::7',
    isAdmitted: true,
  },
  {
    name: 'nobody by IPv6 whom a rule for IPv4 means',
    vpc: guarded,
    parts: [ofAssociation({ cidrs: ['0.0.0.0/0'] })],
    address: 'fd80:0:0:1::7',
    isAdmitted: false,
  },
  {
    name: 'a client that may leave for the addresses of services',
    parts: [outbound({ cidrs: [FRONT] })],
    isAdmitted: true,
  },
  {
    name: 'a client that may leave for the address that it goes to',
    parts: [outbound({ cidrs: ['169.254.171.33/32'] })],
    isAdmitted: true,
  },
  {
    name: 'a client that may, of IPv6',
    parts: [outbound({ cidrs: ['fd00:ec2:80::a9fe:ab21/128'] })],
    address: 'fd80:0:0:1::7',
    isAdmitted: true,
  },
  {
    name: 'a client that goes to another such address',
    parts: [outbound({ cidrs: ['169.254.171.7/32'] })],
    front: '169.254.171.7',
    isAdmitted: true,
  },
  {
    name: 'no client that may leave for another address of services',
    parts: [outbound({ cidrs: ['169.254.171.1/32', '169.254.171.254/32'] })],
    isAdmitted: false,
  },
  {
    name: 'no client to which answers may come from another address of services',
    parts: [
      anAcl({
        entries: [anAclEntry({ isEgress: true }), anAclEntry({ cidr: '169.254.171.1/32' })],
      }),
    ],
    isAdmitted: false,
  },
  {
    name: 'no client that may leave for others only',
    parts: [outbound({ cidrs: ['10.0.0.0/8'] })],
    isAdmitted: false,
  },
  {
    name: 'no client that may leave for members of a group only',
    parts: [outbound({ referencedGroupId: 'sg-1' })],
    isAdmitted: false,
  },
  {
    name: 'no client that may leave by IPv4 only, by IPv6',
    parts: [outbound({ cidrs: ['0.0.0.0/0'] })],
    address: 'fd80:0:0:1::7',
    isAdmitted: false,
  },
  {
    name: 'no client whose subnet lets nothing out',
    parts: [aclWith({ isEgress: true, ruleNumber: 1, action: 'deny' })],
    isAdmitted: false,
  },
  {
    name: 'a client for which an earlier entry speaks',
    parts: [
      aclWith(
        { isEgress: true, ruleNumber: 1, cidr: FRONT },
        { isEgress: true, ruleNumber: 2, action: 'deny' },
      ),
    ],
    isAdmitted: true,
  },
  {
    name: 'no client to which no answer may come',
    parts: [
      aclWith({ ruleNumber: 1, protocol: '6', fromPort: 1024, toPort: 65_535, action: 'deny' }),
    ],
    isAdmitted: false,
  },
  {
    name: 'a client to whose port answers may come',
    parts: [
      anAcl({
        entries: [
          anAclEntry({ isEgress: true }),
          anAclEntry({ protocol: '6', fromPort: 40_000, toPort: 40_000 }),
        ],
      }),
    ],
    isAdmitted: true,
  },
  {
    name: 'by the ACL of the subnet, not by that of the VPC',
    parts: [aSubnet({ networkAclId: 'acl-2' }), anAcl({ id: 'acl-2', entries: [] })],
    isAdmitted: false,
  },
  {
    name: 'by the ACL of the VPC what is in no subnet',
    parts: [aSubnet({ networkAclId: 'acl-2' }), anAcl({ id: 'acl-2', entries: [] })],
    address: '10.0.9.9',
    isAdmitted: true,
  },
  {
    name: 'nobody where the ACL does not exist',
    parts: [aSubnet({ networkAclId: 'acl-9' })],
    isAdmitted: false,
  },
  {
    name: 'as a member of the default group whoever has no network interface',
    vpc: { ...guarded, defaultSecurityGroupId: 'sg-d' },
    parts: [ofAssociation({ referencedGroupId: 'sg-d' }), aSecurityGroup({ id: 'sg-d' })],
    address: '10.0.1.8',
    isAdmitted: true,
  },
  {
    name: 'by the rules of the default group whoever has no network interface',
    vpc: { defaultSecurityGroupId: 'sg-d' },
    parts: [aSecurityGroup({ id: 'sg-d', rules: [] })],
    address: '10.0.1.8',
    isAdmitted: false,
  },
  {
    name: 'somebody in the VPC where all of the VPC may come in',
    vpc: guarded,
    parts: [ofAssociation({ cidrs: ['10.0.0.0/8'] })],
    address: undefined,
    isAdmitted: true,
  },
  {
    name: 'nobody in particular where a part of the VPC may come in',
    vpc: guarded,
    parts: [ofAssociation({ cidrs: ['10.0.0.0/17'] }, { cidrs: ['10.0.128.0/17'] })],
    address: undefined,
    isAdmitted: false,
  },
];

describe('a connection of a client', () => {
  test.each(CLIENTS)('admits $name', (given) => {
    const { vpc, parts = [], port = 40_000, listenerPort = 80, front, isAdmitted } = given;
    const address = 'address' in given ? given.address : '10.0.1.7';
    const admission = admissionOf(...withUsual(parts));
    const to = front === undefined ? {} : { front: parseAddress(front)! };
    const attempt = anAttempt(address, { port, listenerPort, ...to });
    expect(admission.admitsClient(aVpc(vpc), attempt)).toBe(isAdmitted);
  });

  test('is judged by what is there now', () => {
    const admission = admissionOf(...withUsual([ofAssociation({})]));
    const vpc = aVpc(guarded);
    const attempt = anAttempt('10.0.1.7');
    const is = () => admission.admitsClient(vpc, attempt);
    const change = (before: AdmissionPart, after: AdmissionPart) => {
      admission.change(before, after);
      return after;
    };
    expect(is()).toBe(true);
    const closed = change(ofAssociation({}), ofAssociation({ cidrs: ['10.0.2.0/24'] }));
    expect(is()).toBe(false);
    change(anInterface(), anInterface({ addresses: ['10.0.2.7'], subnetId: 'subnet-2' }));
    expect(admission.admitsClient(vpc, anAttempt('10.0.2.7'))).toBe(true);
    change(closed, ofAssociation({}));
    expect(is()).toBe(true);
    change(anAcl(), anAcl({ entries: [] }));
    expect(is()).toBe(false);
  });
});

test.each([
  { name: 'an instance has', address: '10.0.1.7', isGiven: true },
  { name: 'an instance has beside another', address: 'fd80:0:0:1::7', isGiven: true },
  { name: 'an interface without an instance has', address: '10.0.1.9', isGiven: false },
  { name: 'clients of the first subnet have', address: '10.0.1.3', isGiven: true },
  { name: 'they have of IPv6', address: 'fd80:0:0:1::3', isGiven: true },
  { name: 'nobody has', address: '10.0.1.8', isGiven: false },
  { name: 'is the router', address: '10.0.1.1', isGiven: false },
  { name: 'would be that of clients, had the VPC no subnet', address: '10.0.0.3', isGiven: true },
  { name: 'is of another network', address: '127.0.0.1', isGiven: false },
  { name: 'is link-local', address: 'fe80::7', isGiven: false },
])('whether an address is given that $name: $isGiven', ({ address, isGiven }) => {
  const admission = admissionOf(
    aSubnet(),
    anInterface({ instanceId: 'i-1' }),
    anInterface({ id: 'eni-9', addresses: ['10.0.1.9'] }),
  );
  expect(admission.isGiven(aVpc(), parseAddress(address)!)).toBe(isGiven);
});

interface TargetCase extends Pick<Case, 'name' | 'parts' | 'address' | 'isAdmitted'> {
  readonly targetPort?: number;
}

const inbound = (rule: Partial<SecurityRulePart>): SecurityGroupPart =>
  aSecurityGroup({ rules: [aSecurityRule({ fromPort: 8080, toPort: 8080, ...rule })] });

const TARGETS: readonly TargetCase[] = [
  {
    name: 'where the group lets in addresses of services',
    parts: [inbound({ cidrs: [FRONT] })],
    isAdmitted: true,
  },
  {
    name: 'where the group lets in the address that targets see',
    parts: [inbound({ cidrs: ['169.254.171.254/32'] })],
    isAdmitted: true,
  },
  {
    name: 'where it lets in that of IPv6',
    parts: [inbound({ cidrs: ['fd00:ec2:80::a9fe:abfe/128'] })],
    address: 'fd80:0:0:1::7',
    isAdmitted: true,
  },
  {
    name: 'not where the group lets in the address of a service only',
    parts: [inbound({ cidrs: ['169.254.171.1/32'] })],
    isAdmitted: false,
  },
  {
    name: 'not on another port, as that of a health check',
    parts: [inbound({ cidrs: [FRONT] })],
    targetPort: 8081,
    isAdmitted: false,
  },
  {
    name: 'not where the group lets in members of a group only',
    parts: [inbound({ referencedGroupId: 'sg-1' })],
    isAdmitted: false,
  },
  { name: 'not where the group lets nobody in', isAdmitted: false },
  { name: 'where no network interface has the address', address: '10.0.1.8', isAdmitted: true },
  {
    name: 'not where the subnet lets nobody in, with or without a network interface',
    parts: [aclWith({ ruleNumber: 1, action: 'deny', cidr: FRONT })],
    address: '10.0.1.8',
    isAdmitted: false,
  },
  {
    name: 'not where the subnet lets no answer out',
    parts: [aclWith({ ruleNumber: 1, action: 'deny', isEgress: true })],
    address: '10.0.1.8',
    isAdmitted: false,
  },
  {
    name: 'by IPv6 where the group lets in those addresses of services',
    parts: [inbound({ cidrs: ['fd00:ec2:80::/64'] })],
    address: 'fd80:0:0:1::7',
    isAdmitted: true,
  },
  {
    name: 'not by IPv6 where it lets in IPv4 only',
    parts: [inbound({ cidrs: [FRONT] })],
    address: 'fd80:0:0:1::7',
    isAdmitted: false,
  },
];

test.each(TARGETS)(
  'a target is reached $name',
  ({ parts = [], address = '10.0.1.7', targetPort = 8080, isAdmitted }) => {
    const admission = admissionOf(...withUsual(parts));
    expect(admission.admitsTarget(aVpc(), address, targetPort)).toBe(isAdmitted);
  },
);

const ports = fc.constantFrom([0, 65_535], [80, 80], [81, 443], [1024, 65_535], [-1, -1]);
const protocol = fc.constantFrom('-1', 'tcp', '6', 'udp', '17');
const block = fc.constantFrom(
  ...[
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/16',
    '10.0.1.0/24',
    FRONT,
    '169.254.171.33/32',
    '169.254.171.254/32',
  ],
  ...['fd00:ec2:80::/64', 'fd80::/56', 'fd80:0:0:1::/64'],
);
const securityRule = fc
  .record({
    isEgress: fc.boolean(),
    protocol,
    ports,
    cidrs: fc.array(block, { minLength: 1, maxLength: 2 }),
    referencedGroupId: fc.option(fc.constantFrom('sg-1', 'sg-2'), { nil: undefined }),
  })
  .map(({ ports: [fromPort = 0, toPort = 0], referencedGroupId, cidrs, ...rule }) =>
    aSecurityRule({
      ...{ ...rule, fromPort, toPort },
      ...(referencedGroupId === undefined ? { cidrs } : { referencedGroupId }),
    }),
  );
const groupOf = (id: string) =>
  fc.array(securityRule, { maxLength: 3 }).map((rules) => aSecurityGroup({ id, rules }));
const aclEntry = fc
  .record({
    isEgress: fc.boolean(),
    protocol,
    ports,
    cidr: block,
    action: fc.constantFrom('allow', 'deny'),
  })
  .map(({ ports: [fromPort = 0, toPort = 0], ...entry }) =>
    anAclEntry({ ...entry, fromPort, toPort }),
  );
const isPassed = ({ passes }: { passes: boolean }) => passes;
const groupIds = fc.subarray(['sg-1', 'sg-2', 'sg-missing']);

test('what is decided and what is explained are the same, whatever the rules', () => {
  fc.assert(
    fc.property(
      fc.tuple(groupOf('sg-1'), groupOf('sg-2')),
      fc.array(aclEntry, { maxLength: 4 }),
      groupIds,
      groupIds,
      fc.constantFrom('10.0.1.7', '10.0.1.8', '10.0.9.9', 'fd80:0:0:1::7', undefined),
      fc.constantFrom(80, 443),
      (groups, entries, ofVpc, ofInterface, address, listenerPort) => {
        const acl = anAcl({ entries: [...entries, ...anAcl().entries] });
        const networkInterface = anInterface({ securityGroupIds: ofInterface });
        const admission = admissionOf(acl, aSubnet(), networkInterface, ...groups);
        const vpc = aVpc({ securityGroupIds: ofVpc, defaultSecurityGroupId: 'sg-2' });
        const attempt = anAttempt(address, { listenerPort });
        const { address: parsed } = attempt;
        const asClient = clientChecks(admission, vpc, admission.clientPlace(vpc, parsed), attempt);
        expect(admission.admitsClient(vpc, attempt)).toBe(asClient.every(isPassed));
        const asTarget = targetChecks(admission, vpc, admission.targetPlace(vpc, parsed), 443);
        if (address === undefined) return;
        expect(admission.admitsTarget(vpc, address, 443)).toBe(asTarget.every(isPassed));
      },
    ),
    { numRuns: 500 },
  );
});

import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { managedPrefixLists } from '../../../../lattice/prefix-list.ts';
import type { IpPermission } from '../../../../protocol/generated/ec2.ts';
import { ACCOUNT, Ec2Fixture, OTHER_ACCOUNT } from '../ec2-fixture.ts';

let ec2: Ec2Fixture;
let VpcId: string;
let GroupId: string;
beforeEach(async () => {
  ec2 = await Ec2Fixture.open();
  VpcId = await ec2.vpc();
  GroupId = await ec2.group(VpcId);
});

const UNKNOWN_RULE = 'sgr-00000000000000000';
const http = (...cidrs: string[]): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: 80,
  ToPort: 80,
  IpRanges: cidrs.map((CidrIp) => ({ CidrIp })),
});
const allowIn = async (...IpPermissions: IpPermission[]) =>
  (await ec2.call('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions })).SecurityGroupRules!;
const ingress = async () =>
  (await ec2.call('DescribeSecurityGroups', { GroupIds: [GroupId] })).SecurityGroups![0]!
    .IpPermissions!;

describe('authorizing', () => {
  test('makes one rule for each source and answers them', async () => {
    const [list] = managedPrefixLists('us-west-2');
    const rules = await allowIn({
      ...http('100.68.0.18/18'),
      Ipv6Ranges: [{ CidrIpv6: '2001:DB8::1/32', Description: 'six' }],
      PrefixListIds: [{ PrefixListId: list!.id }],
      UserIdGroupPairs: [{ GroupId }],
    });
    const common = {
      SecurityGroupRuleId: expect.stringMatching(/^sgr-0[0-9a-f]{16}$/),
      GroupId,
      GroupOwnerId: ACCOUNT,
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: 80,
      ToPort: 80,
      Tags: [],
      SecurityGroupRuleArn: expect.stringContaining(`:${ACCOUNT}:security-group-rule/sgr-`),
    };
    expect(rules).toEqual([
      { ...common, CidrIpv4: '100.68.0.0/18' },
      { ...common, CidrIpv6: '2001:db8::/32', Description: 'six' },
      { ...common, PrefixListId: list!.id },
      { ...common, ReferencedGroupInfo: { GroupId, UserId: ACCOUNT } },
    ]);
    expect(await ingress()).toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: 80,
        ToPort: 80,
        IpRanges: [{ CidrIp: '100.68.0.0/18' }],
        Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32', Description: 'six' }],
        PrefixListIds: [{ PrefixListId: list!.id }],
        UserIdGroupPairs: [{ UserId: ACCOUNT, GroupId }],
      },
    ]);
  });

  test('takes one rule in flat form, and groups by name', async () => {
    await ec2.group(VpcId, 'db');
    await ec2.call('AuthorizeSecurityGroupIngress', {
      GroupId,
      IpProtocol: '6',
      FromPort: 22,
      ToPort: 22,
      CidrIp: '192.0.2.1/32',
    });
    await allowIn({ IpProtocol: '-1', UserIdGroupPairs: [{ GroupName: 'db', UserId: ACCOUNT }] });
    const found = await ingress();
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ IpProtocol: 'tcp', IpRanges: [{ CidrIp: '192.0.2.1/32' }] });
    expect(found[1]!.UserIdGroupPairs).toHaveLength(1);
  });

  test.each([
    ['tcp', 1, 2, ['tcp', 1, 2]],
    ['6', 1, 2, ['tcp', 1, 2]],
    ['006', 1, 2, ['tcp', 1, 2]],
    ['050', 1, 2, ['50', -1, -1]],
    ['UDP', 53, 53, ['udp', 53, 53]],
    ['icmp', 8, -1, ['icmp', 8, -1]],
    ['58', -1, -1, ['icmpv6', -1, -1]],
    ['-1', 80, 443, ['-1', -1, -1]],
    ['all', undefined, undefined, ['-1', -1, -1]],
    ['50', 1, 2, ['50', -1, -1]],
  ])('protocol %s with ports %s to %s is kept as %j', async (protocol, from, to, expected) => {
    const [rule] = await allowIn({
      IpProtocol: protocol,
      ...(from !== undefined && { FromPort: from }),
      ...(to !== undefined && { ToPort: to }),
      IpRanges: [{ CidrIp: '0.0.0.0/0' }],
    });
    expect([rule!.IpProtocol, rule!.FromPort, rule!.ToPort]).toEqual(expected);
  });

  const ranges = { IpRanges: [{ CidrIp: '10.0.0.0/8' }] };
  const tcp = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80 };
  test.each<[string, readonly IpPermission[] | undefined, string]>([
    ['no permission', [], 'MissingParameter: The request must contain the parameter ipPermissions'],
    [
      'no protocol',
      [{ FromPort: 1, ToPort: 1, ...ranges }],
      "InvalidParameterValue: Invalid value 'null' for protocol. VPC security group rules must specify protocols explicitly.",
    ],
    [
      'an unknown protocol',
      [{ IpProtocol: 'quic', ...ranges }],
      "InvalidParameterValue: Invalid value 'quic' for IP protocol. Unknown protocol.",
    ],
    [
      'a protocol number out of range',
      [{ IpProtocol: '256', ...ranges }],
      "InvalidParameterValue: Invalid value '256' for IP protocol. Unknown protocol.",
    ],
    [
      'a port missing',
      [{ IpProtocol: 'tcp', FromPort: 80, ...ranges }],
      "InvalidParameterValue: Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    ],
    [
      'a port out of range',
      [{ ...tcp, ToPort: 65_536, ...ranges }],
      'InvalidParameterValue: TCP/UDP port (65536) out of range',
    ],
    [
      'ports the wrong way round',
      [{ ...tcp, ToPort: 79, ...ranges }],
      'InvalidParameterValue: Invalid TCP/UDP port range (80:79)',
    ],
    [
      'an ICMP type out of range',
      [{ IpProtocol: 'icmp', FromPort: 256, ToPort: -1, ...ranges }],
      'InvalidParameterValue: ICMP type (256) out of range',
    ],
    [
      'no source',
      [tcp],
      'MissingParameter: The request must contain the parameter ipRanges, ipv6Ranges, prefixListIds or groups',
    ],
    [
      'a malformed block',
      [http('10.0.0.0')],
      'InvalidParameterValue: CIDR block 10.0.0.0 is malformed',
    ],
    [
      'an IPv6 block for IPv4',
      [http('::/0')],
      'InvalidParameterValue: CIDR block ::/0 is malformed',
    ],
    [
      'an unknown prefix list',
      [{ ...tcp, PrefixListIds: [{ PrefixListId: 'pl-1' }] }],
      "InvalidPrefixListID.NotFound: The prefix list ID 'pl-1' does not exist",
    ],
    [
      'an unknown group',
      [{ ...tcp, UserIdGroupPairs: [{ GroupId: 'sg-00000000000000000' }] }],
      "InvalidGroup.NotFound: The security group 'sg-00000000000000000' does not exist",
    ],
    [
      'a group of another account',
      [{ ...tcp, UserIdGroupPairs: [{ GroupId: 'sg-00000000000000000', UserId: OTHER_ACCOUNT }] }],
      "InvalidGroup.NotFound: The security group 'sg-00000000000000000' does not exist",
    ],
    [
      'a group name that the VPC does not have',
      [{ ...tcp, UserIdGroupPairs: [{ GroupName: 'db' }] }],
      "InvalidGroup.NotFound: The security group 'db' does not exist",
    ],
    [
      'the same twice',
      [http('10.0.0.0/8'), http('10.1.0.0/8')],
      'InvalidParameterValue: The same permission must not appear multiple times',
    ],
    [
      'a rule that is there, whatever its description',
      [{ ...tcp, IpRanges: [{ CidrIp: '192.0.2.0/24', Description: 'other' }] }],
      'InvalidPermission.Duplicate: the specified rule "peer: 192.0.2.0/24, TCP, from port: 80, to port: 80, ALLOW" already exists',
    ],
    [
      'a new rule beside one that is there',
      [http('198.51.100.0/24', '192.0.2.0/24')],
      'InvalidPermission.Duplicate: the specified rule "peer: 192.0.2.0/24, TCP, from port: 80, to port: 80, ALLOW" already exists',
    ],
    [
      'a description beyond ASCII',
      [{ ...tcp, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'é' }] }],
      'InvalidParameterValue: Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
    ],
  ])('refuses %s', async (_name, permissions, error) => {
    await allowIn(http('192.0.2.0/24'));
    const input = { GroupId, ...(permissions && { IpPermissions: permissions }) };
    expect(await ec2.refusal('AuthorizeSecurityGroupIngress', input)).toBe(error);
  });

  test('refuses a group of another VPC', async () => {
    const elsewhere = await ec2.group(await ec2.vpc());
    const IpPermissions = [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: elsewhere }] }];
    expect(await ec2.refusal('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions })).toBe(
      'InvalidGroup.NotFound: You have specified two resources that belong to different networks.',
    );
  });

  test('the same rule may exist in both directions', async () => {
    await allowIn(http('10.0.0.0/8'));
    const IpPermissions = [http('10.0.0.0/8')];
    await ec2.call('AuthorizeSecurityGroupEgress', { GroupId, IpPermissions });
  });

  test('allow-all egress is a duplicate of the rule that a group is made with', async () => {
    const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    expect(await ec2.refusal('AuthorizeSecurityGroupEgress', { GroupId, IpPermissions })).toBe(
      'InvalidPermission.Duplicate: the specified rule "peer: 0.0.0.0/0, ALL, ALLOW" already exists',
    );
  });

  test('refuses more than the quota', async () => {
    ec2 = await Ec2Fixture.open({ rulesPerSecurityGroup: 2 });
    const id = await ec2.group(await ec2.vpc());
    const IpPermissions = [http('10.0.0.0/16', '10.1.0.0/16')];
    expect(await ec2.refusal('AuthorizeSecurityGroupIngress', { GroupId: id, IpPermissions })).toBe(
      'RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.',
    );
  });
});

describe('revoking', () => {
  test('by what the rule says, description or not', async () => {
    await allowIn({ ...http(), IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'x' }] });
    const answer = await ec2.call('RevokeSecurityGroupIngress', {
      GroupId,
      IpPermissions: [http('10.0.0.0/8')],
    });
    expect(answer).toMatchObject({
      Return: true,
      UnknownIpPermissions: [],
      RevokedSecurityGroupRules: [{ GroupId, IsEgress: false, CidrIpv4: '10.0.0.0/8' }],
    });
    expect(await ingress()).toEqual([]);
  });

  test('by id, with its tags', async () => {
    const rules = await allowIn(http('10.0.0.0/8', '11.0.0.0/8'));
    const id = rules[0]!.SecurityGroupRuleId!;
    await ec2.call('CreateTags', { Resources: [id], Tags: [{ Key: 'a', Value: 'b' }] });
    await ec2.call('RevokeSecurityGroupIngress', { GroupId, SecurityGroupRuleIds: [id] });
    expect((await ingress())[0]!.IpRanges).toEqual([{ CidrIp: '11.0.0.0/8' }]);
    expect((await ec2.call('DescribeTags', {})).Tags).toEqual([]);
  });

  test('refuses all when one is unknown', async () => {
    await allowIn(http('10.0.0.0/8'));
    const IpPermissions = [http('10.0.0.0/8', '11.0.0.0/8')];
    expect(await ec2.refusal('RevokeSecurityGroupIngress', { GroupId, IpPermissions })).toBe(
      'InvalidPermission.NotFound: The specified rule does not exist in this security group.',
    );
    expect(await ingress()).toHaveLength(1);
  });

  test('an id of the other direction, another group or nothing is not found', async () => {
    const [rule] = await allowIn(http('10.0.0.0/8'));
    const id = rule!.SecurityGroupRuleId!;
    const other = await ec2.group(VpcId, 'other');
    const notFound = (rule: string) =>
      `InvalidSecurityGroupRuleId.NotFound: The security group rule ID '${rule}' does not exist`;
    expect(
      await ec2.refusal('RevokeSecurityGroupEgress', { GroupId, SecurityGroupRuleIds: [id] }),
    ).toBe(notFound(id));
    expect(
      await ec2.refusal('RevokeSecurityGroupIngress', {
        GroupId: other,
        SecurityGroupRuleIds: [id],
      }),
    ).toBe(notFound(id));
    expect(
      await ec2.refusal('RevokeSecurityGroupIngress', {
        GroupId,
        SecurityGroupRuleIds: [UNKNOWN_RULE],
      }),
    ).toBe(notFound(UNKNOWN_RULE));
  });

  test('a group is empty when all that was authorized is revoked', async () => {
    const block = fc
      .tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }))
      .map(([base, length]) => `${base}/${length}`);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(block, { minLength: 1, maxLength: 8 }), async (blocks) => {
        const IpPermissions = [http(...blocks)];
        try {
          await ec2.call('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
        } catch (error) {
          expect(String(error)).toContain('must not appear multiple times');
          return;
        }
        await ec2.call('RevokeSecurityGroupIngress', { GroupId, IpPermissions });
        expect(await ingress()).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('changing', () => {
  test('a rule says something new under the same id', async () => {
    const [rule] = await allowIn(http('10.0.0.0/8'));
    const SecurityGroupRuleId = rule!.SecurityGroupRuleId!;
    await ec2.call('ModifySecurityGroupRules', {
      GroupId,
      SecurityGroupRules: [
        {
          SecurityGroupRuleId,
          SecurityGroupRule: {
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 443,
            ReferencedGroupId: `${ACCOUNT}/${GroupId}`,
            Description: 'self',
          },
        },
      ],
    });
    const { SecurityGroupRules } = await ec2.call('DescribeSecurityGroupRules', {
      SecurityGroupRuleIds: [SecurityGroupRuleId],
    });
    const { CidrIpv4: _, ...before } = rule!;
    expect(SecurityGroupRules).toEqual([
      {
        ...before,
        FromPort: 443,
        ToPort: 443,
        ReferencedGroupInfo: { GroupId, UserId: ACCOUNT },
        Description: 'self',
      },
    ]);
  });

  test('refuses to make it equal to another, two sources, none, and unknown ids', async () => {
    const [first] = await allowIn(http('10.0.0.0/8'));
    await allowIn(http('11.0.0.0/8'));
    const change = (SecurityGroupRule: object, id = first!.SecurityGroupRuleId!) => ({
      GroupId,
      SecurityGroupRules: [{ SecurityGroupRuleId: id, SecurityGroupRule }],
    });
    const tcp = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80 };
    const refusal = (input: ReturnType<typeof change>) =>
      ec2.refusal('ModifySecurityGroupRules', input);
    expect(await refusal(change({ ...tcp, CidrIpv4: '11.0.0.0/8' }))).toContain(
      'InvalidPermission.Duplicate',
    );
    expect(await refusal(change({ ...tcp, CidrIpv4: '1.0.0.0/8', CidrIpv6: '::/0' }))).toContain(
      'exactly one of',
    );
    expect(await refusal(change(tcp))).toContain('MissingParameter');
    expect(await refusal(change({ ...tcp, CidrIpv4: '1.0.0.0/8' }, UNKNOWN_RULE))).toContain(
      'InvalidSecurityGroupRuleId.NotFound',
    );
  });

  test('two rules may swap what they say in one call', async () => {
    const rules = await allowIn(http('10.0.0.0/8', '11.0.0.0/8'));
    const tcp = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80 };
    await ec2.call('ModifySecurityGroupRules', {
      GroupId,
      SecurityGroupRules: [
        {
          SecurityGroupRuleId: rules[0]!.SecurityGroupRuleId!,
          SecurityGroupRule: { ...tcp, CidrIpv4: '11.0.0.0/8' },
        },
        {
          SecurityGroupRuleId: rules[1]!.SecurityGroupRuleId!,
          SecurityGroupRule: { ...tcp, CidrIpv4: '10.0.0.0/8' },
        },
      ],
    });
    expect((await ingress())[0]!.IpRanges).toEqual([
      { CidrIp: '11.0.0.0/8' },
      { CidrIp: '10.0.0.0/8' },
    ]);
  });

  test('descriptions by id and by what the rule says; an empty one removes it', async () => {
    const [rule] = await allowIn(http('10.0.0.0/8'));
    const id = rule!.SecurityGroupRuleId!;
    const range = async () => (await ingress())[0]!.IpRanges;
    await ec2.call('UpdateSecurityGroupRuleDescriptionsIngress', {
      GroupId,
      SecurityGroupRuleDescriptions: [{ SecurityGroupRuleId: id, Description: 'one' }],
    });
    expect(await range()).toEqual([{ CidrIp: '10.0.0.0/8', Description: 'one' }]);
    await ec2.call('UpdateSecurityGroupRuleDescriptionsIngress', {
      GroupId,
      IpPermissions: [{ ...http(), IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'two' }] }],
    });
    expect(await range()).toEqual([{ CidrIp: '10.0.0.0/8', Description: 'two' }]);
    await ec2.call('UpdateSecurityGroupRuleDescriptionsIngress', {
      GroupId,
      IpPermissions: [http('10.0.0.0/8')],
    });
    expect(await range()).toEqual([{ CidrIp: '10.0.0.0/8' }]);
    expect(
      await ec2.refusal('UpdateSecurityGroupRuleDescriptionsEgress', {
        GroupId,
        IpPermissions: [http('10.0.0.0/8')],
      }),
    ).toBe('InvalidPermission.NotFound: The specified rule does not exist in this security group.');
  });
});

describe('describing', () => {
  test('rules of a group, by id, by tag, for their owner only', async () => {
    const { SecurityGroupRules } = await ec2.call('AuthorizeSecurityGroupIngress', {
      GroupId,
      IpPermissions: [http('10.0.0.0/8')],
      TagSpecifications: [
        { ResourceType: 'security-group-rule', Tags: [{ Key: 'a', Value: 'b' }] },
      ],
    });
    const [rule] = SecurityGroupRules!;
    expect(rule!.Tags).toEqual([{ Key: 'a', Value: 'b' }]);
    const find = async (Name: string, value: string) =>
      (await ec2.call('DescribeSecurityGroupRules', { Filters: [{ Name, Values: [value] }] }))
        .SecurityGroupRules!;
    expect(await find('group-id', GroupId)).toHaveLength(2);
    expect(await find('security-group-rule-id', rule!.SecurityGroupRuleId!)).toEqual([rule]);
    expect(await find('tag:a', 'b')).toEqual([rule]);
    ec2.accountId = OTHER_ACCOUNT;
    expect(await find('group-id', GroupId)).toEqual([]);
    expect(
      await ec2.refusal('DescribeSecurityGroupRules', {
        SecurityGroupRuleIds: [rule!.SecurityGroupRuleId!],
      }),
    ).toContain('InvalidSecurityGroupRuleId.NotFound');
  });
});

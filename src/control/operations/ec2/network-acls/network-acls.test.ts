import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CreateNetworkAclEntryRequest } from '../../../../protocol/generated/ec2.ts';
import { Ec2Fixture, OTHER_ACCOUNT } from '../ec2-fixture.ts';

let ec2: Ec2Fixture;
let vpcId: string;
beforeEach(async () => {
  ec2 = await Ec2Fixture.open({ networkAclsPerVpc: 2, entriesPerNetworkAcl: 2 });
  vpcId = await ec2.vpc();
});
afterEach(() => ec2.store.close());

const create = async (VpcId = vpcId) =>
  (await ec2.call('CreateNetworkAcl', { VpcId })).NetworkAcl!.NetworkAclId!;
const acls = async (...NetworkAclIds: string[]) =>
  (await ec2.call('DescribeNetworkAcls', { NetworkAclIds })).NetworkAcls!;
const defaultAcl = async () => (await acls()).find(({ IsDefault }) => IsDefault)!;

const ENTRY = {
  ...{ RuleNumber: 100, Protocol: 'tcp', RuleAction: 'allow', Egress: false },
  ...{ CidrBlock: '10.0.0.0/8', PortRange: { From: 80, To: 81 } },
} as const satisfies Partial<CreateNetworkAclEntryRequest>;
const entry = (
  NetworkAclId: string,
  more: Partial<CreateNetworkAclEntryRequest> = {},
): CreateNetworkAclEntryRequest => ({
  NetworkAclId,
  ...ENTRY,
  ...more,
});
const ofOwn = (list: readonly { RuleNumber?: number | undefined }[]) =>
  list.filter(({ RuleNumber = 0 }) => RuleNumber < 32_767);

describe('a network ACL', () => {
  test('that is new lets nothing through and has no subnets', async () => {
    const TagSpecifications = [
      { ResourceType: 'network-acl', Tags: [{ Key: 'Name', Value: 'web' }] } as const,
    ];
    const { NetworkAcl } = await ec2.call('CreateNetworkAcl', { VpcId: vpcId, TagSpecifications });
    expect(NetworkAcl).toMatchObject({
      ...{ VpcId: vpcId, IsDefault: false, Associations: [] },
      Tags: [{ Key: 'Name', Value: 'web' }],
      Entries: [
        { RuleNumber: 32_767, Egress: false, RuleAction: 'deny', CidrBlock: '0.0.0.0/0' },
        { RuleNumber: 32_767, Egress: true, RuleAction: 'deny', CidrBlock: '0.0.0.0/0' },
      ],
    });
    expect(await acls(NetworkAcl!.NetworkAclId!)).toEqual([NetworkAcl]);
    const filter = { Name: 'tag:Name', Values: ['web'] };
    const { NetworkAcls } = await ec2.call('DescribeNetworkAcls', { Filters: [filter] });
    expect(NetworkAcls).toEqual([NetworkAcl]);
  });

  test('shows its entries in the order in which they are asked', async () => {
    const id = await create();
    await ec2.call('CreateNetworkAclEntry', entry(id, { RuleNumber: 200, Protocol: '17' }));
    await ec2.call(
      'CreateNetworkAclEntry',
      entry(id, { RuleNumber: 100, CidrBlock: '10.1.2.3/8' }),
    );
    await ec2.call('CreateNetworkAclEntry', {
      ...{ NetworkAclId: id, RuleNumber: 100, Protocol: 'icmp', RuleAction: 'deny', Egress: true },
      ...{ Ipv6CidrBlock: 'FD00::/8', IcmpTypeCode: { Type: -1, Code: -1 } },
    });
    const [acl] = await acls(id);
    expect(ofOwn(acl!.Entries!)).toEqual([
      { ...ENTRY, Protocol: '6' },
      { ...ENTRY, RuleNumber: 200, Protocol: '17' },
      {
        ...{ RuleNumber: 100, Protocol: '1', RuleAction: 'deny', Egress: true },
        ...{ Ipv6CidrBlock: 'fd00::/8', IcmpTypeCode: { Type: -1, Code: -1 } },
      },
    ]);
  });

  test('gets an entry replaced or taken out by its number and direction', async () => {
    const id = await create();
    await ec2.call('CreateNetworkAclEntry', entry(id));
    await ec2.call('CreateNetworkAclEntry', entry(id, { Egress: true }));
    await ec2.call('ReplaceNetworkAclEntry', entry(id, { RuleAction: 'deny', Protocol: '-1' }));
    const key = { NetworkAclId: id, RuleNumber: 100, Egress: true };
    await ec2.call('DeleteNetworkAclEntry', key);
    const [acl] = await acls(id);
    const { PortRange: _, ...rest } = ENTRY;
    expect(ofOwn(acl!.Entries!)).toEqual([{ ...rest, RuleAction: 'deny', Protocol: '-1' }]);
    const missing =
      'InvalidNetworkAclEntry.NotFound: The network acl entry identified by 100 does not exist.';
    expect(await ec2.refusal('DeleteNetworkAclEntry', key)).toBe(missing);
    expect(await ec2.refusal('ReplaceNetworkAclEntry', entry(id, { Egress: true }))).toBe(missing);
  });

  test.each([
    ['06', '6'],
    ['006', '6'],
    ['017', '17'],
    ['-1', '-1'],
  ])('takes protocol %s for %s', async (Protocol, kept) => {
    const id = await create();
    await ec2.call('CreateNetworkAclEntry', entry(id, { Protocol }));
    const [acl] = await acls(id);
    expect(ofOwn(acl!.Entries!)).toMatchObject([{ Protocol: kept }]);
  });

  test.each([
    { name: 'number', more: { RuleNumber: 0 }, error: /InvalidParameterValue.*from 1 to 32766/ },
    { name: 'last number', more: { RuleNumber: 32_767 }, error: /InvalidParameterValue/ },
    { name: 'protocol', more: { Protocol: 'sctp' }, error: /InvalidParameterValue.*Unknown/ },
    { name: 'block', more: { CidrBlock: '10.0.0.0' }, error: /InvalidParameterValue.*cidrBlock/ },
    { name: 'family', more: { CidrBlock: '::/0' }, error: /InvalidParameterValue.*cidrBlock/ },
    { name: 'pair of blocks', more: { Ipv6CidrBlock: '::/0' }, error: /InvalidParameterComb/ },
    { name: 'range', more: { PortRange: { From: 81, To: 80 } }, error: /port range \(81:80\)/ },
    { name: 'range without end', more: { PortRange: { From: 81 } }, error: /MissingParameter/ },
    { name: 'lack of a type', more: { Protocol: 'icmp' }, error: /MissingParameter.*icmpType/ },
  ])('does not take an entry with a bad $name', async ({ more, error }) => {
    const id = await create();
    expect(await ec2.refusal('CreateNetworkAclEntry', entry(id, more))).toMatch(error);
  });

  test('does not take an entry twice, nor more than allowed', async () => {
    const id = await create();
    await ec2.call('CreateNetworkAclEntry', entry(id));
    expect(await ec2.refusal('CreateNetworkAclEntry', entry(id, { Protocol: '-1' }))).toBe(
      'NetworkAclEntryAlreadyExists: The network acl entry identified by 100 already exists.',
    );
    await ec2.call('CreateNetworkAclEntry', entry(id, { RuleNumber: 1 }));
    expect(await ec2.refusal('CreateNetworkAclEntry', entry(id, { RuleNumber: 2 }))).toMatch(
      'NetworkAclEntryLimitExceeded',
    );
    await ec2.call('CreateNetworkAclEntry', entry(id, { Egress: true }));
  });

  test('is one of so many, and of nobody else’s', async () => {
    const id = await create();
    await create();
    expect(await ec2.refusal('CreateNetworkAcl', { VpcId: vpcId })).toMatch(
      'NetworkAclLimitExceeded',
    );
    ec2.accountId = OTHER_ACCOUNT;
    expect(await acls()).toEqual([]);
    for (const NetworkAclIds of [[id], ['acl-00000000']]) {
      expect(await ec2.refusal('DescribeNetworkAcls', { NetworkAclIds })).toBe(
        `InvalidNetworkAclID.NotFound: The networkAcl ID '${NetworkAclIds[0]}' does not exist`,
      );
    }
    expect(await ec2.refusal('DeleteNetworkAcl', { NetworkAclId: id })).toMatch('NotFound');
    expect(await ec2.refusal('DeleteNetworkAcl', { NetworkAclId: 'web' })).toMatch('Malformed');
  });
});

describe('the default network ACL', () => {
  test('can be changed, and then stays so', async () => {
    const { NetworkAclId: id } = await defaultAcl();
    const key = { NetworkAclId: id!, RuleNumber: 100, Egress: false };
    await ec2.call('DeleteNetworkAclEntry', key);
    await ec2.call('CreateNetworkAclEntry', entry(id!, { RuleNumber: 7 }));
    const acl = await defaultAcl();
    expect(ofOwn(acl.Entries!).map(({ RuleNumber }) => RuleNumber)).toEqual([7, 100]);
    expect(acl.NetworkAclId).toBe(id);
  });

  test('can be tagged before it was changed, and goes with its VPC', async () => {
    const { NetworkAclId: id } = await defaultAcl();
    await ec2.call('CreateTags', { Resources: [id!], Tags: [{ Key: 'Name', Value: 'all' }] });
    expect((await defaultAcl()).Tags).toEqual([{ Key: 'Name', Value: 'all' }]);
    await ec2.call('CreateNetworkAclEntry', entry(id!, { RuleNumber: 7 }));
    expect(await ec2.refusal('DeleteNetworkAcl', { NetworkAclId: id! })).toMatch(
      'InvalidParameterValue: cannot delete default network ACL',
    );
    await ec2.call('DeleteVpc', { VpcId: vpcId });
    expect((await ec2.call('DescribeTags', {})).Tags).toEqual([]);
    expect(await ec2.store.read((tx) => tx.count('networkAcl'))).toBe(0);
  });
});

describe('the network ACL of a subnet', () => {
  test('is replaced by way of its association, which gets another id', async () => {
    const SubnetId = await ec2.subnet(vpcId);
    const id = await create();
    const before = await defaultAcl();
    const [association] = before.Associations!;
    expect(association).toMatchObject({ SubnetId, NetworkAclId: before.NetworkAclId });
    const { NewAssociationId } = await ec2.call('ReplaceNetworkAclAssociation', {
      AssociationId: association!.NetworkAclAssociationId!,
      NetworkAclId: id,
    });
    const [acl] = await acls(id);
    expect(acl!.Associations).toEqual([
      { SubnetId, NetworkAclId: id, NetworkAclAssociationId: NewAssociationId },
    ]);
    expect((await defaultAcl()).Associations).toEqual([]);
    expect(await ec2.refusal('DeleteNetworkAcl', { NetworkAclId: id })).toMatch(
      'DependencyViolation',
    );
    expect(await ec2.refusal('DeleteVpc', { VpcId: vpcId })).toMatch('DependencyViolation');

    await ec2.call('ReplaceNetworkAclAssociation', {
      AssociationId: NewAssociationId!,
      NetworkAclId: before.NetworkAclId!,
    });
    expect(await defaultAcl()).toEqual(before);
    await ec2.call('DeleteNetworkAcl', { NetworkAclId: id });
  });

  test('is one of its VPC', async () => {
    await ec2.subnet(vpcId);
    const [association] = (await defaultAcl()).Associations!;
    const AssociationId = association!.NetworkAclAssociationId!;
    const foreign = await create(await ec2.vpc());
    expect(
      await ec2.refusal('ReplaceNetworkAclAssociation', { AssociationId, NetworkAclId: foreign }),
    ).toMatch(/InvalidParameterValue.*belong to different networks/);
    const unknown = { AssociationId: 'aclassoc-00000000', NetworkAclId: foreign };
    expect(await ec2.refusal('ReplaceNetworkAclAssociation', unknown)).toBe(
      "InvalidAssociationID.NotFound: The association ID 'aclassoc-00000000' does not exist",
    );
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, OTHER_ACCOUNT, Route53, records, VPC } from '../route53-fixture.ts';

let route53: Route53;

beforeEach(async () => {
  route53 = await Route53.open();
  return () => route53.store.close();
});

const SECOND = { VPCId: 'vpc-2' };

describe('a private hosted zone', () => {
  test('is made for a VPC, with name servers and SOA', async () => {
    const { HostedZone: zone, ...rest } = await route53.call('CreateHostedZone', {
      Name: 'Shop.Example.',
      CallerReference: 'one',
      VPC,
      HostedZoneConfig: { Comment: 'a comment', PrivateZone: true },
    });
    expect(zone).toEqual({
      Id: expect.stringMatching(/^\/hostedzone\/Z0[0-9A-F]{16}$/),
      Name: 'shop.example.',
      CallerReference: 'one',
      Config: { Comment: 'a comment', PrivateZone: true },
      ResourceRecordSetCount: 2,
    });
    expect(rest).toMatchObject({ VPC, ChangeInfo: { Status: 'INSYNC' } });
    expect(rest.DelegationSet).toBeUndefined();
    expect(rest.Location).toBe(`https://route53.amazonaws.com/2013-04-01${zone.Id}`);
    expect(await route53.call('GetHostedZone', { Id: zone.Id })).toEqual({
      HostedZone: zone,
      VPCs: [VPC],
    });
    expect(await route53.records(zone.Id)).toEqual([
      'NS shop.example. ns-1536.awsdns-00.co.uk. ns-0.awsdns-00.com. ns-1024.awsdns-00.org. ns-512.awsdns-00.net.',
      'SOA shop.example. ns-1536.awsdns-00.co.uk. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400',
    ]);
  });

  test('tells of its changes that they are in force', async () => {
    const Id = await route53.zone();
    const input = { HostedZoneId: Id, VPC: SECOND, Comment: 'why' };
    const { ChangeInfo: change } = await route53.call('AssociateVPCWithHostedZone', input);
    expect(change).toMatchObject({ Status: 'INSYNC', Comment: 'why' });
    const found = await route53.call('GetChange', { Id: change.Id });
    expect(found.ChangeInfo).toEqual({ ...change, Comment: undefined });
    expect(await route53.refusal('GetChange', { Id: 'C1' })).toBe(
      'NoSuchChange: Could not find resource with ID: C1',
    );
  });

  test('has its comment changed, and taken away', async () => {
    const Id = await route53.zone();
    const changed = await route53.call('UpdateHostedZoneComment', { Id, Comment: 'new' });
    expect(changed.HostedZone.Config).toEqual({ Comment: 'new', PrivateZone: true });
    const empty = await route53.call('UpdateHostedZoneComment', { Id, Comment: '' });
    expect(empty.HostedZone.Config).toEqual({ PrivateZone: true });
  });

  test('is deleted once it is empty, with its tags', async () => {
    const Id = await route53.zone();
    await route53.change(Id, records('CREATE', 'A', 'www.shop.example', '10.0.0.1'));
    expect(await route53.refusal('DeleteHostedZone', { Id })).toBe(
      'HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
    );
    await route53.change(Id, records('DELETE', 'A', 'www.shop.example', '10.0.0.1'));
    const tagged = { ResourceType: 'hostedzone', ResourceId: Id.slice(12) } as const;
    await route53.call('ChangeTagsForResource', { ...tagged, AddTags: [{ Key: 'a' }] });
    await route53.call('DeleteHostedZone', { Id });
    expect(await route53.refusal('GetHostedZone', { Id })).toMatch(
      /^NoSuchHostedZone: No hosted zone found with ID: Z/,
    );
    expect(await route53.store.read((tx) => tx.count('tagSet'))).toBe(0);
  });

  test('is associated with further VPCs, but not taken from its last', async () => {
    const HostedZoneId = await route53.zone();
    await route53.call('AssociateVPCWithHostedZone', { HostedZoneId, VPC: SECOND });
    await route53.call('DisassociateVPCFromHostedZone', { HostedZoneId, VPC });
    const { VPCs: vpcs } = await route53.call('GetHostedZone', { Id: HostedZoneId });
    expect(vpcs?.map(({ VPCId }) => VPCId)).toEqual(['vpc-2']);
    const last = { HostedZoneId, VPC: SECOND };
    expect(await route53.refusal('DisassociateVPCFromHostedZone', last)).toBe(
      'LastVPCAssociation: Cannot remove last VPC association for the private zone',
    );
    expect(await route53.refusal('DisassociateVPCFromHostedZone', { HostedZoneId, VPC })).toMatch(
      /^VPCAssociationNotFound/,
    );
  });

  test('has tags', async () => {
    const Id = await route53.zone();
    const zone = { ResourceType: 'hostedzone', ResourceId: Id.slice(12) } as const;
    const AddTags = [
      { Key: 'team', Value: 'shop' },
      { Key: '__proto__', Value: 'x' },
    ];
    await route53.call('ChangeTagsForResource', { ...zone, AddTags });
    await route53.call('ChangeTagsForResource', { ...zone, RemoveTagKeys: ['team'] });
    expect(await route53.call('ListTagsForResource', zone)).toEqual({
      ResourceTagSet: { ...zone, Tags: [{ Key: '__proto__', Value: 'x' }] },
    });
    expect(await route53.refusal('ChangeTagsForResource', zone)).toMatch(/^InvalidInput/);
    const check = { ...zone, ResourceType: 'healthcheck' } as const;
    expect(await route53.refusal('ListTagsForResource', check)).toMatch(/^NoSuchHealthCheck/);
  });

  const create = { Name: 'new.example', CallerReference: 'new', VPC };
  const refusals = [
    { name: 'is public', input: { Name: 'a.example', CallerReference: 'a' }, text: 'Unsupported' },
    { name: 'has an empty label', input: { ...create, Name: 'a..b' }, text: 'InvalidDomainName' },
    { name: 'has a long label', input: { ...create, Name: 'a'.repeat(64) }, text: 'InvalidDomain' },
    { name: 'is a wildcard', input: { ...create, Name: '*.b' }, text: 'InvalidDomainName' },
    {
      name: 'is in a VPC that nobody has',
      input: { ...create, VPC: { VPCId: 'vpc-9' } },
      text: 'InvalidVPCId: The VPC: vpc-9 in region us-west-2 that you provided does not exist.',
    },
    {
      name: 'is in a VPC of another account',
      input: { ...create, VPC: { VPCId: 'vpc-3' } },
      text: 'NotAuthorizedException: The VPC: vpc-3 in region us-west-2 that you provided is not authorized to make the association.',
    },
    {
      name: 'is in another region',
      input: { ...create, VPC: { VPCId: 'vpc-1', VPCRegion: 'eu-west-1' } },
      text: 'InvalidVPCId',
    },
    {
      name: 'has the name of another one in the VPC',
      input: { ...create, Name: 'SHOP.example' },
      text: 'ConflictingDomainExists: The VPC vpc-1 in region us-west-2 has already been associated with the hosted zone Z',
    },
    {
      name: 'repeats a caller reference',
      input: { ...create, CallerReference: 'shop.example vpc-1' },
      text: 'HostedZoneAlreadyExists: A hosted zone has already been created with the specified caller reference.',
    },
  ] as const;
  for (const { name, input, text } of refusals) {
    test(`that ${name} is refused`, async () => {
      await route53.zone();
      expect(await route53.refusal('CreateHostedZone', input)).toContain(text);
    });
  }

  test('of another account is none', async () => {
    const Id = await route53.zone();
    route53.accountId = OTHER_ACCOUNT;
    for (const name of ['GetHostedZone', 'DeleteHostedZone'] as const) {
      expect(await route53.refusal(name, { Id })).toMatch(/^NoSuchHostedZone/);
    }
    expect((await route53.call('ListHostedZones', {})).HostedZones).toEqual([]);
    expect(await route53.call('GetHostedZoneCount', {})).toEqual({ HostedZoneCount: 0 });
  });
});

test('there are no more zones, and no more VPCs of one, than quotas allow', async () => {
  const small = await Route53.open({ hostedZonesPerAccount: 1, vpcsPerHostedZone: 1 });
  const HostedZoneId = await small.zone();
  const second = { Name: 'b.example', CallerReference: 'b', VPC };
  expect(await small.refusal('CreateHostedZone', second)).toMatch(/^TooManyHostedZones.*settings/);
  expect(await small.refusal('AssociateVPCWithHostedZone', { HostedZoneId, VPC: SECOND })).toMatch(
    /^LimitsExceeded.*settings/,
  );
  await small.store.close();
});

describe('zones are listed', () => {
  const names = ['b.example', 'example', 'a.b.example', 'a.test'];
  beforeEach(async () => {
    for (const name of names) await route53.zone(name);
    await route53.zone('other.example', SECOND);
  });

  test('in order of creation, a page at a time', async () => {
    const found: string[] = [];
    let marker: string | undefined;
    do {
      const page = await route53.call('ListHostedZones', {
        MaxItems: '2',
        ...(marker !== undefined && { Marker: marker }),
      });
      found.push(...page.HostedZones.map(({ Name }) => Name));
      expect([page.MaxItems, page.IsTruncated]).toEqual(['2', page.NextMarker !== undefined]);
      marker = page.NextMarker;
    } while (marker !== undefined);
    expect(found).toEqual([...names, 'other.example'].map((name) => `${name}.`));
    expect(await route53.refusal('ListHostedZones', { Marker: 'Z9' })).toMatch(/^NoSuchHostedZone/);
    expect(await route53.refusal('ListHostedZones', { MaxItems: 'all' })).toMatch(/^InvalidInput/);
  });

  test('by name, from the last label on', async () => {
    const first = await route53.call('ListHostedZonesByName', { MaxItems: '3' });
    expect(first.HostedZones.map(({ Name }) => Name)).toEqual([
      'example.',
      'b.example.',
      'a.b.example.',
    ]);
    expect(first.NextDNSName).toBe('other.example.');
    const rest = await route53.call('ListHostedZonesByName', {
      DNSName: first.NextDNSName ?? '',
      HostedZoneId: first.NextHostedZoneId ?? '',
    });
    expect(rest.HostedZones.map(({ Name }) => Name)).toEqual(['other.example.', 'a.test.']);
    expect([rest.IsTruncated, rest.NextDNSName]).toEqual([false, undefined]);
    const beyond = await route53.call('ListHostedZonesByName', { DNSName: 'zzz' });
    expect(beyond.HostedZones).toEqual([]);
  });

  test('of a VPC', async () => {
    const page = await route53.call('ListHostedZonesByVPC', { ...VPC, MaxItems: '3' });
    expect(page.HostedZoneSummaries[0]).toMatchObject({
      Name: 'b.example.',
      Owner: { OwningAccount: ACCOUNT },
    });
    const rest = await route53.call('ListHostedZonesByVPC', {
      ...VPC,
      MaxItems: '3',
      NextToken: page.NextToken ?? '',
    });
    expect(rest.HostedZoneSummaries.map(({ Name }) => Name)).toEqual(['a.test.']);
    expect(rest.NextToken).toBeUndefined();
  });
});

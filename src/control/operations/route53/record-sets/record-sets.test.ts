import { beforeEach, describe, expect, test } from 'vitest';
import type { Change, ChangeAction } from '../../../../protocol/generated/route53.ts';
import { alias, Route53, records } from '../route53-fixture.ts';

let route53: Route53;
let zone: string;

beforeEach(async () => {
  route53 = await Route53.open();
  zone = await route53.zone();
  return () => route53.store.close();
});

/** All but what every zone has. */
const listed = async () => (await route53.records(zone)).slice(2);

describe('a batch of changes', () => {
  test('creates, replaces and deletes in order', async () => {
    await route53.change(
      zone,
      records('CREATE', 'A', 'WWW.shop.example.', '10.0.0.1', '10.0.0.2'),
      records('CREATE', 'AAAA', 'www.shop.example', 'fd00::1'),
      records('CREATE', 'TXT', 'text.shop.example', '"one" "two"'),
      records('UPSERT', 'A', '*.dev.shop.example', '10.0.0.3'),
    );
    expect(await listed()).toEqual([
      'A \\052.dev.shop.example. 10.0.0.3',
      'TXT text.shop.example. "one" "two"',
      'A www.shop.example. 10.0.0.1 10.0.0.2',
      'AAAA www.shop.example. fd00::1',
    ]);
    await route53.change(
      zone,
      records('DELETE', 'A', 'www.shop.example', '10.0.0.2', '10.0.0.1'),
      records('DELETE', 'AAAA', 'www.shop.example', 'fd00::1'),
      records('CREATE', 'CNAME', 'www.shop.example', 'elsewhere.example.'),
      records('UPSERT', 'A', '\\052.dev.shop.example', '10.0.0.4'),
      records('DELETE', 'TXT', 'text.shop.example', '"one" "two"'),
    );
    expect(await listed()).toEqual([
      'A \\052.dev.shop.example. 10.0.0.4',
      'CNAME www.shop.example. elsewhere.example.',
    ]);
    const { HostedZone: answer } = await route53.call('GetHostedZone', { Id: zone });
    expect(answer.ResourceRecordSetCount).toBe(4);
  });

  test('has aliases of services and of names in the zone', async () => {
    const { domainName, hostedZoneId } = await route53.service();
    const ownId = zone.slice('/hostedzone/'.length);
    await route53.change(
      zone,
      alias('CREATE', 'A', 'shop.example', hostedZoneId, `${domainName}.`),
      alias('CREATE', 'AAAA', 'shop.example', hostedZoneId, domainName.toUpperCase()),
      records('CREATE', 'A', 'www.shop.example', '10.0.0.1'),
      alias('CREATE', 'A', 'same.shop.example', ownId, 'www.shop.example'),
    );
    const { ResourceRecordSets: sets } = await route53.call('ListResourceRecordSets', {
      HostedZoneId: zone,
    });
    expect(sets[0]).toEqual({
      Name: 'shop.example.',
      Type: 'A',
      AliasTarget: {
        HostedZoneId: hostedZoneId,
        DNSName: `${domainName}.`,
        EvaluateTargetHealth: false,
      },
    });
    expect(await route53.records(zone)).toContain('A same.shop.example. -> www.shop.example.');
  });

  test('is taken as a whole or not at all, and says all that is wrong', async () => {
    await route53.change(zone, records('CREATE', 'A', 'a.shop.example', '10.0.0.1'));
    const text = await route53.batchRefusal(
      zone,
      records('CREATE', 'A', 'b.shop.example', '10.0.0.2'),
      records('CREATE', 'A', 'a.shop.example', '10.0.0.2'),
      records('DELETE', 'A', 'c.shop.example', '10.0.0.2'),
    );
    expect(text).toBe(
      "InvalidChangeBatch: [Tried to create resource record set [name='a.shop.example.', type='A'] but it already exists, Tried to delete resource record set [name='c.shop.example.', type='A'] but it was not found]",
    );
    expect(await listed()).toEqual(['A a.shop.example. 10.0.0.1']);
  });

  const changesOf = (...actions: readonly ChangeAction[]) =>
    actions.map((action, index) =>
      // However the name is spelled.
      records(action, 'A', index === 0 ? 'a.shop.example' : 'A.shop.example.', '10.0.0.1'),
    );

  test.each<{ name: string; actions: readonly ChangeAction[] }>([
    { name: 'creates it twice', actions: ['CREATE', 'CREATE'] },
    { name: 'sets it twice', actions: ['UPSERT', 'UPSERT'] },
    { name: 'creates and sets it', actions: ['CREATE', 'UPSERT'] },
    { name: 'creates and deletes it', actions: ['CREATE', 'DELETE'] },
    { name: 'deletes it twice', actions: ['DELETE', 'DELETE'] },
    { name: 'deletes, creates and deletes it', actions: ['DELETE', 'CREATE', 'DELETE'] },
  ])('that $name is refused', async ({ actions }) => {
    if (actions[0] === 'DELETE') await route53.change(zone, ...changesOf('CREATE'));
    const before = await listed();
    const other = records('CREATE', 'A', 'b.shop.example', '10.0.0.2');
    expect(await route53.batchRefusal(zone, other, ...changesOf(...actions))).toBe(
      "InvalidChangeBatch: [The request contains an invalid set of changes for a resource record set 'A a.shop.example.']",
    );
    expect(await listed()).toEqual(before);
  });

  test.each<{ action: ChangeAction }>([{ action: 'CREATE' }, { action: 'UPSERT' }])(
    'may delete a set and $action it anew',
    async ({ action }) => {
      await route53.change(zone, ...changesOf('CREATE'));
      await route53.change(
        zone,
        records('DELETE', 'A', 'a.shop.example', '10.0.0.1'),
        records(action, 'A', 'a.shop.example', '10.0.0.9'),
      );
      expect(await listed()).toEqual(['A a.shop.example. 10.0.0.9']);
    },
  );

  const SET = { Name: 'a.shop.example', Type: 'A' } as const;
  const VALUES = [{ Value: '10.0.0.1' }];
  const change = (set: Partial<Change['ResourceRecordSet']>): Change => ({
    Action: 'CREATE',
    ResourceRecordSet: { ...SET, ...set },
  });
  const FATAL = 'InvalidChangeBatch: [Invalid Resource Record: FATAL problem:';
  const cases: { name: string; changes: readonly Change[]; text: string }[] = [
    {
      name: 'a delete with other values',
      changes: [records('DELETE', 'A', 'old.shop.example', '10.9.9.9')],
      text: "InvalidChangeBatch: [Tried to delete resource record set [name='old.shop.example.', type='A'] but the values provided do not match the current values]",
    },
    {
      name: 'a name of another zone',
      changes: [records('CREATE', 'A', 'www.other.example', '10.0.0.1')],
      text: 'InvalidChangeBatch: [RRSet with DNS name www.other.example. is not permitted in zone shop.example.]',
    },
    {
      name: 'a name that only ends like the zone',
      changes: [records('CREATE', 'A', 'myshop.example', '10.0.0.1')],
      text: 'InvalidChangeBatch: [RRSet with DNS name myshop.example. is not permitted in zone',
    },
    {
      name: 'a CNAME at the apex',
      changes: [records('CREATE', 'CNAME', 'shop.example', 'other.example')],
      text: 'InvalidChangeBatch: [RRSet of type CNAME with DNS name shop.example. is not permitted at apex in zone shop.example.]',
    },
    {
      name: 'a CNAME beside other records',
      changes: [records('CREATE', 'CNAME', 'old.shop.example', 'other.example')],
      text: 'InvalidChangeBatch: [RRSet of type CNAME with DNS name old.shop.example. is not permitted as it conflicts with other records with the same DNS name in zone shop.example.]',
    },
    {
      name: 'a CNAME with two values',
      changes: [records('CREATE', 'CNAME', 'a.shop.example', 'b.example', 'c.example')],
      text: 'exactly one value',
    },
    {
      name: 'what is no IPv4 address',
      changes: [records('CREATE', 'A', 'a.shop.example', '10.0.0.256')],
      text: `${FATAL} ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with '10.0.0.256']`,
    },
    {
      name: 'what is no IPv6 address',
      changes: [records('CREATE', 'AAAA', 'a.shop.example', '10.0.0.1')],
      text: `${FATAL} AAAARRDATAIllegalIPv6Address`,
    },
    {
      name: 'what is no name',
      changes: [records('CREATE', 'CNAME', 'a.shop.example', 'with space')],
      text: `${FATAL} UnsupportedCharacter`,
    },
    {
      name: 'a text without quotation marks',
      changes: [records('CREATE', 'TXT', 'a.shop.example', 'text')],
      text: `${FATAL} InvalidCharacterString (Value should be enclosed in quotation marks) encountered with 'text']`,
    },
    {
      name: 'a text of more than 255 bytes in one piece',
      changes: [records('CREATE', 'TXT', 'a.shop.example', `"${'x'.repeat(256)}"`)],
      text: `${FATAL} CharacterStringTooLong (Value is too long)`,
    },
    {
      name: 'a value twice',
      changes: [records('CREATE', 'A', 'a.shop.example', '10.0.0.1', '10.0.0.1')],
      text: "InvalidChangeBatch: [Duplicate Resource Record: '10.0.0.1']",
    },
    {
      name: 'neither values nor alias',
      changes: [change({})],
      text: 'InvalidInput: Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none in Change with [Action=CREATE, Name=a.shop.example, Type=A, SetIdentifier=null]',
    },
    {
      name: 'values and an alias',
      changes: [
        change({
          TTL: 1,
          ResourceRecords: VALUES,
          AliasTarget: { HostedZoneId: 'Z', DNSName: 'a', EvaluateTargetHealth: false },
        }),
      ],
      text: 'but found more than one in Change with',
    },
    {
      name: 'values that live for no time that is told',
      changes: [change({ ResourceRecords: VALUES })],
      text: "InvalidInput: Invalid request: Missing field 'TTL' in Change with",
    },
    {
      name: 'no values',
      changes: [change({ TTL: 60 })],
      text: "InvalidInput: Invalid request: Missing field 'ResourceRecords' in Change with",
    },
    {
      name: 'a type that is not built',
      changes: [records('CREATE', 'MX', 'a.shop.example', '10 mail.example')],
      text: 'UnsupportedOperationException: a record set of type MX is not built',
    },
    {
      name: 'a routing policy',
      changes: [change({ TTL: 1, ResourceRecords: VALUES, SetIdentifier: 'x', Weight: 1 })],
      text: 'UnsupportedOperationException: a record set with SetIdentifier is not built',
    },
    {
      name: 'an alias into a zone that is not known',
      changes: [alias('CREATE', 'A', 'a.shop.example', 'Z2FDTNDATAQYW2', 'd1.cloudfront.net')],
      text: 'aliases are built for records of the same hosted zone and for VPC Lattice services',
    },
    {
      name: 'an alias of a service that nobody has',
      changes: [
        alias(
          'CREATE',
          'A',
          'a.shop.example',
          'LATTICE',
          'x-00000000000000000.7d67968.vpc-lattice-svcs.us-west-2.on.aws',
        ),
      ],
      text: 'but that target was not found]',
    },
    {
      name: 'an alias of a name that is no service',
      changes: [alias('CREATE', 'A', 'a.shop.example', 'LATTICE', 'www.example.com')],
      text: 'but the alias target name does not lie within the target zone]',
    },
  ];
  for (const { name, changes, text } of cases) {
    test(`with ${name} is refused`, async () => {
      await route53.change(zone, records('CREATE', 'A', 'old.shop.example', '10.0.0.1'));
      const { hostedZoneId } = await route53.service();
      const resolved = changes.map((one) => {
        const { AliasTarget: target } = one.ResourceRecordSet;
        return target?.HostedZoneId === 'LATTICE'
          ? {
              ...one,
              ResourceRecordSet: {
                ...one.ResourceRecordSet,
                AliasTarget: { ...target, HostedZoneId: hostedZoneId },
              },
            }
          : one;
      });
      expect(await route53.batchRefusal(zone, ...resolved)).toContain(text);
    });
  }

  test('that would be more than quotas allow is refused', async () => {
    const small = await Route53.open({ recordSetsPerHostedZone: 1 });
    const only = await small.zone();
    const sets = ['a', 'b'].map((name) =>
      records('CREATE', 'A', `${name}.shop.example`, '10.0.0.1'),
    );
    expect(await small.batchRefusal(only, ...sets)).toContain('Number of records limit of 1');
    await small.change(only, sets[0]!);
    await small.store.close();
  });
});

describe('record sets are listed', () => {
  beforeEach(async () => {
    await route53.change(
      zone,
      records('CREATE', 'A', 'b.shop.example', '10.0.0.1'),
      records('CREATE', 'AAAA', 'b.shop.example', 'fd00::1'),
      records('CREATE', 'A', 'a.b.shop.example', '10.0.0.1'),
      records('CREATE', 'A', 'c.shop.example', '10.0.0.1'),
    );
  });

  test('in order of names from the last label on, a page at a time', async () => {
    const found: string[] = [];
    let from: object = {};
    for (;;) {
      const page = await route53.call('ListResourceRecordSets', {
        HostedZoneId: zone,
        MaxItems: '2',
        ...from,
      });
      found.push(...page.ResourceRecordSets.map(({ Name, Type }) => `${Type} ${Name}`));
      if (!page.IsTruncated) break;
      from = { StartRecordName: page.NextRecordName, StartRecordType: page.NextRecordType };
    }
    expect(found).toEqual([
      'NS shop.example.',
      'SOA shop.example.',
      'A b.shop.example.',
      'AAAA b.shop.example.',
      'A a.b.shop.example.',
      'A c.shop.example.',
    ]);
  });

  test('from a name that need not be there', async () => {
    const page = await route53.call('ListResourceRecordSets', {
      HostedZoneId: zone,
      StartRecordName: 'bb.shop.example',
      MaxItems: '1',
    });
    expect(page.ResourceRecordSets.map(({ Name }) => Name)).toEqual(['c.shop.example.']);
  });

  test('with a type only together with a name', async () => {
    const input = { HostedZoneId: zone, StartRecordType: 'A' } as const;
    expect(await route53.refusal('ListResourceRecordSets', input)).toMatch(/^InvalidInput/);
  });
});

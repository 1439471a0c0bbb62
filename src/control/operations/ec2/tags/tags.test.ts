import { beforeEach, describe, expect, test } from 'vitest';
import { Ec2Fixture, OTHER_ACCOUNT } from '../ec2-fixture.ts';

let ec2: Ec2Fixture;
let vpc: string;
let subnet: string;
beforeEach(async () => {
  ec2 = await Ec2Fixture.open({ tagsPerResource: 3 });
  vpc = await ec2.vpc();
  subnet = await ec2.subnet(vpc);
});

const tag = (Key: string, Value = '') => ({ Key, Value });
const tags = async () => (await ec2.call('DescribeTags', {})).Tags;

describe('CreateTags', () => {
  test('tags several resources, replaces values and keeps the rest', async () => {
    await ec2.call('CreateTags', { Resources: [vpc, subnet], Tags: [tag('Name', 'a'), tag('b')] });
    await ec2.call('CreateTags', { Resources: [vpc], Tags: [tag('Name', 'new')] });
    expect(await tags()).toEqual([
      { Key: 'Name', Value: 'a', ResourceId: subnet, ResourceType: 'subnet' },
      { Key: 'b', Value: '', ResourceId: subnet, ResourceType: 'subnet' },
      { Key: 'Name', Value: 'new', ResourceId: vpc, ResourceType: 'vpc' },
      { Key: 'b', Value: '', ResourceId: vpc, ResourceType: 'vpc' },
    ]);
  });

  test.each([
    ['a resource of no kind', { Resources: ['thing'] }, "InvalidID: The ID 'thing' is not valid"],
    [
      'an unknown resource beside a known one',
      { Resources: ['?', 'sg-00000000000000000'] },
      "InvalidGroup.NotFound: The security group 'sg-00000000000000000' does not exist",
    ],
    [
      'a route table',
      { Resources: ['rtb-00000000000000000'] },
      'UnsupportedOperation: Tagging of rtb-00000000000000000 is not built in this version of Pergola: tag the VPC instead',
    ],
    [
      'no resource',
      { Resources: [] },
      'MissingParameter: The request must contain the parameter resourceIdSet',
    ],
    ['no tag', { Tags: [] }, 'MissingParameter: The request must contain the parameter tagSet'],
    [
      'a reserved key',
      { Tags: [tag('aws:x')] },
      "InvalidParameterValue: Tag keys starting with 'aws:' are reserved for internal use",
    ],
    [
      'a key that is too long',
      { Tags: [tag('k'.repeat(129))] },
      'InvalidParameterValue: Tag key exceeds the maximum length of 128 characters',
    ],
    [
      'a value that is too long',
      { Tags: [tag('k', 'v'.repeat(257))] },
      'InvalidParameterValue: Tag value exceeds the maximum length of 256 characters',
    ],
    [
      'a key twice',
      { Tags: [tag('k'), tag('k')] },
      "InvalidParameterValue: Duplicate tag key 'k' specified.",
    ],
    [
      'too many tags',
      { Tags: [tag('1'), tag('2'), tag('3'), tag('4')] },
      'TagLimitExceeded: The maximum number of Tags for a resource has been reached.',
    ],
  ])('refuses %s', async (_name, change, error) => {
    const { Resources, Tags } = { Resources: [vpc], Tags: [tag('k', 'v')], ...change };
    const known = Resources.map((id) => (id === '?' ? vpc : id));
    expect(await ec2.refusal('CreateTags', { Resources: known, Tags })).toBe(error);
  });

  test('refuses a resource of another account', async () => {
    ec2.accountId = OTHER_ACCOUNT;
    const input = { Resources: [vpc], Tags: [tag('k')] };
    expect(await ec2.refusal('CreateTags', input)).toContain('InvalidVpcID.NotFound');
  });
});

describe('DeleteTags', () => {
  beforeEach(async () => {
    await ec2.call('CreateTags', {
      Resources: [vpc],
      Tags: [tag('a', '1'), tag('b', '2'), tag('c')],
    });
  });
  const left = async () => (await tags())!.map(({ Key }) => Key);

  test.each([
    ['by key', [{ Key: 'a' }], ['b', 'c']],
    [
      'by key and value',
      [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '9' },
      ],
      ['b', 'c'],
    ],
    ['with an empty value only when the value is empty', [tag('a'), tag('c')], ['a', 'b']],
    ['unknown ones in silence', [{ Key: 'z' }], ['a', 'b', 'c']],
    ['all when none is named', undefined, []],
  ])('removes %s', async (_name, Tags, expected) => {
    await ec2.call('DeleteTags', { Resources: [vpc], ...(Tags && { Tags }) });
    expect(await left()).toEqual(expected);
  });
});

describe('DescribeTags', () => {
  test.each([
    ['key', 'a', 1],
    ['value', '2', 1],
    ['resource-id', 'vpc-*', 2],
    ['resource-type', 'subnet', 1],
    ['tag:b', '2', 1],
    ['tag:b', '3', 0],
    ['tag-key', 'b', 1],
  ])('filter %s=%s finds %i', async (Name, value, count) => {
    await ec2.call('CreateTags', { Resources: [vpc], Tags: [tag('a', '1'), tag('b', '2')] });
    await ec2.call('CreateTags', { Resources: [subnet], Tags: [tag('c', '3')] });
    const { Tags } = await ec2.call('DescribeTags', { Filters: [{ Name, Values: [value] }] });
    expect(Tags).toHaveLength(count);
  });

  test('refuses an unknown filter, and shows nothing of other accounts', async () => {
    const Filters = [{ Name: 'colour', Values: ['red'] }];
    expect(await ec2.refusal('DescribeTags', { Filters })).toBe(
      "InvalidParameterValue: The filter 'colour' is invalid",
    );
    await ec2.call('CreateTags', { Resources: [vpc], Tags: [tag('a')] });
    ec2.accountId = OTHER_ACCOUNT;
    expect(await tags()).toEqual([]);
  });
});

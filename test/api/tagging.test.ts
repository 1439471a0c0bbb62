import { CreateVpcCommand } from '@aws-sdk/client-ec2';
import {
  GetResourcesCommand,
  type GetResourcesCommandInput,
  GetTagKeysCommand,
  GetTagValuesCommand,
  paginateGetResources,
  TagResourcesCommand,
  UntagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api';
import {
  CreateServiceCommand,
  CreateTargetGroupCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-vpc-lattice';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeToken } from '../../src/control/pagination.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';

let control: ControlPlane;
let cart: string;
let checkout: string;
let group: string;
let vpc: string;

beforeEach(async () => {
  control = await startControlPlane();
  const { lattice, ec2, accountId } = control;
  const service = (name: string, tags?: Record<string, string>) =>
    lattice.send(new CreateServiceCommand({ name, ...(tags ? { tags } : {}) }));
  cart = (await service('cart', { team: 'shop', stage: 'test' })).arn ?? '';
  checkout = (await service('checkout', { team: 'pay', stage: '' })).arn ?? '';
  await service('bare');
  group =
    (
      await lattice.send(
        new CreateTargetGroupCommand({ name: 'function', type: 'LAMBDA', tags: { team: 'shop' } }),
      )
    ).arn ?? '';
  const made = await ec2.send(
    new CreateVpcCommand({
      CidrBlock: '10.0.0.0/16',
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: 'shop' }] }],
    }),
  );
  vpc = `arn:aws:ec2:us-west-2:${accountId}:vpc/${made.Vpc?.VpcId}`;
});
afterEach(() => control.close());

const find = async (input: GetResourcesCommandInput) =>
  (await control.tagging.send(new GetResourcesCommand(input))).ResourceTagMappingList?.map(
    ({ ResourceARN }) => ResourceARN,
  );

describe('GetResources', () => {
  const filters: readonly {
    name: string;
    input: () => GetResourcesCommandInput;
    found: () => string[];
  }[] = [
    {
      name: 'finds everything with tags, of every service',
      input: () => ({}),
      found: () => [cart, checkout, group, vpc],
    },
    {
      name: 'by key',
      input: () => ({ TagFilters: [{ Key: 'stage' }] }),
      found: () => [cart, checkout],
    },
    {
      name: 'by key and one of several values',
      input: () => ({ TagFilters: [{ Key: 'team', Values: ['pay', 'x'] }] }),
      found: () => [checkout],
    },
    {
      name: 'by an empty value',
      input: () => ({ TagFilters: [{ Key: 'stage', Values: [''] }] }),
      found: () => [checkout],
    },
    {
      name: 'by two keys that must both be there',
      input: () => ({ TagFilters: [{ Key: 'team', Values: ['shop'] }, { Key: 'stage' }] }),
      found: () => [cart],
    },
    {
      name: 'by type',
      input: () => ({ ResourceTypeFilters: ['vpc-lattice:targetgroup'] }),
      found: () => [group],
    },
    {
      name: 'by service',
      input: () => ({ ResourceTypeFilters: ['ec2'] }),
      found: () => [vpc],
    },
    {
      name: 'by ARN, leaving out what is not there',
      input: () => ({ ResourceARNList: [group, `${cart}x`, group] }),
      found: () => [group],
    },
  ];
  test.each(filters)('$name', async ({ input, found }) => {
    expect(await find(input())).toEqual(found());
  });

  test('pages, and every page but the last names the next', async () => {
    const pages: (string | undefined)[][] = [];
    const tokens: (string | undefined)[] = [];
    for await (const page of paginateGetResources(
      { client: control.tagging, pageSize: 3 },
      { TagFilters: [] },
    )) {
      pages.push((page.ResourceTagMappingList ?? []).map(({ ResourceARN }) => ResourceARN));
      tokens.push(page.PaginationToken);
    }
    expect(pages).toEqual([[cart, checkout, group], [vpc]]);
    expect(tokens).toEqual([expect.stringMatching(/./), '']);
  });

  test('shows a change by the service’s own API at once', async () => {
    await control.tagging.send(
      new TagResourcesCommand({ ResourceARNList: [cart], Tags: { owner: 'me' } }),
    );
    expect(await find({ TagFilters: [{ Key: 'owner' }] })).toEqual([cart]);
  });

  test('does not show what belongs to others', async () => {
    const other = await control.addAccount('other');
    const { ResourceTagMappingList } = await other.tagging.send(
      new GetResourcesCommand({ ResourceARNList: [cart] }),
    );
    expect(ResourceTagMappingList).toEqual([]);
  });

  const refused: readonly { name: string; input: GetResourcesCommandInput; text: string }[] = [
    { name: 'an invented token', input: { PaginationToken: 'abc' }, text: 'PaginationToken' },
    { name: 'pages of no length', input: { ResourcesPerPage: 0 }, text: 'between 1 and 100' },
    { name: 'pages too long', input: { ResourcesPerPage: 101 }, text: 'between 1 and 100' },
    { name: 'tags not in hundreds', input: { TagsPerPage: 150 }, text: '100, 200' },
    {
      name: 'ARNs with a filter',
      input: { ResourceARNList: ['arn:aws:ec2:a:1:vpc/b'], TagFilters: [{ Key: 'a' }] },
      text: 'cannot be combined',
    },
  ];
  test.each(refused)('refuses $name', async ({ input, text }) => {
    await expect(find(input)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(text),
    });
  });
});

test('a token that the caller made itself is refused like any other', async () => {
  const { accountId, tagging } = control;
  const filter = { tags: '[]', types: '[]' };
  const resources = encodeToken('zzz', { accountId, operation: 'GetResources', filter });
  const keys = encodeToken('zzz', { accountId, operation: 'GetTagKeys' });
  const refusal = {
    name: 'InvalidParameterException',
    message: 'The PaginationToken is invalid. Start again without it.',
  };
  await expect(
    tagging.send(new GetResourcesCommand({ PaginationToken: resources })),
  ).rejects.toMatchObject(refusal);
  await expect(
    tagging.send(new GetTagKeysCommand({ PaginationToken: keys })),
  ).rejects.toMatchObject(refusal);
});

describe('TagResources and UntagResources', () => {
  test('change tags that the service’s own API shows', async () => {
    const { FailedResourcesMap: failed } = await control.tagging.send(
      new TagResourcesCommand({ ResourceARNList: [cart, vpc], Tags: { stage: 'live', new: '1' } }),
    );
    expect(failed).toEqual({});
    await control.tagging.send(
      new UntagResourcesCommand({ ResourceARNList: [cart, vpc], TagKeys: ['team', 'none'] }),
    );
    const { tags } = await control.lattice.send(
      new ListTagsForResourceCommand({ resourceArn: cart }),
    );
    expect(tags).toEqual({ stage: 'live', new: '1' });
  });

  test('say of each resource that cannot be changed why, and change the others', async () => {
    const other = await control.addAccount('other');
    const foreign =
      (await other.lattice.send(new CreateServiceCommand({ name: 'cart' }))).arn ?? '';
    const unknown = `${checkout}0`;
    const { FailedResourcesMap: failed } = await control.tagging.send(
      new TagResourcesCommand({
        ResourceARNList: [foreign, unknown, 'no', cart],
        Tags: { a: 'b' },
      }),
    );
    const failure = {
      StatusCode: 400,
      ErrorCode: 'InvalidParameterException',
      ErrorMessage: 'The resource does not exist, or it cannot have tags.',
    };
    expect(failed).toEqual({ [foreign]: failure, [unknown]: failure, no: failure });
    expect(await find({ TagFilters: [{ Key: 'a' }] })).toEqual([cart]);
    const untagged = await control.tagging.send(
      new UntagResourcesCommand({ ResourceARNList: [foreign], TagKeys: ['a'] }),
    );
    expect(untagged.FailedResourcesMap).toEqual({ [foreign]: failure });
  });

  test('refuse keys that are AWS’s', async () => {
    const tagging = control.tagging.send(
      new TagResourcesCommand({ ResourceARNList: [cart], Tags: { 'aws:a': 'b' } }),
    );
    await expect(tagging).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('GetTagKeys and GetTagValues', () => {
  test('list each once, in order', async () => {
    const { TagKeys, PaginationToken } = await control.tagging.send(new GetTagKeysCommand());
    expect([TagKeys, PaginationToken]).toEqual([['Name', 'stage', 'team'], '']);
    const { TagValues } = await control.tagging.send(new GetTagValuesCommand({ Key: 'team' }));
    expect(TagValues).toEqual(['pay', 'shop']);
    const none = await control.tagging.send(new GetTagValuesCommand({ Key: 'constructor' }));
    expect(none.TagValues).toEqual([]);
  });
});

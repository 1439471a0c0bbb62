import type { ResourceType, TagDescription } from '../../../../protocol/generated/ec2.ts';
import { ec2Read } from '../ec2-operation.ts';
import { applyFilters, type FilterTable } from '../filters.ts';
import { cutPage } from '../page.ts';

interface TagRow {
  readonly key: string;
  readonly value: string;
  readonly resourceId: string;
  readonly resourceType: string;
}

/** Tags of the caller's ec2 resources, one row a tag. */
export const describeTags = ec2Read<'DescribeTags'>(async (tx, input, context) => {
  const ofCaller = { index: 'account', equals: context.caller.accountId };
  const rows = (await tx.list('tagSet', ofCaller)).items
    .filter(({ resourceType }) => resourceType.startsWith('ec2:'))
    .flatMap(({ id, resourceType, tags }) =>
      Object.entries(tags).map(
        ([key, value]): TagRow => ({
          key,
          value,
          resourceId: id.slice(id.lastIndexOf('/') + 1),
          resourceType: resourceType.slice('ec2:'.length),
        }),
      ),
    );
  const matching = await applyFilters(tx, rows, input.Filters, withTagFilters(input.Filters));
  const page = cutPage(
    matching,
    ({ resourceId, key }) => `${resourceId}/${key}`,
    'DescribeTags',
    input,
    context,
  );
  return { Tags: page.rows.map(toAnswer), NextToken: page.nextToken };
});

const FILTERS: FilterTable<TagRow> = {
  key: ({ key }) => key,
  'resource-id': ({ resourceId }) => resourceId,
  'resource-type': ({ resourceType }) => resourceType,
  value: ({ value }) => value,
};

/** Here a row is a tag, so `tag:KEY` and `tag-key` look at the row itself. */
const withTagFilters = (
  filters: readonly { readonly Name?: string }[] | undefined = [],
): FilterTable<TagRow> => ({
  ...FILTERS,
  'tag-key': ({ key }) => key,
  ...Object.fromEntries(
    filters
      .flatMap(({ Name }) => (Name?.startsWith('tag:') ? [Name] : []))
      .map((name) => [
        name,
        ({ key, value }: TagRow) => (key === name.slice('tag:'.length) ? value : undefined),
      ]),
  ),
});

const toAnswer = ({ key, value, resourceId, resourceType }: TagRow): TagDescription => ({
  Key: key,
  Value: value,
  ResourceId: resourceId,
  ResourceType: resourceType as ResourceType,
});

import { managedPrefixLists, type PrefixList } from '../../../../lattice/prefix-list.ts';
import type { ManagedPrefixList } from '../../../../protocol/generated/ec2.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Read } from '../ec2-operation.ts';
import { applyFilters, type FilterTable } from '../filters.ts';
import { cutPage } from '../page.ts';
import { findPrefixList } from './find-prefix-list.ts';

/** The prefix lists that AWS manages for VPC Lattice. */
export const describeManagedPrefixLists = ec2Read<'DescribeManagedPrefixLists'>(
  async (tx, input, context) => {
    const lists = input.PrefixListIds?.length
      ? [...new Set(input.PrefixListIds)].map((id) => findPrefixList(id, context))
      : managedPrefixLists(context.settings.region);
    const matching = await applyFilters(tx, lists, input.Filters, FILTERS);
    const page = cutPage(
      matching,
      ({ name }) => name,
      'DescribeManagedPrefixLists',
      input,
      context,
      1,
    );
    return {
      PrefixLists: page.rows.map((list) => toAnswer(list, context)),
      NextToken: page.nextToken,
    };
  },
);

const FILTERS: FilterTable<PrefixList> = {
  'owner-id': () => 'AWS',
  'prefix-list-id': ({ id }) => id,
  'prefix-list-name': ({ name }) => name,
};

const toAnswer = (
  { id, name, addressFamily }: PrefixList,
  { settings: { partition, region } }: RequestContext,
): ManagedPrefixList => ({
  PrefixListId: id,
  AddressFamily: addressFamily,
  State: 'create-complete',
  PrefixListArn: `arn:${partition}:ec2:${region}:aws:prefix-list/${id}`,
  PrefixListName: name,
  Tags: [],
  OwnerId: 'AWS',
});

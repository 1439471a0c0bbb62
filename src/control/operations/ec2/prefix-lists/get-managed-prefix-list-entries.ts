import { ec2Read } from '../ec2-operation.ts';
import { cutPage } from '../page.ts';
import { findPrefixList } from './find-prefix-list.ts';

/** The blocks of a prefix list. */
export const getManagedPrefixListEntries = ec2Read<'GetManagedPrefixListEntries'>(
  async (_tx, input, context) => {
    const { cidrs } = findPrefixList(input.PrefixListId, context);
    const page = cutPage(
      cidrs,
      (cidr) => cidr,
      'GetManagedPrefixListEntries',
      { ...input, Filters: [{ Name: 'prefix-list-id', Values: [input.PrefixListId] }] },
      context,
      1,
    );
    return { Entries: page.rows.map((Cidr) => ({ Cidr })), NextToken: page.nextToken };
  },
);

import { managedPrefixLists, type PrefixList } from '../../../../lattice/prefix-list.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Error } from '../errors.ts';

/** @throws InvalidPrefixListID.NotFound */
export const findPrefixList = (id: string, context: RequestContext): PrefixList => {
  const found = managedPrefixLists(context.settings.region).find((list) => list.id === id);
  if (!found) {
    throw ec2Error('InvalidPrefixListID.NotFound', `The prefix list ID '${id}' does not exist`);
  }
  return found;
};

import type { TagSet } from '../../../lattice/resources.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { PageScope } from '../../pagination.ts';
import { readToken, writeToken } from './pagination-token.ts';

/** Keys or values on a page; AWS does not say how many are on its own. */
const PAGE = 500;

/** One page of the different texts that `pick` finds in the caller's tags, in alphabetical order. */
export const pageOfTexts = async (
  tx: ReadTransaction,
  scope: PageScope,
  token: string | undefined,
  pick: (tags: TagSet['tags']) => readonly string[],
): Promise<{ readonly texts: readonly string[]; readonly token: string }> => {
  const after = readToken(token, scope, (text) => text.startsWith('='));
  const { items } = await tx.list('tagSet', { index: 'account', equals: scope.accountId });
  const all = [...new Set(items.flatMap(({ tags }) => pick(tags)))].sort();
  // A token marks the last text of its page with a letter in front: an empty text has one, too.
  const rest = after === undefined ? all : all.filter((text) => text > after.slice(1));
  const texts = rest.slice(0, PAGE);
  return { texts, token: writeToken(rest.length > PAGE ? `=${texts.at(-1)}` : undefined, scope) };
};

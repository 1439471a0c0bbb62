import type { RequestContext } from '../../operation.ts';
import { decodeToken, encodeToken, type PageScope } from '../../pagination.ts';

/** How IAM's lists page. */
export interface IamPageInput {
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface IamPage<T> {
  readonly items: T[];
  readonly rest: { readonly IsTruncated: boolean; readonly Marker?: string };
}

/** AWS's default. */
const DEFAULT_ITEMS = 100;

/**
 * One page of `all` in order of `keyOf`, which no two items share. A marker holds the key behind
 * which the next page begins, so items may come and go between two pages.
 *
 * @throws ValidationException for a marker that this operation did not give for the same input
 */
export const iamPage = <T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  input: IamPageInput,
  { caller }: Pick<RequestContext, 'caller'>,
  operation: string,
  filter: PageScope['filter'] = {},
): IamPage<T> => {
  const scope: PageScope = { accountId: caller.accountId, operation: `iam:${operation}`, filter };
  const after = input.Marker === undefined ? undefined : decodeToken(input.Marker, scope);
  const keyed = all
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = keyed.slice(0, input.MaxItems ?? DEFAULT_ITEMS);
  const items = page.map(({ item }) => item);
  if (page.length === keyed.length) return { items, rest: { IsTruncated: false } };
  const last = page[page.length - 1]?.key ?? '';
  return { items, rest: { IsTruncated: true, Marker: encodeToken(last, scope) } };
};

import { createHash } from 'node:crypto';
import type { Documents, Kind } from '../lattice/documents.ts';
import type { Query, ReadTransaction } from '../store/store.ts';
import { invalid } from './errors.ts';

/** The members by which AWS's list operations page. */
export interface PageInput {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** What a token belongs to: it is refused anywhere else. */
export interface PageScope {
  readonly accountId: string;
  readonly operation: string;
  /** The members of the input that choose what is listed. */
  readonly filter?: Readonly<Record<string, string | undefined>>;
}

export interface ListPage<T> {
  readonly items: T[];
  /** Absent on the last page. */
  readonly nextToken?: string;
}

/** AWS does not say how long its pages are; 100 is the most that can be asked for. */
const DEFAULT_PAGE = 100;

/**
 * One page of the documents that `query` finds and `accept` lets through, in order of creation.
 *
 * @throws ValidationException when the token was not made for this account, operation and filter.
 */
export const listPage = async <K extends Kind>(
  tx: ReadTransaction,
  kind: K,
  query: Pick<Query, 'index' | 'equals'>,
  input: PageInput,
  scope: PageScope,
  accept: (document: Documents[K]) => boolean = () => true,
): Promise<ListPage<Documents[K]>> => {
  const most = input.maxResults ?? DEFAULT_PAGE;
  const items: Documents[K][] = [];
  let cursor = input.nextToken === undefined ? undefined : decodeToken(input.nextToken, scope);
  if (cursor !== undefined && !isCursor(cursor)) throw invalidToken();
  do {
    const page = await tx.list(kind, {
      ...query,
      limit: most - items.length,
      ...(cursor === undefined ? {} : { after: cursor }),
    });
    items.push(...page.items.filter(accept));
    cursor = page.cursor;
  } while (cursor !== undefined && items.length < most);
  return cursor === undefined ? { items } : { items, nextToken: encodeToken(cursor, scope) };
};

/** Opaque to clients: the cursor, behind a digest of the cursor and of all that it belongs to. */
export const encodeToken = (cursor: string, scope: PageScope): string =>
  Buffer.from(digest(cursor, scope) + cursor, 'utf8').toString('base64url');

/** @throws ValidationException when `encodeToken` did not make the token for this scope. */
export const decodeToken = (token: string, scope: PageScope): string => {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const cursor = text.slice(DIGEST_LENGTH);
  if (text.slice(0, DIGEST_LENGTH) !== digest(cursor, scope)) {
    throw invalidToken();
  }
  return cursor;
};

/**
 * Whether a text can be a cursor of the store, which numbers its documents. The digest of a token is
 * no secret, and need be none: a token only reaches what its scope lets the caller list anyway.
 */
export const isCursor = (text: string): boolean => /^\d{1,15}$/.test(text);

const invalidToken = () => invalid('The nextToken is invalid. Start again without it.');

const DIGEST_LENGTH = 22;

const digest = (cursor: string, { accountId, operation, filter = {} }: PageScope): string => {
  const chosen = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([accountId, operation, chosen, cursor]))
    .digest('base64url')
    .slice(0, DIGEST_LENGTH);
};

import { decodeToken, encodeToken, isCursor, type PageScope } from '../../pagination.ts';
import { invalidParameter } from './tagging-operation.ts';

/**
 * What the token of the page before stands for; this API says "from the start" with an empty token too.
 * Not more than `isMeant` is let through: callers can make tokens themselves.
 */
export const readToken = (
  token: string | undefined,
  scope: PageScope,
  isMeant: (text: string) => boolean,
): string | undefined => {
  if (token === undefined || token === '') return undefined;
  const text = decode(token, scope);
  if (text === undefined || !isMeant(text)) {
    throw invalidParameter('The PaginationToken is invalid. Start again without it.');
  }
  return text;
};

/** For lists of the store's documents. */
export const readCursor = (token: string | undefined, scope: PageScope): string | undefined =>
  readToken(token, scope, isCursor);

const decode = (token: string, scope: PageScope): string | undefined => {
  try {
    return decodeToken(token, scope);
  } catch {
    return undefined;
  }
};

/** This API ends a list with an empty token. */
export const writeToken = (cursor: string | undefined, scope: PageScope): string =>
  cursor === undefined ? '' : encodeToken(cursor, scope);

import { decodeToken, encodeToken, type PageScope } from '../../pagination.ts';
import { invalidParameter } from './tagging-operation.ts';

/** What the token of the page before stands for; this API says "from the start" with an empty token too. */
export const readToken = (token: string | undefined, scope: PageScope): string | undefined => {
  if (token === undefined || token === '') return undefined;
  try {
    return decodeToken(token, scope);
  } catch {
    throw invalidParameter('The PaginationToken is invalid. Start again without it.');
  }
};

/** This API ends a list with an empty token. */
export const writeToken = (cursor: string | undefined, scope: PageScope): string =>
  cursor === undefined ? '' : encodeToken(cursor, scope);

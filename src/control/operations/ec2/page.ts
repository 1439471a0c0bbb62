import { createHash } from 'node:crypto';
import type { Ec2OperationName, Filter } from '../../../protocol/generated/ec2.ts';
import type { RequestContext } from '../../operation.ts';
import { invalidParameterValue } from './errors.ts';

interface Paged {
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly Filters?: readonly Filter[];
}

export interface PageOf<Row> {
  readonly rows: readonly Row[];
  readonly nextToken?: string;
}

const MOST = 1000;

/**
 * Cuts one page out of all rows, ordered by `keyOf`, which is unique. A token names the last key
 * of the page before, so it stays valid when rows come and go; it is bound to account, operation
 * and filters.
 *
 * @param least Smallest page that a caller may ask for.
 * @throws InvalidParameterValue for a size out of range or a token that was not given out for this.
 */
export const cutPage = <Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  operation: Ec2OperationName,
  input: Paged,
  context: RequestContext,
  least = 5,
): PageOf<Row> => {
  const { MaxResults: size, NextToken: token } = input;
  if (size !== undefined && (size < least || size > MOST)) {
    throw invalidParameterValue(
      `Value ( ${size} ) for parameter maxResults is invalid. Expecting a value ` +
        (size < least ? `greater than ${least}.` : `less than ${MOST}.`),
    );
  }
  const binding = createHash('sha256')
    .update(JSON.stringify([context.caller.accountId, operation, input.Filters ?? []]))
    .digest('base64url')
    .slice(0, 16);
  const after = token === undefined ? undefined : parseToken(token, binding);
  const ordered = rows
    .map((row) => ({ row, key: keyOf(row) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const page = ordered.slice(0, size);
  const last = page.at(-1);
  return {
    rows: page.map(({ row }) => row),
    ...(last && page.length < ordered.length && { nextToken: writeToken(binding, last.key) }),
  };
};

/** Order of creation; the id parts what was made in the same millisecond. */
export const byCreation = (document: { readonly createdAt: string; readonly id: string }): string =>
  `${document.createdAt}/${document.id}`;

const writeToken = (binding: string, key: string): string =>
  Buffer.from(binding + key).toString('base64url');

const parseToken = (token: string, binding: string): string => {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith(binding)) {
    throw invalidParameterValue('Unable to parse pagination token');
  }
  return text.slice(binding.length);
};

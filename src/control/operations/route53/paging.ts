import { invalidInput } from './errors.ts';

/**
 * How many items a page has: `MaxItems` is text in this API.
 * @throws ServiceError InvalidInput
 */
export const pageSize = (text: string | undefined, most: number): number => {
  if (text === undefined) return most;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count === 0)
    throw invalidInput(`The value ${text} for MaxItems is not valid: it must be 1 or more.`);
  return Math.min(count, most);
};

/** A page of `items`, and the one with which the next page begins. */
export const pageFrom = <T>(
  items: readonly T[],
  first: number,
  size: number,
): { readonly page: readonly T[]; readonly next: T | undefined } => ({
  page: items.slice(first, first + size),
  next: items[first + size],
});

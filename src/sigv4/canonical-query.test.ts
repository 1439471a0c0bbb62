import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalQuery } from './canonical-query.ts';
import { decodeUri, encodeUri, isEncoded, wireBytes } from './encode-uri.ts';

test.each([
  { query: '', is: '' },
  { query: 'a', is: 'a=' },
  { query: 'b=2&a=1', is: 'a=1&b=2' },
  { query: 'a=2&a=1&a=10', is: 'a=1&a=10&a=2' },
  { query: 'a-b=1&a=2', is: 'a=2&a-b=1' },
  { query: 'a=%7e%2f', is: 'a=~%2F' },
  { query: 'a=%ZZ&b=100%', is: 'a=%25ZZ&b=100%25' },
  { query: 'q=x+y', is: 'q=x%20y' },
  { query: '&a=1&&', is: 'a=1' },
  { query: 'X-Amz-Signature=0&a=1', is: 'a=1' },
  { query: '%58-Amz-Signature=0&a=1', is: 'a=1' },
])('$query is $is', ({ query, is }) => {
  expect(canonicalQuery(query, 'X-Amz-Signature')).toBe(is);
});

test('what is canonical stays as it is, and only that counts as encoded', () => {
  const text = fc.string({ unit: fc.constantFrom(...'aZ09-._~%2fF7eE/+ ='), maxLength: 12 });
  fc.assert(
    fc.property(text, (raw) => {
      const encoded = encodeUri(wireBytes(decodeUri(raw)));
      expect(isEncoded(raw)).toBe(encoded === raw);
      expect(isEncoded(encoded)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

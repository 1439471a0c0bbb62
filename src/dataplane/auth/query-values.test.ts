import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { QueryValues } from './query-values.ts';

const LONG = `${'long=1&'.repeat(40)}`;

describe('values of a query parameter', () => {
  test.each([
    { name: 'a value', query: 'a=1', expected: ['1'] },
    { name: 'several, in order', query: 'a=2&b=3&a=1', expected: ['2', '1'] },
    { name: 'no value, with and without a sign', query: 'a&a=', expected: ['', ''] },
    { name: 'a value with signs in it', query: 'a=b=c', expected: ['b=c'] },
    { name: 'nothing between separators', query: '&&a=1&', expected: ['1'] },
    { name: 'an empty query', query: '', expected: undefined },
    { name: 'a name that only begins or ends alike', query: 'ab=1&ba=2', expected: undefined },
    { name: 'the name as a value', query: 'b=a', expected: undefined },
    { name: 'another letter case', query: 'A=1', expected: undefined },
    { name: 'an escaped name', query: '%61=1', expected: ['1'] },
    { name: 'escapes of one character in several bytes', query: 'a=%C3%A9', expected: ['é'] },
    { name: 'bytes that are no UTF-8', query: 'a=%E9', expected: ['\ufffd'] },
    {
      name: 'a percent sign that starts no escape',
      query: 'a=5%25&a=5%&a=%zz',
      expected: ['5%', '5%', '%zz'],
    },
    { name: 'an escaped separator', query: 'a=1%26a=2', expected: ['1&a=2'] },
  ])('$name', ({ query, expected }) => {
    expect(new QueryValues(query).get('a')).toEqual(expected);
    // Long queries are read in another way.
    expect(new QueryValues(`${LONG}${query}`).get('a')).toEqual(expected);
  });

  test('are those that forms have', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', '=', '+', '%', '4', '1', '%41', 'Z'),
    });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), text, (parts, name) => {
        const query = parts.join('&');
        const expected = new URLSearchParams(query).getAll(name);
        // A parameter without any name is none here.
        fc.pre(name !== '');
        expect(new QueryValues(query).get(name) ?? []).toEqual(expected);
        expect(new QueryValues(`${LONG}${query}`).get(name) ?? []).toEqual(expected);
      }),
    );
  });

  test('are found in time that does not grow with how often they are asked for', () => {
    // Without a `=`, so that looking for one goes to the end each time.
    const values = new QueryValues(Array(29_000).fill('!').join('&'));
    const found = Array.from({ length: 50_000 }, (_, i) => values.get(`a${i}`));
    expect(found.filter((one) => one !== undefined)).toEqual([]);
    expect(values.get('!')).toHaveLength(29_000);
  });
});

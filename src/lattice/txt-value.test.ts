import { expect, test } from 'vitest';
import { parseTxtValue } from './txt-value.ts';

test.each([
  ['"one"', ['one']],
  ['"one" "two three"', ['one', 'two three']],
  ['"one""two"', ['one', 'two']],
  [' "one" ', ['one']],
  ['""', ['']],
  ['"a \\"b\\" \\\\"', ['a "b" \\']],
  ['"\\101\\377"', ['A\u00ff']],
  ['"\u00fc"', ['\u00c3\u00bc']],
  [`"${'x'.repeat(255)}"`, ['x'.repeat(255)]],
  [`"${'x'.repeat(256)}"`, undefined],
  ['one', undefined],
  ['"one', undefined],
  ['"one" two', undefined],
  ['', undefined],
])('%s', (value, texts) => {
  expect(parseTxtValue(value)).toEqual(texts);
});

import { describe, expect, test } from 'vitest';
import { ServiceError } from './service-error.ts';
import { shortened } from './shortened.ts';
import { protocolLimits } from './wire.ts';

describe('a text is shortened', () => {
  test.each([
    { name: 'not when it fits', text: 'abc', most: 3, expected: 'abc' },
    { name: 'with a mark', text: 'abcd', most: 3, expected: 'abc...' },
    { name: 'before a pair that does not fit', text: 'ab\u{1f33f}', most: 3, expected: 'ab...' },
    { name: 'behind a pair', text: 'a\u{1f33f}b', most: 3, expected: 'a\u{1f33f}...' },
  ])('$name', ({ text, most, expected }) => {
    expect(shortened(text, most)).toBe(expected);
  });
});

test('no error text is without an end, whoever made it', () => {
  const error = new ServiceError('ValidationException', 400, `no \`${'x'.repeat(1_000_000)}\``);
  expect(error.message).toHaveLength(protocolLimits.errorCharacters + 3);
});

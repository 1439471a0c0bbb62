import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wrap } from './wrap.ts';

describe('wrap', () => {
  test('breaks at blanks, and puts something in front of each line', () => {
    expect(wrap('one two three four', { width: 11, first: '* ', rest: '  ' })).toEqual([
      '* one two',
      '  three',
      '  four',
    ]);
  });

  test('leaves a long word whole', () => {
    expect(wrap('an arn:aws:iam::1:root is', { width: 10, first: '', rest: '' })).toEqual([
      'an',
      'arn:aws:iam::1:root',
      'is',
    ]);
  });

  test('loses nothing, and makes no line too long that has several words', () => {
    const words = fc.array(fc.stringMatching(/^[a-zé😀]{1,12}$/u), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 5, max: 40 }), (texts, width) => {
        const lines = wrap(texts.join(' '), { width, first: '- ', rest: '. ' });
        expect(lines.map((line) => line.slice(2)).join(' ')).toBe(texts.join(' '));
        for (const line of lines) {
          if (line.slice(2).includes(' ')) expect([...line].length).toBeLessThanOrEqual(width);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Glob } from '../glob.ts';
import { type GlobToken, parsePattern } from '../pattern.ts';
import { arnPatternsMeet, patternsMeet } from './patterns-meet.ts';

const tokens = (text: string): readonly GlobToken[] =>
  parsePattern(text, { variables: false, wildcards: true }) as readonly GlobToken[];

describe('two patterns', () => {
  test.each<[string, string, boolean]>([
    ['a', 'a', true],
    ['a', 'b', false],
    ['a*', '*b', true],
    ['a*', 'b*', false],
    ['?', '', false],
    ['*', '', true],
    ['a?c', 'ab?', true],
    ['a*c', 'a?', true],
    ['*x*', 'abc', false],
  ])('%s and %s meet: %s', (a, b, meet) => {
    expect(patternsMeet(tokens(a), tokens(b))).toBe(meet);
    expect(patternsMeet(tokens(b), tokens(a))).toBe(meet);
  });

  test('meet where there is a text that both match', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 5 });
    const texts = allTexts(6);
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        const [left, right] = [new Glob(tokens(a)), new Glob(tokens(b))];
        const both = texts.some((text) => left.matches(text) && right.matches(text));
        // A text that both match need not be longer than what both ask for together.
        if (a.length + b.length <= 6 || both) {
          expect(patternsMeet(tokens(a), tokens(b))).toBe(both);
        }
      }),
    );
  });

  test('of ARNs meet part by part', () => {
    const all = tokens('arn:*:vpc-lattice:*:*:service/*/*');
    expect(arnPatternsMeet(tokens('arn:aws:vpc-lattice:*:*:service/a/*'), all)).toBe(true);
    expect(arnPatternsMeet(tokens('arn:aws:vpc-lattice:*:*:service/a'), all)).toBe(false);
    expect(arnPatternsMeet(tokens('arn:aws:s3:*:*:service/a/*'), all)).toBe(false);
    expect(arnPatternsMeet(tokens('*/rates'), all)).toBe(true);
  });
});

const allTexts = (longest: number): readonly string[] => {
  const texts = [''];
  for (let from = 0, length = 1; length <= longest; length++) {
    const shorter = texts.slice(from);
    from = texts.length;
    for (const text of shorter) texts.push(`${text}a`, `${text}b`);
  }
  return texts;
};

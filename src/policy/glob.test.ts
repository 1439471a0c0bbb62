import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Glob } from './glob.ts';
import { type GlobToken, parsePattern } from './pattern.ts';

const toGlob = (pattern: string): Glob =>
  new Glob(parsePattern(pattern, { variables: false, wildcards: true }) as readonly GlobToken[]);

/** The definition, without care for time. */
const naive = (pattern: string, text: string): boolean => {
  if (pattern === '') return text === '';
  const rest = pattern.slice(1);
  if (pattern[0] === '*')
    return naive(rest, text) || (text !== '' && naive(pattern, text.slice(1)));
  return (
    text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && naive(rest, text.slice(1))
  );
};

const letters = fc.constantFrom('a', 'b');
const aText = fc.string({ unit: letters, maxLength: 14 });
const aPattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 9 });

describe('a pattern with wildcards', () => {
  test('matches what its definition says', () => {
    fc.assert(
      fc.property(aPattern, aText, (pattern, text) => {
        expect(toGlob(pattern).matches(text)).toBe(naive(pattern, text));
      }),
      { numRuns: 2_000 },
    );
  });

  test('matches what it was made from', () => {
    const piece = fc.constantFrom('a', 'b', 'ab', '*', '?');
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, aText)), (pieces) => {
        const pattern = pieces.map(([token]) => token).join('');
        const text = pieces
          .map(([token, any]) => (token === '*' ? any : token === '?' ? 'b' : token))
          .join('');
        expect(toGlob(pattern).matches(text)).toBe(true);
      }),
    );
  });

  test('finds long parts between stars as short ones', () => {
    // Beyond 32 and 64 characters, where words of the search end; with and without question marks.
    const long = fc.string({ unit: fc.constantFrom('a', 'b', '?'), minLength: 17, maxLength: 80 });
    fc.assert(
      fc.property(long, aText, aText, fc.nat(79), (part, before, after, at) => {
        const inside = part.replaceAll('?', 'a');
        const glob = toGlob(`*${part}*`);
        expect(glob.matches(before + inside + after)).toBe(true);
        const broken = `${inside.slice(0, at % inside.length)}c${inside.slice((at % inside.length) + 1)}`;
        const isFree = part[at % part.length] === '?';
        expect(glob.matches(broken)).toBe(isFree);
      }),
    );
  });

  test('looks only at the part of a text that it is asked about', () => {
    fc.assert(
      fc.property(aPattern, aText, aText, aText, (pattern, before, text, after) => {
        const end = before.length + text.length;
        expect(toGlob(pattern).matches(before + text + after, before.length, end)).toBe(
          naive(pattern, text),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('takes time in proportion to the text, whatever the text', () => {
    // Compared at every place this would be some 10^10 steps.
    const text = 'a'.repeat(60_000);
    const part = 'a'.repeat(5_000);
    for (const pattern of [`*${part}b*`, `*?${part}b?*`, `*${'a*'.repeat(5_000)}b`]) {
      const glob = toGlob(pattern);
      for (let i = 0; i < 5; i++) expect(glob.matches(text)).toBe(false);
    }
  });
});

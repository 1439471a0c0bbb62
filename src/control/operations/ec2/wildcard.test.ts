import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileWildcards, isLiteral } from './wildcard.ts';

const matches = (pattern: string, text: string) => compileWildcards([pattern])(text);

test.each([
  ['vpc-1', 'vpc-1', true],
  ['vpc-1', 'vpc-12', false],
  ['VPC-1', 'vpc-1', false],
  ['*', '', true],
  ['vpc-*', 'vpc-', true],
  ['*shop*', 'my shop here', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['?', 'x', true],
  ['?', '', false],
  ['a?c', 'abc', true],
  ['\\*', '*', true],
  ['\\*', 'x', false],
  ['a\\', 'a\\', true],
  ['', '', true],
  ['', 'x', false],
])('`%s` against `%s`: %s', (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});

test('agrees with a regular expression made of the pattern', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
  fc.assert(
    fc.property(letters, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 }), (p, t) => {
      const regex = new RegExp(`^${p.replaceAll('*', '.*').replaceAll('?', '.')}$`);
      expect(matches(p, t)).toBe(regex.test(t));
    }),
  );
});

test('many stars against a long text do not take long', () => {
  const started = performance.now();
  expect(matches(`${'*a'.repeat(100)}b`, 'a'.repeat(2000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(500);
});

test('knows patterns that mean only themselves', () => {
  expect(isLiteral('vpc-0a')).toBe(true);
  expect(isLiteral('vpc-*')).toBe(false);
});

test('several values match when one does', () => {
  const any = compileWildcards(['a', 'b*']);
  expect(['a', 'b', 'bc', 'ab'].map(any)).toEqual([true, true, true, false]);
  expect(compileWildcards([])('')).toBe(false);
});

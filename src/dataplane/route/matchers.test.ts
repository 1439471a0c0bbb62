import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HeaderMatchPart, MatchPart, PathMatchPart } from '../../snapshot/parts.ts';
import { CompiledMatcher } from './compiled-matcher.ts';
import { aHead, matcherSuite } from './matcher-suite.ts';
import { NaiveMatcher } from './naive-matcher.ts';

matcherSuite('the naive matcher', (rules) => new NaiveMatcher(rules));
matcherSuite('the compiled matcher', (rules) => new CompiledMatcher(rules));

// Few words, so that random rules and requests meet often.
const text = fc
  .array(fc.constantFrom('a', 'A', 'b', '/', 'ä'), { maxLength: 4 })
  .map((parts) => parts.join(''));
const pathText = fc.oneof(
  fc
    .array(fc.constantFrom('a', 'A', 'b', '/'), { maxLength: 4 })
    .map((parts) => `/${parts.join('')}`),
  fc.constantFrom('/a?a', '/A?b=A', '/?', '/a?'),
);
const name = fc.constantFrom('host', 'x-a', 'X-B', 'x-c', 'x-d', 'x-e', 'x-f');
const pathMatch: fc.Arbitrary<PathMatchPart> = fc.record({
  type: fc.constantFrom('exact', 'prefix'),
  value: pathText,
  caseSensitive: fc.boolean(),
});
const headerMatch: fc.Arbitrary<HeaderMatchPart> = fc.record({
  name,
  match: fc.oneof(
    text.map((exact) => ({ exact })),
    text.map((prefix) => ({ prefix })),
    text.map((contains) => ({ contains })),
  ),
  caseSensitive: fc.boolean(),
});
const rule: fc.Arbitrary<MatchPart> = fc
  .record({
    method: fc.option(fc.constantFrom('GET', 'get', 'PUT'), { nil: undefined }),
    path: fc.option(pathMatch, { nil: undefined }),
    headers: fc.array(headerMatch, { maxLength: 3 }),
  })
  .map(({ method, path, headers }) => ({
    headers,
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
  }));
const head = fc
  .record({
    method: fc.constantFrom('GET', 'get', 'PUT'),
    target: pathText,
    authority: fc.constantFrom('a', 'A', 'b:80'),
    headers: fc.array(fc.tuple(name, text), { maxLength: 6 }),
  })
  .map(aHead);

describe('the compiled matcher agrees with the naive one', () => {
  test.each([
    { size: 'a few', maxLength: 8 },
    { size: 'many', maxLength: 120 },
  ])('on $size random rules', ({ maxLength }) => {
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength, size: 'max' }),
        fc.array(head, { minLength: 1, maxLength: 8 }),
        (rules, heads) => {
          const compiled = new CompiledMatcher(rules);
          const naive = new NaiveMatcher(rules);
          for (const each of heads) expect(compiled.match(each)).toBe(naive.match(each));
        },
      ),
      { numRuns: 400 },
    );
  });

  test('on rules that all share their path or their header', () => {
    const shared = Array.from(
      { length: 40 },
      (_, i): MatchPart => ({
        path: { type: 'prefix', value: '/shared', caseSensitive: i % 3 === 0 },
        headers: [
          { name: 'x-n', match: { exact: String(i) }, caseSensitive: true },
          { name: 'x-all', match: { contains: 'same' }, caseSensitive: false },
        ],
      }),
    );
    const compiled = new CompiledMatcher(shared);
    for (let i = 0; i < 42; i += 1) {
      const request = aHead({
        target: '/shared/x',
        headers: [
          ['x-n', String(i)],
          ['x-all', 'the SAME'],
        ],
      });
      expect(compiled.match(request)).toBe(i < 40 ? i : -1);
    }
  });
});

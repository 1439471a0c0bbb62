import { describe, expect, test } from 'vitest';
import type { HeaderMatchPart, MatchPart } from '../../snapshot/parts.ts';
import type { RequestHead } from '../request-head.ts';
import type { RuleMatcher } from './rule-matcher.ts';

/** A request head; `headers` become lines in their order, names in lower case. Targets do not get those of `withheld`. */
export function aHead({
  method = 'GET',
  target = '/',
  authority = 'shop.example',
  headers = [],
  withheld = [],
}: {
  method?: string;
  target?: string;
  authority?: string;
  headers?: readonly (readonly [name: string, value: string])[];
  withheld?: readonly (readonly [name: string, value: string])[];
} = {}): RequestHead {
  const lines = [['host', authority] as const, ...headers, ...withheld];
  return {
    method,
    target,
    path: target.split('?', 1)[0]!,
    authority,
    host: authority.toLowerCase().split(':', 1)[0]!,
    names: lines.map(([name]) => name.toLowerCase()),
    values: lines.map(([, value]) => value),
    isPassedOn: (line) => line <= headers.length,
  };
}

const path = (type: 'exact' | 'prefix', value: string, caseSensitive = false): MatchPart => ({
  path: { type, value, caseSensitive },
  headers: [],
});
const header = (
  name: string,
  match: HeaderMatchPart['match'],
  caseSensitive = false,
): MatchPart => ({ headers: [{ name, match, caseSensitive }] });

interface Case {
  readonly name: string;
  readonly rule: MatchPart;
  readonly matching?: readonly RequestHead[];
  readonly other?: readonly RequestHead[];
}

const CASES: readonly Case[] = [
  {
    name: 'a header that the target does not get is none',
    rule: header('x-a', { exact: 'b' }),
    matching: [aHead({ headers: [['x-a', 'b']], withheld: [['x-a', 'c']] })],
    other: [
      aHead({ withheld: [['x-a', 'b']] }),
      aHead({ headers: [['x-a', 'c']], withheld: [['x-a', 'b']] }),
    ],
  },
  {
    name: 'an exact path is compared byte by byte, without folding of slashes, escapes or dots',
    rule: path('exact', '/two', true),
    matching: [
      aHead({ target: '/two' }),
      aHead({ target: '/two?a=b' }),
      aHead({ target: '/two?' }),
    ],
    other: [
      aHead({ target: '/two/' }),
      aHead({ target: '/Two' }),
      aHead({ target: '/two/x' }),
      aHead({ target: '//two' }),
      aHead({ target: '/t%77o' }),
      aHead({ target: '/./two' }),
    ],
  },
  {
    name: 'a path is compared in any case unless told otherwise',
    rule: path('exact', '/Two'),
    matching: [aHead({ target: '/two' }), aHead({ target: '/TWO' })],
    other: [aHead({ target: '/twos' })],
  },
  {
    name: 'a prefix is a prefix of the text and knows no path segments',
    rule: path('prefix', '/api'),
    matching: [
      aHead({ target: '/api' }),
      aHead({ target: '/apix' }),
      aHead({ target: '/API/v1?x' }),
    ],
    other: [aHead({ target: '/ap' }), aHead({ target: '/v1/api' }), aHead({ target: '/?/api' })],
  },
  {
    name: 'a case-sensitive prefix',
    rule: path('prefix', '/Api', true),
    matching: [aHead({ target: '/Api/1' })],
    other: [aHead({ target: '/api/1' })],
  },
  {
    name: 'a path pattern with a question mark is compared with path and query',
    rule: path('prefix', '/search?lang=de'),
    matching: [aHead({ target: '/search?lang=de' }), aHead({ target: '/search?LANG=DE&q=1' })],
    other: [aHead({ target: '/search' }), aHead({ target: '/search?q=1&lang=de' })],
  },
  {
    name: 'an exact path pattern with a question mark takes the whole query',
    rule: path('exact', '/search?a', true),
    matching: [aHead({ target: '/search?a' })],
    other: [aHead({ target: '/search?ab' }), aHead({ target: '/search' })],
  },
  {
    name: 'a method is compared with its case',
    rule: { method: 'GET', headers: [] },
    matching: [aHead({ method: 'GET' })],
    other: [aHead({ method: 'get' }), aHead({ method: 'POST' })],
  },
  {
    name: 'a header has the same value, in any case',
    rule: header('x-tier', { exact: 'Gold' }),
    matching: [
      aHead({ headers: [['X-Tier', 'gold']] }),
      aHead({
        headers: [
          ['a', 'b'],
          ['x-tier', 'GOLD'],
        ],
      }),
    ],
    other: [
      aHead(),
      aHead({ headers: [['x-tier', 'golden']] }),
      aHead({ headers: [['x-tiers', 'gold']] }),
    ],
  },
  {
    name: 'a case-sensitive header value',
    rule: header('x-tier', { exact: 'Gold' }, true),
    matching: [aHead({ headers: [['x-TIER', 'Gold']] })],
    other: [aHead({ headers: [['x-tier', 'gold']] })],
  },
  {
    name: 'a header begins with a value',
    rule: header('user-agent', { prefix: 'curl/' }),
    matching: [aHead({ headers: [['user-agent', 'CURL/8']] })],
    other: [aHead({ headers: [['user-agent', 'a curl/8']] }), aHead()],
  },
  {
    name: 'a header contains a value',
    rule: header('cookie', { contains: 'Beta=1' }, true),
    matching: [aHead({ headers: [['cookie', 'a=b; Beta=1; c']] })],
    other: [aHead({ headers: [['cookie', 'a=b; beta=1']] }), aHead()],
  },
  {
    name: 'a repeated header matches with one of its values or with all of them joined',
    rule: header('x-role', { exact: 'admin' }),
    matching: [
      aHead({
        headers: [
          ['x-role', 'user'],
          ['x-role', 'admin'],
        ],
      }),
    ],
    other: [aHead({ headers: [['x-role', 'user,admin']] })],
  },
  {
    name: 'a repeated header is joined with a comma and no space',
    rule: header('x-role', { exact: 'user,admin' }),
    matching: [
      aHead({
        headers: [
          ['x-role', 'user'],
          ['x-role', 'admin'],
        ],
      }),
      aHead({ headers: [['x-role', 'user,admin']] }),
    ],
    other: [
      aHead({
        headers: [
          ['x-role', 'admin'],
          ['x-role', 'user'],
        ],
      }),
    ],
  },
  {
    name: 'Host is a header like any other and means the authority',
    rule: header('Host', { exact: 'shop.example:8080' }),
    matching: [aHead({ authority: 'Shop.example:8080' })],
    other: [aHead({ authority: 'shop.example' })],
  },
  {
    name: 'all conditions must hold',
    rule: {
      method: 'PUT',
      path: { type: 'prefix', value: '/a', caseSensitive: false },
      headers: [
        { name: 'x-one', match: { exact: '1' }, caseSensitive: false },
        { name: 'x-two', match: { prefix: '2' }, caseSensitive: false },
      ],
    },
    matching: [
      aHead({
        method: 'PUT',
        target: '/ab',
        headers: [
          ['x-one', '1'],
          ['x-two', '22'],
        ],
      }),
    ],
    other: [
      aHead({
        method: 'GET',
        target: '/ab',
        headers: [
          ['x-one', '1'],
          ['x-two', '22'],
        ],
      }),
      aHead({
        method: 'PUT',
        target: '/b',
        headers: [
          ['x-one', '1'],
          ['x-two', '22'],
        ],
      }),
      aHead({
        method: 'PUT',
        target: '/ab',
        headers: [
          ['x-one', '1'],
          ['x-two', '1'],
        ],
      }),
      aHead({ method: 'PUT', target: '/ab', headers: [['x-two', '22']] }),
    ],
  },
  {
    name: 'a value outside ASCII is compared as the bytes of its UTF-8 form',
    rule: header('x-city', { exact: 'Zürich' }, true),
    matching: [aHead({ headers: [['x-city', 'Z\u00c3\u00bcrich']] })],
    other: [aHead({ headers: [['x-city', 'Z\u00fcrich']] })],
  },
];

/** What every matcher must do. The fillers make an index where the one rule alone would need none. */
export function matcherSuite(
  name: string,
  makeMatcher: (rules: readonly MatchPart[]) => RuleMatcher,
): void {
  describe(name, () => {
    const fillers = Array.from({ length: 30 }, (_, i) =>
      path('exact', `/filler/${i}`, i % 2 === 0),
    );
    describe.each([
      { setting: 'alone', before: [] },
      { setting: 'among others', before: fillers },
    ])('$setting', ({ before }) => {
      const after = before.map((_, i) => header(`x-filler-${i}`, { exact: 'yes' }));
      test.each(CASES)('$name', ({ rule, matching = [], other = [] }) => {
        const matcher = makeMatcher([...before, rule, ...after]);
        for (const head of matching) expect(matcher.match(head)).toBe(before.length);
        for (const head of other) expect(matcher.match(head)).toBe(-1);
      });
    });

    test('without rules nothing matches', () => {
      expect(makeMatcher([]).match(aHead())).toBe(-1);
    });

    test('the first of several rules that match wins, however specific the others are', () => {
      const rules = [path('prefix', '/a/b'), path('prefix', '/a'), path('exact', '/a/b/c', true)];
      const all = [...rules, ...fillers, header('x', { exact: '1' }), { headers: [] }];
      const matcher = makeMatcher(all);
      expect(matcher.match(aHead({ target: '/a/b/c' }))).toBe(0);
      expect(matcher.match(aHead({ target: '/a/c' }))).toBe(1);
      expect(matcher.match(aHead({ target: '/filler/7', headers: [['x', '1']] }))).toBe(10);
      expect(matcher.match(aHead({ target: '/x', headers: [['x', '1']] }))).toBe(33);
      expect(matcher.match(aHead({ target: '/x' }))).toBe(34);
    });

    test('one request leaves nothing behind for the next', () => {
      const matcher = makeMatcher([header('x-a', { exact: 'one' }), path('exact', '/p')]);
      expect(matcher.match(aHead({ headers: [['x-a', 'ONE']] }))).toBe(0);
      expect(matcher.match(aHead({ target: '/P' }))).toBe(1);
      expect(matcher.match(aHead())).toBe(-1);
    });
  });
}

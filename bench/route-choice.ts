/**
 * How long the choice of a rule takes with 10, 100 and 1,000 rules in a listener; aim: with 1,000 at
 * most twice as long as with 10. Run with `node bench/route-choice.ts`.
 */
import { bench, group, run, summary } from 'mitata';
import type { RequestHead } from '../src/dataplane/request-head.ts';
import { CompiledMatcher } from '../src/dataplane/route/compiled-matcher.ts';
import type { MatchPart } from '../src/snapshot/parts.ts';

const SIZES = [10, 100, 1_000];

const kinds: Readonly<Record<string, (i: number) => MatchPart>> = {
  'exact path': (i) => ({
    path: { type: 'exact', value: `/service/${i}`, caseSensitive: false },
    headers: [],
  }),
  'path prefix': (i) => ({
    path: { type: 'prefix', value: `/service/${i}/`, caseSensitive: true },
    headers: [],
  }),
  'exact header, same path': (i) => ({
    path: { type: 'prefix', value: '/', caseSensitive: false },
    headers: [{ name: 'x-tenant', match: { exact: `tenant-${i}` }, caseSensitive: false }],
  }),
  'header of its own': (i) => ({
    headers: [{ name: `x-feature-${i}`, match: { contains: 'on' }, caseSensitive: false }],
  }),
  'mixed, two conditions': (i) => ({
    method: i % 2 === 0 ? 'GET' : 'POST',
    path: {
      type: i % 3 === 0 ? 'exact' : 'prefix',
      value: `/v${i % 7}/${Math.floor(i / 7)}`,
      caseSensitive: i % 5 === 0,
    },
    headers: [{ name: `x-h${i % 9}`, match: { prefix: `value-${i % 11}` }, caseSensitive: false }],
  }),
};

/** A request as a browser sends it, which matches the rule in the middle or none. */
function aRequest(kind: string, i: number): RequestHead {
  const headers: [string, string][] = [
    ['host', 'shop.example'],
    ['user-agent', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'],
    ['accept', 'text/html,application/xhtml+xml'],
    ['accept-encoding', 'gzip, deflate, br'],
    ['accept-language', 'en-GB,en;q=0.9'],
    ['cookie', 'session=0123456789abcdef; theme=dark'],
    ['x-tenant', `tenant-${i}`],
    [`x-feature-${i}`, 'on'],
    [`x-h${i % 9}`, `value-${i % 11}`],
  ];
  const path = kind.startsWith('mixed') ? `/v${i % 7}/${Math.floor(i / 7)}` : `/service/${i}/`;
  return {
    method: 'GET',
    target: `${path}?page=2`,
    path,
    authority: 'shop.example',
    host: 'shop.example',
    names: headers.map(([name]) => name),
    values: headers.map(([, value]) => value),
  };
}

for (const [kind, makeRule] of Object.entries(kinds)) {
  group(kind, () => {
    summary(() => {
      for (const size of SIZES) {
        const matcher = new CompiledMatcher(Array.from({ length: size }, (_, i) => makeRule(i)));
        const request = aRequest(kind, Math.floor(size / 2));
        bench(`${size} rules`, () => matcher.match(request)).baseline(size === SIZES[0]);
      }
    });
  });
}

await run();

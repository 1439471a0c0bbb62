import { describe, expect, test } from 'vitest';
import { spelledKey, wishOfCondition } from './condition-words.ts';

const HEADER = 'vpc-lattice-svcs:requestheader/x-tier';

interface Case {
  readonly operator: string;
  readonly key?: string;
  readonly wanted?: readonly string[];
  readonly actual?: string | readonly string[];
  readonly isAnonymous?: boolean;
  readonly text: string;
}

test.each<Case>([
  {
    operator: 'StringEquals',
    actual: 'silver',
    text: 'header `x-tier` were `gold` (it is `silver`)',
  },
  {
    operator: 'StringEqualsIfExists',
    actual: 'silver',
    text: 'header `x-tier` were `gold` (it is `silver`)',
  },
  { operator: 'StringEquals', text: 'header `x-tier` were `gold` (the request does not have it)' },
  {
    operator: 'StringNotEquals',
    actual: 'gold',
    text: 'header `x-tier` were not `gold` (it is `gold`)',
  },
  { operator: 'StringLike', actual: 'tin', text: 'header `x-tier` were like `gold` (it is `tin`)' },
  {
    operator: 'ForAllValues:StringEquals',
    key: 'vpc-lattice-svcs:requestquerystring/Currency',
    wanted: ['EUR', 'USD'],
    actual: ['CHF', 'EUR'],
    text: 'query parameter `Currency` were `EUR` or `USD` (it is `CHF` or `EUR`)',
  },
  {
    operator: 'NotIpAddress',
    key: 'aws:sourceip',
    wanted: ['10.0.0.0/8'],
    actual: '10.1.2.3',
    text: "the client's address were not in `10.0.0.0/8` (it is `10.1.2.3`)",
  },
  {
    operator: 'DateLessThanEquals',
    key: 'aws:currenttime',
    wanted: ['2026-01-01T00:00:00Z'],
    actual: '2026-04-01T12:00:00.000Z',
    text: 'the time were not after `2026-01-01T00:00:00Z` (it is `2026-04-01T12:00:00.000Z`)',
  },
  { operator: 'Null', wanted: ['true'], actual: 'gold', text: 'header `x-tier` were missing' },
  { operator: 'Null', wanted: ['false'], text: 'header `x-tier` were there' },
  {
    operator: 'StringEquals',
    key: 'aws:principaltag/Team',
    isAnonymous: true,
    text: "the caller's tag `Team` were `gold` (the request is not signed)",
  },
  {
    operator: 'Bool',
    key: 'aws:securetransport',
    wanted: ['true'],
    actual: 'false',
    text: '`aws:SecureTransport` were `true` (it is `false`)',
  },
])(
  '$operator: $text',
  ({ operator, key = HEADER, wanted = ['gold'], actual, isAnonymous = false, text }) => {
    const mismatch = { element: 'Condition' as const, operator, key, wanted, actual };
    expect(wishOfCondition(mismatch, isAnonymous)).toBe(text);
  },
);

describe('a condition key is spelled', () => {
  test.each([
    ['vpc-lattice-svcs:requestheader/x-Tier', 'vpc-lattice-svcs:RequestHeader/x-Tier'],
    ['aws:principalorgid', 'aws:PrincipalOrgID'],
    ['aws:made-up', 'aws:made-up'],
    ['made:up/Name', 'made:up/Name'],
  ])('%s as %s', (key, spelled) => {
    expect(spelledKey(key)).toBe(spelled);
  });
});

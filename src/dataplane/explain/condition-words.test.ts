import { expect, test } from 'vitest';
import { wishAgainstCondition, wishForCondition } from './condition-words.ts';

const HEADER = 'vpc-lattice-svcs:RequestHeader/x-tier';

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
    key: 'vpc-lattice-svcs:RequestQueryString/Currency',
    wanted: ['EUR', 'USD'],
    actual: ['CHF', 'EUR'],
    text: 'query parameter `Currency` were `EUR` or `USD` (it is `CHF` and `EUR`)',
  },
  {
    operator: 'NotIpAddress',
    key: 'AWS:SourceIP',
    wanted: ['10.0.0.0/8'],
    actual: '10.1.2.3',
    text: "the client's address were not in `10.0.0.0/8` (it is `10.1.2.3`)",
  },
  {
    operator: 'DateLessThanEquals',
    key: 'aws:CurrentTime',
    wanted: ['2026-01-01T00:00:00Z'],
    actual: '2026-04-01T12:00:00.000Z',
    text: 'the time were not after `2026-01-01T00:00:00Z` (it is `2026-04-01T12:00:00.000Z`)',
  },
  { operator: 'Null', wanted: ['true'], actual: 'gold', text: 'header `x-tier` were missing' },
  { operator: 'Null', wanted: ['false'], text: 'header `x-tier` were there' },
  {
    operator: 'StringEquals',
    key: 'aws:PrincipalTag/Team',
    isAnonymous: true,
    text: "the caller's tag `Team` were `gold` (the request is not signed)",
  },
  {
    operator: 'Bool',
    key: 'aws:SecureTransport',
    wanted: ['true'],
    actual: 'false',
    text: '`aws:SecureTransport` were `true` (it is `false`)',
  },
  {
    operator: 'StringNotEqualsIgnoreCase',
    key: 'aws:PrincipalType',
    wanted: ['anonymous'],
    actual: 'Anonymous',
    isAnonymous: true,
    text: 'the request were signed (it is anonymous)',
  },
  {
    operator: 'StringEquals',
    key: 'made:Up',
    text: '`made:Up` were `gold` (the request does not have it)',
  },
])(
  '$operator holds if $text',
  ({ operator, key = HEADER, wanted = ['gold'], actual, isAnonymous = false, text }) => {
    const facts = { element: 'Condition' as const, operator, key, wanted, actual };
    expect(wishForCondition(facts, isAnonymous)).toBe(text);
  },
);

test.each<Case>([
  {
    operator: 'StringNotEquals',
    actual: 'silver',
    text: 'header `x-tier` were `gold` (it is `silver`)',
  },
  {
    operator: 'StringNotEquals',
    text: 'header `x-tier` were `gold` (the request does not have it)',
  },
  {
    operator: 'StringEquals',
    actual: 'gold',
    text: 'header `x-tier` were not `gold` (it is `gold`)',
  },
  {
    operator: 'StringEqualsIfExists',
    text: 'header `x-tier` were there and not `gold` (the request does not have it)',
  },
  {
    operator: 'ForAllValues:StringLike',
    actual: [],
    text: 'header `x-tier` were there and not like `gold` (the request does not have it)',
  },
  {
    operator: 'StringNotLike',
    actual: 'tin',
    text: 'header `x-tier` were like `gold` (it is `tin`)',
  },
  {
    operator: 'NumericLessThan',
    key: 'vpc-lattice-svcs:Port',
    wanted: ['1024'],
    actual: '80',
    text: "the listener's port were at least `1024` (it is `80`)",
  },
  {
    operator: 'DateGreaterThan',
    key: 'aws:CurrentTime',
    wanted: ['2026-01-01T00:00:00Z'],
    actual: '2026-04-01T12:00:00.000Z',
    text: 'the time were not after `2026-01-01T00:00:00Z` (it is `2026-04-01T12:00:00.000Z`)',
  },
  {
    operator: 'NotIpAddress',
    key: 'aws:SourceIp',
    wanted: ['10.0.0.0/8'],
    actual: '192.0.2.1',
    text: "the client's address were in `10.0.0.0/8` (it is `192.0.2.1`)",
  },
  {
    operator: 'Bool',
    key: 'aws:SecureTransport',
    wanted: ['false'],
    actual: 'false',
    text: '`aws:SecureTransport` were `true` (it is `false`)',
  },
  {
    operator: 'Bool',
    wanted: ['true', 'false'],
    actual: 'false',
    text: 'header `x-tier` were not `true` or `false` (it is `false`)',
  },
  { operator: 'Null', wanted: ['true'], text: 'header `x-tier` were there' },
  { operator: 'Null', wanted: ['false'], actual: 'gold', text: 'header `x-tier` were missing' },
  {
    operator: 'Null',
    key: 'aws:PrincipalArn',
    wanted: ['true'],
    isAnonymous: true,
    text: 'the request were signed (it is anonymous)',
  },
  {
    operator: 'StringEquals',
    key: 'aws:PrincipalType',
    wanted: ['Anonymous'],
    actual: 'Anonymous',
    isAnonymous: true,
    text: 'the request were signed (it is anonymous)',
  },
  {
    operator: 'StringEquals',
    key: 'aws:PrincipalType',
    wanted: ['User'],
    actual: 'User',
    text: "the caller's type were not `User` (it is `User`)",
  },
  {
    operator: 'StringNotEquals',
    key: 'aws:PrincipalOrgID',
    wanted: ['o-shop123456'],
    isAnonymous: true,
    text: "the caller's organisation were `o-shop123456` (the request is not signed)",
  },
])(
  '$operator does not hold if $text',
  ({ operator, key = HEADER, wanted = ['gold'], actual, isAnonymous = false, text }) => {
    const facts = { element: 'Condition' as const, operator, key, wanted, actual };
    expect(wishAgainstCondition(facts, isAnonymous)).toBe(text);
  },
);

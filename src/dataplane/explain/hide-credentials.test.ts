import { expect, test } from 'vitest';
import { hideCredentials, hideInReason } from './hide-credentials.ts';

test.each([
  { target: '/a', hidden: '/a' },
  { target: '/token=1', hidden: '/token=1' },
  { target: '/a?x=1&y', hidden: '/a?x=1&y' },
  { target: '/a?token=s', hidden: '/a?token=(hidden)' },
  { target: '/a?x=1&X-Amz-Signature=s&y=2', hidden: '/a?x=1&X-Amz-Signature=(hidden)&y=2' },
  {
    target: '/a?api_key=1&apikey=s&api-key=s',
    hidden: '/a?api_key=(hidden)&apikey=(hidden)&api-key=(hidden)',
  },
  { target: '/a?to%6Ben=s=t', hidden: '/a?to%6Ben=(hidden)' },
  { target: '/a?%zz-token=s', hidden: '/a?%zz-token=(hidden)' },
  { target: '/a?%FFto%6Ben=s', hidden: '/a?%FFto%6Ben=(hidden)' },
  { target: '/a?token=s?t;u#v=w&x=1', hidden: '/a?token=(hidden)&x=1' },
  { target: '/a?x=?token=s', hidden: '/a?x=(hidden)' },
  { target: '/a?x=1;sig=s', hidden: '/a?x=(hidden)' },
  {
    target: '/a?to=http%3A%2F%2Fb%2F%3Fcode%3Ds&x=1',
    hidden: '/a?to=(hidden)&x=1',
  },
  { target: '/a?to=http%3A%2F%2Fb%2F%3Fx%3Ds', hidden: '/a?to=http%3A%2F%2Fb%2F%3Fx%3Ds' },
  { target: 'http://u:s@b/?x=1', hidden: 'http://(hidden)@b/?x=1' },
  { target: '//s@b:80/a@c', hidden: '//(hidden)@b:80/a@c' },
  { target: '/a?to=https://u:s@b/', hidden: '/a?to=https://(hidden)@b/' },
  { target: 'http://b/#access_token=s', hidden: 'http://b/#access_token=(hidden)' },
])('$target is shown as $hidden', ({ target, hidden }) => {
  expect(hideCredentials(target)).toBe(hidden);
});

test.each([
  { actual: 'http://b/?a=1&token=s', shown: 'http://b/?a=1&token=(hidden)' },
  { actual: 'a=1; sig=s?', shown: '(hidden)' },
  { actual: ['b?key=s', 'gold'], shown: ['b?key=(hidden)', 'gold'] },
  { actual: undefined, shown: undefined },
])('the value $actual of a condition is shown as $shown', ({ actual, shown }) => {
  const mismatch = { element: 'Condition', operator: 'StringLike', key: 'a/b' } as const;
  const reason = { policy: 'p', statement: 0, sid: undefined, effect: 'Allow' } as const;
  const principal = { element: 'Principal', actual: 'x?token=s' } as const;
  expect(
    hideInReason({
      ...reason,
      mismatches: [principal, { ...mismatch, wanted: ['http://c/?pass=s*'], actual }],
    }).mismatches,
  ).toEqual([principal, { ...mismatch, wanted: ['http://c/?pass=(hidden)'], actual: shown }]);
});

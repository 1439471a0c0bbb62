import { expect, test } from 'vitest';
import { shownTarget } from './shown-target.ts';

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
  { target: '/a?x=?token=s', hidden: '/a?x=?token=s' },
])('$target is shown as $hidden', ({ target, hidden }) => {
  expect(shownTarget(target)).toBe(hidden);
});

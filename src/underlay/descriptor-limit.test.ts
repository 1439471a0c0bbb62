import { expect, test } from 'vitest';
import { descriptorLimit } from './descriptor-limit.ts';

const HEAD = 'Limit                     Soft Limit           Hard Limit           Units     \n';

test.each([
  {
    text: 'Max open files            1024                 4096                 files     \n',
    limit: 1024,
  },
  {
    text: 'Max open files            unlimited            unlimited            files     \n',
    limit: Number.POSITIVE_INFINITY,
  },
])('the limit that counts is the soft one: $limit', ({ text, limit }) => {
  expect(descriptorLimit(`${HEAD}Max processes             1 2 processes \n${text}`)).toBe(limit);
});

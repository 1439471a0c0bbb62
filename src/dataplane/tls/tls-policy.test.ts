import { expect, test } from 'vitest';
import { chooseAlpn } from './tls-policy.ts';

test.each([
  { offered: ['http/1.1'], chosen: 'http/1.1' },
  { offered: ['h3', 'http/1.1', 'spdy/1'], chosen: 'http/1.1' },
  { offered: ['spdy/1'], chosen: undefined },
  { offered: [], chosen: undefined },
])('of $offered it is $chosen', ({ offered, chosen }) => {
  expect(chooseAlpn(offered)).toBe(chosen);
});

import { expect, test } from 'vitest';
import { descriptorShares } from './descriptor-shares.ts';
import { DEFAULT_LIMITS } from './limits.ts';

test.each([
  {
    name: 'with few descriptors 13 of 16 parts are for what others bring about',
    descriptors: 4096,
    shares: { clients: 1280, requests: 1024, kept: 512, denied: 256, names: 128 },
  },
  {
    name: 'with many the settings count',
    descriptors: 1_048_576,
    shares: { clients: 16_384, requests: 262_144, kept: 131_072, denied: 1000, names: 32_768 },
  },
  {
    name: 'without a limit the settings count',
    descriptors: Number.POSITIVE_INFINITY,
    shares: {
      clients: 16_384,
      requests: Number.POSITIVE_INFINITY,
      kept: Number.POSITIVE_INFINITY,
      denied: 1000,
      names: Number.POSITIVE_INFINITY,
    },
  },
])('$name', ({ descriptors, shares }) => {
  expect(descriptorShares(descriptors, DEFAULT_LIMITS)).toEqual(shares);
});

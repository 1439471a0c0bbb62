import { expect, test } from 'vitest';
import { deriveSigningKey } from './signing-key.ts';
import { SigningKeyCache } from './signing-key-cache.ts';

const scope = { date: '20260401', region: 'us-west-2', service: 'sts' };

test('gives the derived key, the second time the same object', () => {
  const cache = new SigningKeyCache();
  const key = cache.get('A', 'secret', scope);
  expect(key).toEqual(deriveSigningKey('secret', scope));
  expect(cache.get('A', 'secret', scope)).toBe(key);
});

test('does not give the key of a secret that was replaced', () => {
  const cache = new SigningKeyCache();
  cache.get('A', 'secret', scope);
  expect(cache.get('A', 'other', scope)).toEqual(deriveSigningKey('other', scope));
});

test('forgets the key used longest ago when it is full', () => {
  const cache = new SigningKeyCache(2);
  const a = cache.get('A', 'secret', scope);
  const b = cache.get('B', 'secret', scope);
  cache.get('A', 'secret', scope);
  cache.get('C', 'secret', scope);
  expect(cache.size).toBe(2);
  expect(cache.get('A', 'secret', scope)).toBe(a);
  expect(cache.get('B', 'secret', scope)).not.toBe(b);
});

import { expect, test } from 'vitest';
import { parseIdentityPolicy, parseResourcePolicy } from '../../policy/policy-document.ts';
import { policyText } from './caller-fixture.ts';
import { PolicyCache } from './policy-cache.ts';

const text = (action: string): string => policyText([{ Action: action }]);

test('a text is compiled once', () => {
  const cache = new PolicyCache(parseIdentityPolicy, 10_000);
  const first = cache.get(text('ec2:*'));
  expect(cache.get(text('ec2:*'))).toBe(first);
  expect(cache.get(text('iam:*'))).not.toBe(first);
  expect(cache.size).toBe(2);
});

test('a text that is no policy of its kind is not kept', () => {
  const cache = new PolicyCache(parseResourcePolicy, 10_000);
  expect(() => cache.get(text('ec2:*'))).toThrow('a stored policy cannot be read');
  expect(cache.size).toBe(0);
});

test('what was used longest ago goes when the texts are too long', () => {
  const one = text('a:one');
  const cache = new PolicyCache(parseIdentityPolicy, 2 * one.length);
  const kept = cache.get(one);
  const lost = cache.get(text('a:two'));
  cache.get(one);
  cache.get(text('a:new'));
  expect(cache.size).toBe(2);
  expect(cache.get(one)).toBe(kept);
  expect(cache.get(text('a:two'))).not.toBe(lost);
});

test('a text that is too long alone is not kept', () => {
  const cache = new PolicyCache(parseIdentityPolicy, 10);
  expect(cache.get(text('ec2:*')).policy.usedKeys).toEqual([]);
  expect(cache.size).toBe(0);
});

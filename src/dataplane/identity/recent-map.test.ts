import { expect, test } from 'vitest';
import { RecentMap } from './recent-map.ts';

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => String(from + i));

test('keeps no more than it may', () => {
  const map = new RecentMap<{ key: string }>(10);
  for (const key of numbers(0, 1000)) {
    map.put({ key });
    expect(map.size).toBeLessThanOrEqual(10);
  }
});

test('keeps what was put last', () => {
  const map = new RecentMap<{ key: string }>(10);
  for (const key of numbers(0, 100)) map.put({ key });
  expect(numbers(0, 100).filter((key) => map.get(key) !== undefined)).toEqual(
    expect.arrayContaining(numbers(95, 100)),
  );
  expect(map.get('0')).toBeUndefined();
});

test('keeps what is used, however many others come', () => {
  const map = new RecentMap<{ key: string; value: number }>(10);
  map.put({ key: 'used', value: 7 });
  for (const key of numbers(0, 1000)) {
    map.put({ key, value: 0 });
    expect(map.get('used')?.value).toBe(7);
  }
});

test('replaces a value under its key', () => {
  const map = new RecentMap<{ key: string; value: number }>(4);
  for (const value of [1, 2, 3, 4, 5]) map.put({ key: 'a', value });
  expect([map.get('a')?.value, map.size]).toEqual([5, 1]);
});

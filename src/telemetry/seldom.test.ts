import { expect, test } from 'vitest';
import { Seldom } from './seldom.ts';

const setUp = () => {
  const time = { now: 5 };
  return { time, seldom: new Seldom({ now: () => time.now, intervalMs: 1000 }) };
};

test('what happens is said at once, and then once an interval with how often it was', () => {
  const { time, seldom } = setUp();
  expect(seldom.happened('EMFILE')).toBe(1);
  for (let i = 0; i < 99; i += 1) expect(seldom.happened('EMFILE')).toBeUndefined();
  time.now += 999;
  expect(seldom.happened('EMFILE')).toBeUndefined();
  time.now += 1;
  expect(seldom.happened('EMFILE')).toBe(101);
  time.now += 5000;
  expect(seldom.happened('EMFILE')).toBe(1);
});

test('one thing keeps no other from being said', () => {
  const { seldom } = setUp();
  expect(seldom.happened('EMFILE')).toBe(1);
  expect(seldom.happened('ENOBUFS')).toBe(1);
  expect(seldom.happened('EMFILE')).toBeUndefined();
});

test('however many things there are, only so many are remembered', () => {
  const { seldom } = setUp();
  for (let i = 0; i <= 1000; i += 1) seldom.happened(`thing ${i}`);
  expect(seldom.happened('thing 1')).toBeUndefined();
  expect(seldom.happened('thing 0')).toBe(1);
});

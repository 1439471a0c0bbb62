import { expect, test } from 'vitest';
import { TurnEnd } from './turn-end.ts';

/** Turns that end when the test says so. */
const turns = () => {
  const waiting: (() => void)[] = [];
  return { waiting, turnEnd: new TurnEnd((run) => waiting.push(run)) };
};

test('everybody is flushed once, in order, and may ask again', () => {
  const { waiting, turnEnd } = turns();
  const flushed: string[] = [];
  const second = { flush: () => flushed.push('second') };
  const first = {
    flush: () => {
      flushed.push('first');
      turnEnd.add(second);
    },
  };
  turnEnd.add(first);
  turnEnd.add(second);
  expect(waiting).toHaveLength(1);
  waiting.shift()!();
  expect(flushed).toEqual(['first', 'second']);
  waiting.shift()!();
  expect(flushed).toEqual(['first', 'second', 'second']);
  expect(waiting).toHaveLength(0);
});

test('one that throws does not keep the others from being flushed', () => {
  const { waiting, turnEnd } = turns();
  const flushed: string[] = [];
  turnEnd.add({
    flush: () => {
      throw new Error('mistake');
    },
  });
  turnEnd.add({ flush: () => flushed.push('other') });
  expect(waiting.shift()!).toThrow('mistake');
  turnEnd.add({ flush: () => flushed.push('later') });
  while (waiting.length > 0) waiting.shift()!();
  expect(flushed).toEqual(['other', 'later']);
});

import { describe, expect, test } from 'vitest';
import { memoryChannel } from './memory-channel.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a channel within one process', () => {
  test('keeps the order, and what came before there was a receiver', async () => {
    const [left, right] = memoryChannel<number, string>();
    left.send(1);
    left.send(2);
    const got: number[] = [];
    right.receive((message) => got.push(message));
    left.send(3);
    expect(got).toEqual([]);
    await turn();
    expect(got).toEqual([1, 2, 3]);
  });

  test('carries handles', async () => {
    const [left, right] = memoryChannel<string, string>();
    const handle = {};
    const got = new Promise((resolve) => {
      right.receive((message, given) => resolve([message, given]));
    });
    left.send('listen', handle);
    const [message, given] = (await got) as [string, unknown];
    expect(message).toBe('listen');
    expect(given).toBe(handle);
  });

  test('tells both ends once that it is closed, and carries nothing more', async () => {
    const [left, right] = memoryChannel<string, string>();
    const events: string[] = [];
    left.onClose(() => events.push('left'));
    right.onClose(() => events.push('right'));
    right.receive((message) => events.push(message));
    left.close();
    right.close();
    left.send('late');
    await turn();
    expect(events.toSorted()).toEqual(['left', 'right']);
  });
});

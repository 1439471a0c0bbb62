import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HeldBody } from './held-body.ts';

test('holds what came, in order, whatever the pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 3000 })), (pieces) => {
      const held = new HeldBody();
      for (const piece of pieces) held.push(Buffer.from([0, ...piece, 0]), 1, 1 + piece.length);
      expect(held.bytes.equals(Buffer.concat(pieces))).toBe(true);
      expect(held.length).toBe(held.bytes.length);
    }),
  );
});

test('keeps nothing of what its pieces were cut from', () => {
  const held = new HeldBody();
  const read = Buffer.alloc(65_536, 'a');
  for (let i = 0; i < 100; i++) held.push(read, i, i + 1);
  read.fill('b');
  expect(held.bytes.toString()).toBe('a'.repeat(100));
  expect(held.bytes.buffer).not.toBe(read.buffer);
});

test('what was taken stays as it was when more comes', () => {
  const held = new HeldBody();
  held.push(Buffer.from('one'), 0, 3);
  const taken = held.bytes;
  held.push(Buffer.from('two'), 0, 3);
  expect([String(taken), String(held.bytes)]).toEqual(['one', 'onetwo']);
});

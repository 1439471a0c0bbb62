import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { CoalescingWriter } from './coalescing-writer.ts';

/** Keeps what is written: each entry is one call, `|` stands between what was corked together. */
class WrittenSocket extends Socket {
  readonly written: string[] = [];
  takes = true;
  override write(chunk: string | Uint8Array, ..._rest: unknown[]): boolean {
    this.written.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1'));
    return this.takes;
  }
}

const made = () => {
  const socket = new WrittenSocket();
  return { socket, writer: new CoalescingWriter(socket) };
};

describe('CoalescingWriter', () => {
  test('joins texts and short pieces into one write', () => {
    const { socket, writer } = made();
    writer.text('head ');
    writer.data(Buffer.from('..\xe9\xff..', 'latin1'), 2, 4);
    writer.text(' end');
    expect(socket.written).toEqual([]);
    expect(writer.flush()).toBe(true);
    expect(socket.written).toEqual(['head \xe9\xff end']);
    expect(writer.bytes).toBe(11);
  });

  test('keeps the order of long pieces and what is around them', () => {
    const { socket, writer } = made();
    const long = Buffer.alloc(10_000, 'x');
    writer.text('a');
    writer.data(long, 0, long.length);
    writer.text('b');
    writer.data(long, 5000, 10_000);
    writer.flush();
    expect(socket.written.join('')).toBe(`a${'x'.repeat(10_000)}b${'x'.repeat(5000)}`);
    expect(writer.bytes).toBe(15_002);
  });

  test('collects no more than a bounded amount before it writes', () => {
    const { socket, writer } = made();
    const piece = Buffer.alloc(4096, 'x');
    for (let i = 0; i < 100; i++) writer.data(piece, 0, piece.length);
    const written = socket.written.reduce((sum, text) => sum + text.length, 0);
    expect(100 * 4096 - written).toBeLessThanOrEqual(5 * 4096);
    writer.flush();
    expect(socket.written.join('').length).toBe(100 * 4096);
  });

  test('says when the peer is to be waited for', () => {
    const { socket, writer } = made();
    socket.takes = false;
    writer.text('x');
    expect(writer.flush()).toBe(false);
  });

  test('writes nothing when there is nothing', () => {
    const { socket, writer } = made();
    expect(writer.flush()).toBe(true);
    expect(socket.written).toEqual([]);
  });
});

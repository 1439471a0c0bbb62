import { describe, expect, test } from 'vitest';
import { CHUNKED, UNTIL_CLOSE } from './framing.ts';
import { parseResponseHead } from './response-head.ts';

const parse = (...lines: string[]) => {
  const text = `before${[...lines, '', ''].join('\r\n')}behind`;
  return parseResponseHead(text, 6, text.length - 6);
};

describe('parseResponseHead', () => {
  test.each([
    { name: 'a length', lines: ['Content-Length: 5'], expected: { bodyLength: 5 } },
    {
      name: 'equal lengths',
      lines: ['Content-Length: 5', 'content-length: 5'],
      expected: { bodyLength: 5 },
    },
    { name: 'chunks', lines: ['Transfer-Encoding: CHUNKED'], expected: { bodyLength: CHUNKED } },
    { name: 'neither', lines: [], expected: { bodyLength: UNTIL_CLOSE, keepAlive: true } },
    { name: 'close', lines: ['Connection: Close'], expected: { keepAlive: false } },
    {
      name: 'close and keep-alive',
      lines: ['Connection: close', 'Connection: keep-alive'],
      expected: { keepAlive: false },
    },
    {
      name: 'keep-alive and close',
      lines: ['Connection: keep-alive', 'Connection: close'],
      expected: { keepAlive: false },
    },
    { name: 'HTTP/1.0', line: 'HTTP/1.0 200 OK', lines: [], expected: { keepAlive: false } },
    {
      name: 'HTTP/1.0 with keep-alive',
      line: 'HTTP/1.0 200 OK',
      lines: ['Connection: keep-alive'],
      expected: { keepAlive: true },
    },
    { name: 'no reason', line: 'HTTP/1.1 404', lines: [], expected: { statusCode: 404 } },
    {
      name: '204 that says it has a body',
      line: 'HTTP/1.1 204 No Content',
      lines: ['Content-Length: 5'],
      expected: { keepAlive: false },
    },
    {
      name: '304 with the length of what is not sent',
      line: 'HTTP/1.1 304 Not Modified',
      lines: ['Content-Length: 5'],
      expected: { keepAlive: true },
    },
  ])('understands $name', ({ line = 'HTTP/1.1 200 OK', lines, expected }) => {
    expect(parse(line, ...lines)).toMatchObject(expected);
  });

  test.each([
    ['HTTP/1.1 200 OK', 'Content-Length: 5', 'Content-Length: 6'],
    ['HTTP/1.1 200 OK', 'Content-Length: 5', 'Transfer-Encoding: chunked'],
    ['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'],
    ['HTTP/1.1 200 OK', 'Transfer-Encoding: gzip'],
    ['HTTP/1.1 200 OK', 'Content-Length: x'],
    ['HTTP/1.1 20 OK'],
    ['HTTP/1.1 2000 OK'],
    ['HTTP/1.1 200OK'],
    ['HTTP/2 200 OK'],
    ['HTTP/1.2 200 OK'],
    ['HTTP/1.1  200 OK'],
    ['HTTP/1.1 200 O\0K'],
    ['HTTP/1.1 200 OK', 'A : b'],
    ['HTTP/1.1 200 OK', 'A: b', ' c'],
  ])('refuses %j', (...lines) => {
    expect(parse(...lines)).toBeUndefined();
  });
});

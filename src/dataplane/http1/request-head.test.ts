import { describe, expect, test } from 'vitest';
import { CHUNKED } from './framing.ts';
import { parseRequestHead } from './request-head.ts';

const parse = (...lines: string[]) => {
  const text = ['GET / HTTP/1.1', 'Host: a.test', ...lines, '', ''].join('\r\n');
  return parseRequestHead(text, 0, text.length, 100);
};
const addresses = (count: number) => Array.from({ length: count }, (_, i) => `10.0.0.${i}`);

describe('x-forwarded-for', () => {
  test('of several lines is one list', () => {
    const head = parse('X-Forwarded-For: 10.0.0.1, 10.0.0.2', 'x-forwarded-for: 10.0.0.3');
    expect(head?.forwardedFor).toBe('10.0.0.1, 10.0.0.2, 10.0.0.3');
  });

  test('may name thirty proxies', () => {
    expect(parse(`x-forwarded-for: ${addresses(30).join(',')}`)).toBeDefined();
  });

  test('that names more is a loop, and refused', () => {
    expect(parse(`x-forwarded-for: ${addresses(31).join(',')}`)).toBeUndefined();
    expect(parse(...addresses(31).map((address) => `x-forwarded-for: ${address}`))).toBeUndefined();
  });
});

/** A head within a longer text, as heads are; five headers are allowed. */
const parseLines = (...lines: string[]) => {
  const text = `before${[...lines, '', ''].join('\r\n')}behind`;
  return parseRequestHead(text, 6, text.length - 6, 5);
};

describe('parseRequestHead', () => {
  test('finds all there is in a request', () => {
    const lines = ['POST /a/b?c=d?e HTTP/1.1', 'Host: Shop.Example.:8080', 'X-A:  b c\t', 'x-a:'];
    const head = parseLines(...lines);
    expect(head).toMatchObject({
      method: 'POST',
      target: '/a/b?c=d?e',
      path: '/a/b',
      authority: 'Shop.Example.:8080',
      host: 'shop.example',
      authorityPort: 8080,
      minorVersion: 1,
      keepAlive: true,
      bodyLength: 0,
      expectsContinue: false,
      isAbsolute: false,
      names: ['host', 'x-a', 'x-a'],
      values: ['Shop.Example.:8080', 'b c', ''],
      byteLength: [...lines, '', ''].join('\r\n').length,
    });
  });

  test.each([
    { name: 'a length', lines: ['Content-Length: 12'], expected: { bodyLength: 12 } },
    { name: 'zeros before it', lines: ['content-length: 0012'], expected: { bodyLength: 12 } },
    { name: 'chunks', lines: ['Transfer-Encoding: Chunked'], expected: { bodyLength: CHUNKED } },
    { name: 'close', lines: ['Connection: x, Close'], expected: { keepAlive: false } },
    { name: 'keep-alive', lines: ['Connection: Keep-Alive'], expected: { keepAlive: true } },
    { name: '100-continue', lines: ['Expect: 100-Continue'], expected: { expectsContinue: true } },
    { name: 'no path', target: 'http://a?b', expected: { target: '/?b', path: '/', host: 'a' } },
    { name: 'absolute', target: 'http://a:1/b?c', expected: { target: '/b?c', authorityPort: 1 } },
    { name: 'IPv6', host: '[::1]:80', expected: { host: '[::1]', authorityPort: 80 } },
    { name: 'IPv6 in capitals', host: '[FD00::1]', expected: { host: '[fd00::1]' } },
    { name: 'IPv4', host: '127.0.0.1:80', expected: { host: '127.0.0.1', authorityPort: 80 } },
    { name: 'an empty host', host: '', expected: { host: '' } },
    { name: 'a host that is a dot', host: '.', expected: { host: '.' } },
    { name: 'an empty port', host: 'a:', expected: { host: 'a', authorityPort: 0 } },
    {
      name: 'CONNECT',
      method: 'CONNECT',
      target: 'a:1',
      expected: { host: 'a', authorityPort: 1 },
    },
    { name: 'an asterisk', method: 'OPTIONS', target: '*', expected: { target: '*', path: '*' } },
  ])('understands $name', ({ lines = [], method = 'GET', target = '/', host = 'h', expected }) => {
    const head = parseLines(`${method} ${target} HTTP/1.1`, `Host: ${host}`, ...lines);
    expect(head).toMatchObject(expected);
  });

  test('an HTTP/1.0 request needs no Host and does not keep its connection', () => {
    const head = parseLines('GET / HTTP/1.0');
    expect(head).toMatchObject({ minorVersion: 0, keepAlive: false, host: '' });
  });

  test('takes as many headers as it may and no more', () => {
    const lines = ['GET / HTTP/1.1', 'Host: h', 'a: 1', 'b: 2', 'c: 3', 'd: 4'];
    expect(parseLines(...lines)?.names).toHaveLength(5);
    expect(parseLines(...lines, 'e: 5')).toBeUndefined();
  });

  test.each([
    ['GET / HTTP/1.1'],
    ['GET / HTTP/1.1', 'Host: a', 'Host: a'],
    ['GET / HTTP/1.1', 'Host: a', 'Content-Length: 1', 'Content-Length: 1'],
    ['GET / HTTP/1.1', 'Host: a', 'Content-Length: 1', 'Transfer-Encoding: chunked'],
    ['GET / HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked, chunked'],
    ['GET / HTTP/1.1', 'Host: a', 'Content-Length: 1\t'],
    ['GET / HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked\t'],
    ['GET / HTTP/1.0', 'Host: a', 'Transfer-Encoding: chunked'],
    ['CONNECT / HTTP/1.1', 'Host: a:80'],
    ['GET / HTTP/1.1', 'Host: [::1'],
    [''],
    ['\0'],
  ])('refuses %j', (...lines) => {
    expect(parseLines(...lines)).toBeUndefined();
  });
});

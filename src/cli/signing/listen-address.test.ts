import { describe, expect, test } from 'vitest';
import { parseListenAddress } from './listen-address.ts';

describe('where to listen', () => {
  test.each([
    { text: '9000', expected: { host: '127.0.0.1', port: 9000, isLocal: true } },
    { text: '0', expected: { host: '127.0.0.1', port: 0, isLocal: true } },
    { text: '127.1.2.3:80', expected: { host: '127.1.2.3', port: 80, isLocal: true } },
    { text: 'localhost:80', expected: { host: 'localhost', port: 80, isLocal: true } },
    { text: '[::1]:80', expected: { host: '::1', port: 80, isLocal: true } },
    { text: '0.0.0.0:80', expected: { host: '0.0.0.0', port: 80, isLocal: false } },
    { text: '[::]:80', expected: { host: '::', port: 80, isLocal: false } },
    { text: '10.0.0.1:80', expected: { host: '10.0.0.1', port: 80, isLocal: false } },
  ])('is read from $text', ({ text, expected }) => {
    expect(parseListenAddress(text)).toEqual(expected);
  });

  test.each([
    { text: '' },
    { text: '127.0.0.1' },
    { text: '127.0.0.1:' },
    { text: ':80' },
    { text: 'example.com:80' },
    { text: '::1:80' },
    { text: '[::1]' },
    { text: '127.0.0.1:65536' },
    { text: '127.0.0.1:80:90' },
  ])('is not read from `$text`', ({ text }) => {
    expect(() => parseListenAddress(text)).toThrow(/^bad (address|port)/);
  });
});

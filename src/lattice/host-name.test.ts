import { describe, expect, test } from 'vitest';
import { isHostName } from './host-name.ts';

describe('the name of a host', () => {
  test.each([
    'a',
    'localhost',
    'build-7.example.com',
    '3com.com',
    'a.0xyz',
    'xn--bcher-kva.example',
    `${'a'.repeat(63)}.b`,
    Array.from({ length: 127 }, () => 'a').join('.'),
  ])('can be %j', (text) => {
    expect(isHostName(text)).toBe(true);
  });

  test.each([
    '',
    '.',
    'a.',
    '.a',
    'a..b',
    '-a',
    'a-',
    'a-.b',
    'a_b',
    'a b',
    'a/b',
    'a:80',
    'bücher.example',
    'a\n',
    `${'a'.repeat(64)}.b`,
    Array.from({ length: 128 }, () => 'a').join('.'),
    '256.256.256.256',
    '127.1',
    '2130706433',
    '0x7f000001',
    '169.254.0xa9fe',
    '0x',
  ])('cannot be %j', (text) => {
    expect(isHostName(text)).toBe(false);
  });
});

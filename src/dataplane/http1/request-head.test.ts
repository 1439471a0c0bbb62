import { describe, expect, test } from 'vitest';
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

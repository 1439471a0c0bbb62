import { expect, test } from 'vitest';
import { refusePath } from './dot-segments.ts';

test.each([
  '/public/../admin',
  '/public/./admin',
  '/..',
  '/a/.',
  '/public/%2e%2e/admin',
  '/public/.%2E/admin',
  '/public/%2e/admin',
  '/public/..%2fadmin',
  '/public%2F..%2Fadmin',
  '/public/..%5cadmin',
  '/public%5C%2e%2e%5Cadmin',
  '/public/..\\admin',
  '/public\\..\\admin',
  '/public/..;/admin',
  '/public/..;x=1/admin',
  '/public/..%3b/admin',
])('%s is refused', (path) => {
  expect(refusePath(path)).toMatchObject({
    by: 'path',
    message: expect.stringMatching(/^the path has a segment `\.` or `\.\.`/),
  });
});

test.each([
  '/',
  '/a/...',
  '/a/..b',
  '/a/b..',
  '/a/.well-known/x',
  '/a/%2e%2eb',
  '/group%2Fname/x',
  '/a%5cb',
  '/a/v1.2/b.c',
  '/a;../b',
  '//a',
  '/a/%252e%252e/b',
  '*',
])('%s passes', (path) => {
  expect(refusePath(path)).toBeUndefined();
});

test('is told in time that does not grow with the square of the path', () => {
  for (const part of ['/.', '/%2e', '%2f%2e%2', '/..a']) {
    const path = part.repeat(20_000);
    expect(refusePath(`${path}/x`) !== undefined).toBe(part === '/.' || part === '/%2e');
  }
});

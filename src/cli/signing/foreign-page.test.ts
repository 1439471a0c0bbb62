import { expect, test } from 'vitest';
import { isFromForeignPage } from './foreign-page.ts';

test.each([
  { name: 'a program', headers: {}, host: 'a.example', expected: false },
  { name: 'an address that was typed', headers: { 'sec-fetch-site': 'none' }, expected: false },
  { name: 'a page of the service', headers: { 'sec-fetch-site': 'same-origin' }, expected: false },
  { name: 'a page of another site', headers: { 'sec-fetch-site': 'cross-site' }, expected: true },
  { name: 'a page of a sibling', headers: { 'sec-fetch-site': 'same-site' }, expected: true },
  { name: 'two answers', headers: { 'sec-fetch-site': 'none, cross-site' }, expected: true },
  { name: 'its own origin', headers: { origin: 'http://A.example' }, expected: false },
  {
    name: 'its own origin, with a port',
    headers: { origin: 'http://a.example:8080' },
    host: 'a.example:8080',
    expected: false,
  },
  { name: 'another port', headers: { origin: 'http://a.example:8080' }, expected: true },
  { name: 'another scheme', headers: { origin: 'https://a.example' }, expected: true },
  { name: 'another origin', headers: { origin: 'http://b.example' }, expected: true },
  { name: 'an origin that is not told', headers: { origin: 'null' }, expected: true },
  {
    name: 'another origin that calls itself the same',
    headers: { origin: 'http://b.example', 'sec-fetch-site': 'same-origin' },
    expected: true,
  },
  {
    name: 'a referer of the service',
    headers: { referer: 'http://a.example/x?y' },
    expected: false,
  },
  { name: 'another referer', headers: { referer: 'http://b.example/' }, expected: true },
  { name: 'a referer that is none', headers: { referer: 'a.example' }, expected: true },
  {
    name: 'a typed address, whatever the referer',
    headers: { 'sec-fetch-site': 'none', referer: 'http://b.example/' },
    expected: false,
  },
])('$name: $expected', ({ headers, host = 'a.example', expected }) => {
  expect(isFromForeignPage(headers, host)).toBe(expected);
});

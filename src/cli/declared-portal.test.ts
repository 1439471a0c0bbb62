import { expect, test } from 'vitest';
import { declaredPortal } from './declared-portal.ts';

test.each([
  { address: undefined, expected: 'http://127.0.0.1:7180' },
  { address: '10.0.1.7', expected: 'http://10.0.1.7:vpc@127.0.0.1:7180' },
  { address: 'fd80::7', expected: 'http://fd80%3A%3A7:vpc@127.0.0.1:7180' },
  { address: 'eni-0123456789abcdef0', expected: 'http://eni-0123456789abcdef0:vpc@127.0.0.1:7180' },
])('a client with the address $address is the proxy user of that name', ({ address, expected }) => {
  expect(declaredPortal('http://127.0.0.1:7180', address)).toBe(expected);
});

test('what cannot be an address is refused before anything is sent', () => {
  expect(() => declaredPortal('http://127.0.0.1:7180', '10.0.1')).toThrow('bad address `10.0.1`');
});

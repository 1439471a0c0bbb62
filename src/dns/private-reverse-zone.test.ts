import { expect, test } from 'vitest';
import { privateReverseZone } from './private-reverse-zone.ts';

test.each([
  ['7.0.0.10.in-addr.arpa', '10.in-addr.arpa'],
  ['10.in-addr.arpa', '10.in-addr.arpa'],
  ['1.0.16.172.in-addr.arpa', '16.172.in-addr.arpa'],
  ['1.0.29.172.in-addr.arpa', '29.172.in-addr.arpa'],
  ['1.0.31.172.in-addr.arpa', '31.172.in-addr.arpa'],
  ['1.1.168.192.in-addr.arpa', '168.192.in-addr.arpa'],
  ['33.171.254.169.in-addr.arpa', '254.169.in-addr.arpa'],
  ['0.8.2.c.e.0.0.d.f.ip6.arpa', 'd.f.ip6.arpa'],
])('the name %s of a private address stands in %s', (name, zone) => {
  expect(privateReverseZone(name)).toBe(zone);
});

test.each([
  '1.0.15.172.in-addr.arpa',
  '1.0.32.172.in-addr.arpa',
  '10.172.in-addr.arpa',
  '1.1.169.192.in-addr.arpa',
  '7.0.0.110.in-addr.arpa',
  '8.8.8.8.in-addr.arpa',
  '1.c.f.ip6.arpa',
  'in-addr.arpa',
  '10.in-addr.arpa.example',
  '10.in-addr',
])('%s is not the name of one', (name) => {
  expect(privateReverseZone(name)).toBeUndefined();
});

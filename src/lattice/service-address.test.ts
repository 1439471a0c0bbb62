import { isIPv6 } from 'node:net';
import { expect, test } from 'vitest';
import { cidrContains, parseAddress } from './cidr.ts';
import { serviceAddressOf } from './service-address.ts';

test('the IPv6 address of a service ends with its IPv4 address, and both stay', () => {
  const addresses = Array.from({ length: 500 }, (_, index) => serviceAddressOf(`svc-${index}`));
  for (const { ipv4, ipv6 } of addresses) {
    expect([cidrContains('169.254.171.0/24', ipv4), isIPv6(ipv6)]).toEqual([true, true]);
    expect(cidrContains('fd00:ec2:80::/64', ipv6)).toBe(true);
    expect(BigInt.asUintN(32, parseAddress(ipv6)!.value)).toBe(parseAddress(ipv4)!.value);
  }
  expect(new Set(addresses.map(({ ipv4 }) => ipv4)).size).toBeGreaterThan(100);
  expect(serviceAddressOf('svc-7')).toEqual(addresses[7]);
});

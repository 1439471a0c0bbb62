import { expect, test } from 'vitest';
import { dnsEntryOf } from './dns-entry.ts';

const entry = (region: string) =>
  dnsEntryOf('checkout', 'svc-0285b53b2e0123456', { region, dnsPartitionId: '7d67968' });

test('the name is made of the service name and the digits of its id', () => {
  expect(entry('us-east-2')).toEqual({
    domainName: 'checkout-0285b53b2e0123456.7d67968.vpc-lattice-svcs.us-east-2.on.aws',
    hostedZoneId: 'Z09127221KTH2CFUOHIZH',
  });
});

test('every region has one zone of its own', () => {
  const zone = entry('us-west-2').hostedZoneId;
  expect(zone).toMatch(/^Z[0-9A-Z]{20}$/);
  expect(entry('us-west-2').hostedZoneId).toBe(zone);
  expect(entry('eu-west-1').hostedZoneId).not.toBe(zone);
});

import { describe, expect, test } from 'vitest';
import type { Service } from '../../../lattice/resources.ts';
import { Acm } from '../acm/acm-fixture.ts';
import { openLattice } from '../vpc-lattice/lattice-fixture.ts';
import { domainProblem } from './domain-problem.ts';

const HTTPS = [{ protocol: 'HTTP' }, { protocol: 'HTTPS' }] as const;

const openShop = async (certificateFor?: readonly [string, ...string[]]) => {
  const lattice = await openLattice();
  const acm = await Acm.open({}, lattice.store);
  const [DomainName, ...SubjectAlternativeNames] = certificateFor ?? [];
  const certificateArn =
    DomainName === undefined
      ? undefined
      : await acm.requested({ DomainName, SubjectAlternativeNames });
  const problem = (
    service: Partial<Service>,
    listeners: Parameters<typeof domainProblem>[2] = HTTPS,
    now = acm.now,
  ) => lattice.store.read((tx) => domainProblem(tx, service as Service, listeners, now));
  return { certificateArn, problem };
};

describe('a custom domain name', () => {
  test('with a certificate for it is reached over HTTPS', async () => {
    const { certificateArn, problem } = await openShop(['*.shop.example']);
    const service = {
      customDomainName: 'cart.shop.example',
      ...(certificateArn && { certificateArn }),
    };
    expect(await problem(service)).toBeUndefined();
  });

  test('without a certificate is not, unless nobody said that it should', async () => {
    const { problem } = await openShop();
    const service = { customDomainName: 'cart.shop.example' };
    expect(await problem(service)).toBe('has no certificate');
    expect(await problem(service, [{ protocol: 'HTTP' }])).toBeUndefined();
    expect(await problem(service, [{ protocol: 'TLS_PASSTHROUGH' }])).toBeUndefined();
    expect(await problem({})).toBeUndefined();
  });

  test('is not by a certificate that is for others, has ended or is gone', async () => {
    const { certificateArn = '', problem } = await openShop([
      'a.example',
      'b.example',
      'c.example',
    ]);
    const service = { customDomainName: 'cart.shop.example', certificateArn };
    expect(await problem(service)).toBe('has a certificate for a.example and 2 more');
    expect(await problem(service, HTTPS, new Date('2037-01-01'))).toMatch(
      /^has a certificate that expired at 2027-/,
    );
    expect(await problem({ ...service, certificateArn: `${certificateArn}0` })).toBe(
      'has a certificate that does not exist',
    );
  });
});

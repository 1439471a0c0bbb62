import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cidrContains, parseAddress } from '../../lattice/cidr.ts';
import { type AccessRule, AccessTable } from './access-table.ts';

const PORTS = [0, 1, 79, 80, 81, 443, 65_534, 65_535];
const ADDRESSES = [
  ...['0.0.0.0', '9.255.255.255', '10.0.0.0', '10.0.1.7', '10.0.1.255', '10.0.2.0', '11.0.0.0'],
  ...['255.255.255.255', '::', '::a00:107', 'fd00::', 'fd00::1', 'fd00:0:0:1::'],
  'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
];

/** As the rules are written: the first one that speaks of address and port. */
const naively = (rules: readonly AccessRule[], address: string, port: number): boolean =>
  rules.find(
    ({ cidr, fromPort, toPort }) =>
      cidrContains(cidr, address) && fromPort <= port && port <= toPort,
  )?.isAllowed ?? false;

const cidr = fc.oneof(
  fc.constantFrom('0.0.0.0/0', '10.0.0.0/8', '10.0.1.0/24', '10.0.1.7/32', '10.0.1.99/25'),
  fc.constantFrom('::/0', 'fd00::/48', 'fd00::1/128', '255.255.255.255/32', 'no block'),
);
const port = fc.oneof(fc.constantFrom(...PORTS), fc.nat(65_535));
const rule: fc.Arbitrary<AccessRule> = fc
  .record({
    cidr,
    ports: fc.tuple(port, port),
    isAllowed: fc.boolean(),
  })
  .map(({ cidr, ports: [a, b], isAllowed }) => ({
    ...{ cidr, isAllowed, fromPort: Math.min(a, b), toPort: Math.max(a, b) },
  }));

/** Where a rule begins and ends, and beside it. */
const edges = ({ fromPort, toPort }: AccessRule): readonly number[] =>
  [fromPort - 1, fromPort, toPort, toPort + 1].filter((port) => port >= 0 && port <= 65_535);

describe('a table of rules', () => {
  test('says what the rules say one after the other', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 12 }), (rules) => {
        const table = new AccessTable(rules);
        for (const address of ADDRESSES) {
          for (const port of [...PORTS, ...rules.flatMap(edges)]) {
            const is = table.admits(parseAddress(address)!, port);
            expect([address, port, is]).toEqual([address, port, naively(rules, address, port)]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('takes no longer when they overlap than when they do not', () => {
    // With a list of ports for each block, these would take a minute.
    const rules = Array.from({ length: 20_000 }, (_, index) => ({
      cidr: index % 2 === 0 ? `10.${(index >> 9) & 255}.${(index >> 1) & 255}.0/24` : '0.0.0.0/0',
      fromPort: index,
      toPort: index,
      isAllowed: true,
    }));
    const table = new AccessTable(rules);
    const at = (address: string, port: number) => table.admits(parseAddress(address)!, port);
    expect([at('10.1.1.1', 514), at('10.1.2.1', 514)]).toEqual([true, false]);
    expect([at('10.1.1.1', 515), at('11.1.1.1', 515)]).toEqual([true, true]);
  });

  test('without rules admits nobody', () => {
    expect(new AccessTable([]).admits(parseAddress('10.0.0.1')!, 80)).toBe(false);
  });
});

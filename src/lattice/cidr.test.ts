import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cidrContains,
  cidrSize,
  containsCidr,
  formatAddress,
  formatCidr,
  overlaps,
  parseAddress,
  parseCidr,
  toNetwork,
} from './cidr.ts';

const cidr = (text: string) => {
  const parsed = parseCidr(text);
  if (!parsed) throw new Error(`not a block: ${text}`);
  return parsed;
};

describe('parsing', () => {
  test.each([
    ['0.0.0.0', 0n],
    ['10.0.0.1', 0x0a000001n],
    ['255.255.255.255', 0xffffffffn],
    ['::', 0n],
    ['::1', 1n],
    ['1::', 1n << 112n],
    ['fd00:ec2:80::a9fe:a9fe', 0xfd000ec20080000000000000a9fea9fen],
    ['1:2:3:4:5:6:7:8', 0x00010002000300040005000600070008n],
    ['::ffff:10.0.0.1', 0xffff0a000001n],
    ['2001:DB8::', 0x20010db8n << 96n],
  ])('%s is an address', (text, value) => {
    expect(parseAddress(text)?.value).toBe(value);
  });

  test.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '1::2::3',
    ':1',
    '12345::',
    'fe80::1%eth0',
    ' 1.2.3.4',
    'host',
  ])('`%s` is no address', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test.each([
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '::/129',
    '/8',
    '10.0.0.0/8 ',
  ])('`%s` is no block', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});

describe('arithmetic', () => {
  test('clears host bits', () => {
    expect(formatCidr(toNetwork(cidr('10.1.2.3/16')))).toBe('10.1.0.0/16');
    expect(formatCidr(toNetwork(cidr('2001:db8:1:2:3::/56')))).toBe('2001:db8:1::/56');
  });

  test('counts addresses', () => {
    expect(cidrSize(cidr('10.0.0.0/28'))).toBe(16n);
    expect(cidrSize(cidr('::/0'))).toBe(1n << 128n);
  });

  test.each([
    ['0:0:0:0:0:0:0:0', '::'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['1:0:0:2:3:0:0:4', '1::2:3:0:0:4'],
    ['2001:DB8:0:0:0:0:0:0', '2001:db8::'],
  ])('%s is written %s', (text, canonical) => {
    expect(formatAddress(parseAddress(text)!)).toBe(canonical);
  });

  test.each([
    ['10.0.0.0/16', '10.0.255.255', true],
    ['10.0.0.0/16', '10.1.0.0', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '10.0.0.1', false],
    ['fd00:ec2:80::/64', 'fd00:ec2:80::5', true],
    ['10.0.0.7/32', '10.0.0.7', true],
    ['10.0.0.0', '10.0.0.0', false],
    ['10.0.0.0/8', 'i-0123', false],
  ])('%s contains %s: %s', (block, address, expected) => {
    expect(cidrContains(block, address)).toBe(expected);
  });

  test('overlap is containment in one direction', () => {
    expect(overlaps(cidr('10.0.0.0/16'), cidr('10.0.3.0/24'))).toBe(true);
    expect(overlaps(cidr('10.0.3.0/24'), cidr('10.0.0.0/16'))).toBe(true);
    expect(overlaps(cidr('10.0.3.0/24'), cidr('10.0.4.0/24'))).toBe(false);
    expect(containsCidr(cidr('10.0.3.0/24'), cidr('10.0.0.0/16'))).toBe(false);
  });
});

describe('properties', () => {
  const block = fc.oneof(
    fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
    fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })),
  );
  const address = fc.oneof(fc.ipV4(), fc.ipV6());

  test('formatting and parsing round-trip', () => {
    fc.assert(
      fc.property(address, (text) => {
        const parsed = parseAddress(text)!;
        expect(parseAddress(formatAddress(parsed))).toEqual(parsed);
      }),
    );
  });

  test("containment agrees with Node's BlockList", () => {
    fc.assert(
      fc.property(block, address, ([base, length], text) => {
        const family = base.includes(':') ? 'ipv6' : 'ipv4';
        fc.pre(text.includes(':') === (family === 'ipv6'));
        const list = new BlockList();
        list.addSubnet(base, length, family);
        expect(cidrContains(`${base}/${length}`, text)).toBe(list.check(text, family));
      }),
    );
  });

  test('every block contains its own addresses, and overlap is symmetric', () => {
    fc.assert(
      fc.property(block, block, ([a, lengthA], [b, lengthB]) => {
        expect(cidrContains(`${a}/${lengthA}`, a)).toBe(true);
        const x = cidr(`${a}/${lengthA}`);
        const y = cidr(`${b}/${lengthB}`);
        expect(overlaps(x, y)).toBe(overlaps(y, x));
        expect(containsCidr(x, toNetwork(x))).toBe(true);
      }),
    );
  });
});

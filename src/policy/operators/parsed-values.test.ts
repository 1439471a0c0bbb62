import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isInBlock, parseAddress, parseBlock } from './address-block.ts';
import { parseDate } from './parse-date.ts';
import { parseNumber } from './parse-number.ts';

const hex = fc.stringMatching(/^[0-9a-fA-F]{1,4}$/);
const anAddress = fc.oneof(fc.ipV4(), fc.ipV6());
/** Mostly no address, but nearly one. */
const nearlyAnAddress = fc
  .array(fc.oneof(hex, fc.constantFrom(':', '::', '.', '0', '255', '1', 'ffff')), { maxLength: 16 })
  .map((parts) => parts.join(''));

describe('an address', () => {
  test('is what Node takes for one', () => {
    fc.assert(
      fc.property(fc.oneof(anAddress, nearlyAnAddress), (text) => {
        expect(parseAddress(text) !== undefined).toBe(isIP(text) !== 0);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['1:2:3:4:5:6:7::', true],
    ['1:2:3:4::5:6:7:8', false],
    ['1::2::3', false],
    ['1:2:3:4:5:6:7:8:9', false],
    ['::1.2.3.4', true],
    ['1.2.3.4::', false],
    ['1.2.3.4.', false],
    ['.1.2.3', false],
    ['1..2.3', false],
    ['00.0.0.0', false],
    ['1.2.3.4 ', false],
    ['0000:0000:0000:0000:0000:ffff:255.255.255.255', true],
    ['00000::', false],
    ['', false],
  ])('%s: %s', (text, isOne) => {
    expect(parseAddress(text) !== undefined).toBe(isOne);
  });

  test('is in a block when Node says so', () => {
    // IPv4 written in IPv6 is left to the table of IpAddress: there we differ on purpose.
    const isPlain = (text: string) =>
      typeof parseAddress(text) === 'number' || !/:ffff:/i.test(text);
    const address = anAddress.filter(isPlain);
    const near = fc
      .tuple(address, fc.nat(128), fc.option(address), fc.nat(127))
      .map(([block, length, other, bit]) => ({ block, length, actual: other ?? flip(block, bit) }));
    fc.assert(
      fc.property(
        near.filter(({ actual }) => isPlain(actual)),
        ({ block, length, actual }) => {
          const family = isIP(block) === 4 ? 'ipv4' : 'ipv6';
          const prefix = family === 'ipv4' ? length % 33 : length;
          const list = new BlockList();
          list.addSubnet(block, prefix, family);
          const parsed = parseBlock(`${block}/${prefix}`);
          const address = parseAddress(actual);
          if (parsed === undefined || address === undefined) throw new Error('not parsed');
          const isSameFamily = isIP(actual) === isIP(block);
          expect(isInBlock(address, parsed)).toBe(
            isSameFamily && list.check(actual, isIP(actual) === 4 ? 'ipv4' : 'ipv6'),
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

/** The address with one bit the other way round. */
const flip = (text: string, bit: number): string => {
  const address = parseAddress(text);
  if (typeof address === 'number') {
    const flipped = (address ^ (1 << (bit % 32))) >>> 0;
    return [24, 16, 8, 0].map((shift) => (flipped >>> shift) & 255).join('.');
  }
  return (address ?? [])
    .map((group, i) => (i === bit >> 4 ? group ^ (1 << (bit & 15)) : group).toString(16))
    .join(':');
};

describe('a date', () => {
  test('as JavaScript writes it is the same moment', () => {
    const between = {
      min: new Date('0001-01-01'),
      max: new Date('9999-12-31'),
      noInvalidDate: true,
    };
    fc.assert(
      fc.property(fc.date(between), (date) => {
        expect(parseDate(date.toISOString())).toBe(date.getTime());
        const seconds = Math.floor(date.getTime() / 1000);
        if (Math.abs(seconds) > 9_999) expect(parseDate(String(seconds))).toBe(seconds * 1000);
      }),
    );
  });

  test.each([
    '2026-1-1',
    '2026-02-29',
    '2026-00-01',
    '2026-11-23T09',
    '2026-11-23T09:60Z',
    '2026-11-23 09:30:00Z',
    '2026-11-23T09:30:00+25:00',
    '20261123T093000Z',
    ' 2026',
    '1e9',
    '',
  ])('is not %s', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });
});

test('a number is what it is written as', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(999), (whole, thousandths) => {
      const text = `${whole}.${String(thousandths).padStart(3, '0')}`;
      expect(parseNumber(text)).toBe(Number(text));
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      if (!/^-?\d+(\.\d+)?$/.test(text)) expect(parseNumber(text)).toBeUndefined();
    }),
  );
});

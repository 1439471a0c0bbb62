import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTimestamp, parseTimestamp } from './timestamp.ts';

describe('parseTimestamp', () => {
  test.each([
    { value: '2026-04-01T12:34:56Z', ms: Date.UTC(2026, 3, 1, 12, 34, 56) },
    { value: '2026-04-01T12:34:56.789Z', ms: Date.UTC(2026, 3, 1, 12, 34, 56, 789) },
    { value: '2026-04-01T12:34:56+02:00', ms: Date.UTC(2026, 3, 1, 10, 34, 56) },
    { value: 1.5, ms: 1500 },
  ])('$value', ({ value, ms }) => {
    expect(parseTimestamp(value)?.getTime()).toBe(ms);
  });

  test.each([
    ['2026-04-01'],
    ['2026-13-01T00:00:00Z'],
    ['1.5'],
    [''],
    [Number.NaN],
    [1e300],
    [-1],
    [true],
    [null],
  ])('%s is none', (value) => {
    expect(parseTimestamp(value)).toBeUndefined();
  });
});

test.each(['iso8601', 'unixTimestamp'] as const)('%s is read back as the same time', (format) => {
  const dates = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(dates, (date) => {
      expect(parseTimestamp(formatTimestamp(date, format))).toEqual(date);
    }),
  );
});

test('stored times, which are text, are written too', () => {
  expect(formatTimestamp('2026-04-01T12:34:56.789Z', 'iso8601')).toBe('2026-04-01T12:34:56.789Z');
  expect(formatTimestamp('2026-04-01T12:34:56.789Z', 'unixTimestamp')).toBe(1775046896.789);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatAmzDate, parseAmzDate, parseAmzDateMs } from './amz-date.ts';

test('every second is read as it is written', () => {
  const second = fc.date({
    min: new Date('0100-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(second, (date) => {
      const whole = Math.floor(date.getTime() / 1000) * 1000;
      expect(parseAmzDateMs(formatAmzDate(date))).toBe(whole);
      expect(parseAmzDate(formatAmzDate(date))?.getTime()).toBe(whole);
    }),
  );
});

test('what is read is written the same again, and nothing else is read', () => {
  const near = fc.stringMatching(/^[0-9]{8}T[0-9]{6}Z$/);
  fc.assert(
    fc.property(fc.oneof(near, fc.string({ minLength: 16, maxLength: 16 })), (text) => {
      const timeMs = parseAmzDateMs(text);
      if (!Number.isNaN(timeMs)) expect(formatAmzDate(new Date(timeMs))).toBe(text);
    }),
  );
});

test.each([
  '20260229T000000Z',
  '21000229T000000Z',
  '20260631T000000Z',
  '20260001T000000Z',
  '20261301T000000Z',
  '20260100T000000Z',
  '20260101T240000Z',
  '20260101T006000Z',
  '20260101T000060Z',
  '20260101T00000Z',
  '20260101T0000000',
  '20260101 000000Z',
  '2026-101T000000Z',
  '00260101T000000Z',
  '20260101T+1+1+1Z',
  '',
])('%j is no date', (text) => {
  expect(parseAmzDateMs(text)).toBeNaN();
  expect(parseAmzDate(text)).toBeUndefined();
});

test('leap days are days', () => {
  expect(parseAmzDateMs('20240229T000000Z')).toBe(Date.UTC(2024, 1, 29));
  expect(parseAmzDateMs('20000229T000000Z')).toBe(Date.UTC(2000, 1, 29));
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyDelta, diffParts, digestParts, fullDelta, isEmptyDelta, keyOf } from './delta.ts';
import type { Part, Parts } from './parts.ts';

const part = fc.record({
  kind: fc.constant('network' as const),
  id: fc.constantFrom('sn-1', 'sn-2', 'sn-3', 'sn-4'),
  arn: fc.constantFrom('a', 'b'),
  accountId: fc.constant('111122223333'),
  authType: fc.constantFrom('NONE' as const, 'AWS_IAM' as const),
  logs: fc.constant([]),
});
const snapshot: fc.Arbitrary<Parts> = fc
  .array(part)
  .map((parts) => new Map(parts.map((one): [string, Part] => [keyOf(one), one])));

describe('deltas', () => {
  test('the difference of two snapshots, applied to the first, gives the second', () => {
    fc.assert(
      fc.property(snapshot, snapshot, (before, after) => {
        const untouched = digestParts(before);
        const result = applyDelta(before, diffParts(before, after, 7));
        expect(digestParts(result)).toBe(digestParts(after));
        expect(digestParts(before)).toBe(untouched);
      }),
    );
  });

  test('the difference holds nothing that is the same on both sides', () => {
    fc.assert(
      fc.property(snapshot, snapshot, (before, after) => {
        const delta = diffParts(before, after, 7);
        for (const one of delta.upsert) expect(before.get(keyOf(one))).not.toEqual(one);
        for (const key of delta.remove) expect(before.has(key)).toBe(true);
        expect(isEmptyDelta(diffParts(after, structuredClone(after), 7))).toBe(true);
      }),
    );
  });

  test('a full delta replaces whatever was there', () => {
    fc.assert(
      fc.property(snapshot, snapshot, (before, after) => {
        const result = applyDelta(before, fullDelta(after, 7));
        expect(digestParts(result)).toBe(digestParts(after));
        expect(isEmptyDelta(fullDelta(after, 7))).toBe(false);
      }),
    );
  });
});

test('a digest tells different snapshots apart and does not mind the order', () => {
  fc.assert(
    fc.property(snapshot, snapshot, (one, two) => {
      const sorted = (parts: Parts) => [...parts].sort(([a], [b]) => (a < b ? -1 : 1));
      const isSame = JSON.stringify(sorted(one)) === JSON.stringify(sorted(two));
      expect(digestParts(one) === digestParts(two)).toBe(isSame);
      expect(digestParts(new Map([...one].reverse()))).toBe(digestParts(one));
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecordSetPart } from '../snapshot/parts.ts';
import { addresses, aRecordSet } from './sample-names.ts';
import { ZoneNames } from './zone-names.ts';

const zoneOf = (...names: readonly string[]) => {
  const zone = new ZoneNames('shop.example');
  for (const name of names) zone.put(aRecordSet('Z1', name, addresses(name)));
  return zone;
};

/** The name whose records answer; `nothing` for a name without any, undefined for none. */
const found = (zone: ZoneNames, name: string): string | undefined => {
  const sets = zone.find(name);
  if (sets === undefined) return undefined;
  const data = sets.get('A');
  return data !== undefined && 'values' in data ? String(data.values[0]) : 'nothing';
};

describe('a name in a zone', () => {
  const cases: {
    name: string;
    records: readonly string[];
    asked: string;
    answer: string | undefined;
  }[] = [
    {
      name: 'has its own records',
      records: ['www.shop.example'],
      asked: 'www.shop.example',
      answer: 'www.shop.example',
    },
    {
      name: 'that nobody made does not exist',
      records: ['www.shop.example'],
      asked: 'api.shop.example',
      answer: undefined,
    },
    {
      name: 'above another one exists without records',
      records: ['a.b.shop.example'],
      asked: 'b.shop.example',
      answer: 'nothing',
    },
    { name: 'at the apex exists always', records: [], asked: 'shop.example', answer: 'nothing' },
    {
      name: 'has those of the wildcard',
      records: ['*.shop.example'],
      asked: 'any.shop.example',
      answer: '*.shop.example',
    },
    {
      name: 'some labels below has those of the wildcard too',
      records: ['*.shop.example'],
      asked: 'a.b.c.shop.example',
      answer: '*.shop.example',
    },
    {
      name: 'is not the wildcard when it exists without records',
      records: ['*.shop.example', 'a.b.shop.example'],
      asked: 'b.shop.example',
      answer: 'nothing',
    },
    {
      name: 'below one that exists has no wildcard from further up',
      records: ['*.shop.example', 'b.shop.example'],
      asked: 'a.b.shop.example',
      answer: undefined,
    },
    {
      name: 'has the wildcard right above it',
      records: ['*.shop.example', '*.b.shop.example'],
      asked: 'a.b.shop.example',
      answer: '*.b.shop.example',
    },
    {
      name: 'that is not below the wildcard has nothing of it',
      records: ['*.dev.shop.example'],
      asked: 'dev.shop.example',
      answer: 'nothing',
    },
  ];
  for (const { name, records, asked, answer } of cases) {
    test(name, () => {
      expect(found(zoneOf(...records), asked)).toBe(answer);
    });
  }
});

const labels = fc.constantFrom('a', 'b', '*');
const names = fc
  .array(labels, { maxLength: 3 })
  .map((parts) => [...parts.filter((one, i) => i === 0 || one !== '*'), 'shop.example'].join('.'));

test('what came and went again leaves nothing behind', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(names, fc.boolean()), { maxLength: 20 }),
      fc.array(names),
      (edits, asked) => {
        const zone = new ZoneNames('shop.example');
        const there = new Map<string, RecordSetPart>();
        for (const [name, isRemoval] of edits) {
          const part = aRecordSet('Z1', name, addresses(name));
          if (isRemoval) {
            zone.remove(part);
            there.delete(name);
          } else {
            zone.put(part);
            there.set(name, part);
          }
        }
        const fresh = zoneOf(...there.keys());
        for (const name of asked) expect(found(zone, name)).toBe(found(fresh, name));
      },
    ),
  );
});

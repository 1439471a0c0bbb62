import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDuplicateMember } from './duplicate-member.ts';

test.each<[string, string | undefined]>([
  ['{"a":1,"b":2}', undefined],
  ['{"a":1,"a":2}', 'a'],
  ['{"a":{"x":1},"b":{"x":1}}', undefined],
  ['{"a":[{"x":1},{"x":1,"y":{"z":0,"z":0}}]}', 'a[1].y.z'],
  ['{"a":"a","b":"a"}', undefined],
  ['["a","a"]', undefined],
  ['{"a":"{\\"a\\":1,\\"a\\":2}"}', undefined],
  ['{"\\u0061":1,"a":2}', 'a'],
  ['{"a\\\\":1,"a":2}', undefined],
  ['{"":1,"":2}', ''],
  ['"a"', undefined],
])('%s -> %s', (text, path) => {
  expect(findDuplicateMember(text)).toBe(path);
});

test('what JavaScript writes has no member twice', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(findDuplicateMember(JSON.stringify(value, null, 1))).toBeUndefined();
    }),
  );
});

test('a member that is written again is found', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, name) => {
      const twice = `${JSON.stringify(name)}:${JSON.stringify(value)}`;
      expect(findDuplicateMember(`[0,{${twice}, ${twice}}]`)).toBe(`[1].${name}`);
    }),
  );
});

import { describe, expect, test } from 'vitest';
import { FailureList, memberPaths } from './failures.ts';
import type { Model, Shape } from './model.ts';
import { resolveModel } from './service-table.ts';
import { validate } from './validate.ts';

const modelOf = (shapes: Readonly<Record<string, Shape>>): Model => ({
  service: { serviceId: 'Test', apiVersion: '1', protocol: 'json', signingName: 'test' },
  operations: { Put: { http: { method: 'POST', uri: '/', code: 200 }, input: 'Input' } },
  shapes: {
    Input: { type: 'structure', members: { value: { shape: 'Value' } } },
    Text: { type: 'string' },
    Secret: { type: 'string', max: 3, sensitive: true },
    ...shapes,
  },
});

const failuresOf = (shapes: Readonly<Record<string, Shape>>, value: unknown) => {
  const failures = new FailureList(memberPaths);
  const { input } = resolveModel(modelOf(shapes)).operations.get('Put')!;
  validate(input, { value }, failures, (member) => member.name);
  return failures.failures.map(({ path, value: shown, constraint }) => ({
    path,
    shown,
    constraint,
  }));
};

const emoji = '\u{1f33f}';

describe('constraints', () => {
  const cases: readonly {
    name: string;
    shape: Shape;
    good: unknown[];
    bad: [unknown, string][];
  }[] = [
    {
      name: 'length counts characters, not UTF-16 units',
      shape: { type: 'string', min: 2, max: 3 },
      good: ['ab', emoji.repeat(2), emoji.repeat(3)],
      bad: [
        [emoji, 'must have length greater than or equal to 2'],
        [emoji.repeat(4), 'must have length less than or equal to 3'],
        ['abcd', 'must have length less than or equal to 3'],
        ['', 'must have length greater than or equal to 2'],
      ],
    },
    {
      name: 'a pattern is for the whole value',
      shape: { type: 'string', pattern: 'a|bc' },
      good: ['a', 'bc'],
      bad: [
        ['abc', 'must satisfy regular expression pattern: a|bc'],
        ['a\n', 'must satisfy regular expression pattern: a|bc'],
      ],
    },
    {
      name: 'an enum knows its own values only',
      shape: { type: 'string', enum: ['A', 'B'] },
      good: ['A', 'B'],
      bad: [['a', 'must satisfy enum value set: [A, B]']],
    },
    {
      name: 'of a long enum, twenty values are told',
      shape: { type: 'string', enum: Array.from({ length: 900 }, (_, index) => `t${index}`) },
      good: ['t899'],
      bad: [
        [
          't',
          expect.stringMatching(/^must satisfy enum value set: \[t0, .*, t19, and 880 more\]$/),
        ],
      ],
    },
    {
      name: 'a range includes its ends',
      shape: { type: 'integer', min: 1, max: 5 },
      good: [1, 5],
      bad: [
        [0, 'must have value greater than or equal to 1'],
        [6, 'must have value less than or equal to 5'],
      ],
    },
    {
      name: 'a blob has a size in bytes',
      shape: { type: 'blob', min: 1, max: 2 },
      good: [Buffer.of(1), Buffer.of(1, 2)],
      bad: [
        [Buffer.of(), 'must have length greater than or equal to 1'],
        [Buffer.of(1, 2, 3), 'must have length less than or equal to 2'],
      ],
    },
    {
      name: 'a list has a size',
      shape: { type: 'list', member: { shape: 'Text' }, min: 1, max: 2 },
      good: [['a'], ['a', 'b']],
      bad: [
        [[], 'must have length greater than or equal to 1'],
        [['a', 'b', 'c'], 'must have length less than or equal to 2'],
      ],
    },
    {
      name: 'a union has exactly one member',
      shape: {
        type: 'structure',
        union: true,
        members: { a: { shape: 'Text' }, b: { shape: 'Text' } },
      },
      good: [{ a: 'x' }, { b: '' }],
      bad: [
        [{}, 'must have exactly one of the members [a, b], not 0'],
        [{ a: 'x', b: 'y' }, 'must have exactly one of the members [a, b], not 2'],
      ],
    },
    {
      name: 'a map has a size, and its keys have constraints',
      shape: { type: 'map', key: { shape: 'Secret' }, value: { shape: 'Text' }, max: 1 },
      good: [{}, { abc: 'x' }],
      bad: [
        [{ a: 'x', b: 'y' }, 'must have length less than or equal to 1'],
        [
          { abcd: 'x' },
          'keys must satisfy constraint: [Member must have length less than or equal to 3]',
        ],
      ],
    },
  ];

  test.each(cases)('$name', ({ shape, good, bad }) => {
    for (const value of good) expect(failuresOf({ Value: shape }, value)).toEqual([]);
    for (const [value, constraint] of bad)
      expect(failuresOf({ Value: shape }, value)).toMatchObject([{ path: 'value', constraint }]);
  });

  test('a structure may contain itself', () => {
    const Value: Shape = {
      type: 'structure',
      required: ['name'],
      members: { name: { shape: 'Text' }, inner: { shape: 'Value' } },
    };
    expect(failuresOf({ Value }, { name: 'a', inner: { name: 'b', inner: {} } })).toMatchObject([
      { path: 'value.inner.inner.name', constraint: 'must not be null' },
    ]);
  });
});

describe('values in error texts', () => {
  test('long values are shortened', () => {
    const [failure] = failuresOf({ Value: { type: 'string', max: 3 } }, 'x'.repeat(5000));
    expect(failure?.shown).toBe(`${'x'.repeat(100)}...`);
  });

  test.each([
    {
      name: 'a sensitive string',
      shape: { type: 'string', max: 3, sensitive: true } as Shape,
      value: 'hunter2',
    },
    {
      name: 'a list of them',
      shape: { type: 'list', member: { shape: 'Secret' }, max: 0 } as Shape,
      value: ['abc'],
    },
    {
      name: 'a structure',
      shape: {
        type: 'structure',
        union: true,
        members: { a: { shape: 'Secret' }, b: { shape: 'Text' } },
      } as Shape,
      value: { a: 'abc', b: '' },
    },
  ])('$name is not shown', ({ shape, value }) => {
    expect(failuresOf({ Value: shape }, value)).toMatchObject([{ shown: undefined }]);
  });
});

test('a model that contradicts itself is refused with the names', () => {
  const broken = modelOf({ Value: { type: 'structure', required: ['a'], members: {} } });
  expect(() => resolveModel(broken)).toThrow('`Value` requires `a`');
  const dangling = modelOf({ Value: { type: 'list', member: { shape: 'Nowhere' } } });
  expect(() => resolveModel(dangling)).toThrow('`Nowhere`');
});

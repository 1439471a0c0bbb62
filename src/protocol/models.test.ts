import { describe, expect, test } from 'vitest';
import { loadModel, serviceNames } from './load-model.ts';
import { type ResolvedShape, type ResolvedString, resolveModel } from './service-table.ts';

describe.each(serviceNames)('the model of %s', (name) => {
  const model = loadModel(name);

  test('contradicts itself nowhere', () => {
    const table = resolveModel(model);
    expect(table.operations.size).toBe(Object.keys(model.operations).length);
  });

  test('holds facts and no prose', () => {
    expect(JSON.stringify(model)).not.toMatch(/<p>|"documentation"/);
  });

  test('bounds the length of every string whose pattern repeats without end', () => {
    const unbounded = Object.entries(model.shapes)
      .filter(
        ([, shape]) =>
          shape.type === 'string' &&
          /[*+]|\{\d+,\}/.test(shape.pattern ?? '') &&
          // A class of characters alone is matched in one pass.
          !/^\[[^[\]]*\][*+]$/.test(shape.pattern ?? '') &&
          !(shape.max! <= 40_000),
      )
      .map(([shapeName]) => shapeName);
    expect(unbounded).toEqual([]);
  });
});

test('the model of vpc-lattice has all 73 operations, that of ec2 names what it leaves out', () => {
  expect(Object.keys(loadModel('vpc-lattice').operations)).toHaveLength(73);
  expect(loadModel('ec2').otherOperations).toContain('RunScheduledInstances');
});

describe('patterns apply to the whole value', () => {
  const { shapes } = loadModel('vpc-lattice');
  const table = resolveModel(loadModel('vpc-lattice'));
  const accepts = (shapeName: string, value: string) => {
    for (const operation of table.operations.values())
      for (const shape of stringsIn(operation.input))
        if (shape.patternText === patternOf(shapeName)) return shape.pattern?.test(value);
    throw new Error(`no input has the pattern of ${shapeName}`);
  };
  const patternOf = (shapeName: string) => {
    const shape = shapes[shapeName];
    return shape?.type === 'string' ? shape.pattern : undefined;
  };

  test.each([
    { shape: 'ServiceName', value: 'shop', accepted: true },
    { shape: 'ServiceName', value: 'shop\n', accepted: false },
    { shape: 'ServiceName', value: 'shop--front', accepted: false },
    { shape: 'ServiceName', value: 'svc-shop', accepted: false },
    { shape: 'ServiceIdentifier', value: 'xsvc-0123456789abcdef0', accepted: false },
    { shape: 'ClientToken', value: 'terraform-20260401 é', accepted: true },
    { shape: 'ClientToken', value: '\té\n', accepted: false },
    { shape: 'HealthCheckPath', value: '', accepted: true },
    { shape: 'HealthCheckPath', value: '/health?deep=1', accepted: true },
    { shape: 'HealthCheckPath', value: 'health', accepted: false },
    { shape: 'HealthCheckPath', value: '/health check', accepted: false },
    { shape: 'HttpCodeMatcher', value: '200,204-299', accepted: true },
    { shape: 'HttpCodeMatcher', value: '2xx', accepted: false },
    { shape: 'PolicyString', value: '{}', accepted: true },
    { shape: 'PolicyString', value: '{\n}', accepted: false },
    { shape: 'PolicyString', value: '   ', accepted: false },
    { shape: 'PortRange', value: '80-90', accepted: true },
  ])('$shape: $value -> $accepted', ({ shape, value, accepted }) => {
    expect(accepts(shape, value)).toBe(accepted);
  });

  test('a long policy that ends in a newline is refused in no time', () => {
    const policy = `${'a'.repeat(9_999)}\n`;
    const times = [1, 2, 3].map(() => {
      const startedAt = performance.now();
      expect(accepts('PolicyString', policy)).toBe(false);
      return performance.now() - startedAt;
    });
    // The best of three, since the machine may be busy: quadratic time is some 80 ms each.
    expect(Math.min(...times)).toBeLessThan(20);
  });
});

function* stringsIn(
  shape: ResolvedShape,
  seen = new Set<ResolvedShape>(),
): Generator<ResolvedString> {
  if (seen.has(shape)) return;
  seen.add(shape);
  if (shape.type === 'string') yield shape;
  if (shape.type === 'structure')
    for (const member of shape.members) yield* stringsIn(member.target, seen);
  if (shape.type === 'list') yield* stringsIn(shape.item, seen);
}

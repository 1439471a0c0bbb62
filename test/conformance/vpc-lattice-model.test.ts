import * as sdk from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import { loadModel } from '../../src/protocol/load-model.ts';
import type { Member, Shape, StructureShape } from '../../src/protocol/model.ts';

/**
 * Compares our model with the schemas that `@aws-sdk/client-vpc-lattice` carries at run time. These are
 * internals of the SDK: when their form changes with a new version, this file changes with it.
 */
const exported = sdk as unknown as Readonly<Record<string, unknown>>;

type OperationSchema = [9, string, string, { http: unknown[] }, () => unknown, () => unknown];
const operationSchemas = new Map(
  Object.values(exported)
    .filter((value): value is OperationSchema => Array.isArray(value) && value[0] === 9)
    .map((schema) => [schema[2], schema]),
);

/** What both sides know about a shape, to any depth. */
type Facts =
  | string
  | { list: Facts }
  | { map: Facts }
  | { structure: Record<string, MemberFacts>; union: boolean };

interface MemberFacts {
  facts: Facts;
  required: boolean;
  location: string | undefined;
  wireName: string | undefined;
  idempotencyToken: boolean;
}

const scalarCodes: Readonly<Record<number, string>> = {
  0: 'string',
  1: 'number',
  2: 'boolean',
  5: 'timestamp iso8601',
};

const sdkFacts = (schema: unknown, within: readonly unknown[] = []): Facts => {
  if (typeof schema === 'function') return sdkFacts(schema(), within);
  if (typeof schema === 'number') {
    if (schema & 64) return { list: sdkFacts(schema & ~64) };
    if (schema & 128) return { map: sdkFacts(schema & ~128) };
    return scalarCodes[schema] ?? `scalar ${schema}`;
  }
  if (within.includes(schema)) return 'itself';
  const tuple = schema as [number, string, string, unknown, unknown, unknown, number?];
  const inside = [...within, schema];
  switch (tuple[0]) {
    // A scalar with a name and traits: `[0, namespace, name, traits, code]`.
    case 0:
      return sdkFacts(tuple[4], inside);
    case 1:
      return { list: sdkFacts(memberSchema(tuple[4]).schema, inside) };
    case 2:
      return { map: sdkFacts(memberSchema(tuple[5]).schema, inside) };
    case 3:
    case 4:
    case -3: {
      const names = tuple[4] as string[];
      const members = tuple[5] as unknown[];
      const structure: Record<string, MemberFacts> = {};
      names.forEach((name, index) => {
        const { schema: target, traits } = memberSchema(members[index]);
        structure[name] = {
          facts: sdkFacts(target, inside),
          required: index < (tuple[6] ?? 0),
          ...traitFacts(name, traits),
        };
      });
      return { structure, union: tuple[0] === 4 };
    }
    default:
      throw new Error(`unknown schema ${JSON.stringify(schema)}`);
  }
};

/** A member is a schema, or a pair of a schema and traits. */
const memberSchema = (member: unknown): { schema: unknown; traits: unknown } =>
  Array.isArray(member) && typeof member[1] !== 'string'
    ? { schema: member[0], traits: member[1] }
    : { schema: member, traits: undefined };

const traitFacts = (name: string, traits: unknown) => {
  const named = (typeof traits === 'object' ? traits : {}) as Readonly<Record<string, string>>;
  const query = named['httpQuery'];
  const header = named['httpHeader'];
  const bits = typeof traits === 'number' ? traits : 0;
  return {
    location: bits & 1 ? 'uri' : query ? 'querystring' : header ? 'header' : undefined,
    wireName: bits & 1 ? name : (query ?? header),
    idempotencyToken: (bits & 4) !== 0,
  };
};

const model = loadModel('vpc-lattice');

const ourFacts = (name: string, within: readonly string[] = []): Facts => {
  const shape = model.shapes[name] as Shape;
  if (within.includes(name)) return 'itself';
  const inside = [...within, name];
  switch (shape.type) {
    case 'structure':
      return { structure: ourMembers(shape, inside), union: shape.union === true };
    case 'list':
      return { list: ourFacts(shape.member.shape, inside) };
    case 'map':
      return { map: ourFacts(shape.value.shape, inside) };
    case 'timestamp':
      return `timestamp ${shape.timestampFormat}`;
    case 'string':
    case 'boolean':
      return shape.type;
    default:
      return 'number';
  }
};

const ourMembers = (shape: StructureShape, inside: readonly string[]) => {
  const members: Record<string, MemberFacts> = {};
  for (const [name, member] of Object.entries(shape.members) as [string, Member][])
    members[name] = {
      facts: ourFacts(member.shape, inside),
      required: shape.required?.includes(name) === true,
      location: member.location,
      wireName: member.location && (member.locationName ?? name),
      idempotencyToken: member.idempotencyToken === true,
    };
  return members;
};

test('both have the same operations', () => {
  expect([...operationSchemas.keys()].sort()).toEqual(Object.keys(model.operations).sort());
});

describe('operations', () => {
  test.each(Object.entries(model.operations))('%s', (name, operation) => {
    const schema = operationSchemas.get(name);
    const { method, uri, code } = operation.http;
    expect([method, uri, code]).toEqual(schema?.[3].http);
    expect(ourFacts(operation.input!)).toEqual(sdkFacts(schema?.[4]));
    expect(ourFacts(operation.output!)).toEqual(sdkFacts(schema?.[5]));
  });
});

const errors = Object.entries(model.shapes).filter(
  (entry): entry is [string, StructureShape] =>
    entry[1].type === 'structure' && entry[1].error !== undefined,
);

describe('errors', () => {
  test('there are seven', () => {
    expect(errors).toHaveLength(7);
  });

  test.each(errors)('%s', (name, shape) => {
    const schema = exported[`${name}$`] as [number, string, string, { httpError: number }];
    expect(shape.error?.httpStatus).toBe(schema[3].httpError);
    expect(ourFacts(name)).toEqual(sdkFacts(schema));
  });
});

describe('enums', () => {
  const enums = Object.entries(model.shapes).filter(
    ([name, shape]) => shape.type === 'string' && shape.enum && exported[name] !== undefined,
  );

  test('most of them are exported by the SDK', () => {
    expect(enums.length).toBeGreaterThan(20);
  });

  test.each(enums)('%s', (name, shape) => {
    const values = Object.values(exported[name] as Readonly<Record<string, string>>);
    expect(shape.type === 'string' && [...shape.enum!].sort()).toEqual(values.sort());
  });
});

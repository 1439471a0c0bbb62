import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadModel, serviceNames } from '../src/protocol/load-model.ts';
import type { Model } from '../src/protocol/model.ts';
import { generateTypes, pascalCase } from './generate-types.ts';

const model: Model = {
  service: { serviceId: 'Test', apiVersion: '1', protocol: 'rest-json', signingName: 'test' },
  operations: {
    PutThing: {
      http: { method: 'PUT', uri: '/', code: 200 },
      input: 'PutThingRequest',
      output: 'PutThingResponse',
    },
    DropThing: { http: { method: 'DELETE', uri: '/', code: 204 } },
  },
  shapes: {
    PutThingRequest: {
      type: 'structure',
      required: ['name'],
      members: {
        name: { shape: 'Text' },
        action: { shape: 'Action' },
        'odd-name': { shape: 'Lists' },
      },
    },
    PutThingResponse: {
      type: 'structure',
      required: ['at'],
      members: { at: { shape: 'At' }, kind: { shape: 'kind' }, tags: { shape: 'Tags' } },
    },
    Action: {
      type: 'structure',
      union: true,
      members: { stop: { shape: 'Flag' }, count: { shape: 'Count' } },
    },
    Text: { type: 'string' },
    kind: { type: 'string', enum: ['ONE', 'two-3'] },
    Lists: { type: 'list', member: { shape: 'Texts' } },
    Texts: { type: 'list', member: { shape: 'Text' } },
    Tags: { type: 'map', key: { shape: 'Text' }, value: { shape: 'Text' } },
    At: { type: 'timestamp' },
    Flag: { type: 'boolean' },
    Count: { type: 'long' },
  },
};

test('writes one type for each structure and enum, sorted by name', () => {
  const text = generateTypes('my-test', model);
  expect(text.slice(text.indexOf('export'))).toBe(`export interface MyTestOperations {
  DropThing: { input: Nothing; output: Nothing };
  PutThing: { input: PutThingRequest; output: PutThingResponse };
}

export type MyTestOperationName = keyof MyTestOperations;

export type Action =
  | { readonly stop: boolean; readonly count?: never }
  | { readonly count: number; readonly stop?: never };

export interface PutThingRequest {
  readonly name: string;
  readonly action?: Action;
  readonly "odd-name"?: readonly (readonly string[])[];
}

export interface PutThingResponse {
  readonly at: Date;
  readonly kind?: Kind | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export type Kind =
  | "ONE"
  | "two-3";

/** An operation that takes, or answers, no members. */
export type Nothing = Readonly<Record<string, never>>;
`);
});

test('a missing shape is named', () => {
  const { Tags: _, ...shapes } = model.shapes;
  expect(() => generateTypes('test', { ...model, shapes })).toThrow('no shape `Tags`');
});

test.each(serviceNames)('the types of %s in the tree are those of its model', (name) => {
  const file = new URL(`../src/protocol/generated/${name}.ts`, import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(generateTypes(name, loadModel(name)));
});

test('names of files become names of types', () => {
  expect(pascalCase('vpc-lattice')).toBe('VpcLattice');
});

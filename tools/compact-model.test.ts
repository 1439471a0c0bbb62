import { expect, test } from 'vitest';
import { compactModel, printModel } from './compact-model.ts';

const source = {
  metadata: {
    serviceId: 'VPC Lattice',
    apiVersion: '1',
    protocol: 'rest-json',
    endpointPrefix: 'lattice',
  },
  operations: {
    GetThing: {
      name: 'GetThing',
      http: { method: 'GET', requestUri: '/things/{id}' },
      input: { shape: 'GetThingRequest' },
      output: { shape: 'Thing', resultWrapper: 'GetThingResult' },
      errors: [{ shape: 'GoneException' }],
      documentation: '<p>Prose.</p>',
      readonly: true,
    },
    DropThing: { name: 'DropThing', http: { method: 'DELETE', requestUri: '/things' } },
  },
  shapes: {
    GetThingRequest: {
      type: 'structure',
      required: ['id'],
      members: {
        id: { shape: 'HealthCheckPath', location: 'uri', locationName: 'id', documentation: 'x' },
        token: { shape: 'Text', idempotencyToken: true, locationName: 'token' },
        bytes: { shape: 'Bytes' },
      },
    },
    Thing: { type: 'structure', members: { self: { shape: 'Thing' }, texts: { shape: 'Texts' } } },
    Texts: { type: 'list', member: { shape: 'Text', locationName: 'item' }, max: 3 },
    Bytes: { type: 'blob', min: 1, max: 5, sensitive: true },
    Text: { type: 'string', documentation: 'x', box: true, pattern: '[\\s\\S]*' },
    HealthCheckPath: { type: 'string', max: 10, pattern: '.*(lost).*' },
    GoneException: {
      type: 'structure',
      members: {},
      exception: true,
      fault: true,
      documentation: 'x',
    },
    Unused: { type: 'string' },
  },
};

test('keeps the facts of the wanted operations and of what they reach, and no prose', () => {
  expect(compactModel(source, ['GetThing'])).toEqual({
    service: {
      serviceId: 'VPC Lattice',
      apiVersion: '1',
      protocol: 'rest-json',
      signingName: 'lattice',
    },
    operations: {
      GetThing: {
        http: { method: 'GET', uri: '/things/{id}', code: 200 },
        input: 'GetThingRequest',
        output: 'Thing',
        resultWrapper: 'GetThingResult',
        errors: ['GoneException'],
      },
    },
    otherOperations: ['DropThing'],
    shapes: {
      GetThingRequest: {
        type: 'structure',
        required: ['id'],
        members: {
          id: { shape: 'HealthCheckPath', location: 'uri', locationName: 'id' },
          token: { shape: 'Text', idempotencyToken: true },
          bytes: { shape: 'Bytes' },
        },
      },
      Thing: {
        type: 'structure',
        members: { self: { shape: 'Thing' }, texts: { shape: 'Texts' } },
      },
      Texts: { type: 'list', member: { shape: 'Text', locationName: 'item' }, max: 3 },
      Bytes: { type: 'blob', min: 1, max: 5 },
      Text: { type: 'string' },
      HealthCheckPath: { type: 'string', max: 10, pattern: '(?:/[a-zA-Z0-9@:%_+.~#?&/=-]*)?' },
      GoneException: { type: 'structure', members: {}, error: { httpStatus: 500 } },
    },
  });
});

test('without a choice of operations, all are kept', () => {
  const model = compactModel(source);
  expect(Object.keys(model.operations)).toEqual(['DropThing', 'GetThing']);
  expect(model.otherOperations).toBeUndefined();
});

test('types of instances are open: AWS has new ones every few weeks', () => {
  const model = compactModel({
    ...source,
    metadata: { ...source.metadata, serviceId: 'EC2' },
    shapes: {
      ...source.shapes,
      Thing: { type: 'structure', members: { type: { shape: 'InstanceType' } } },
      InstanceType: { type: 'string', enum: ['a1.medium'] },
    },
  });
  expect(model.shapes['InstanceType']).toEqual({
    type: 'string',
    pattern: '[a-zA-Z0-9][a-zA-Z0-9.-]{0,63}',
  });
});

test('the printed form reads back as the same model', () => {
  const model = compactModel(source, ['GetThing']);
  expect(JSON.parse(printModel(model))).toEqual(model);
});

test.each([
  {
    name: 'a trait that it does not know',
    change: { Text: { type: 'string', eventheader: true } },
    says: 'Text has the trait `eventheader`',
  },
  {
    name: 'a type that it does not know',
    change: { Text: { type: 'document' } },
    says: 'Text is of type `document`',
  },
])('$name stops it', ({ change, says }) => {
  const changed = { ...source, shapes: { ...source.shapes, ...change } };
  expect(() => compactModel(changed, ['GetThing'])).toThrow(says);
});

test('an operation that is not there stops it', () => {
  expect(() => compactModel(source, ['GetThink'])).toThrow('has no operation `GetThink`');
});

import { describe, expect, test } from 'vitest';
import { restRouter } from './rest-router.ts';
import type { ResolvedOperation } from './service-table.ts';

const operation = (name: string, method: string, uri: string): ResolvedOperation => ({
  name,
  http: { method, uri, code: 200 },
  input: { type: 'structure', members: [], isUnion: false },
  output: undefined,
  resultWrapper: undefined,
});

const route = restRouter([
  operation('List', 'GET', '/things'),
  operation('Create', 'POST', '/things'),
  operation('Get', 'GET', '/things/{id}'),
  operation('GetDefault', 'GET', '/things/default'),
  operation('ListParts', 'GET', '/things/{id}/parts'),
  operation('GetPart', 'GET', '/things/{id}/parts/{part}'),
  operation('GetDefaultColour', 'GET', '/things/default/colour'),
  operation('Root', 'GET', '/'),
]);

describe('routes', () => {
  const cases: readonly {
    name: string;
    method?: string;
    path: string;
    to?: string;
    labels?: Record<string, string>;
  }[] = [
    { name: 'the method decides', method: 'POST', path: '/things', to: 'Create' },
    { name: 'a label takes a segment', path: '/things/a', to: 'Get', labels: { id: 'a' } },
    { name: 'a label stays encoded', path: '/things/a%2Fb', to: 'Get', labels: { id: 'a%2Fb' } },
    { name: 'a literal wins over a label', path: '/things/default', to: 'GetDefault' },
    {
      name: 'a literal that leads nowhere gives way to the label',
      path: '/things/default/parts',
      to: 'ListParts',
      labels: { id: 'default' },
    },
    {
      name: 'labels keep their order',
      path: '/things/a/parts/b',
      to: 'GetPart',
      labels: { id: 'a', part: 'b' },
    },
    { name: 'the root', path: '/', to: 'Root' },
    { name: 'a trailing slash is another path', path: '/things/' },
    { name: 'an empty segment is no label', path: '/things//parts' },
    { name: 'a longer path', path: '/things/a/parts/b/c' },
    { name: 'another case', path: '/Things' },
    { name: 'another method', method: 'DELETE', path: '/things' },
    { name: 'no path at all', path: '' },
    { name: 'an absolute form', path: 'http://host/things' },
  ];
  test.each(cases)('$name', ({ method = 'GET', path, to, labels = {} }) => {
    const match = route(method, path);
    expect(match?.operation.name).toBe(to);
    if (match) expect(Object.fromEntries(match.labels)).toEqual(labels);
  });
});

test('two operations on one route are a mistake in the model', () => {
  const twice = [operation('A', 'GET', '/a/{x}'), operation('B', 'GET', '/a/{y}')];
  expect(() => restRouter(twice)).toThrow('`B` and `A` have the same route');
});

test.each(['/a/{x+}', '/a/pre{x}', '/a?b=c'])('the template %s is not understood', (uri) => {
  expect(() => restRouter([operation('A', 'GET', uri)])).toThrow('whole segments');
});

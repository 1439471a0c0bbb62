import { expect, test } from 'vitest';
import { coversDomain } from './covers-domain.ts';

test.each([
  { name: 'the same name', names: ['shop.example'], domain: 'shop.example', covers: true },
  { name: 'one of several', names: ['a.example', 'b.example'], domain: 'b.example', covers: true },
  { name: 'in other case', names: ['Shop.Example'], domain: 'sHop.example', covers: true },
  { name: 'with a final dot', names: ['shop.example'], domain: 'shop.example.', covers: true },
  { name: 'another name', names: ['shop.example'], domain: 'cart.example', covers: false },
  { name: 'no name', names: [], domain: 'shop.example', covers: false },
  { name: 'a wildcard', names: ['*.shop.example'], domain: 'a.shop.example', covers: true },
  {
    name: 'a wildcard and its parent',
    names: ['*.shop.example'],
    domain: 'shop.example',
    covers: false,
  },
  {
    name: 'a wildcard and two levels',
    names: ['*.shop.example'],
    domain: 'a.b.shop.example',
    covers: false,
  },
  { name: 'two wildcards', names: ['*.*.example'], domain: 'a.b.example', covers: false },
  {
    name: 'a wildcard that is not first',
    names: ['a.*.example'],
    domain: 'a.b.example',
    covers: false,
  },
  {
    name: 'a part of a label',
    names: ['a*.shop.example'],
    domain: 'ab.shop.example',
    covers: false,
  },
  { name: 'a wildcard alone', names: ['*'], domain: 'example', covers: false },
  {
    name: 'a wildcard of all that is below nothing',
    names: ['*.example'],
    domain: 'example',
    covers: false,
  },
])('$name: $covers', ({ names, domain, covers }) => {
  expect(coversDomain(names, domain)).toBe(covers);
});

import { expect, test } from 'vitest';
import { namespaceOfInstance } from './network-namespace.ts';

const dataDir = '/data';

test.each([
  {
    name: 'no id of an instance',
    id: '../../etc',
    namespacePrefix: 'p-',
    expected: '`../../etc` is no id of an instance: it looks like i-0123456789abcdef0',
  },
  {
    name: 'an instance that is only in the records',
    id: 'i-0123456789abcdef0',
    namespacePrefix: undefined,
    expected: /only kept in the records .* --underlay netns`/,
  },
  {
    name: 'an instance that does not run',
    id: 'i-0123456789abcdef0',
    namespacePrefix: 'no-such-prefix-',
    expected: 'there is no running instance `i-0123456789abcdef0`',
  },
])('$name is refused', ({ id, namespacePrefix, expected }) => {
  expect(() => namespaceOfInstance({ dataDir, namespacePrefix }, id)).toThrow(expected);
});

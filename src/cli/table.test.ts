import { expect, test } from 'vitest';
import { table } from './table.ts';

test('columns are aligned, numbers to the right, and nothing trails', () => {
  expect(
    table(
      ['NAME', 'REQUESTS', 'HOST'],
      [
        ['cart', '7', 'cart.example'],
        ['storefront', '12,345', ''],
      ],
      { right: [1], indent: '  ' },
    ),
  ).toBe(
    [
      '  NAME        REQUESTS  HOST',
      '  cart               7  cart.example',
      '  storefront    12,345',
    ].join('\n'),
  );
});

test('colours take no room', () => {
  const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
  expect(
    table(
      [],
      [
        [red('no'), 'x'],
        ['yes', 'y'],
      ],
    ),
  ).toBe(`${red('no')}   x\nyes  y`);
});

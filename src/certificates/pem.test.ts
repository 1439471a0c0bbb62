import { describe, expect, test } from 'vitest';
import { pemBlocks, toPem } from './pem.ts';

const block = (label: string) => `-----BEGIN ${label}-----\nQQ==\n-----END ${label}-----\n`;

describe('the blocks of a text', () => {
  test.each([
    { name: 'that is empty', text: '', labels: [] },
    { name: 'without any', text: 'no PEM', labels: [] },
    {
      name: 'with words around them',
      text: `a\n${block('ONE')}b\n${block('TWO')}c`,
      labels: ['ONE', 'TWO'],
    },
    { name: 'with carriage returns', text: block('ONE').replaceAll('\n', '\r\n'), labels: ['ONE'] },
    {
      name: 'of which one has no end',
      text: `${block('ONE')}-----BEGIN TWO-----\nQQ==`,
      labels: undefined,
    },
    {
      name: 'of which one ends as another',
      text: '-----BEGIN ONE-----\n-----END TWO-----',
      labels: undefined,
    },
    { name: 'that breaks off within the first line', text: '-----BEGIN ONE', labels: undefined },
  ])('$name', ({ text, labels }) => {
    expect(pemBlocks(text)?.map(({ label }) => label)).toEqual(labels);
  });

  test('takes no long time with beginnings that have no end', () => {
    const text = '-----BEGIN A-----\n'.repeat(60_000);
    const startedAt = performance.now();
    expect(pemBlocks(text)).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});

test('bytes are written in lines of 64 characters', () => {
  const text = toPem('THING', Buffer.alloc(50, 1));
  expect(text.split('\n').map((line) => line.length)).toEqual([21, 64, 4, 19, 0]);
  expect(pemBlocks(text)).toEqual([{ label: 'THING', text }]);
});

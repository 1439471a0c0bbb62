import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import { openBody } from './open-body.ts';
import type { CallBody } from './parse-call.ts';

const folder = mkdtempSync(join(tmpdir(), 'pergola-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

const WINDOWS_TEXT = '{\r\n  "a": 1\n}\0é\n';
const path = join(folder, 'cart.json');
writeFileSync(path, WINDOWS_TEXT);

const read = async (body: CallBody | undefined) => {
  const { stream, length } = await openBody(body, Readable.from([Buffer.from(WINDOWS_TEXT)]));
  return { text: stream && (await text(stream)), length };
};

describe('a body', () => {
  const cases: { name: string; body: CallBody; expected: object }[] = [
    {
      name: 'that is given goes out as it is',
      body: { kind: 'text', text: 'é\n' },
      expected: { text: 'é\n', length: 3 },
    },
    {
      name: 'from a file loses its line breaks, as with curl',
      body: { kind: 'file', path, isBinary: false },
      expected: { text: '{  "a": 1}é', length: 12 },
    },
    {
      name: 'from a binary file keeps its bytes',
      body: { kind: 'file', path, isBinary: true },
      expected: { text: WINDOWS_TEXT, length: Buffer.byteLength(WINDOWS_TEXT) },
    },
    {
      name: 'from standard input loses its line breaks, and has no length',
      body: { kind: 'stdin', isBinary: false },
      expected: { text: '{  "a": 1}é', length: undefined },
    },
    {
      name: 'from binary standard input keeps its bytes',
      body: { kind: 'stdin', isBinary: true },
      expected: { text: WINDOWS_TEXT, length: undefined },
    },
  ];
  test.each(cases)('$name', async ({ body, expected }) => {
    expect(await read(body)).toEqual(expected);
  });

  test('may be none', async () => {
    expect(await openBody(undefined)).toEqual({});
  });

  test.each([true, false])('names a file that is not there (binary: %s)', async (isBinary) => {
    const missing = join(folder, 'missing');
    await expect(openBody({ kind: 'file', path: missing, isBinary })).rejects.toThrow(
      `cannot read \`${missing}\` (ENOENT)`,
    );
  });
});

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assertConsistent } from '../snapshot/consistency.ts';
import { type PartialResources, someResources } from './builders.ts';
import { compile } from './compile.ts';
import type { CompilerOptions } from './compiler.ts';

/**
 * Cases are `testdata/<case>.in.json`, resources as `builders.ts` takes them and `options` of the
 * compiler, with the expected parts and problems in `<case>.out.json` beside it. GOLDEN=update writes the outputs anew.
 */
const FOLDER = new URL('./testdata/', import.meta.url);
const isUpdate = process.env['GOLDEN'] === 'update';
const files = readdirSync(FOLDER);
const cases = files
  .filter((file) => file.endsWith('.in.json'))
  .map((file) => file.slice(0, -'.in.json'.length));

type GoldenInput = PartialResources & {
  readonly about: string;
  readonly options?: CompilerOptions;
};

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));

const sortKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sortKeys(member)]));
};

for (const name of cases) {
  test(name.replaceAll('-', ' '), () => {
    const { about: _, options, ...given } = read(`${name}.in.json`) as GoldenInput;
    const { parts, problems } = compile(someResources(given), options);
    assertConsistent(parts);
    const byKey = Object.fromEntries([...parts].sort(([a], [b]) => (a < b ? -1 : 1)));
    const output = `${JSON.stringify(sortKeys({ parts: byKey, problems }), null, 2)}\n`;
    const file = new URL(`${name}.out.json`, FOLDER);
    const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (isUpdate && output !== before) writeFileSync(file, output);
    else expect(output).toBe(before);
  });
}

test('every file of testdata belongs to a case', () => {
  const expected = cases.flatMap((name) => [`${name}.in.json`, `${name}.out.json`]);
  expect(cases.length).toBeGreaterThan(5);
  expect(new Set(readdirSync(FOLDER))).toEqual(new Set(expected));
});

import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findViolations, importsOf, readImports } from './boundaries.ts';

const root = fileURLToPath(new URL('../src', import.meta.url));

describe('imports under src/', () => {
  test('point one way', () => {
    const { files, imports } = readImports(root);
    // A reader that finds nothing finds no violations either.
    expect(files).toBeGreaterThan(150);
    expect(imports.filter(({ to }) => to !== undefined).length).toBeGreaterThan(400);
    expect(findViolations(imports)).toEqual([]);
  });

  test.each([
    ['a named import', "import { a } from '../store/store.ts';"],
    ['a type import', "import type { A } from '../store/store.ts';"],
    ['an import over several lines', "import {\n  a,\n  b,\n} from '../store/store.ts';"],
    ['an import of a whole module', "import * as store from '../store/store.ts';"],
    ['an import for its effect', "import '../store/store.ts';"],
    ['an export from', "export { a } from '../store/store.ts';"],
    ['a dynamic import', "const a = await import('../store/store.ts');"],
  ])('%s that points the wrong way is found', (_name, text) => {
    const imports = importsOf('dataplane/worker.ts', text, root);
    expect(findViolations(imports)).toEqual([
      'src/dataplane/worker.ts imports src/store/store.ts: dataplane may not',
    ]);
  });

  test('nothing imports app', () => {
    const imports = importsOf('control/x.test.ts', "import { a } from '../app/x.ts';", root);
    expect(findViolations(imports)).toHaveLength(1);
  });

  test('a folder that is not in the table is found', () => {
    const imports = importsOf('helpers/x.ts', "import { a } from 'node:fs';", root);
    expect(findViolations(imports)).toHaveLength(1);
  });
});

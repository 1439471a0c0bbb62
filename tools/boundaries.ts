import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Which folders of src/ a folder may import from, beside itself. Imports point one way only. */
export const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  lattice: [],
  telemetry: [],
  sigv4: [],
  'session-token': [],
  policy: [],
  certificates: ['lattice'],
  protocol: [],
  http2: [],
  underlay: ['lattice'],
  snapshot: ['lattice', 'policy'],
  store: ['lattice', 'telemetry'],
  compile: ['lattice', 'policy', 'snapshot'],
  control: [
    'lattice',
    'policy',
    'sigv4',
    'session-token',
    'certificates',
    'protocol',
    'store',
    'telemetry',
  ],
  publish: ['store', 'compile', 'snapshot', 'telemetry', 'lattice'],
  dns: ['lattice', 'snapshot', 'telemetry'],
  dataplane: [
    'lattice',
    'policy',
    'sigv4',
    'session-token',
    'http2',
    'snapshot',
    'telemetry',
    'underlay',
    'dns',
  ],
  cli: ['lattice', 'policy', 'protocol', 'sigv4'],
  app: [
    'lattice',
    'telemetry',
    'sigv4',
    'session-token',
    'certificates',
    'policy',
    'protocol',
    'underlay',
    'snapshot',
    'store',
    'compile',
    'control',
    'publish',
    'dns',
    'dataplane',
  ],
};

/** Exceptions, each with its reason. */
const ALSO_ALLOWED: readonly { from: string; to: string; because: string }[] = [
  { from: 'cli/commands/up.ts', to: 'app', because: 'the command starts the program' },
  { from: 'cli/commands/up.ts', to: 'telemetry', because: 'it says where the log goes' },
  { from: 'cli/instance.ts', to: 'app', because: 'both say by the same rule whether one runs' },
];

export interface SourceImport {
  /** Path of the importing file below src/, with `/`. */
  readonly from: string;
  /** Path below src/, or undefined when it leads out of src/ or to a package. */
  readonly to: string | undefined;
  readonly specifier: string;
}

const IMPORT =
  /(?:^|[\s;])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[\s;])import\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/g;

/** Imports of one file's text; those in comments too, which only makes the check stricter. */
export const importsOf = (from: string, text: string, root: string): readonly SourceImport[] =>
  [...text.matchAll(IMPORT)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    const to = specifier.startsWith('.')
      ? relative(root, resolve(root, dirname(from), specifier))
          .split(sep)
          .join('/')
      : undefined;
    return { from, specifier, to: to?.startsWith('..') ? undefined : to };
  });

export const readImports = (root: string): { files: number; imports: readonly SourceImport[] } => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => file.endsWith('.ts'));
  const imports = files.flatMap((file) =>
    importsOf(file, readFileSync(join(root, file), 'utf8'), root),
  );
  return { files: files.length, imports };
};

/** @returns a sentence for each import that points the wrong way. */
export const findViolations = (imports: readonly SourceImport[]): readonly string[] =>
  imports.flatMap(({ from, to }) => {
    const [fromFolder = ''] = from.split('/');
    const [toFolder = ''] = to?.split('/') ?? [];
    const allowed = ALLOWED[fromFolder];
    if (allowed === undefined) {
      return [`src/${from}: the folder ${fromFolder} is not in the table of tools/boundaries.ts`];
    }
    if (to === undefined || toFolder === fromFolder || allowed.includes(toFolder)) {
      return [];
    }
    // Tests may set up what their subject works on.
    if (/\.test\.ts$|-suite\.ts$/.test(from) && toFolder !== 'app') {
      return [];
    }
    const isException = ALSO_ALLOWED.some((also) => also.from === from && also.to === toFolder);
    return isException ? [] : [`src/${from} imports src/${to}: ${fromFolder} may not`];
  });

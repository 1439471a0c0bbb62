import { existsSync, readFileSync } from 'node:fs';
import { run } from './program.ts';

/** The version of the package that this file belongs to: the nearest package.json above it. */
const version = (): string => {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const file = new URL('package.json', folder);
    if (existsSync(file)) {
      return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
    }
    if (folder.pathname === '/') return 'unknown';
  }
};

// A reader that went away (pergola status | head -1) is no failure of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await run(
  process.argv.slice(2),
  { out: process.stdout, err: process.stderr },
  version,
);

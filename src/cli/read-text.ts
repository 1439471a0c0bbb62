import { readFileSync } from 'node:fs';
import { CliError } from './cli-error.ts';

/** A file that a command was told of; `-` is standard input. */
export const readText = (file: string, what: string): string => {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new CliError(`cannot read the ${what} \`${file}\` (${reason})`, { cause: error });
  }
};

import { usageError } from './cli-error.ts';

export const SHELLS = ['sh', 'fish', 'powershell', 'json'] as const;
export type Shell = (typeof SHELLS)[number];

// One line each: within single quotes nothing is special but what is doubled or escaped here.
const quoters: Readonly<Record<Exclude<Shell, 'json'>, (name: string, value: string) => string>> = {
  sh: (name, value) => `export ${name}=${quoteWord(value)}`,
  fish: (name, value) =>
    `set -gx ${name} '${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}';`,
  powershell: (name, value) => `$env:${name} = '${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`,
};

/** A word of a command line that a POSIX shell or fish reads as it is; quoted only when it must be. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : quoteWord(text);

const quoteWord = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const erasers: Readonly<Record<Exclude<Shell, 'json'>, (names: readonly string[]) => string>> = {
  sh: (names) => `unset ${names.join(' ')}\n`,
  fish: (names) => `set -e ${names.join(' ')};\n`,
  powershell: (names) => names.map((name) => `$env:${name} = $null\n`).join(''),
};

export const parseShell = (text: string): Shell => {
  const shell = SHELLS.find((name) => name === text);
  if (shell === undefined) {
    throw usageError(`no such shell \`${text}\`; give one of ${SHELLS.join(', ')} to --shell`);
  }
  return shell;
};

/**
 * Statements that set the variables in the given shell, and unset those of `unwanted`; for `json`
 * one object, which can only say what to set. Ends with a line feed.
 */
export const formatEnvironment = (
  shell: Shell,
  variables: Readonly<Record<string, string>>,
  unwanted: readonly string[] = [],
): string => {
  if (shell === 'json') return `${JSON.stringify(variables, undefined, 2)}\n`;
  const quote = quoters[shell];
  const lines = Object.entries(variables).map(([name, value]) => `${quote(name, value)}\n`);
  return `${unwanted.length === 0 ? '' : erasers[shell](unwanted)}${lines.join('')}`;
};

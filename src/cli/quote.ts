import { usageError } from './cli-error.ts';

export const SHELLS = ['sh', 'fish', 'powershell', 'json'] as const;
export type Shell = (typeof SHELLS)[number];

// One line each: within single quotes nothing is special but what is doubled or escaped here.
const quoters: Readonly<Record<Exclude<Shell, 'json'>, (name: string, value: string) => string>> = {
  sh: (name, value) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
  fish: (name, value) =>
    `set -gx ${name} '${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}';`,
  powershell: (name, value) => `$env:${name} = '${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`,
};

export const parseShell = (text: string): Shell => {
  const shell = SHELLS.find((name) => name === text);
  if (shell === undefined) {
    throw usageError(`no such shell \`${text}\`; give one of ${SHELLS.join(', ')} to --shell`);
  }
  return shell;
};

/** Statements that set the variables in the given shell, or one JSON object; ends with a line feed. */
export const formatEnvironment = (
  shell: Shell,
  variables: Readonly<Record<string, string>>,
): string => {
  if (shell === 'json') return `${JSON.stringify(variables, undefined, 2)}\n`;
  const quote = quoters[shell];
  return Object.entries(variables)
    .map(([name, value]) => `${quote(name, value)}\n`)
    .join('');
};

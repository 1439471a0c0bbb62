import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { usageError } from './cli-error.ts';
import { formatEnvironment, parseShell } from './quote.ts';

const nasty = `it's $HOME "and" \`id\` \\ !x %PATH% ‘quoted’`;

describe('statements that set variables', () => {
  const cases = [
    {
      name: 'sh closes the quotes around a quote',
      shell: 'sh',
      value: "it's",
      expected: "export A='it'\\''s'\n",
    },
    {
      name: 'fish escapes quotes and backslashes',
      shell: 'fish',
      value: "it's \\",
      expected: "set -gx A 'it\\'s \\\\';\n",
    },
    {
      name: 'PowerShell doubles quotes, typographic ones too',
      shell: 'powershell',
      value: 'it’s $x',
      expected: "$env:A = 'it’’s $x'\n",
    },
  ] as const;
  test.each(cases)('$name', ({ shell, value, expected }) => {
    expect(formatEnvironment(shell, { A: value })).toBe(expected);
  });

  const unwanted = ['KEY', 'TOKEN'];
  test.each([
    { shell: 'sh', expected: "unset KEY TOKEN\nexport A='x'\n" },
    { shell: 'fish', expected: "set -e KEY TOKEN;\nset -gx A 'x';\n" },
    { shell: 'powershell', expected: "$env:KEY = $null\n$env:TOKEN = $null\n$env:A = 'x'\n" },
    { shell: 'json', expected: '{\n  "A": "x"\n}\n' },
  ] as const)('$shell first unsets what would win', ({ shell, expected }) => {
    expect(formatEnvironment(shell, { A: 'x' }, unwanted)).toBe(expected);
  });

  test('json is one object', () => {
    expect(JSON.parse(formatEnvironment('json', { A: nasty, B: '' }))).toEqual({ A: nasty, B: '' });
  });

  test('a real sh gets back what was quoted, whatever it is', () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(
        fc.array(
          text.map((value) => value.toWellFormed()),
          { maxLength: 100 },
        ),
        (values) => {
          const names = values.map((_, index) => `V${index}`);
          const variables = Object.fromEntries(
            names.map((name, index) => [name, values[index] ?? '']),
          );
          const script = `${formatEnvironment('sh', variables)}printf '%s\\0' end ${names
            .map((name) => `"$${name}"`)
            .join(' ')}`;
          const { stdout } = spawnSync('sh', { input: script, encoding: 'utf8' });
          expect(stdout.split('\0').slice(0, -1)).toEqual(['end', ...values]);
        },
      ),
      // Each takes a process.
      { numRuns: 5, examples: [[[nasty, '\n', '']]] },
    );
  });
});

test('an unknown shell is a usage error that lists the known ones', () => {
  expect(() => parseShell('tcsh')).toThrow(
    usageError('no such shell `tcsh`; give one of sh, fish, powershell, json to --shell'),
  );
});

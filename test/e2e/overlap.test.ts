import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { runProgram } from './instance.ts';
import { OVERLAP_DEMO, overlapSuite } from './overlap-suite.ts';

overlapSuite('loopback', async (dataDir) => (existsSync(dataDir) ? [dataDir] : []));

test('the example overlap tells people the same', async () => {
  const { code, stdout, stderr } = await runProgram(process.execPath, [OVERLAP_DEMO], {
    env: { ...process.env, NO_COLOR: '1' },
  });
  expect(`${stderr}${stdout}`).toContain('Everything held');
  expect(stdout).not.toContain('  NO  ');
  expect(stdout).toMatch(
    /^ {2}shop 10\.0\.0\.5 +stock +stock +127\.0\.0\.1:\d+ +127\.0\.0\.1 +10\.0\.0\.5$/m,
  );
  expect(stdout).toMatch(/^ {2}lobby 10\.0\.0\.5 +stock +nobody: .+$/m);
  expect(stdout).toContain('What loopback cannot express');
  expect(code).toBe(0);
}, 120_000);

describe('the example overlap', () => {
  test.each([
    {
      name: 'an underlay that there is not',
      argv: ['--underlay', 'clouds'],
      stderr: 'demo: no underlay `clouds`; there are: loopback, netns\n',
    },
    {
      name: 'an unknown option',
      argv: ['--bogus'],
      stderr: 'demo: unknown option `--bogus`; see npm run demo:overlap -- --help\n',
    },
  ])('refuses $name in one line', async ({ argv, stderr }) => {
    const finished = await runProgram(process.execPath, [OVERLAP_DEMO, ...argv]);
    expect(finished).toEqual({ code: 2, stdout: '', stderr });
  });

  test('says with --help what it does, and package.json runs it', async () => {
    const { code, stdout } = await runProgram(process.execPath, [OVERLAP_DEMO, '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: npm run demo:overlap/);
    const { scripts } = JSON.parse(
      await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as { scripts: Record<string, string> };
    expect(scripts['demo:overlap:run']).toBe('node examples/overlap/demo.ts');
  });
});

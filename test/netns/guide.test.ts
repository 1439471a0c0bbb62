import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isOnPath, runProgram, startInstance } from '../e2e/instance.ts';
import { namespaceEntry } from './has-namespaces.ts';

const GUIDE = new URL('../../docs/clients.md', import.meta.url);
const ROOT = new URL('../../', import.meta.url);
const DATA_FOLDER = '/var/lib/pergola';
/** Whatever fails: who waits for the output of the commands waits for the server's, too. */
const END_WITH_SERVER = "trap 'kill $(jobs -pr) 2>/dev/null || true' EXIT";

const hasAws = await isOnPath('aws', '--version');
if (!hasAws) console.warn('skipped: the AWS CLI is not on PATH (aws --version)');

/** The commands of the guide's section about real networks, block by block, on another data folder. */
const commands = (dataDir: string): readonly string[] => {
  const [, section = ''] = readFileSync(GUIDE, 'utf8').split('\n## VPCs as real networks\n');
  const [text = ''] = section.split('\n## ');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)];
  return blocks.map(([, block = '']) => block.replaceAll(DATA_FOLDER, dataDir));
};

describe.skipIf(namespaceEntry === undefined || !hasAws)('the guide to real networks', () => {
  test('works as it is written', async () => {
    const { dataDir, stop } = await startInstance('--underlay', 'netns');
    onTestFinished(async () => expect(await stop()).toBe(0));
    const [start, build = ''] = commands(dataDir);
    expect(start).toBe(`sudo ./bin/pergola up --underlay netns --data ${dataDir}\n`);
    expect(build).toContain(`export PERGOLA_DATA=${dataDir}\n`);
    const script = `${END_WITH_SERVER}\n${build}`;
    const { code, stdout, stderr } = await runProgram('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: fileURLToPath(ROOT),
    });
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^HTTP\/1\.1 200 OK\r\nServer: SimpleHTTP/m);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isOnPath, runProgram, startInstance } from '../e2e/instance.ts';
import { namespaceEntry } from './has-namespaces.ts';

const GUIDE = new URL('../../docs/clients.md', import.meta.url);
const ROOT = new URL('../../', import.meta.url);
const DATA_FOLDER = '/var/lib/pergola';

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
    const instance = await startInstance('--underlay', 'netns');
    const { dataDir } = instance;
    try {
      const [start, build = ''] = commands(dataDir);
      expect(start).toBe(`sudo ./bin/pergola up --underlay netns --data ${dataDir}\n`);
      expect(build).toContain(`export PERGOLA_DATA=${dataDir}\n`);
      const { code, stdout, stderr } = await runProgram('bash', ['-euo', 'pipefail', '-c', build], {
        cwd: ROOT.pathname,
      });
      expect(code, stderr).toBe(0);
      expect(stdout).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:.*\r\n)*server: SimpleHTTP/im);
    } finally {
      expect(await instance.stop()).toBe(0);
    }
  });
});

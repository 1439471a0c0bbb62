import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runEnv } from './env.ts';

/** What people have exported who use AWS itself, or another stand-in for it. */
const TAKEN = {
  AWS_ACCESS_KEY_ID: 'AKIAOTHER',
  AWS_SECRET_ACCESS_KEY: 'other-secret',
  AWS_SESSION_TOKEN: 'other-token',
  AWS_ENDPOINT_URL_VPC_LATTICE: 'http://127.0.0.1:4566',
  AWS_ENDPOINT_URL_EC2: 'http://127.0.0.1:4566',
  AWS_ENDPOINT_URL_IAM: 'http://127.0.0.1:4566',
  AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:4566',
  AWS_ENDPOINT_URL_ACM: 'http://127.0.0.1:4566',
  AWS_ENDPOINT_URL_RESOURCE_GROUPS_TAGGING_API: 'http://127.0.0.1:4566',
};

describe('env, where variables are set that AWS tools prefer to a profile', () => {
  let data: string;
  beforeAll(() => {
    data = mkdtempSync(join(tmpdir(), 'pergola-cli-'));
    mkdirSync(join(data, 'run'));
    const facts = { pid: process.pid, api: 'http://127.0.0.1:7171', region: 'us-west-2' };
    writeFileSync(join(data, 'run', 'instance.json'), JSON.stringify(facts));
    const keys = '[default]\naws_access_key_id = A\naws_secret_access_key = B\n';
    writeFileSync(join(data, 'credentials'), keys);
  });
  afterAll(() => rmSync(data, { recursive: true }));

  const collect = (shell: string) => {
    const written = { out: '', err: '' };
    const into = (name: 'out' | 'err') => ({
      write: (text: string) => {
        written[name] += text;
      },
    });
    runEnv({ data, shell }, { out: into('out'), err: into('err') }, TAKEN);
    return written;
  };

  test('a shell has none of them afterwards', () => {
    const { out, err } = collect('sh');
    const { stdout } = spawnSync('sh', {
      input: `${out}env\n`,
      encoding: 'utf8',
      env: { ...TAKEN, PATH: process.env['PATH'] },
    });
    const names = stdout.split('\n').map((line) => line.split('=')[0]);
    expect(names).toContain('AWS_PROFILE');
    for (const name of Object.keys(TAKEN)) {
      expect(names).not.toContain(name);
    }
    expect(err).toBe('');
  });

  test('json names those that are set, and shows no value', () => {
    const { out, err } = collect('json');
    expect(JSON.parse(out)).toMatchObject({ AWS_PROFILE: 'default' });
    expect(err).toBe(
      `pergola: unset ${Object.keys(TAKEN).join(', ')} as well: AWS tools prefer them\n`,
    );
  });
});

import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOnPath, runProgram, startInstance, type TestInstance } from './instance.ts';

const script = fileURLToPath(new URL('boto3-session.py', import.meta.url));
const isThere = await isOnPath('python3', '-c', 'import boto3');
if (!isThere) console.warn('skipped: python3 with boto3 is not there (python3 -c "import boto3")');

describe.skipIf(!isThere)('unmodified boto3', () => {
  let instance: TestInstance;
  beforeAll(async () => {
    instance = await startInstance();
  });
  afterAll(async () => {
    expect(await instance?.stop()).toBe(0);
  });

  test('builds, reads, changes and takes down a network', async () => {
    const { code, stdout, stderr } = await runProgram('python3', [script], { env: instance.env });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ targetGroups: ['payments-blue', 'payments-green'] });
  }, 120_000);
});

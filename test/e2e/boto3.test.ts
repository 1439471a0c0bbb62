import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOnPath, runProgram, startInstance, type TestInstance } from './instance.ts';

const script = fileURLToPath(new URL('boto3-session.py', import.meta.url));
const zonesScript = fileURLToPath(new URL('boto3-zones.py', import.meta.url));
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
  });

  test('makes a private hosted zone, reads its records by pages, and is told what is wrong', async () => {
    const { code, stdout, stderr } = await runProgram('python3', [zonesScript], {
      env: instance.env,
    });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { zoneId, ...seen } = JSON.parse(stdout) as { zoneId: string };
    expect(seen).toEqual({
      records: 28,
      byVpc: ['boto.example.'],
      tags: [{ Key: 'team', Value: 'shop' }],
      taggedArns: [`arn:aws:route53:::hostedzone/${zoneId}`],
      notEmpty:
        'HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
      twice:
        "InvalidChangeBatch: [Tried to create resource record set [name='www.boto.example.', type='A'] but it already exists]",
      public: expect.stringMatching(/^UnsupportedOperation: a public hosted zone .* is not built/),
      notBuilt: expect.stringMatching(/^UnsupportedOperation: no operation of Route 53/),
    });
  });
});

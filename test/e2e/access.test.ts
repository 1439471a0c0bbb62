import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOnPath, runProgram, startInstance, type TestInstance } from './instance.ts';

const hasCli = await isOnPath('aws', '--version');
if (!hasCli) console.warn('skipped: the AWS CLI is not on PATH (aws --version)');
const hasBoto3 = await isOnPath('python3', '-c', 'import boto3');
if (!hasBoto3) console.warn('skipped: python3 with boto3 is not there (python3 -c "import boto3")');

let instance: TestInstance;
beforeAll(async () => {
  if (hasCli || hasBoto3) instance = await startInstance();
});
afterAll(async () => {
  if (instance) expect(await instance.stop()).toBe(0);
});

describe.skipIf(!hasBoto3)('unmodified boto3', () => {
  test('is told who may do what', async () => {
    const script = fileURLToPath(new URL('boto3-access.py', import.meta.url));
    const { code, stdout, stderr } = await runProgram('python3', [script], { env: instance.env });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { account, mine, theirs, user, session } = JSON.parse(stdout);
    const arn = (id: string) => `arn:aws:vpc-lattice:us-west-2:${account}:service/${id}`;
    const ada = `User: arn:aws:iam::${account}:user/ada is not authorized to perform:`;
    expect(user).toEqual({
      list: 'allowed',
      theirs: `AccessDeniedException: ${ada} vpc-lattice:DeleteService on resource: ${arn(theirs)} because no identity-based policy allows the vpc-lattice:DeleteService action`,
      update: `AccessDeniedException: ${ada} vpc-lattice:UpdateService on resource: ${arn(mine)} with an explicit deny in an identity-based policy`,
      mine: 'allowed',
      vpc: `UnauthorizedOperation: You are not authorized to perform this operation. ${ada} ec2:CreateVpc on resource: arn:aws:ec2:us-west-2:${account}:vpc/* because no identity-based policy allows the ec2:CreateVpc action`,
      dry: 'DryRunOperation: Request would have succeeded, but DryRun flag is set.',
      iam: `AccessDenied: ${ada} iam:ListUsers because no identity-based policy allows the iam:ListUsers action`,
    });
    const wide = `User: arn:aws:sts::${account}:assumed-role/wide/narrow is not authorized to perform:`;
    expect(session).toEqual({
      get: 'allowed',
      delete: `AccessDeniedException: ${wide} vpc-lattice:DeleteService on resource: ${arn(theirs)} because no session policy allows the vpc-lattice:DeleteService action`,
      iam: `AccessDenied: ${wide} iam:ListUsers because no permissions boundary allows the iam:ListUsers action`,
    });
  });
});

describe.skipIf(!hasCli)('an unmodified AWS CLI', () => {
  const aws = (env: NodeJS.ProcessEnv, ...parameters: string[]) =>
    runProgram('aws', [...parameters, '--output', 'json'], { env });
  const good = async (...parameters: string[]) => {
    const { code, stdout, stderr } = await aws(instance.env, ...parameters);
    if (code !== 0) throw new Error(`aws ${parameters.join(' ')}: ${stderr}`);
    return stdout.trim() === '' ? {} : JSON.parse(stdout);
  };

  test('lists with VPCLatticeReadOnlyAccess and creates nothing', async () => {
    await good('iam', 'create-user', '--user-name', 'reader');
    await good(
      ...['iam', 'attach-user-policy', '--user-name', 'reader'],
      ...['--policy-arn', 'arn:aws:iam::aws:policy/VPCLatticeReadOnlyAccess'],
    );
    const { AccessKey } = await good('iam', 'create-access-key', '--user-name', 'reader');
    const { AWS_PROFILE: _, ...rest } = instance.env;
    const env = {
      ...rest,
      AWS_ACCESS_KEY_ID: AccessKey.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: AccessKey.SecretAccessKey,
    };
    const listed = await aws(env, 'vpc-lattice', 'list-services');
    expect([listed.code, listed.stderr]).toEqual([0, '']);
    const created = await aws(env, 'vpc-lattice', 'create-service', '--name', 'refused');
    expect(created.code).not.toBe(0);
    expect(created.stderr).toContain(
      'because no identity-based policy allows the vpc-lattice:CreateService action',
    );
  });
});

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOnPath, runProgram, startInstance, type TestInstance } from './instance.ts';

const hasCli = await isOnPath('aws', '--version');
if (!hasCli) console.warn('skipped: the AWS CLI is not on PATH (aws --version)');
const hasBoto3 = await isOnPath('python3', '-c', 'import boto3');
if (!hasBoto3) console.warn('skipped: python3 with boto3 is not there (python3 -c "import boto3")');

let instance: TestInstance;
let folder: string;
beforeAll(async () => {
  if (!hasCli && !hasBoto3) return;
  folder = await mkdtemp(join(tmpdir(), 'pergola-identities-'));
  instance = await startInstance();
});
afterAll(async () => {
  if (!instance) return;
  expect(await instance.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

/** The environment with other credentials in it than those of the profile. */
const as = ({ AccessKeyId, SecretAccessKey, SessionToken = '' }: Record<string, string>) => {
  const { AWS_PROFILE: _, ...env } = instance.env;
  return {
    ...env,
    AWS_ACCESS_KEY_ID: AccessKeyId,
    AWS_SECRET_ACCESS_KEY: SecretAccessKey,
    ...(SessionToken === '' ? {} : { AWS_SESSION_TOKEN: SessionToken }),
  };
};

describe.skipIf(!hasCli)('an unmodified AWS CLI', () => {
  const raw = (env: NodeJS.ProcessEnv, ...parameters: string[]) =>
    runProgram('aws', [...parameters, '--output', 'json'], { env });
  const aws = async (env: NodeJS.ProcessEnv, ...parameters: string[]) => {
    const { code, stdout, stderr } = await raw(env, ...parameters);
    if (code !== 0) throw new Error(`aws ${parameters.join(' ')}: ${stderr}`);
    return stdout.trim() === '' ? {} : JSON.parse(stdout);
  };

  test('makes a user, whose key assumes a role, whose session assumes another', async () => {
    const root = instance.env;
    const { Account } = await aws(root, 'sts', 'get-caller-identity');
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: Account },
          Action: ['sts:AssumeRole', 'sts:TagSession'],
        },
      ],
    });
    const may = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:*', Resource: '*' }],
    });
    await aws(root, 'iam', 'create-user', '--user-name', 'ada');
    await aws(
      root,
      ...['iam', 'put-user-policy', '--user-name', 'ada'],
      ...['--policy-name', 'assume', '--policy-document', may],
    );
    const { AccessKey } = await aws(root, 'iam', 'create-access-key', '--user-name', 'ada');
    for (const name of ['one', 'two']) {
      await aws(
        root,
        ...['iam', 'create-role', '--role-name', name, '--assume-role-policy-document', trust],
      );
      await aws(
        root,
        ...['iam', 'put-role-policy', '--role-name', name],
        ...['--policy-name', 'assume', '--policy-document', may],
      );
    }
    const roles = await aws(root, 'iam', 'list-roles', '--page-size', '1');
    expect(roles.Roles.map(({ RoleName }: { RoleName: string }) => RoleName)).toEqual([
      'one',
      'two',
    ]);

    const assume = (env: NodeJS.ProcessEnv, name: string, ...more: string[]) =>
      aws(
        env,
        ...['sts', 'assume-role', '--role-arn', `arn:aws:iam::${Account}:role/${name}`],
        ...['--role-session-name', 'chain', ...more],
      );
    const first = await assume(as(AccessKey), 'one', '--tags', 'Key=team,Value=shop');
    const second = await assume(as(first.Credentials), 'two');
    expect(await aws(as(second.Credentials), 'sts', 'get-caller-identity')).toEqual({
      Account,
      Arn: `arn:aws:sts::${Account}:assumed-role/two/chain`,
      UserId: second.AssumedRoleUser.AssumedRoleId,
    });
    const refused = await raw(as(second.Credentials), 'vpc-lattice', 'list-services');
    expect(refused.stderr).toContain('is not authorized to perform: vpc-lattice:ListServices');

    await aws(
      root,
      ...['iam', 'update-access-key', '--user-name', 'ada', '--status', 'Inactive'],
      ...['--access-key-id', AccessKey.AccessKeyId],
    );
    const stopped = await raw(as(AccessKey), 'sts', 'get-caller-identity');
    expect(stopped.stderr).toContain('InvalidClientTokenId');
    // The profile is still that of the account's root.
    const credentials = await readFile(join(instance.dataDir, 'credentials'), 'utf8');
    expect(credentials).not.toContain(AccessKey.AccessKeyId);
  });
});

describe.skipIf(!hasBoto3)('unmodified boto3', () => {
  test('reads documents as objects, pages and calls as a session', async () => {
    const script = fileURLToPath(new URL('boto3-identities.py', import.meta.url));
    const { code, stdout, stderr } = await runProgram('python3', [script], { env: instance.env });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      principal: '*',
      users: ['u1', 'u2', 'u3'],
      session: expect.stringMatching(/:assumed-role\/boto\/chain$/),
      missing: 'NoSuchEntity',
    });
  });
});

import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/cli/connect.ts';
import { assumeRole } from '../../src/cli/signing/assume-role.ts';
import { isOnPath, PERGOLA, runProgram, startInstance, type TestInstance } from './instance.ts';

const example = (name: string) =>
  fileURLToPath(new URL(`../../examples/signing/${name}`, import.meta.url));

/** The header that stands for the hash is taken since curl 7.87. */
const hasCurl = await isOnPath(
  'sh',
  '-c',
  'curl --version | head -1 | { read -r _ v _; IFS=.; set -- $v; [ "$1" -gt 7 ] || [ "$2" -ge 87 ]; }',
);
const hasBotocore = await isOnPath('python3', '-c', 'import botocore');

const signers = [
  { name: 'Node.js', isThere: true, command: [process.execPath, example('signed-request.mjs')] },
  {
    name: 'Node.js that knows no proxies, as before version 24',
    isThere: true,
    command: ['env', '-u', 'NODE_USE_ENV_PROXY', process.execPath, example('signed-request.mjs')],
  },
  {
    name: 'Python with botocore',
    isThere: hasBotocore,
    command: ['python3', example('signed_request.py')],
  },
  { name: 'curl', isThere: hasCurl, command: [example('signed-curl.sh'), '-sS'] },
];
for (const { name, isThere } of signers) {
  if (!isThere) console.warn(`skipped: ${name} is not there`);
}

const CHARGES = 'http://payments.example/charges';

describe('the storefront’s protected service', () => {
  let instance: TestInstance;
  let roles: Readonly<Record<'checkout' | 'marketing', NodeJS.ProcessEnv>>;

  beforeAll(async () => {
    instance = await startInstance('--example', 'storefront');
    const { client } = connect({ data: instance.dataDir });
    const environmentOf = async (roleArn: string): Promise<NodeJS.ProcessEnv> => {
      const made = await assumeRole(client, { roleArn });
      return {
        ...instance.env,
        AWS_ACCESS_KEY_ID: made.accessKeyId,
        AWS_SECRET_ACCESS_KEY: made.secretAccessKey,
        AWS_SESSION_TOKEN: made.sessionToken,
      };
    };
    roles = {
      checkout: await environmentOf('checkout'),
      marketing: await environmentOf('marketing'),
    };
  });
  afterAll(async () => {
    expect(await instance?.stop()).toBe(0);
  });

  const inVpc = (env: NodeJS.ProcessEnv, ...command: readonly string[]) =>
    runProgram(PERGOLA, ['exec', '--vpc', 'shop', '--', ...command], { env });
  const pergola = (...parameters: string[]) =>
    runProgram(PERGOLA, parameters, { env: instance.env });

  describe.each(signers.filter(({ isThere }) => isThere))('with $name', ({ name, command }) => {
    const post = name === 'curl' ? ['-X', 'POST'] : ['POST'];

    test('answers the role that may charge', async () => {
      expect(await inVpc(roles.checkout, ...command, ...post, CHARGES)).toEqual({
        code: 0,
        stdout: 'POST /charges answered by payments-a\n',
        stderr: '',
      });
    });

    test('verifies a query and a path that need encoding', async () => {
      const url = `${CHARGES}%20and%20more?a=b%20c&a=d%2Fe&z=`;
      const { stdout } = await inVpc(roles.checkout, ...command, ...post, url);
      // The signature is good, so that it is the policy that refuses another path.
      expect(stdout).toMatch(
        /^AccessDeniedException: User: \S+\/checkout\/pergola is not authorized .*\/charges%20and%20more because no service-based policy allows/,
      );
    });

    test('says in one line that nobody answers', async () => {
      // Port 1 is that of no program of today.
      const env = { ...roles.checkout, http_proxy: 'http://127.0.0.1:1' };
      const [program = '', ...parameters] = command;
      const { code, stdout, stderr } = await runProgram(program, [...parameters, CHARGES], { env });
      expect(code).not.toBe(0);
      expect(stdout).toBe('');
      expect(stderr).toMatch(
        /^[^\n]*(no answer from payments\.example: |[Ff]ailed to connect )[^\n]*\n$/,
      );
    });

    test('refuses the other role', async () => {
      const { stdout } = await inVpc(roles.marketing, ...command, ...post, CHARGES);
      expect(stdout).toMatch(/^AccessDeniedException: User: \S+\/marketing\/pergola is not/);
    });
  });

  test('is called by `pergola call` as the role that may charge', async () => {
    const called = await pergola(
      ...['call', '--role', 'checkout', '-i', '-X', 'POST', '-d', 'amount=10', CHARGES],
    );
    expect(called).toMatchObject({ code: 0, stderr: '' });
    expect(called.stdout).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:.+\r\n)+\r\nPOST \/charges answered/);
  });

  test('says to `pergola call` why another is refused, and shows no secret', async () => {
    const { code, stdout, stderr } = await pergola(
      ...['call', '--role', 'marketing', '-v', '-X', 'POST', CHARGES],
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^AccessDeniedException: User: \S+\/marketing\/pergola is not/);
    expect(stderr).toContain('> authorization: (hidden)\n');
    expect(stderr).toContain('> x-amz-security-token: (hidden)\n');
    expect(stderr).not.toMatch(/Signature=[0-9a-f]/);
    expect(stderr).toContain('< HTTP/1.1 403 Forbidden\n');
    expect(stderr).toMatch(/REFUSED {2}403/);
    expect(stderr).toContain('CheckoutMayCharge');
  });

  test('exits with 22 when told that an error is a failure', async () => {
    const { code, stdout } = await pergola('call', '--role', 'marketing', '-f', CHARGES);
    expect({ code, stdout }).toEqual({ code: 22, stdout: '' });
  });

  test('refuses a call that is not signed', async () => {
    const { stdout } = await pergola('call', '--anonymous', CHARGES);
    expect(stdout).toMatch(/^AccessDeniedException: User: anonymous is not/);
  });

  test('says what is wrong with a role that is not there', async () => {
    const { code, stdout, stderr } = await pergola('call', '--role', 'nobody', CHARGES);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^pergola: User: .* is not authorized to perform: sts:AssumeRole/);
  });
});

import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiClient } from '../../src/cli/api-client.ts';
import { commandName } from '../../src/cli/command-name.ts';
import { PERGOLA, runProgram, startInstance, type TestInstance } from '../e2e/instance.ts';

describe('the command line against a running instance', () => {
  let instance: TestInstance;
  let vpcId: string;
  let client: ApiClient;

  const pergola = (...parameters: string[]) =>
    runProgram(PERGOLA, parameters, { env: instance.env });

  beforeAll(async () => {
    instance = await startInstance();
    const { ApiClient } = await import('../../src/cli/api-client.ts');
    const { loadCredentials } = await import('../../src/cli/credentials.ts');
    client = new ApiClient({
      api: instance.api,
      region: 'us-west-2',
      credentials: loadCredentials(join(instance.dataDir, 'credentials'), 'default'),
    });
    const xml = await client.ec2('CreateVpc', {
      CidrBlock: '10.9.0.0/16',
      'TagSpecification.1.ResourceType': 'vpc',
      'TagSpecification.1.Tag.1.Key': 'Name',
      'TagSpecification.1.Tag.1.Value': 'lab',
    });
    vpcId = /<vpcId>([^<]+)</.exec(xml)?.[1] ?? '';
  });
  afterAll(async () => {
    expect(await instance?.stop()).toBe(0);
  });

  test('up --json says what is where; secrets are for the owner only', () => {
    expect(instance.ready).toEqual({
      ready: true,
      api: instance.api,
      credentials: join(instance.dataDir, 'credentials'),
      portals: {},
    });
    expect(statSync(join(instance.dataDir, 'credentials')).mode & 0o777).toBe(0o600);
  });

  test('a second up on the same data folder is refused', async () => {
    const { code, stdout, stderr } = await pergola(
      'up',
      '--port',
      '0',
      '--portal-port',
      '0',
      '--dns-port',
      '0',
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^pergola: another pergola \(pid \d+\) runs on .*\n$/);
  });

  test('env is what a shell can evaluate', async () => {
    const { stdout } = await runProgram(
      'sh',
      ['-c', `eval "$(${PERGOLA} env)"; echo "$AWS_ENDPOINT_URL $AWS_PROFILE $AWS_REGION"`],
      { env: instance.env },
    );
    expect(stdout).toBe(`${instance.api} default us-west-2\n`);
    const unknown = await pergola('env', '--account', 'nobody');
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toContain('no account `nobody`');
  });

  test('account create adds a profile that works, and shows no secret', async () => {
    const created = await pergola('account', 'create', 'payments');
    expect(created.stderr).toBe('');
    expect(created.stdout).toContain(
      `use it with: eval "$(${commandName()} env --data ${instance.dataDir} --account payments)"\n`,
    );
    expect(created.code).toBe(0);
    const profile = await pergola('env', '--account', 'payments', '--shell', 'json');
    expect(JSON.parse(profile.stdout)).toMatchObject({ AWS_PROFILE: 'payments' });
    expect((await pergola('directory', '--account', 'payments')).stdout).toContain(
      'no services yet',
    );
    const list = JSON.parse((await pergola('account', 'list', '--json')).stdout) as {
      name: string;
    }[];
    expect(list.map(({ name }) => name).sort()).toEqual(['default', 'payments']);

    const again = await pergola('account', 'create', 'payments');
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/^pergola: .*payments/);
    expect((await pergola('account', 'create', 'No Such')).code).toBe(1);
  });

  test('map adds, lists, replaces and removes', async () => {
    const map = (...parameters: string[]) => pergola('map', '--vpc', 'lab', ...parameters);
    expect((await map('--list')).stdout).toBe(
      `no address of ${vpcId} is mapped; addresses are dialled as they are\n`,
    );
    expect((await map('10.9.0.5:80', '127.0.0.1:9001')).stdout).toBe(
      `10.9.0.5:80 in ${vpcId} is 127.0.0.1:9001\n`,
    );
    await map('10.9.0.5:80', '127.0.0.1:9002');
    await map('i-0123456789abcdef0', 'localhost');
    await map('10.9.0.6:80', '[::1]:9003');
    const { stdout } = await map('--list', '--json');
    const items = JSON.parse(stdout) as { address: string }[];
    expect(items.sort((a, b) => a.address.localeCompare(b.address))).toEqual([
      { address: '10.9.0.5', port: 80, host: '127.0.0.1', hostPort: 9002 },
      { address: '10.9.0.6', port: 80, host: '::1', hostPort: 9003 },
      { address: 'i-0123456789abcdef0', host: 'localhost' },
    ]);
    expect((await map('--remove', '10.9.0.5:80')).code).toBe(0);
    expect((await map('--remove', '10.9.0.6:80')).code).toBe(0);
    expect((await map('--remove', 'i-0123456789abcdef0')).code).toBe(0);
    const gone = await map('--remove', '10.9.0.5:80');
    expect(gone.code).toBe(1);
    expect(gone.stderr).toBe(
      `pergola: \`10.9.0.5:80\` is not mapped in ${vpcId}; see what is with: ${commandName()} map --data ${instance.dataDir} --vpc lab --list\n`,
    );
    expect((await map('[fd00::5]:80', '127.0.0.1:9003')).stderr).toBe(
      `pergola: address: \`fd00::5\` is outside of the VPC \`${vpcId}\`, which has 10.9.0.0/16\n`,
    );
    expect((await pergola('map', '--vpc', 'nowhere', '--list')).stderr).toContain(
      `no VPC has the id or name \`nowhere\`; there are: ${vpcId} (lab)`,
    );
  });

  test('exec passes the exit code on and points clients at the portal of the VPC', async () => {
    const exec = (...command: string[]) => pergola('exec', '--vpc', vpcId, '--', ...command);
    expect((await exec('sh', '-c', 'exit 42')).code).toBe(42);
    const warning = `pergola: warning: VPC ${vpcId} is in no service network, so no service answers in it; put it into one with: aws vpc-lattice create-service-network-vpc-association --vpc-identifier ${vpcId} --service-network-identifier NETWORK\n`;
    expect(await exec('/nowhere/at-all')).toMatchObject({
      code: 127,
      stderr: `${warning}pergola: cannot run \`/nowhere/at-all\`: there is no such command\n`,
    });
    const { stdout } = await exec('sh', '-c', 'echo "$http_proxy $HTTP_PROXY $no_proxy"');
    const status = JSON.parse((await pergola('status', '--json')).stdout) as {
      portals: { url: string }[];
    };
    const url = status.portals[0]?.url;
    expect(stdout).toBe(`${url} ${url} localhost,127.0.0.1,::1\n`);

    const network = await client.call<{ id: string }>('vpc-lattice', 'POST', '/servicenetworks', {
      body: { name: 'lab' },
    });
    await client.call('vpc-lattice', 'POST', '/servicenetworkvpcassociations', {
      body: { serviceNetworkIdentifier: network.id, vpcIdentifier: vpcId },
    });
    expect(await exec('true')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await pergola('status')).stdout).toMatch(/ lab +10\.9\.0\.0\/16 +lab +0\n/);
  });

  test('a data folder stays of its region', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'pergola-region-'));
    try {
      const up = (...flags: string[]) => startInstance('--data', dataDir, ...flags);
      await (await up('--region', 'eu-central-1')).terminate();

      const again = await up();
      expect(again.env['AWS_REGION']).toBe('eu-central-1');
      await again.terminate();

      expect(
        await runProgram(
          PERGOLA,
          ['up', '--data', dataDir, '--port', '0', '--region', 'us-west-2'],
          { env: instance.env },
        ),
      ).toEqual({
        code: 1,
        stdout: '',
        stderr: `pergola: ${dataDir} is of region eu-central-1; start it without --region, or choose another data folder\n`,
      });
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  test('status shows the VPC and its portal', async () => {
    const { code, stdout } = await pergola('status');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`http://127\\.0\\.0\\.1:\\d+ +${vpcId} +lab +10\\.9\\.0\\.0/16`),
    );
    expect(JSON.parse((await pergola('status', '--json')).stdout)).toMatchObject({
      region: 'us-west-2',
      portals: [{ vpcId, name: 'lab' }],
    });
  });

  test('commands leave off quietly when their reader goes away', async () => {
    const { code, stderr } = await runProgram(
      'sh',
      ['-c', `${PERGOLA} --help | head -1 > /dev/null`],
      { env: instance.env },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

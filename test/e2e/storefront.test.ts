import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findCertificates } from '../../examples/storefront/acm.ts';
import { connect } from '../../src/cli/connect.ts';
import { xmlTexts } from '../../src/cli/xml-text.ts';
import { PERGOLA, runProgram, startInstance } from './instance.ts';

const demo = fileURLToPath(new URL('../../examples/storefront/demo.ts', import.meta.url));
const watchInventory = fileURLToPath(
  new URL('../../examples/storefront/watch-inventory.mjs', import.meta.url),
);
const launcher = fileURLToPath(new URL('kill-parent.ts', import.meta.url));

interface Status {
  readonly services: readonly { readonly name: string; readonly domainName: string }[];
  readonly targetGroups: readonly {
    readonly name: string;
    readonly targets: readonly { readonly id: string; readonly status: string }[];
  }[];
}

describe('the example storefront', () => {
  test('serves as it says, and comes back unchanged after a restart', async () => {
    const first = await startInstance('--example', 'storefront');
    const { env, dataDir } = first;
    const pergola = (...parameters: string[]) => runProgram(PERGOLA, parameters, { env });
    const readStatus = async () => JSON.parse((await pergola('status', '--json')).stdout) as Status;
    const before = await readStatus();
    const host = 'storefront.example';
    const curl = async (...parameters: string[]) =>
      (await pergola('exec', '--vpc', 'shop', '--', 'curl', '-sS', ...parameters)).stdout;
    const charge = async (role: string) => {
      const url = 'http://payments.example/charges';
      return (await pergola('call', '--role', role, '--vpc', 'shop', '-X', 'POST', url)).stdout;
    };
    const watch = async (sku: string) => {
      const command = [process.execPath, watchInventory, sku, '2'];
      const { stdout, stderr } = await pergola('exec', '--vpc', 'shop', '--', ...command);
      return `${stdout}${stderr}`;
    };
    const answers = async () => [
      await curl(`http://${host}/`),
      await curl(`http://${host}/cart`),
      await curl('-H', 'x-beta: true', `http://${host}/catalog`),
      await curl('-X', 'POST', `http://${host}/orders`),
      await curl(`http://${host}/orders`),
      await charge('checkout'),
      await charge('marketing'),
      await curl('https://accounts.example/'),
      await watch('mug'),
      await watch('spoon'),
    ];
    const expected = [
      expect.stringMatching(/^GET \/ answered by monolith\n$/),
      expect.stringMatching(/^GET \/cart answered by cart-[ab]\n$/),
      expect.stringMatching(/^GET \/catalog answered by catalog-v2-a\n$/),
      expect.stringMatching(/^POST \/orders answered by orders-a\n$/),
      expect.stringMatching(/^GET \/orders answered by monolith\n$/),
      'POST /charges answered by payments-a\n',
      expect.stringMatching(/^AccessDeniedException: User: \S+\/marketing\/pergola is not/),
      'GET / answered by accounts-a\n',
      expect.stringMatching(
        /^4999 of mug left, says (inventory-[ab])\n4998 of mug left, says \1\n$/,
      ),
      '5 NOT_FOUND: no item `spoon`\n',
    ];
    expect(await answers()).toEqual(expected);
    const { client } = connect({ data: dataDir });
    const certificates = await findCertificates(client, 'accounts.example');
    expect(certificates).toHaveLength(1);
    const cart = before.targetGroups.find(({ name }) => name === 'cart');
    expect(cart?.targets.map(({ id, status }) => `${id} ${status}`).sort()).toEqual([
      '10.0.2.11 HEALTHY',
      '10.0.2.12 HEALTHY',
      '10.0.2.13 UNHEALTHY',
    ]);

    await first.terminate();
    const second = await startInstance('--data', dataDir, '--example', 'storefront');
    const after = JSON.parse(
      (await runProgram(PERGOLA, ['status', '--json'], { env })).stdout,
    ) as Status;
    expect(after.services.map(({ domainName }) => domainName).sort()).toEqual(
      before.services.map(({ domainName }) => domainName).sort(),
    );
    expect(after.targetGroups.map(({ name }) => name).sort()).toEqual(
      before.targetGroups.map(({ name }) => name).sort(),
    );
    expect(await answers()).toEqual(expected);
    const again = connect({ data: dataDir }).client;
    expect(await findCertificates(again, 'accounts.example')).toEqual(certificates);
    expect(await second.stop()).toBe(0);
    await first.stop();
  });

  test('has targets that end with whoever started them, even when that is killed', async () => {
    const { code, stdout, stderr } = await runProgram(process.execPath, [launcher]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe('the target ended\n');
  });
});

test('the demo tells its story, everything holds, and nothing is left behind', async () => {
  const instance = await startInstance();
  try {
    const { code, stdout, stderr } = await runProgram(process.execPath, [demo], {
      env: { ...instance.env, NO_COLOR: '1' },
    });
    expect(`${stderr}${stdout}`).toContain('Everything held');
    expect(stdout).not.toContain('  NO  ');
    expect(stdout).toMatch(/REFUSED {2}403 AccessDeniedException/);
    expect(stdout).toMatch(/ok {2}a stream from inventory-[ab] went on from message \d+ to 100,/);
    expect(code).toBe(0);
    const status = await runProgram(PERGOLA, ['status', '--json'], { env: instance.env });
    expect(JSON.parse(status.stdout)).toMatchObject({
      networks: [],
      services: [],
      targetGroups: [],
      portals: [],
    });
    const { client } = connect({ data: instance.dataDir });
    expect(xmlTexts(await client.query('iam', 'ListRoles'), 'RoleName')).toEqual([]);
    for (const host of ['demo-accounts.example', 'demo-inventory.example']) {
      expect(await findCertificates(client, host)).toEqual([]);
    }
  } finally {
    await instance.stop();
  }
});

describe('the demo', () => {
  const cases = [
    {
      name: 'an unknown option',
      argv: ['--bogus'],
      expected: { code: 2, stderr: 'demo: unknown option `--bogus`; see npm run demo -- --help\n' },
    },
    {
      name: 'an argument',
      argv: ['now'],
      expected: {
        code: 2,
        stderr: 'demo: unexpected argument `now`; see npm run demo -- --help\n',
      },
    },
    {
      name: 'a data folder on which nothing runs',
      argv: ['--data', '/nowhere/at-all'],
      expected: {
        code: 1,
        stderr: expect.stringMatching(/^demo: no pergola runs on `\/nowhere\/at-all`; .*\n$/),
      },
    },
  ];
  test.each(cases)('refuses $name in one line', async ({ argv, expected }) => {
    const finished = await runProgram(process.execPath, [demo, ...argv]);
    expect(finished).toEqual({ stdout: '', ...expected });
  });

  test('says with --help what it does', async () => {
    const { code, stdout } = await runProgram(process.execPath, [demo, '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: npm run demo/);
    expect(stdout).toContain(
      '\n  --data DIR  run against the instance on this data folder, and fail when none runs there\n',
    );
  });
});

test('package.json runs the example and the demo', () => {
  const { scripts } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { scripts: Record<string, string> };
  expect(scripts['start']).toContain('--example storefront');
  expect(scripts['demo:run']).toContain('examples/storefront/demo.ts');
});

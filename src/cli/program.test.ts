import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { commandName } from './command-name.ts';
import { run } from './program.ts';

const empty = mkdtempSync(join(tmpdir(), 'pergola-cli-'));
afterAll(() => rmSync(empty, { recursive: true }));

const collect = async (...argv: string[]) => {
  let out = '';
  let err = '';
  const code = await run(
    argv,
    {
      out: { write: (text) => (out += text) },
      err: { write: (text) => (err += text) },
    },
    () => '1.2.3',
  );
  return { code, out, err };
};

describe('a command line that makes no sense exits with 2 and says why', () => {
  const cases = [
    {
      name: 'an unknown command',
      argv: ['upp'],
      expected: `pergola: unknown command \`upp\`; did you mean \`up\`; see ${commandName()} --help\n`,
    },
    {
      name: 'an unknown flag',
      argv: ['up', '--bogus'],
      expected: `pergola: unknown option \`--bogus\`; see ${commandName()} up --help\n`,
    },
    {
      name: 'a flag that is like two others',
      argv: ['call', '--head', 'http://svc.example/'],
      expected: `pergola: unknown option \`--head\`; did you mean \`--header\` or \`--help\`; see ${commandName()} call --help\n`,
    },
    {
      name: 'a port that is out of range',
      argv: ['up', '--port', '65536'],
      expected: `pergola: option \`--port <n>\` argument \`65536\` is invalid; give a number from 0 to 65535; see ${commandName()} up --help\n`,
    },
    {
      name: 'a number of workers that is none',
      argv: ['up', '--workers', '-1'],
      expected: `pergola: option \`--workers <n>\` argument \`-1\` is invalid; give a number from 0 to 256; see ${commandName()} up --help\n`,
    },
    {
      name: 'a region that is none',
      argv: ['up', '--region', 'Mars'],
      expected: `pergola: option \`--region <name>\` argument \`Mars\` is invalid; give the name of an AWS region, such as us-west-2; see ${commandName()} up --help\n`,
    },
    {
      name: 'exec without a VPC',
      argv: ['exec', '--', 'ls'],
      expected: `pergola: give --vpc, the id or Name tag of a VPC, or --instance\n`,
    },
    {
      name: 'exec without a command',
      argv: ['exec', '--vpc', 'shop'],
      expected: `pergola: missing required argument \`command\`; see ${commandName()} exec --help\n`,
    },
    {
      name: 'too many arguments',
      argv: ['status', 'now'],
      expected: `pergola: too many arguments for \`status\`; expected 0 arguments but got 1; see ${commandName()} status --help\n`,
    },
    {
      name: 'map without an address',
      argv: ['map', '--vpc', 'shop'],
      expected: 'pergola: which address? give ADDRESS[:PORT] HOST[:PORT], or --list\n',
    },
    {
      name: 'map without a host',
      argv: ['map', '--vpc', 'shop', '10.0.0.1'],
      expected: 'pergola: where is `10.0.0.1`? give HOST[:PORT] after it, such as 127.0.0.1:9001\n',
    },
    {
      name: 'map with both modes',
      argv: ['map', '--vpc', 'shop', '--list', '--remove'],
      expected: 'pergola: --list and --remove exclude each other; give one of them\n',
    },
    {
      name: 'call without a URL',
      argv: ['call', '-v'],
      expected: `pergola: missing required argument \`url\`; see ${commandName()} call --help\n`,
    },
    {
      name: 'call with a URL that is none',
      argv: ['call', 'http://'],
      expected: 'pergola: bad URL `http://`; give one such as http://SERVICE.on.aws/path\n',
    },
    {
      name: 'call with a body where the data folder belongs',
      argv: ['call', '--data', 'a=b', 'http://svc.example/'],
      expected:
        'pergola: there is no folder `a=b`, and --data names the data folder; for the body of the request give -d\n',
    },
    {
      name: 'call with a body that is no name of a file either',
      argv: ['call', '--data', 'a'.repeat(300), 'http://svc.example/'],
      expected: `pergola: there is no folder \`${'a'.repeat(300)}\`, and --data names the data folder; for the body of the request give -d\n`,
    },
    {
      name: 'sign-proxy without an address',
      argv: ['sign-proxy'],
      expected: `pergola: required option \`--listen <address>\` not specified; see ${commandName()} sign-proxy --help\n`,
    },
    {
      name: 'sign-proxy with a name in place of an address',
      argv: ['sign-proxy', '--listen', 'example.com:80'],
      expected:
        'pergola: bad address `example.com:80` for --listen; give PORT or ADDRESS:PORT, such as 127.0.0.1:9000\n',
    },
    {
      name: 'an unknown shell',
      argv: ['env', '--shell', 'tcsh'],
      expected:
        'pergola: no such shell `tcsh`; give one of sh, fish, powershell, json to --shell\n',
    },
    {
      name: 'an unknown example',
      argv: ['up', '--data', empty, '--example', 'nope'],
      expected: 'pergola: no example `nope`; there are: storefront\n',
    },
  ];
  test.each(cases)('$name', async ({ argv, expected }) => {
    expect(await collect(...argv)).toEqual({ code: 2, out: '', err: expected });
  });

  test('nothing at all shows the help', async () => {
    const { code, err } = await collect();
    expect(code).toBe(2);
    expect(err).toContain('Usage: pergola COMMAND');
  });
});

describe('help', () => {
  test.each(['up', 'env', 'exec', 'ca', 'call', 'sign-proxy', 'map', 'status', 'directory'])(
    'of %s has examples',
    async (name) => {
      const { code, out } = await collect(name, '--help');
      expect(code).toBe(0);
      expect(out.slice(out.indexOf('\nExamples:\n'))).toContain(`${commandName()} ${name}`);
    },
  );

  test('of call says what to give for curl’s --data', async () => {
    const { out } = await collect('call', '--help');
    expect(out.replaceAll(/\s+/g, ' ')).toContain("for curl's --data give -d");
  });

  test('lists every command', async () => {
    const { code, out, err } = await collect('--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const name of [
      'up',
      'env',
      'exec',
      'ca',
      'call',
      'sign-proxy',
      'map',
      'status',
      'directory',
      'account',
    ]) {
      expect(out).toContain(`\n  ${name} `);
    }
  });

  test('and the version go to standard output', async () => {
    expect(await collect('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  });
});

test.each([
  { argv: ['env'] },
  { argv: ['status'] },
  { argv: ['directory'] },
  { argv: ['account', 'list'] },
  { argv: ['map', '--vpc', 'shop', '--list'] },
  { argv: ['exec', '--vpc', 'shop', '--', 'true'] },
  { argv: ['call', 'http://svc.example/'] },
  { argv: ['sign-proxy', '--listen', '0'] },
])('$argv says that nothing runs on the data folder', async ({ argv }) => {
  const [first = '', ...rest] = argv;
  const at =
    first === 'account'
      ? [first, rest[0] ?? '', '--data', empty]
      : [first, '--data', empty, ...rest];
  const { code, out, err } = await collect(...at);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toBe(
    `pergola: no pergola runs on \`${empty}\`; start one with \`${commandName()} up --data ${empty}\`, or name its data folder with --data DIR or PERGOLA_DATA\n`,
  );
});

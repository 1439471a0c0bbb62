import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../src/cli/api-client.ts';
import { loadCredentials } from '../../src/cli/credentials.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { signedFetch } from '../support/signed-fetch.ts';
import {
  type Finished,
  PERGOLA,
  runProgram,
  startInstance,
  type TestInstance,
} from './instance.ts';

const CHARGES = 'http://payments.example/charges';

/** Files of a data folder that have to hold secrets, and are their owner's alone. */
const SECRET_FILES = /^(?:pergola\.sqlite(?:-wal|-shm)?|credentials|ca\/ca-key\.pem)$/;

let instance: TestInstance;
/** All that anybody was told, by what told it. */
const told = new Map<string, string>();

const pergola = async (...parameters: string[]): Promise<Finished> => {
  const finished = await runProgram(PERGOLA, parameters, { env: instance.env });
  told.set(`pergola ${parameters.join(' ')}`, `${finished.stdout}${finished.stderr}`);
  return finished;
};

beforeAll(async () => {
  instance = await startInstance('--workers', '2', '--example', 'storefront');
});
afterAll(async () => {
  await instance?.stop();
});

test('no secret is in a log, an error, an explanation or a file that is not for secrets', async () => {
  const credentials = loadCredentials(join(instance.dataDir, 'credentials'), 'default');
  const client = new ApiClient({ api: instance.api, region: 'us-west-2', credentials });
  await client.query('iam', 'CreateUser', { UserName: 'ada' });
  // The one answer that may tell the key, and that which may tell the session's.
  const key = await client.query('iam', 'CreateAccessKey', { UserName: 'ada' });
  const session = await client.query('sts', 'GetSessionToken');
  const { items: services } = await client.call<{ items: { id: string; arn: string }[] }>(
    'vpc-lattice',
    'GET',
    '/services',
  );
  for (const { id } of services) {
    await client.call('vpc-lattice', 'POST', '/accesslogsubscriptions', {
      body: {
        resourceIdentifier: id,
        destinationArn: 'arn:aws:logs:us-west-2:111122223333:log-group:requests:*',
      },
    });
  }

  // Requests that pass, that policies refuse, and whose signatures are wrong in several ways.
  await pergola('call', '-v', '-i', '--role', 'checkout', '-X', 'POST', CHARGES);
  await pergola('call', '-v', '--role', 'marketing', '-X', 'POST', CHARGES);
  const wrongSecret = {
    ...instance.env,
    AWS_ACCESS_KEY_ID: textOf('AccessKeyId', session),
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: textOf('SessionToken', session),
  };
  const refused = await runProgram(PERGOLA, ['call', '-v', '-i', CHARGES], { env: wrongSecret });
  told.set('a wrong secret', `${refused.stdout}${refused.stderr}`);
  expect(refused.stdout).toContain('HTTP/1.1 403');
  const id = /^x-amzn-requestid: (\S+)/m.exec(refused.stdout)?.[1] ?? '';
  for (const more of [[], ['--json']]) expect((await pergola('explain', id, ...more)).code).toBe(0);
  await pergola('simulate', '--as', 'role/marketing', '--vpc', 'shop', 'POST', CHARGES);

  // The API: answers, and calls with a wrong secret, a wrong region, a token of another key.
  for (const [action, parameters] of [
    ['ListAccessKeys', { UserName: 'ada' }],
    ['GetUser', { UserName: 'ada' }],
    ['ListUsers', {}],
  ] as const) {
    told.set(action, await client.query('iam', action, parameters));
  }
  for (const path of ['/status', '/portals', '/accounts']) {
    told.set(path, JSON.stringify(await client.call('pergola', 'GET', path)));
  }
  for (const change of [
    { credentials: { ...credentials, secretAccessKey: textOf('SecretAccessKey', key) } },
    { region: 'eu-west-1' },
    { credentials: { ...credentials, sessionToken: textOf('SessionToken', session) } },
    { query: { secret: credentials.secretAccessKey } },
  ]) {
    const call = { url: instance.api, service: 'vpc-lattice', path: '/services', credentials };
    const { status, text } = await signedFetch({ ...call, ...change });
    told.set(`an API call with another ${Object.keys(change).join()}: ${status}`, text);
  }
  await pergola('status');
  await pergola('ca');

  expect(await instance.terminate()).toBe(0);
  told.set('the log', instance.log());
  const secrets = [
    ...(await storedSecrets()),
    ...[key, session].map((answer) => textOf('SecretAccessKey', answer)),
    textOf('SessionToken', session),
    lineOf(await readFile(join(instance.dataDir, 'ca', 'ca-key.pem'), 'utf8')),
  ];
  expect(new Set(secrets).size).toBeGreaterThanOrEqual(6);
  const files = await filesOf(instance.dataDir);
  expect(files.filter((name) => name.startsWith('logs/'))).not.toHaveLength(0);
  for (const name of files) {
    const path = join(instance.dataDir, name);
    if (SECRET_FILES.test(name)) expect((await stat(path)).mode & 0o077, name).toBe(0);
    else told.set(`the file ${name}`, await readFile(path, 'latin1'));
  }
  const leaks = [...told].flatMap(([by, text]) =>
    secrets.filter((secret) => text.includes(secret)).map((secret) => `${by}: ${secret}`),
  );
  expect(leaks).toEqual([]);
});

const textOf = (element: string, xml: string): string => {
  const text = new RegExp(`<${element}>([^<]+)</${element}>`).exec(xml)?.[1];
  if (text === undefined) throw new Error(`no ${element}`);
  return text;
};

/** A line from the middle of a PEM file: long, and in no other. */
const lineOf = (pem: string): string => pem.split('\n')[1] ?? '';

const storedSecrets = async (): Promise<readonly string[]> => {
  const store = await openSqliteStore({ file: join(instance.dataDir, 'pergola.sqlite') });
  const secrets = await store.read(async (tx) => [
    ...(await tx.list('accessKey')).items.map(({ secretAccessKey }) => secretAccessKey),
    ...(await tx.list('sessionTokenKey')).items.map(({ secret }) => secret),
    ...(await tx.list('certificate')).items.map(({ privateKeyPem }) => lineOf(privateKeyPem)),
  ]);
  await store.close();
  return secrets;
};

const filesOf = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
};

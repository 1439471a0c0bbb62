import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Instance } from '../instance.ts';
import { chooseCredentials } from './choose-credentials.ts';

/** Stands for the API: makes sessions of an hour, and keeps what it was asked. */
let api: Server;
let asked: { readonly signedBy: string; readonly form: Record<string, string> }[];
let now: Date;
let folder: string;
let instance: Instance;

beforeEach(async () => {
  asked = [];
  now = new Date('2026-11-23T10:00:00Z');
  api = createServer(async (request, response) => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    const signedBy = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    asked.push({ signedBy, form });
    response.end(
      form['Action'] === 'GetCallerIdentity'
        ? '<R><Arn>arn:aws-cn:iam::123456789012:root</Arn><Account>123456789012</Account></R>'
        : `<R><AccessKeyId>ASIA${asked.length}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${new Date(now.getTime() + 3_600_000).toISOString()}</Expiration></R>`,
    );
  });
  api.listen(0, '127.0.0.1');
  await once(api, 'listening');
  folder = mkdtempSync(join(tmpdir(), 'pergola-identity-'));
  instance = {
    dataDir: folder,
    pid: 1,
    api: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
    region: 'us-west-2',
    namespacePrefix: undefined,
    credentialsFile: join(folder, 'credentials'),
    configFile: join(folder, 'config'),
  };
  writeFileSync(
    instance.credentialsFile,
    ['default', 'payments']
      .map((name) => `[${name}]\naws_access_key_id=AKIA-${name}\naws_secret_access_key=s\n`)
      .join(''),
  );
});
afterEach(() => {
  api.closeAllConnections();
  api.close();
  rmSync(folder, { recursive: true });
});

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIA-env', AWS_SECRET_ACCESS_KEY: 's' };

const choose = (options: { as?: string; role?: string }, env: NodeJS.ProcessEnv = {}) =>
  chooseCredentials(options, instance, { HOME: folder, ...env }, () => now);

describe('credentials are', () => {
  const cases = [
    {
      name: 'those of the profile `default` without a word',
      options: {},
      env: {},
      id: 'AKIA-default',
    },
    { name: 'those in the environment before it', options: {}, env: KEYS, id: 'AKIA-env' },
    {
      name: 'those of the profile in the environment',
      options: {},
      env: { AWS_PROFILE: 'payments' },
      id: 'AKIA-payments',
    },
    {
      name: 'those of the named profile before all others',
      options: { as: 'payments' },
      env: { ...KEYS, AWS_PROFILE: 'default' },
      id: 'AKIA-payments',
    },
  ];
  test.each(cases)('$name', async ({ options, env, id }) => {
    expect((await choose(options, env).current()).accessKeyId).toBe(id);
    expect(asked).toEqual([]);
  });

  test('those of a role by its ARN', async () => {
    const source = choose({ as: 'payments', role: 'arn:aws:iam::1:role/x' });
    expect(await source.current()).toMatchObject({ accessKeyId: 'ASIA1', sessionToken: 't' });
    expect(asked).toEqual([
      {
        signedBy: 'AKIA-payments',
        form: expect.objectContaining({
          Action: 'AssumeRole',
          RoleArn: 'arn:aws:iam::1:role/x',
          RoleSessionName: 'pergola',
        }),
      },
    ]);
  });

  test('those of a role of the caller’s account by its name', async () => {
    await choose({ role: 'team/x' }).current();
    expect(asked[1]?.form['RoleArn']).toBe('arn:aws-cn:iam::123456789012:role/team/x');
  });

  test('those of a profile that assumes a role, fetched anew before they end', async () => {
    writeFileSync(
      instance.configFile,
      '[profile x]\nrole_arn=arn:aws:iam::1:role/x\nsource_profile=payments\nrole_session_name=me',
    );
    const source = choose({ as: 'x' });
    await source.current();
    await source.current();
    now = new Date('2026-11-23T10:56:00Z');
    expect((await source.current()).accessKeyId).toBe('ASIA2');
    expect(asked.map(({ signedBy, form }) => [signedBy, form['RoleSessionName']])).toEqual([
      ['AKIA-payments', 'me'],
      ['AKIA-payments', 'me'],
    ]);
  });
});

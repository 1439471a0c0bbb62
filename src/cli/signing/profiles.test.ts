import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { environmentKeys, type ProfileFiles, planProfile, userProfileFiles } from './profiles.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pergola-profiles-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, credentials: string, config = ''): ProfileFiles => {
  const files = {
    credentialsFile: join(folder, `${name}-credentials`),
    configFile: join(folder, `${name}-config`),
  };
  writeFileSync(files.credentialsFile, credentials);
  writeFileSync(files.configFile, config);
  return files;
};

const keys = (id: string) => `aws_access_key_id = ${id}\naws_secret_access_key = secret-of-${id}\n`;
const keyPlan = (id: string) => ({
  kind: 'keys',
  credentials: { accessKeyId: id, secretAccessKey: `secret-of-${id}` },
});

describe('a profile', () => {
  test('of the instance comes before one of the person', () => {
    const places = [
      write('instance', `[default]\n${keys('AKIAOURS')}`),
      write('user', `[default]\n${keys('AKIATHEIRS')}[work]\n${keys('AKIAWORK')}`),
    ];
    expect(planProfile('default', places, {})).toEqual(keyPlan('AKIAOURS'));
    expect(planProfile('work', places, {})).toEqual(keyPlan('AKIAWORK'));
  });

  test('may have a session token', () => {
    const place = write('user', `[a]\n${keys('ASIA1')}aws_session_token = token==\n`);
    expect(planProfile('a', [place], {})).toMatchObject({
      credentials: { sessionToken: 'token==' },
    });
  });

  test('may have its keys in the config file', () => {
    const place = write('user', '', `[profile a]\n${keys('AKIA1')}`);
    expect(planProfile('a', [place], {})).toEqual(keyPlan('AKIA1'));
  });

  test('with a role is assumed with its source, over several places and steps', () => {
    const places = [
      write('instance', `[default]\n${keys('AKIAOURS')}`),
      write(
        'user',
        '',
        [
          '[profile one]',
          'role_arn = arn:aws:iam::123456789012:role/one',
          'source_profile = default',
          '[profile two]',
          'role_arn = arn:aws:iam::123456789012:role/two',
          'source_profile = one',
          'role_session_name = me',
          'duration_seconds = 900',
          'external_id = x',
        ].join('\n'),
      ),
    ];
    expect(planProfile('two', places, {})).toEqual({
      kind: 'role',
      role: {
        roleArn: 'arn:aws:iam::123456789012:role/two',
        sessionName: 'me',
        durationSeconds: '900',
        externalId: 'x',
      },
      source: {
        kind: 'role',
        role: { roleArn: 'arn:aws:iam::123456789012:role/one' },
        source: keyPlan('AKIAOURS'),
      },
    });
  });

  test('that names itself as its source is assumed with its own keys', () => {
    const place = write(
      'user',
      `[a]\n${keys('AKIA1')}`,
      '[profile a]\nrole_arn=R\nsource_profile=a',
    );
    expect(planProfile('a', [place], {})).toMatchObject({ kind: 'role', source: keyPlan('AKIA1') });
  });

  test('may be assumed with the keys in the environment', () => {
    const place = write('user', '', '[profile a]\nrole_arn=R\ncredential_source=Environment');
    const env = { AWS_ACCESS_KEY_ID: 'AKIA1', AWS_SECRET_ACCESS_KEY: 'secret-of-AKIA1' };
    expect(planProfile('a', [place], env)).toMatchObject({ source: keyPlan('AKIA1') });
  });

  const refusals = [
    {
      name: 'a name that nobody has',
      config: '[profile b]\nregion=x',
      expected: /^no profile `a` in .*; there are: `b`$/,
    },
    {
      name: 'a profile without keys',
      config: '[profile a]\nregion=x',
      expected: /^the profile `a` has no keys; /,
    },
    {
      name: 'a role without a source',
      config: '[profile a]\nrole_arn=R',
      expected: /nothing to assume it with/,
    },
    {
      name: 'profiles in a circle',
      config:
        '[profile a]\nrole_arn=R\nsource_profile=b\n[profile b]\nrole_arn=R\nsource_profile=a',
      expected: /^the profiles `a`, `b` lead to one another/,
    },
    {
      name: 'a profile that names itself and has no keys',
      config: '[profile a]\nrole_arn=R\nsource_profile=a',
      expected: /lead to one another/,
    },
    {
      name: 'a program that makes credentials',
      config: '[profile a]\ncredential_process=/bin/x',
      expected: /by credential_process, which is not supported/,
    },
    {
      name: 'a single sign-on',
      config: '[profile a]\nsso_session=x',
      expected: /by sso_session, which is not supported/,
    },
    {
      name: 'a role for a token',
      config: '[profile a]\nrole_arn=R\nweb_identity_token_file=x',
      expected: /by web_identity_token_file/,
    },
  ];
  test.each(refusals)('is refused: $name', ({ config, expected }) => {
    const place = write('user', '', config);
    expect(() => planProfile('a', [place], {})).toThrow(expected);
  });

  test('is refused without a word about secrets', () => {
    const place = write('user', '[a]\naws_secret_access_key = top-secret');
    const attempt = () => planProfile('a', [place], {});
    expect(attempt).toThrow('has no keys');
    expect(attempt).not.toThrow(/top-secret/);
  });

  test('is looked for in files that are not there', () => {
    const nowhere = { credentialsFile: join(folder, 'x'), configFile: join(folder, 'y') };
    expect(() => planProfile('a', [nowhere], {})).toThrow(/; there are: none$/);
  });

  test('is not looked for in what is no file', () => {
    const place = { credentialsFile: folder, configFile: join(folder, 'y') };
    expect(() => planProfile('a', [place], {})).toThrow(`cannot read \`${folder}\` (EISDIR)`);
  });
});

test('the files of the person are where AWS’s tools keep them', () => {
  expect(userProfileFiles({ HOME: '/home/ada' })).toEqual({
    credentialsFile: '/home/ada/.aws/credentials',
    configFile: '/home/ada/.aws/config',
  });
  expect(
    userProfileFiles({ AWS_SHARED_CREDENTIALS_FILE: '/a', AWS_CONFIG_FILE: '/b', HOME: '/c' }),
  ).toEqual({ credentialsFile: '/a', configFile: '/b' });
});

test('keys in the environment count when both parts are there', () => {
  expect(environmentKeys({ AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: '' })).toBeUndefined();
  expect(
    environmentKeys({
      AWS_ACCESS_KEY_ID: 'A',
      AWS_SECRET_ACCESS_KEY: 'B',
      AWS_SESSION_TOKEN: 'C',
    }),
  ).toEqual({ accessKeyId: 'A', secretAccessKey: 'B', sessionToken: 'C' });
});

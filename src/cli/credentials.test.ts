import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandName } from './command-name.ts';
import { loadCredentials, parseIni } from './credentials.ts';

describe('the credentials file', () => {
  let folder: string;
  let file: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pergola-cli-'));
    file = join(folder, 'credentials');
    writeFileSync(
      file,
      [
        '# written by pergola',
        '[default]',
        'aws_access_key_id = AKIAEXAMPLE',
        'aws_secret_access_key=abc=/+',
        '',
        '[half]',
        'aws_access_key_id = AKIAHALF',
        '[temporary]',
        'aws_access_key_id = ASIA',
        'aws_secret_access_key = secret',
        'aws_session_token = token',
      ].join('\r\n'),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('gives the keys of a profile; a secret may hold any character', () => {
    expect(loadCredentials(file, 'default')).toEqual({
      accessKeyId: 'AKIAEXAMPLE',
      secretAccessKey: 'abc=/+',
    });
    expect(loadCredentials(file, 'temporary').sessionToken).toBe('token');
  });

  test('says which profiles there are, and no secret, when one is missing', () => {
    expect(() => loadCredentials(file, 'payments')).toThrow(
      `no account \`payments\` in ${file}; there are: \`default\`, \`half\`, \`temporary\` (create one with: ${commandName()} account create --data ${folder} payments)`,
    );
    expect(() => loadCredentials(file, 'half')).toThrow('no account `half`');
  });

  test('says that it cannot be read', () => {
    expect(() => loadCredentials(join(folder, 'nowhere'), 'default')).toThrow(/\(ENOENT\)$/);
  });
});

test('keys before the first section and broken lines are passed over', () => {
  expect(parseIni('a = 1\n[x]\nnonsense\n= 2\nB = 3 = 4')).toEqual(
    new Map([['x', new Map([['b', '3 = 4']])]]),
  );
});

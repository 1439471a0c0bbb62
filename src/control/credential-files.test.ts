import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { type Logger, silentLogger } from '../telemetry/logger.ts';
import { createAccount, ensureFirstAccount } from './accounts.ts';
import { type CredentialFiles, keepCredentialFiles } from './credential-files.ts';

const NOW = new Date('2026-04-01T12:34:56Z');

let store: Store;
let directory: string;
let files: CredentialFiles | undefined;
beforeEach(async () => {
  store = await openSqliteStore({ memory: true });
  directory = mkdtempSync(join(tmpdir(), 'pergola-credentials-'));
  await ensureFirstAccount(store, NOW);
});
afterEach(async () => {
  files?.close();
  files = undefined;
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

const keep = async (logger: Logger = silentLogger): Promise<CredentialFiles> => {
  files = await keepCredentialFiles({
    store,
    directory,
    region: 'us-west-2',
    endpointUrl: 'http://127.0.0.1:7171',
    logger,
  });
  return files;
};

const addShop = () => store.write((tx) => createAccount(tx, 'shop', NOW));

test('there is a profile for each account, for nobody else to read', async () => {
  const { credentialsFile, configFile } = await keep();
  await addShop();
  const keys = (await store.read((tx) => tx.list('accessKey'))).items;
  expect(readFileSync(credentialsFile, 'utf8').split('\n').slice(1)).toEqual([
    '',
    '[default]',
    `aws_access_key_id = ${keys[0]?.id}`,
    `aws_secret_access_key = ${keys[0]?.secretAccessKey}`,
    '',
    '[shop]',
    `aws_access_key_id = ${keys[1]?.id}`,
    `aws_secret_access_key = ${keys[1]?.secretAccessKey}`,
    '',
  ]);
  expect(readFileSync(configFile, 'utf8').split('\n').slice(1)).toEqual([
    '',
    '[default]',
    'region = us-west-2',
    'output = json',
    'endpoint_url = http://127.0.0.1:7171',
    '',
    '[profile shop]',
    'region = us-west-2',
    'output = json',
    'endpoint_url = http://127.0.0.1:7171',
    '',
  ]);
  expect(statSync(credentialsFile).mode & 0o777).toBe(0o600);
  expect(statSync(configFile).mode & 0o777).toBe(0o600);
});

test('a new account is in the file before the write that made it resolves', async () => {
  const { credentialsFile } = await keep();
  await addShop();
  expect(readFileSync(credentialsFile, 'utf8')).toContain('[shop]');
});

test('files that are gone are written again at the next start', async () => {
  const { credentialsFile, close } = await keep();
  const text = readFileSync(credentialsFile, 'utf8');
  close();
  rmSync(credentialsFile);
  await keep();
  expect(readFileSync(credentialsFile, 'utf8')).toBe(text);
});

test('a folder that went away is logged, and the account is there all the same', async () => {
  const errors: string[] = [];
  await keep({ ...silentLogger, error: (message) => void errors.push(message) });
  rmSync(directory, { recursive: true });
  await addShop();
  expect(errors).toEqual(['could not write the credential files']);
  expect(await store.read((tx) => tx.count('account'))).toBe(2);
});

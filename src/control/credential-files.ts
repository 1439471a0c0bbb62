import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessKey, Account } from '../lattice/account.ts';
import type { ChangeSet } from '../lattice/documents.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../telemetry/logger.ts';

export interface CredentialFilesOptions {
  readonly store: Store;
  /** Folder that exists; the files in it are `credentials` and `config`. */
  readonly directory: string;
  readonly region: string;
  /** Address of the API; with it in the profile, AWS tools need no other setting. */
  readonly endpointUrl?: string;
  readonly logger: Logger;
}

export interface CredentialFiles {
  readonly credentialsFile: string;
  readonly configFile: string;
  /** Stops following the store. The files stay. */
  close(): void;
}

/**
 * Keeps `<directory>/credentials` and `<directory>/config` in step with the accounts of the store:
 * one profile an account, named like it, in the formats that AWS's tools read. Mode 0600, replaced
 * as a whole. A new account is in the files before the call that made it is answered.
 *
 * @throws Error of `node:fs` when the files cannot be written at the start; later failures are logged
 */
export const keepCredentialFiles = async (
  options: CredentialFilesOptions,
): Promise<CredentialFiles> => {
  const { store, directory, logger } = options;
  const credentialsFile = join(directory, 'credentials');
  const configFile = join(directory, 'config');
  const accounts = new Map<string, Account>();
  const keys = new Map<string, AccessKey>();

  const write = (): void => {
    const profiles = [...accounts.values()].flatMap((account) => {
      const key = [...keys.values()].find(
        (k) => k.accountId === account.id && k.userId === undefined && k.active,
      );
      return key ? [{ name: account.name, key }] : [];
    });
    replaceFile(credentialsFile, credentialsText(profiles));
    replaceFile(configFile, configText(profiles, options));
  };

  const follow = ({ changes }: ChangeSet): void => {
    let isConcerned = false;
    for (const change of changes) {
      if (change.kind !== 'account' && change.kind !== 'accessKey') continue;
      isConcerned = true;
      if (change.kind === 'account') setOrDelete(accounts, change.id, change.after);
      else setOrDelete(keys, change.id, change.after);
    }
    if (!isConcerned) return;
    try {
      write();
    } catch (error) {
      logger.error('could not write the credential files', { directory, error });
    }
  };

  const stop = store.subscribe(follow);
  await store.read(async (tx) => {
    for (const account of (await tx.list('account')).items) accounts.set(account.id, account);
    for (const key of (await tx.list('accessKey')).items) keys.set(key.id, key);
  });
  write();
  return { credentialsFile, configFile, close: stop };
};

interface Profile {
  readonly name: string;
  readonly key: AccessKey;
}

const NOTE = '# Written by Pergola, and written again whenever accounts change.\n';

const credentialsText = (profiles: readonly Profile[]): string =>
  NOTE +
  profiles
    .map(
      ({ name, key }) =>
        `\n[${name}]\naws_access_key_id = ${key.id}\naws_secret_access_key = ${key.secretAccessKey}\n`,
    )
    .join('');

const configText = (
  profiles: readonly Profile[],
  { region, endpointUrl }: CredentialFilesOptions,
): string =>
  NOTE +
  profiles
    .map(
      ({ name }) =>
        `\n[${name === 'default' ? name : `profile ${name}`}]\nregion = ${region}\noutput = json\n` +
        (endpointUrl === undefined ? '' : `endpoint_url = ${endpointUrl}\n`),
    )
    .join('');

/** Readers see the old file or the new one, never a part. */
const replaceFile = (file: string, text: string): void => {
  const temporary = `${file}.${process.pid}.tmp`;
  rmSync(temporary, { force: true });
  writeFileSync(temporary, text, { mode: 0o600, flag: 'wx', flush: true });
  renameSync(temporary, file);
};

const setOrDelete = <T>(map: Map<string, T>, id: string, value: T | undefined): void => {
  if (value === undefined) map.delete(id);
  else map.set(id, value);
};

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { authorityFile, trustEnvironment, trustedCertificates } from './trust.ts';

const AUTHORITY = '-----BEGIN CERTIFICATE-----\nours\n-----END CERTIFICATE-----\n';

const openFolder = (authority: string | undefined = AUTHORITY) => {
  const dir = mkdtempSync(join(tmpdir(), 'pergola-trust-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, 'ca'));
  writeFileSync(authorityFile(dir), authority);
  const other = (name: string, text: string) => {
    const file = join(dir, name);
    writeFileSync(file, text);
    return file;
  };
  return { dir, other };
};

describe('what a program trusts', () => {
  test('is the authority beside what the system trusts', () => {
    const { dir } = openFolder();
    const environment = trustEnvironment(dir, {});
    const { NODE_EXTRA_CA_CERTS: extra, ...replacing } = environment;
    expect(extra).toBe(authorityFile(dir));
    expect(Object.keys(replacing).sort()).toEqual([
      'CURL_CA_BUNDLE',
      'GRPC_DEFAULT_SSL_ROOTS_FILE_PATH',
      'REQUESTS_CA_BUNDLE',
      'SSL_CERT_FILE',
    ]);
    const [file = '', ...more] = new Set(Object.values(replacing));
    expect(more).toEqual([]);
    const text = readFileSync(file, 'utf8');
    expect(text.endsWith(`\n${AUTHORITY}`)).toBe(true);
    expect(text.match(/BEGIN CERTIFICATE/g)?.length).toBeGreaterThan(20);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('is the authority beside what each variable named', () => {
    const { dir, other } = openFolder();
    const [company, local] = [other('company.pem', 'company'), other('local.pem', 'local')];
    const environment = trustEnvironment(dir, {
      SSL_CERT_FILE: company,
      CURL_CA_BUNDLE: company,
      NODE_EXTRA_CA_CERTS: local,
      REQUESTS_CA_BUNDLE: join(dir, 'gone.pem'),
    });
    const textOf = (name: string) => readFileSync(environment[name] ?? '', 'utf8');
    expect(textOf('SSL_CERT_FILE')).toBe(`company\n${AUTHORITY}`);
    expect(environment['CURL_CA_BUNDLE']).toBe(environment['SSL_CERT_FILE']);
    expect(textOf('NODE_EXTRA_CA_CERTS')).toBe(`local\n${AUTHORITY}`);
    expect(textOf('REQUESTS_CA_BUNDLE')).toMatch(/BEGIN CERTIFICATE[\s\S]*ours/);
    expect(readFileSync(company, 'utf8')).toBe('company');
  });

  test('stays the same in a shell within a shell', () => {
    const { dir } = openFolder();
    const once = trustEnvironment(dir, {});
    const before = readdirSync(join(dir, 'ca'));
    expect(trustEnvironment(dir, once)).toEqual(once);
    expect(readdirSync(join(dir, 'ca'))).toEqual(before);
  });

  test('follows what the files hold', () => {
    const { dir, other } = openFolder();
    const env = { SSL_CERT_FILE: other('company.pem', 'old') };
    const file = trustEnvironment(dir, env)['SSL_CERT_FILE'] ?? '';
    other('company.pem', 'new');
    writeFileSync(authorityFile(dir), 'another authority\n');
    expect(trustEnvironment(dir, env)['SSL_CERT_FILE']).toBe(file);
    expect(readFileSync(file, 'utf8')).toBe('new\nanother authority\n');
  });

  test('is nothing new without an authority', () => {
    const { dir } = openFolder();
    rmSync(authorityFile(dir));
    expect(trustEnvironment(dir, {})).toEqual({});
  });

  test('cannot be told when the folder cannot be written', () => {
    const { dir } = openFolder();
    const { SSL_CERT_FILE: file = '' } = trustEnvironment(dir, {});
    rmSync(file);
    mkdirSync(file);
    expect(() => trustEnvironment(dir, {})).toThrow(/^cannot write `.*trust-.*\.pem`, by which/);
  });
});

describe('what our own client trusts', () => {
  test('is the authority beside what the system trusts', () => {
    const text = trustedCertificates(openFolder().dir, {});
    expect(text.endsWith(`\n${AUTHORITY}`)).toBe(true);
    expect(text.match(/BEGIN CERTIFICATE/g)?.length).toBeGreaterThan(20);
  });

  test('is the authority beside what SSL_CERT_FILE names', () => {
    const { dir, other } = openFolder();
    const env = { SSL_CERT_FILE: other('company.pem', 'company') };
    expect(trustedCertificates(dir, env)).toBe(`company\n${AUTHORITY}`);
  });

  test('is what was trusted before when there is no authority', () => {
    const { dir, other } = openFolder();
    rmSync(authorityFile(dir));
    const env = { SSL_CERT_FILE: other('company.pem', 'company') };
    expect(trustedCertificates(dir, env)).toBe('company\n');
  });
});

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
import { openAuthority } from './authority-files.ts';

const NOW = new Date('2026-11-23T12:00:00Z');

const newDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'pergola-ca-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return join(dir, 'ca');
};
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('the files of the authority', () => {
  test('are made, for their owner only', async () => {
    const dir = newDir();
    const authority = await openAuthority(dir, NOW);
    expect(readdirSync(dir).sort()).toEqual(['ca-key.pem', 'ca.pem']);
    expect([modeOf(dir), modeOf(join(dir, 'ca-key.pem'))]).toEqual([0o700, 0o600]);
    expect(readFileSync(join(dir, 'ca.pem'), 'utf8')).toBe(authority.certificatePem);
  });

  test('give the same authority at the next start', async () => {
    const dir = newDir();
    const { certificatePem, keyId } = await openAuthority(dir, NOW);
    const again = await openAuthority(dir, new Date('2030-01-01'));
    expect({ certificatePem: again.certificatePem, keyId: again.keyId }).toEqual({
      certificatePem,
      keyId,
    });
  });

  test('have a certificate that is lost made anew for the key', async () => {
    const dir = newDir();
    const { certificatePem, keyId } = await openAuthority(dir, NOW);
    rmSync(join(dir, 'ca.pem'));
    const again = await openAuthority(dir, NOW);
    expect(again.keyId).toBe(keyId);
    expect(again.certificatePem).not.toBe(certificatePem);
  });

  const cases: { name: string; spoil: (dir: string, other: string) => void; says: RegExp }[] = [
    {
      name: 'the key is missing',
      spoil: (dir) => rmSync(join(dir, 'ca-key.pem')),
      says: /^`.*ca-key\.pem` is missing: put it back, or/,
    },
    {
      name: 'the key is no PEM',
      spoil: (dir) => writeFileSync(join(dir, 'ca-key.pem'), 'MIGHAgEAMBMG'),
      says: /^`.*ca-key\.pem` is damaged/,
    },
    {
      name: 'the certificate is no PEM',
      spoil: (dir) => writeFileSync(join(dir, 'ca.pem'), '-----BEGIN CERTIFICATE-----\nx'),
      says: /^`.*ca\.pem` is damaged/,
    },
    {
      name: 'the key is another one',
      spoil: (dir, other) =>
        writeFileSync(join(dir, 'ca-key.pem'), readFileSync(join(other, 'ca-key.pem'))),
      says: /^`.*ca-key\.pem` is not the key of `.*ca\.pem`/,
    },
    {
      name: 'the certificate is a folder',
      spoil: (dir) => {
        rmSync(join(dir, 'ca.pem'));
        mkdirSync(join(dir, 'ca.pem'));
      },
      says: /^cannot read `.*ca\.pem`: EISDIR/,
    },
  ];
  test.each(cases)('are refused when $name, and stay as they are', async ({ spoil, says }) => {
    const [dir, other] = [newDir(), newDir()];
    await openAuthority(dir, NOW);
    await openAuthority(other, NOW);
    spoil(dir, other);
    const before = readdirSync(dir);
    const error = await openAuthority(dir, NOW).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'AUTHORITY_FILES', message: expect.stringMatching(says) });
    expect((error as Error).message).not.toContain('MIGH');
    expect(readdirSync(dir)).toEqual(before);
  });

  test('are refused once the certificate has ended', async () => {
    const dir = newDir();
    await openAuthority(dir, NOW);
    await expect(openAuthority(dir, new Date('2037-01-01'))).rejects.toThrow(
      /ca\.pem` has ended \(2036-11-20T12:00:00\.000Z\): remove it/,
    );
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { openAuthority } from '../../certificates/authority-files.ts';
import { runCa } from './ca.ts';

let data: string;
let certificate: string;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'pergola-cli-'));
  onTestFinished(() => rmSync(data, { recursive: true }));
  certificate = (await openAuthority(join(data, 'ca'), new Date('2026-11-23'))).certificatePem;
});

const shown = (options: { path?: boolean; json?: boolean }): string => {
  let text = '';
  runCa(
    { data, ...options },
    {
      write: (part: string) => {
        text += part;
      },
    },
  );
  return text;
};

test('ca prints the certificate, or where it is', () => {
  expect(shown({})).toBe(certificate);
  expect(shown({ path: true })).toBe(`${join(data, 'ca', 'ca.pem')}\n`);
  expect(JSON.parse(shown({ json: true }))).toEqual({
    path: join(data, 'ca', 'ca.pem'),
    subject: expect.stringMatching(/^O=Pergola,CN=Pergola local CA [0-9a-f]{8}$/),
    fingerprint256: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    notAfter: '2036-11-20T00:00:00.000Z',
    certificate,
  });
});

test('ca says what to do where there is no authority, or a damaged one', () => {
  writeFileSync(join(data, 'ca', 'ca.pem'), 'x');
  expect(() => shown({ json: true })).toThrow(/ca\.pem` is damaged; stop pergola/);
  rmSync(join(data, 'ca', 'ca.pem'));
  expect(() => shown({})).toThrow(/^there is no certificate authority in `.*` yet; it is made by/);
});

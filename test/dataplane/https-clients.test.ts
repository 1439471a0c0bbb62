import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DataPlane, secureShop } from './data-plane.ts';
import { type HttpTarget, httpTarget } from './targets.ts';

/** Clients that others wrote, as they come with the system. */
const run = promisify(execFile);
const CA = fileURLToPath(
  new URL('../../src/dataplane/tls/testdata/shop.cert.pem', import.meta.url),
);

const isThere = (program: string): boolean => {
  const found = spawnSync(program, ['version']).error === undefined;
  if (!found) console.warn(`\`${program}\` is not on PATH: tests with it are left out`);
  return found;
};

let target: HttpTarget;
let plane: DataPlane;

beforeAll(async () => {
  target = await httpTarget();
  plane = await DataPlane.start({ parts: secureShop({ targets: [target.port] }) });
});

afterAll(async () => {
  await plane.stop();
  await target.close();
});

describe.skipIf(!isThere('curl'))('curl', () => {
  const curl = async (...options: string[]): Promise<string> =>
    (await run('curl', ['-sS', '--max-time', '20', '--cacert', CA, ...options])).stdout;

  test.each([
    { name: 'straight to the portal', way: () => ['--connect-to', `::127.0.0.1:${plane.port}`] },
    { name: 'through the portal', way: () => ['--proxy', `http://127.0.0.1:${plane.port}`] },
  ])('gets an answer $name, and believes the certificate', async ({ way }) => {
    const options = [...way(), '--write-out', ' %{http_version} %{ssl_verify_result}'];
    expect(await curl(...options, 'https://shop.example/a')).toBe('GET /a 2 0');
    expect(await curl(...options, '--tls-max', '1.2', 'https://shop.example/b')).toBe('GET /b 2 0');
    expect(await curl(...options, '--http1.1', 'https://shop.example/c')).toBe('GET /c 1.1 0');
  });

  test('uses one connection for several requests', async () => {
    const urls = ['1', '2', '3'].map((path) => `https://shop.example/${path}`);
    const way = ['--connect-to', `::127.0.0.1:${plane.port}`];
    expect(await curl(...way, '--write-out', ' %{num_connects}\n', ...urls)).toBe(
      'GET /1 1\nGET /2 0\nGET /3 0\n',
    );
  });

  test('is told that a name is unknown', async () => {
    const way = ['--connect-to', `::127.0.0.1:${plane.port}`];
    await expect(curl(...way, 'https://nobody.example/')).rejects.toThrow(/unrecognized name/);
  });
});

describe.skipIf(!isThere('openssl'))('openssl s_client', () => {
  const connect = async (...options: string[]): Promise<string> => {
    const client = run('openssl', [
      ...['s_client', '-connect', `127.0.0.1:${plane.port}`, '-CAfile', CA],
      ...options,
    ]);
    client.child.stdin?.end('GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n');
    const { stdout, stderr } = await client.catch(
      (error: { stdout: string; stderr: string }) => error,
    );
    return stdout + stderr;
  };
  const NAME = ['-servername', 'shop.example'];

  test('gets the certificate and its key exchange', async () => {
    const text = await connect(...NAME, '-ign_eof');
    expect(text).toContain('Verification: OK');
    expect(text).toContain('TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256');
    expect(text).toContain('HTTP/1.1 200 OK');
  });

  test.each([
    {
      name: 'a name of nobody',
      options: ['-servername', 'nobody.example'],
      alert: /unrecognized name/,
    },
    { name: 'no name', options: ['-noservername'], alert: /unrecognized name/ },
    {
      name: 'TLS 1.1',
      options: [...NAME, '-tls1_1', '-cipher', 'ALL:@SECLEVEL=0'],
      alert: /alert protocol version/,
    },
  ])('is refused with $name', async ({ options, alert }) => {
    expect(await connect(...options)).toMatch(alert);
  });
});

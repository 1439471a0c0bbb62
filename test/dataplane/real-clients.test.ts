import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aListener, aRule, aTargetGroup } from '../../src/dataplane/sample-parts.ts';
import { DataPlane, secureShop, targetAt } from './data-plane.ts';
import { type Http2Target, http2Target } from './http2-peers.ts';
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

const BODY = 'twelve bytes'.repeat(100_000);

let target: HttpTarget;
let target2: Http2Target;
let plane: DataPlane;
let folder: string;
let bodyFile: string;

/** `shop.example` on ports 443 and 80: what begins with /two goes to a target of HTTP/2, all else to one of HTTP/1.1. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pergola-clients-'));
  bodyFile = join(folder, 'body');
  writeFileSync(bodyFile, BODY);
  target = await httpTarget(({ method, url, body }, response) =>
    response.end(body || `${method} ${url}`),
  );
  target2 = await http2Target((stream, headers) => {
    stream.respond({ ':status': 200 });
    if (headers[':method'] === 'POST') stream.pipe(stream);
    else stream.end(`${headers[':method']} ${headers[':path']}`);
  });
  const forwardTo = (targetGroupId: string) =>
    ({ type: 'forward', targetGroups: [{ targetGroupId, weight: 100 }] }) as const;
  const routes = {
    defaultAction: forwardTo('tg-1'),
    rules: [
      aRule({
        match: { headers: [], path: { type: 'prefix', value: '/two', caseSensitive: true } },
        action: forwardTo('tg-2'),
      }),
    ],
  };
  const listeners = [
    aListener({ id: 'listener-1', protocol: 'HTTPS', port: 443, ...routes }),
    aListener({ id: 'listener-2', protocol: 'HTTP', port: 80, ...routes }),
  ];
  plane = await DataPlane.start({
    parts: [
      ...secureShop({ targets: [target.port], service: { listeners } }),
      aTargetGroup({ id: 'tg-2', protocolVersion: 'HTTP2', targets: [targetAt(target2.port)] }),
    ],
  });
});

afterAll(async () => {
  await plane.stop();
  await target.close();
  await target2.close();
  rmSync(folder, { recursive: true });
});

describe.skipIf(!isThere('curl'))('curl', () => {
  const curl = async (...options: string[]): Promise<string> => {
    const always = ['-sS', '--max-time', '20', '--noproxy', '', '--cacert', CA];
    return (await run('curl', [...always, ...options], { maxBuffer: 16 << 20 })).stdout;
  };
  const straight = () => ['--connect-to', `::127.0.0.1:${plane.port}`];

  const WAYS = [
    { name: 'straight to the portal', way: straight },
    { name: 'through the portal', way: () => ['--proxy', `http://127.0.0.1:${plane.port}`, '-p'] },
  ];
  test.each([
    { option: '--http1.1', url: 'http://shop.example/a', expected: 'GET /a 1.1' },
    // Upgrade: h2c is passed over, as RFC 9110 §7.8 lets servers do.
    { option: '--http2', url: 'http://shop.example/b', expected: 'GET /b 1.1' },
    { option: '--http2-prior-knowledge', url: 'http://shop.example/c', expected: 'GET /c 2' },
    { option: '--http2-prior-knowledge', url: 'http://shop.example/two', expected: 'GET /two 2' },
    { option: '--http1.1', url: 'https://shop.example/d', expected: 'GET /d 1.1' },
    { option: '--http2', url: 'https://shop.example/e', expected: 'GET /e 2' },
    { option: '--http2', url: 'https://shop.example/two', expected: 'GET /two 2' },
    { option: '--tls-max=1.2', url: 'https://shop.example/f', expected: 'GET /f 2' },
  ])('$option $url, straight and through the portal', async ({ option, url, expected }) => {
    for (const { name, way } of WAYS) {
      const parameters = [...way(), ...option.split('=')];
      const text = await curl(...parameters, '-w', ' %{http_version} %{ssl_verify_result}', url);
      expect(text, name).toBe(`${expected} 0`);
    }
  });

  test.each([
    { option: '--http1.1', url: 'http://shop.example/' },
    { option: '--http1.1', url: 'https://shop.example/' },
    { option: '--http2-prior-knowledge', url: 'http://shop.example/' },
    { option: '--http2-prior-knowledge', url: 'http://shop.example/two' },
    { option: '--http2', url: 'https://shop.example/' },
    { option: '--http2', url: 'https://shop.example/two' },
  ])('$option $url gets back the megabyte that it sent', async ({ option, url }) => {
    const text = await curl(...straight(), option, '--data-binary', `@${bodyFile}`, url);
    expect(text === BODY).toBe(true);
  });

  test.each(['--http1.1', '--http2'])('%s: one connection for several requests', async (option) => {
    const urls = ['1', '2', '3'].map((path) => `https://shop.example/${path}`);
    expect(await curl(...straight(), option, '-w', ' %{num_connects}\n', ...urls)).toBe(
      'GET /1 1\nGET /2 0\nGET /3 0\n',
    );
  });

  test('is told that a name is unknown', async () => {
    await expect(curl(...straight(), 'https://nobody.example/')).rejects.toThrow(
      /unrecognized name/,
    );
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
    { offered: 'h2', agreed: 'ALPN protocol: h2' },
    { offered: 'http/1.1,h2', agreed: 'ALPN protocol: h2' },
    { offered: 'http/1.1', agreed: 'ALPN protocol: http/1.1' },
    { offered: 'spdy/3', agreed: 'No ALPN negotiated' },
  ])('offers $offered: $agreed', async ({ offered, agreed }) => {
    expect(await connect(...NAME, '-alpn', offered)).toContain(agreed);
  });

  test.each(['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'])(
    'gets an answer by %s when it offers nothing else',
    async (cipher) => {
      const text = await connect(...NAME, '-ciphersuites', cipher, '-tls1_3', '-ign_eof');
      expect(text).toContain(`Cipher is ${cipher}\n`);
      expect(text).toContain('HTTP/1.1 200 OK');
    },
  );

  test.each(['-tls1_2', '-tls1_3'])('resumes its session with %s', async (version) => {
    const session = join(folder, `session${version}`);
    const first = await connect(...NAME, version, '-ign_eof', '-sess_out', session);
    expect(first).toContain('New, TLSv1.');
    const second = await connect(...NAME, version, '-ign_eof', '-sess_in', session);
    expect(second).toContain('Reused, TLSv1.');
    expect(second).toContain('HTTP/1.1 200 OK');
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
    {
      name: 'a cipher that is not offered',
      options: [...NAME, '-tls1_2', '-cipher', 'ECDHE-RSA-CHACHA20-POLY1305'],
      alert: /handshake failure/,
    },
  ])('is refused with $name', async ({ options, alert }) => {
    expect(await connect(...options)).toMatch(alert);
  });
});

describe.skipIf(!isThere('h2load'))('h2load', () => {
  /** 1,000 requests over 4 connections with 25 streams each. */
  const h2load = async (url: string, ...options: string[]): Promise<string> => {
    const way = ['--connect-to', `127.0.0.1:${plane.port}`];
    const size = ['-n', '1000', '-c', '4', '-m', '25', '--connection-inactivity-timeout', '20'];
    return (await run('h2load', [...size, ...way, ...options, url])).stdout;
  };
  const ALL = 'requests: 1000 total, 1000 started, 1000 done, 1000 succeeded, 0 failed';

  test.each([
    { url: 'http://shop.example/', options: [], protocol: 'h2c' },
    { url: 'http://shop.example/two', options: [], protocol: 'h2c' },
    { url: 'http://shop.example/', options: ['--h1', '-m', '1'], protocol: 'http/1.1' },
    { url: 'https://shop.example/', options: [], protocol: 'h2' },
    { url: 'https://shop.example/two', options: [], protocol: 'h2' },
    { url: 'https://shop.example/', options: ['--h1', '-m', '1'], protocol: 'http/1.1' },
  ])('$url by $protocol: every request is answered', async ({ url, options, protocol }) => {
    const text = await h2load(url, ...options);
    expect(text).toContain(`Application protocol: ${protocol}\n`);
    expect(text).toContain(ALL);
    expect(text).toContain('status codes: 1000 2xx, 0 3xx, 0 4xx, 0 5xx');
  });

  test.each([
    'http://shop.example/',
    'http://shop.example/two',
    'https://shop.example/',
    'https://shop.example/two',
  ])('%s with bodies of 20 kB each', async (url) => {
    const body = join(folder, 'small');
    writeFileSync(body, BODY.slice(0, 20_000));
    const text = await h2load(url, '-d', body);
    expect(text).toContain(ALL);
    expect(text).toMatch(/\(20000000\) data/);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findOrCreate } from '../../examples/storefront/lattice.ts';
import { loadCredentials } from '../../src/cli/credentials.ts';
import { signedFetch } from '../support/signed-fetch.ts';
import { type EchoNetwork, startEchoNetwork } from './echo-network.ts';
import { isOnPath, PERGOLA, runProgram, startInstance, type TestInstance } from './instance.ts';

const hasCurl = await isOnPath('curl', '--version');
if (!hasCurl) console.warn('skipped: curl is not on PATH');

const SIZE = 24 << 20;

/**
 * An instance with a service for signed requests over HTTPS, by its generated name and by one of its
 * own with a certificate of ACM, and one whose own name has no certificate.
 */
let instance: TestInstance;
let network: EchoNetwork;
let folder: string;
let generatedName: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pergola-https-'));
  instance = await startInstance();
  network = await startEchoNetwork(instance);
  const { client } = network;
  const echo = await findOrCreate(client, '/services', {
    name: 'echo',
    authType: 'AWS_IAM',
    customDomainName: 'echo.example',
    certificateArn: await requestCertificate('echo.example'),
  });
  await network.allowEcho(echo);
  await network.serve(echo, network.forward, [
    { protocol: 'HTTPS', port: 443 },
    { protocol: 'HTTPS', port: 8443 },
  ]);
  const bare = await findOrCreate(client, '/services', {
    name: 'bare',
    customDomainName: 'bare.example',
  });
  await network.serve(bare, { fixedResponse: { statusCode: 404 } }, [
    { protocol: 'HTTPS', port: 443 },
    { protocol: 'HTTP', port: 80 },
  ]);
  const { dnsEntry } = await client.call<{ dnsEntry: { domainName: string } }>(
    'vpc-lattice',
    'GET',
    `/services/${echo.id}`,
  );
  generatedName = dnsEntry.domainName;
});

afterAll(async () => {
  network?.stop();
  expect(await instance?.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

const requestCertificate = async (domainName: string): Promise<string> => {
  const answer = await signedFetch({
    url: instance.api,
    credentials: loadCredentials(join(instance.dataDir, 'credentials'), 'default'),
    service: 'acm',
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'CertificateManager.RequestCertificate',
    },
    body: JSON.stringify({ DomainName: domainName, ValidationMethod: 'DNS' }),
  });
  expect(answer).toMatchObject({ status: 200 });
  return (JSON.parse(answer.text) as { CertificateArn: string }).CertificateArn;
};

/** Without the variables by which its own client would trust the authority anyhow. */
const pergola = (...parameters: string[]) => {
  const { SSL_CERT_FILE: _, NODE_EXTRA_CA_CERTS: __, ...env } = instance.env;
  return runProgram(PERGOLA, parameters, { env });
};

describe('pergola call', () => {
  test('reaches a service by its generated name, and shows its certificate', async () => {
    const called = await pergola('call', '-v', '-d', 'hi', `https://${generatedName}/echo`);
    expect(called).toMatchObject({ code: 0, stdout: 'hi' });
    expect(called.stderr).toMatch(
      /^\* TLS: TLSv1\.3, TLS_AES_128_GCM_SHA256\n\* certificate: CN=/m,
    );
    expect(called.stderr).toMatch(/^\* {3}for DNS:\*\.\S+\.on\.aws\n\* {3}issued by .*Pergola/im);
    expect(called.stderr).toContain('* certificate verified\n> POST /echo HTTP/2\n');
    expect(called.stderr).toContain('> authorization: (hidden)\n');
  });

  const ways = [
    { name: 'by a name of its own, with a certificate of ACM', port: '', head: 'HTTP/2 200\r\n' },
    { name: 'on another port', port: ':8443', head: 'HTTP/2 200\r\n' },
    { name: 'by HTTP/1.1', port: '', flags: ['--http1.1'], head: 'HTTP/1.1 200 OK\r\n' },
  ];
  test.each(ways)('reaches a service $name', async ({ port, head, flags = [] }) => {
    const { code, stdout, stderr } = await pergola(
      ...['call', '-i', ...flags, '-d', 'hi', `https://echo.example${port}/echo`],
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.startsWith(head)).toBe(true);
    expect(stdout).toMatch(/\r\nx-caller: Principal=arn:aws:iam::\d{12}:root/);
    expect(stdout).toContain(`\r\nx-seen: https echo.example${port}\r\n`);
    expect(stdout).toMatch(/\r\n\r\nhi$/);
  });

  test('streams a large file there and back', async () => {
    const [sent, received] = [join(folder, 'sent'), join(folder, 'received')];
    const bytes = Buffer.alloc(SIZE, 'pergola\r\n\u0000');
    await writeFile(sent, bytes);
    const called = await pergola(
      ...['call', '--data-binary', `@${sent}`, '-o', received, 'https://echo.example/echo'],
    );
    expect(called).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await readFile(received)).equals(bytes)).toBe(true);
  });

  test('says why it was refused, although the large body was not taken', async () => {
    const sent = join(folder, 'refused');
    await writeFile(sent, Buffer.alloc(SIZE));
    const called = await pergola('call', '-d', `@${sent}`, 'https://echo.example/other');
    expect(called).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^AccessDeniedException: User: \S+ is not authorized/),
      stderr: expect.stringContaining('\n\nREFUSED'),
    });
  });

  const failures = [
    {
      name: 'a name without a certificate',
      url: 'https://bare.example/',
      expected:
        /^pergola: the listener on port 443 has no certificate for `bare\.example`; .*update-service .*\n$/,
    },
    {
      name: 'a listener for HTTP',
      url: 'https://bare.example:80/',
      expected: /^pergola: no TLS is spoken on port 80 of `bare\.example`; .* use http:\/\/\n$/,
    },
    {
      name: 'a name of nobody',
      url: 'https://nobody.example/',
      expected:
        /^pergola: no service with a listener is at `nobody\.example:443` in this VPC; .* status\n$/,
    },
  ];
  test.each(failures)('says what is wrong with $name', async ({ url, expected }) => {
    expect(await pergola('call', url)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(expected),
    });
  });

  test('does not believe another authority unless told to', async () => {
    const authority = join(instance.dataDir, 'ca', 'ca.pem');
    const kept = await readFile(authority);
    const url = 'https://echo.example/echo';
    try {
      // As if the services were of somebody else.
      await rm(authority);
      expect(await pergola('call', url)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(
          /^pergola: the certificate of `echo\.example` is of an issuer who is not trusted .* -k .*\n$/,
        ),
      });
      const insecure = await pergola('call', '-k', '-v', '-d', 'hi', url);
      expect(insecure).toMatchObject({ code: 0, stdout: 'hi' });
      expect(insecure.stderr).toMatch(/^\* certificate NOT verified: [A-Z_]+$/m);
    } finally {
      await writeFile(authority, kept);
    }
  });
});

describe('pergola sign-proxy --https', () => {
  let url: string;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const child = spawn(PERGOLA, ['sign-proxy', '--https', '--listen', '127.0.0.1:0'], {
      env: instance.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    stop = async () => {
      child.kill('SIGTERM');
      expect(await exited).toEqual([0, null]);
    };
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    expect(line).toMatch(/ over TLS: http:\/\/127\.0\.0\.1:\d+$/);
    url = line.split(' ').at(-1) ?? '';
  });
  afterAll(() => stop?.());

  test.skipIf(!hasCurl)('lends identity and TLS to curl, as a proxy and by Host', async () => {
    const ways = [
      { where: ['--proxy', url, 'http://echo.example/echo'], host: 'echo.example' },
      { where: ['--proxy', url, 'http://echo.example:8443/echo'], host: 'echo.example:8443' },
      { where: ['-H', 'Host: echo.example', `${url}/echo`], host: 'echo.example' },
      { where: ['--proxy', url, `http://${generatedName}/echo`], host: generatedName },
    ];
    for (const { where, host } of ways) {
      const { stdout } = await runProgram('curl', ['-sSi', '-d', 'hello', ...where]);
      expect(stdout).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(stdout).toMatch(/\r\nx-caller: Principal=arn:aws:iam::\d{12}:root/);
      expect(stdout).toContain(`\r\nx-seen: https ${host}\r\n`);
      expect(stdout).toMatch(/\r\n\r\nhello$/);
    }
  });

  const send = async (target: string, body?: Buffer) => {
    const { hostname, port } = new URL(url);
    const outgoing = request({
      hostname,
      port,
      method: 'PUT',
      path: target,
      headers: { host: new URL(target).host },
    });
    outgoing.end(body);
    const [response] = await once(outgoing, 'response');
    return { status: response.statusCode, body: await text(response) };
  };

  test('streams both ways', async () => {
    const { status, body } = await send('http://echo.example/echo', Buffer.alloc(SIZE, 'x'));
    expect({ status, length: body.length }).toEqual({ status: 200, length: SIZE });
  });

  test('says what is wrong with a name without a certificate', async () => {
    expect(await send('http://bare.example/')).toEqual({
      status: 502,
      body: expect.stringMatching(
        /^pergola sign-proxy: the listener on port 443 has no certificate for `bare\.example`; .*\n$/,
      ),
    });
  });
});

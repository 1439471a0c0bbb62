import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findOrCreate } from '../../examples/storefront/lattice.ts';
import { type EchoNetwork, startEchoNetwork } from './echo-network.ts';
import { isOnPath, PERGOLA, runProgram, startInstance, type TestInstance } from './instance.ts';

const hasCurl = await isOnPath('curl', '--version');
if (!hasCurl) console.warn('skipped: curl is not on PATH');

const SIZE = 24 << 20;

/** An instance with a service that answers signed requests with what they carry. */
let instance: TestInstance;
let network: EchoNetwork;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pergola-signing-'));
  instance = await startInstance();
  network = await startEchoNetwork(instance);
  const service = await findOrCreate(network.client, '/services', {
    name: 'echo',
    customDomainName: 'echo.example',
    authType: 'AWS_IAM',
  });
  await network.allowEcho(service);
  await network.serve(service, network.forward, [{ protocol: 'HTTP', port: 80 }]);
});

afterAll(async () => {
  network?.stop();
  expect(await instance?.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

const pergola = (...parameters: string[]) => runProgram(PERGOLA, parameters, { env: instance.env });

describe('pergola call', () => {
  test('streams a large file there and back', async () => {
    const [sent, received] = [join(folder, 'sent'), join(folder, 'received')];
    const bytes = Buffer.alloc(SIZE, 'pergola\r\n\u0000');
    await writeFile(sent, bytes);
    const called = await pergola(
      'call',
      '--data-binary',
      `@${sent}`,
      '-o',
      received,
      'echo.example/echo',
    );
    expect(called).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await readFile(received)).equals(bytes)).toBe(true);
  });

  test('shows a refusal although the large body was not taken', async () => {
    const sent = join(folder, 'refused');
    await writeFile(sent, Buffer.alloc(SIZE));
    const { code, stdout, stderr } = await pergola('call', '-d', `@${sent}`, 'echo.example/other');
    expect({ code, stderr: stderr.slice(0, 9) }).toEqual({ code: 0, stderr: '\n\nREFUSED' });
    expect(stdout).toMatch(/^AccessDeniedException: User: \S+ is not authorized/);
  });

  test('says that a file is not there', async () => {
    expect(await pergola('call', '-d', '@/nowhere/at-all', 'echo.example/echo')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'pergola: cannot read `/nowhere/at-all` (ENOENT)\n',
    });
  });

  test('says that a profile is not there', async () => {
    const { code, stderr } = await pergola('call', '--as', 'nobody', 'echo.example/echo');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^pergola: no profile `nobody` in .*; there are: `default`\n$/);
  });
});

interface RunningProxy {
  readonly url: string;
  readonly child: ChildProcess;
  /** All that it wrote to standard error, once that matches. */
  said(pattern: RegExp): Promise<string>;
}

const startProxy = async (): Promise<RunningProxy> => {
  const child = spawn(
    PERGOLA,
    ['sign-proxy', '--as', 'default', '--address', '10.9.1.7', '--listen', '127.0.0.1:0'],
    {
      env: instance.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const url = /http:\/\/\S+$/.exec(line)?.[0];
  if (url === undefined) throw new Error(`no address in: ${line}`);
  const said = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(stderr)) await once(child.stderr, 'data');
    return stderr;
  };
  return { url, child, said };
};

describe('pergola sign-proxy', () => {
  let proxy: RunningProxy;
  beforeAll(async () => {
    proxy = await startProxy();
  });
  afterAll(async () => {
    const exited = once(proxy.child, 'exit');
    proxy.child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });

  test.skipIf(!hasCurl)(
    'lends its identity and place to curl, as a proxy and by Host',
    async () => {
      const asProxy = ['--proxy', proxy.url, 'http://echo.example/echo'];
      const byHost = ['-H', 'Host: echo.example', `${proxy.url}/echo`];
      for (const where of [asProxy, byHost]) {
        const { stdout } = await runProgram('curl', ['-sSi', '-d', 'hello', ...where]);
        expect(stdout).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
        expect(stdout).toMatch(/\r\nx-caller: Principal=arn:aws:iam::\d{12}:root/);
        expect(stdout).toContain('\r\nx-client: 10.9.1.7\r\n');
        expect(stdout).toMatch(/\r\n\r\nhello$/);
      }
    },
  );

  test('lends its identity to a Node.js client', async () => {
    const { hostname, port } = new URL(proxy.url);
    const body = Buffer.alloc(SIZE, 'x');
    const outgoing = request({
      hostname,
      port,
      method: 'PUT',
      path: 'http://echo.example/echo?b=2&a=1',
      headers: { host: 'echo.example' },
    });
    outgoing.end(body);
    const [response] = await once(outgoing, 'response');
    expect(response.statusCode).toBe(200);
    expect((await text(response)).length).toBe(SIZE);
  });

  test('says where to read why a request was refused, and no secret', async () => {
    const { hostname, port } = new URL(proxy.url);
    const outgoing = request({
      hostname,
      port,
      path: '/other?token=top-secret',
      headers: { host: 'echo.example' },
    });
    outgoing.end();
    const [response] = await once(outgoing, 'response');
    response.resume();
    expect(response.statusCode).toBe(403);
    const said = await proxy.said(
      /^pergola: 403 for GET http:\/\/echo\.example\/other; see why with: \S+ explain --data \S+ [0-9a-f-]{36}\n$/m,
    );
    expect(said).not.toMatch(/top-secret|Signature|AWS4/);
  });

  test('is no tunnel', async () => {
    const { hostname, port } = new URL(proxy.url);
    const client = connect(Number(port), hostname);
    client.write('CONNECT echo.example:443 HTTP/1.1\r\nHost: echo.example:443\r\n\r\n');
    expect(await text(client)).toMatch(/^HTTP\/1\.1 501 Not Implemented\r\n/);
  });

  test('does not listen for others unless told to', async () => {
    expect(await pergola('sign-proxy', '--listen', '0.0.0.0:0')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'pergola: whoever reaches `0.0.0.0:0` could send requests as this caller; listen on 127.0.0.1, or add --allow-remote if that is what you want\n',
    });
  });

  test('says that its port is taken', async () => {
    const { host } = new URL(proxy.url);
    expect(await pergola('sign-proxy', '--listen', host)).toEqual({
      code: 1,
      stdout: '',
      stderr: `pergola: cannot listen on ${host} (EADDRINUSE); choose another port with --listen\n`,
    });
  });
});

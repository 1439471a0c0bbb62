import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findOrCreate, type Summary } from '../../examples/storefront/lattice.ts';
import { type EchoNetwork, startEchoNetwork } from './echo-network.ts';
import { PERGOLA, runProgram, startInstance, type TestInstance } from './instance.ts';

const testdata = (name: string) =>
  readFileSync(new URL(`../../src/cli/signing/testdata/${name}.pem`, import.meta.url), 'utf8');

/**
 * An instance with services in front of a target that speaks HTTP/2 only, one for requests and one for
 * gRPC calls, and one that TLS is passed through to.
 */
let instance: TestInstance;
let network: EchoNetwork;
let blind: Summary;
/** What the target behind TLS got. */
const seen: IncomingHttpHeaders[] = [];
const servers: Server[] = [];

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return (server.address() as AddressInfo).port;
};

beforeAll(async () => {
  instance = await startInstance();
  network = await startEchoNetwork(instance);
  const { client, addGroup, serve, allowEcho } = network;
  const target = createServer();
  target.on('stream', (stream: ServerHttp2Stream, headers) => {
    stream.on('error', () => {});
    const isGrpc = headers['content-type'] === 'application/grpc';
    stream.respond({ ':status': 200 }, { waitForTrailers: true });
    stream.on('wantTrailers', () =>
      stream.sendTrailers(isGrpc ? { 'grpc-status': '5', 'grpc-message': 'no such %25' } : {}),
    );
    stream.pipe(stream);
  });
  const port = await listen(target);
  for (const [name, protocolVersion] of [
    ['modern', 'HTTP2'],
    ['calls', 'GRPC'],
  ] as const) {
    const forward = await addGroup(name, { protocol: 'HTTP', protocolVersion }, port);
    const service = await findOrCreate(client, '/services', {
      name,
      authType: 'AWS_IAM',
      customDomainName: `${name}.example`,
    });
    await allowEcho(service);
    await serve(service, forward, [
      { protocol: 'HTTP', port: 80 },
      { protocol: 'HTTPS', port: 443 },
    ]);
  }
  const identity = { cert: testdata('valid.cert'), key: testdata('service.key') };
  const secure = createSecureServer(identity, (incoming, response) => {
    seen.push(incoming.headers);
    response.end('from behind');
  });
  const forward = await addGroup('blind', { protocol: 'TCP' }, await listen(secure));
  blind = await findOrCreate(client, '/services', {
    name: 'blind',
    customDomainName: 'svc.example',
  });
  await serve(blind, forward, [{ protocol: 'TLS_PASSTHROUGH', port: 443 }]);
});

afterAll(async () => {
  network?.stop();
  expect(await instance?.stop()).toBe(0);
  for (const server of servers) server.close();
});

const pergola = (...parameters: string[]) =>
  runProgram(PERGOLA, parameters, { env: { ...instance.env, NO_COLOR: '1' } });
const GRPC = ['-X', 'POST', '-H', 'content-type: application/grpc'];

/** Of the generated name, for which there is a certificate from the start. */
const hostOf = async (name: string): Promise<string> => {
  const service = await findOrCreate(network.client, '/services', { name });
  const { dnsEntry } = await network.client.call<{ dnsEntry: { domainName: string } }>(
    'vpc-lattice',
    'GET',
    `/services/${service.id}`,
  );
  return dnsEntry.domainName;
};

describe('pergola call', () => {
  test('reaches what speaks HTTP/2 only, over TLS without being told', async () => {
    const called = await pergola(
      'call',
      '-i',
      '-d',
      'hi',
      `https://${await hostOf('modern')}/echo`,
    );
    expect(called).toMatchObject({ code: 0, stderr: '' });
    expect(called.stdout).toMatch(/^HTTP\/2 200\r\n(?:.+\r\n)+\r\nhi$/);
  });

  test('reaches it in the clear when told to', async () => {
    const url = 'http://modern.example/echo';
    expect((await pergola('call', '-i', url)).stdout).toMatch(/^HTTP\/1\.1 400 /);
    const called = await pergola('call', '--http2', '-d', 'hi', url);
    expect(called).toEqual({ code: 0, stdout: 'hi', stderr: '' });
  });

  test('tells how a gRPC call ended', async () => {
    const url = `https://${await hostOf('calls')}/echo`;
    const called = await pergola('call', '-v', ...GRPC, '-d', 'call', url);
    expect(called.code).toBe(0);
    expect(called.stderr).toContain('\n< grpc-status: 5\n');
    expect(called.stderr).toMatch(/\npergola: the gRPC status was 5: no such %\n$/);
    expect(await pergola('call', '--fail', ...GRPC, url)).toMatchObject({ code: 22 });
  });

  test('says why a gRPC call was refused', async () => {
    const called = await pergola('call', ...GRPC, `https://${await hostOf('calls')}/other`);
    expect(called.stderr).toMatch(/^pergola: the gRPC status was 7: AccessDeniedException: /);
    expect(called.stderr).toContain('\n\nREFUSED  403 AccessDeniedException: ');
  });

  test('signs nothing for what TLS is passed through to', async () => {
    const called = await pergola('call', '-k', 'https://svc.example/');
    expect(called).toMatchObject({ code: 0, stdout: 'from behind' });
    expect(called.stderr).toMatch(
      /^pergola: TLS of `svc\.example` is passed through, .* not signed\n$/,
    );
    expect(seen).toHaveLength(1);
    expect(Object.keys(seen[0] ?? {}).filter((name) => /^(?:x-amz|auth)/.test(name))).toEqual([]);
  });

  test('says why a connection was refused, and the log has an id for it', async () => {
    await network.client.call('vpc-lattice', 'PATCH', `/services/${blind.id}`, {
      body: { authType: 'AWS_IAM' },
    });
    const called = await pergola('call', '--anonymous', '-k', 'https://svc.example/');
    expect(called.code).toBe(1);
    expect(called.stderr).toMatch(/^REFUSED {2}AccessDeniedException: User: anonymous is not /);
    expect(called.stderr).toMatch(/Request {2}CONNECT https:\/\/svc\.example\n/);
    expect(called.stderr).toMatch(
      /\npergola: no TLS connection to `svc\.example` on port 443 .*\n$/,
    );
    expect(seen).toHaveLength(1);
  });
});

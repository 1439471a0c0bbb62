import { readFileSync } from 'node:fs';
import {
  createServer as createHttp2Server,
  createSecureServer,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { HealthCheckPart } from '../../snapshot/parts.ts';
import { aHealthCheck } from '../sample-parts.ts';
import { runProbe } from './run-probe.ts';

const testdata = new URL('./testdata/', import.meta.url);
const certificate = {
  key: readFileSync(new URL('expired.key.pem', testdata)),
  cert: readFileSync(new URL('expired.cert.pem', testdata)),
};

/** Listens on a free port until the test ends; its connections end with it. */
async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

/** A target that answers the first bytes it gets with `answer`, piece by piece, and notes what it got. */
async function aRawTarget(answer: readonly string[], { isClosing = true } = {}) {
  const requests: string[] = [];
  const server = createServer((socket) => {
    socket.once('data', (data) => {
      requests.push(data.toString('latin1'));
      for (const piece of answer) socket.write(piece, 'latin1');
      if (isClosing) socket.end();
    });
  });
  return { port: await listen(server), requests };
}

/** The verdict, and when the connection is closed. */
function probe(port: number, check: Partial<HealthCheckPart> = {}) {
  const socket = connect(port, '127.0.0.1');
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  const verdict = new Promise<boolean>((resolve) => {
    runProbe(socket, aHealthCheck(check), '10.0.0.1:8080', resolve);
  });
  return { verdict, closed };
}

describe('a check over HTTP/1.1', () => {
  test('asks once, says who it is, and wants the connection closed', async () => {
    const { port, requests } = await aRawTarget(['HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n']);
    const { verdict, closed } = probe(port, { path: '/health?deep=1' });
    expect(await verdict).toBe(true);
    await closed;
    expect(requests).toEqual([
      'GET /health?deep=1 HTTP/1.1\r\nhost: 10.0.0.1:8080\r\nuser-agent: vpc-lattice-healthcheck/1.0\r\naccept: */*\r\nconnection: close\r\n\r\n',
    ]);
  });

  const long = 'x'.repeat(20_000);
  test.each<{
    name: string;
    answer: string[];
    check?: Partial<HealthCheckPart>;
    expected: boolean;
  }>([
    {
      name: 'a status in a list',
      answer: ['HTTP/1.1 202 A\r\n\r\n'],
      check: {
        successCodes: [
          [200, 200],
          [202, 202],
        ],
      },
      expected: true,
    },
    {
      name: 'a status at the end of a range',
      answer: ['HTTP/1.1 299 A\r\n\r\n'],
      check: { successCodes: [[200, 299]] },
      expected: true,
    },
    {
      name: 'a status just outside',
      answer: ['HTTP/1.1 300 A\r\n\r\n'],
      check: { successCodes: [[200, 299]] },
      expected: false,
    },
    {
      name: 'a redirect, which is not followed',
      answer: ['HTTP/1.1 301 M\r\nlocation: /ok\r\n\r\n'],
      expected: false,
    },
    { name: 'an error', answer: ['HTTP/1.1 503 S\r\n\r\n'], expected: false },
    {
      name: 'an answer that comes byte by byte',
      answer: [...'HTTP/1.1 200 OK\r\na: b\r\n\r\n'],
      expected: true,
    },
    { name: 'HTTP/1.0 without a reason', answer: ['HTTP/1.0 200\r\n\r\n'], expected: true },
    {
      name: 'an interim answer before the final one',
      answer: ['HTTP/1.1 103 E\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'],
      expected: true,
    },
    { name: 'interim answers only', answer: ['HTTP/1.1 102 P\r\n\r\n'], expected: false },
    {
      name: 'a body of any length up to the limit',
      answer: ['HTTP/1.1 200 OK\r\n\r\n', long],
      expected: true,
    },
    { name: 'a head that is cut off', answer: ['HTTP/1.1 200 OK\r\na: b\r\n'], expected: false },
    { name: 'nothing', answer: [], expected: false },
    { name: 'something that is no HTTP', answer: ['SSH-2.0-x\r\n\r\n'], expected: false },
    { name: 'a status of letters', answer: ['HTTP/1.1 2x0 OK\r\n\r\n'], expected: false },
    { name: 'a status of four digits', answer: ['HTTP/1.1 2000 OK\r\n\r\n'], expected: false },
  ])('$name: $expected', async ({ answer, check, expected }) => {
    const { port } = await aRawTarget(answer);
    const { verdict, closed } = probe(port, check);
    expect(await verdict).toBe(expected);
    await closed;
  });

  test('a head over 16 KiB is a failure and ends the connection', async () => {
    const { port } = await aRawTarget([`HTTP/1.1 200 OK\r\na: ${long}`], { isClosing: false });
    const { verdict, closed } = probe(port);
    expect(await verdict).toBe(false);
    await closed;
  });

  test('a body without end is a success and is not read to its end', async () => {
    const { port } = await aRawTarget(['HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(100_000)], {
      isClosing: false,
    });
    const { verdict, closed } = probe(port);
    expect(await verdict).toBe(true);
    await closed;
  });

  test('a target that says nothing fails when the time is over', async () => {
    const { port } = await aRawTarget([], { isClosing: false });
    const { verdict, closed } = probe(port, { timeoutMs: 20 });
    expect(await verdict).toBe(false);
    await closed;
  });

  test('a success stays one when the connection lingers until the time is over', async () => {
    const { port } = await aRawTarget(['HTTP/1.1 200 OK\r\n\r\n'], { isClosing: false });
    const { verdict, closed } = probe(port, { timeoutMs: 100 });
    expect(await verdict).toBe(true);
    await closed;
  });

  test('a port where nobody listens', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await probe(port).verdict).toBe(false);
  });

  test('a cancelled check closes its connection and says nothing', async () => {
    const { port } = await aRawTarget([], { isClosing: false });
    const socket = connect(port, '127.0.0.1');
    const verdicts: boolean[] = [];
    const running = runProbe(socket, aHealthCheck(), 'h', (isSuccess) => verdicts.push(isSuccess));
    const closed = new Promise((resolve) => socket.on('close', resolve));
    running.cancel();
    await closed;
    expect(verdicts).toEqual([]);
  });
});

describe('other ways to check', () => {
  test('HTTPS with a certificate that is self-signed, for another name and expired', async () => {
    const port = await listen(createHttpsServer(certificate, (_, response) => response.end('ok')));
    expect(await probe(port, { protocol: 'HTTPS' }).verdict).toBe(true);
  });

  test('HTTPS where the target speaks plain HTTP fails', async () => {
    const { port } = await aRawTarget(['HTTP/1.1 200 OK\r\n\r\n']);
    expect(await probe(port, { protocol: 'HTTPS' }).verdict).toBe(false);
  });

  test('HTTP/2 with prior knowledge', async () => {
    const seen: unknown[] = [];
    const server = createHttp2Server();
    server.on('stream', (stream: ServerHttp2Stream, headers) => {
      seen.push([headers[':authority'], headers[':path'], headers['user-agent']]);
      stream.respond({ ':status': 204 });
      stream.end();
    });
    const port = await listen(server as unknown as Server);
    const { verdict, closed } = probe(port, {
      protocolVersion: 'HTTP2',
      path: '/h',
      successCodes: [[204, 204]],
    });
    expect(await verdict).toBe(true);
    await closed;
    expect(seen).toEqual([['10.0.0.1:8080', '/h', 'vpc-lattice-healthcheck/1.0']]);
  });

  test('HTTP/2 over TLS', async () => {
    const server = createSecureServer(certificate);
    server.on('stream', (stream: ServerHttp2Stream) =>
      stream.respond({ ':status': 200 }, { endStream: true }),
    );
    const port = await listen(server as unknown as Server);
    const { verdict, closed } = probe(port, { protocol: 'HTTPS', protocolVersion: 'HTTP2' });
    expect(await verdict).toBe(true);
    await closed;
  });

  test('HTTP/2 where the target speaks HTTP/1.1 fails', async () => {
    const { port } = await aRawTarget(['HTTP/1.1 400 Bad Request\r\n\r\n']);
    const { verdict, closed } = probe(port, { protocolVersion: 'HTTP2' });
    expect(await verdict).toBe(false);
    await closed;
  });

  test('HTTP/2 where the target is silent fails when the time is over', async () => {
    const { port } = await aRawTarget([], { isClosing: false });
    const { verdict, closed } = probe(port, { protocolVersion: 'HTTP2', timeoutMs: 20 });
    expect(await verdict).toBe(false);
    await closed;
  });

  test('HTTP/2 to a port where nobody listens fails', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await probe(port, { protocolVersion: 'HTTP2' }).verdict).toBe(false);
  });
});

import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { startApiServer } from '../../src/control/http-server.ts';
import type { LogFields, Logger } from '../../src/telemetry/logger.ts';
import { silentLogger } from '../../src/telemetry/logger.ts';
import {
  type ControlPlane,
  type ControlPlaneOptions,
  startControlPlane,
} from '../support/control-plane.ts';
import { signedFetch } from '../support/signed-fetch.ts';

let control: ControlPlane | undefined;
afterEach(async () => {
  await control?.close();
  control = undefined;
});

const start = async (options: ControlPlaneOptions = {}): Promise<ControlPlane> => {
  control = await startControlPlane(options);
  return control;
};

/** Keeps what is logged at `error`. */
const errorLog = (): Logger & { readonly errors: (readonly [string, LogFields | undefined])[] } => {
  const errors: (readonly [string, LogFields | undefined])[] = [];
  const logger = {
    ...silentLogger,
    errors,
    error: (message: string, fields?: LogFields) => void errors.push([message, fields]),
  };
  return { ...logger, child: () => logger };
};

/** Sends bytes and gives all that comes back until the server closes. */
const exchange = async (port: number, bytes: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(bytes);
  return text(socket);
};

const portOf = (url: string): number => Number(new URL(url).port);

describe('what a stranger sends', () => {
  const bad: readonly { name: string; bytes: string; status: number }[] = [
    { name: 'no HTTP', bytes: 'hello\r\n\r\n', status: 400 },
    {
      name: 'two lengths',
      bytes: 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      status: 400,
    },
    {
      name: 'a length and chunks',
      bytes:
        'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      status: 400,
    },
    {
      name: 'a head of 40 KB',
      bytes: `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(40_000)}\r\n\r\n`,
      status: 431,
    },
  ];
  test.each(bad)('$name gets $status and a closed connection', async ({ bytes, status }) => {
    const { url } = await start();
    const answer = await exchange(portOf(url), bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('x-amzn-requestid: ');
  });

  test('a long body without a signature is refused unread', async () => {
    const { url } = await start();
    const answer = await exchange(
      portOf(url),
      'POST /services HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\nstart',
    );
    expect(answer).toMatch(/^HTTP\/1.1 403 /);
    expect(answer).toMatch(/connection: close/i);
  });

  test('a body that is cut off is no reason to log an error, and the server goes on', async () => {
    const logger = errorLog();
    const { url } = await start({ logger });
    const socket = connect(portOf(url), '127.0.0.1');
    socket.write('POST /services HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nstart', () =>
      socket.destroy(),
    );
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await fetch(`${url}/-/ready`)).status).toBe(200);
    expect(logger.errors).toEqual([]);
  });
});

describe('a body', () => {
  const put = async (body: string) => {
    const { url, credentials } = await start();
    return signedFetch({
      url,
      credentials,
      service: 'vpc-lattice',
      method: 'POST',
      path: '/services',
      body,
    });
  };

  test('of one mebibyte is read', async () => {
    const json = JSON.stringify({ name: 'checkout' });
    const answer = await put(json + ' '.repeat(1024 * 1024 - json.length));
    expect(answer.status).toBe(201);
  });

  test('of one byte more is refused', async () => {
    const answer = await put(' '.repeat(1024 * 1024 + 1));
    expect(answer.status).toBe(413);
    expect(answer.headers.get('x-amzn-errortype')).toBe('RequestEntityTooLargeException');
  });
});

test('an unexpected error is told without its insides and logged once, with the request id', async () => {
  const logger = errorLog();
  const { url, credentials } = await start({
    logger,
    settle: async () => {
      throw new Error('the inside of it');
    },
  });
  const { status, headers, text } = await signedFetch({
    url,
    credentials,
    service: 'vpc-lattice',
    method: 'POST',
    path: '/services',
    body: '{"name":"checkout"}',
  });
  expect(status).toBe(500);
  expect(headers.get('x-amzn-errortype')).toBe('InternalServerException');
  expect(text).not.toContain('inside');
  expect(logger.errors).toEqual([
    [
      'a request failed unexpectedly',
      {
        requestId: headers.get('x-amzn-requestid'),
        error: expect.objectContaining({ message: 'the inside of it' }),
      },
    ],
  ]);
});

test('closing answers what runs, then ends', async () => {
  const settling = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const { api, credentials, url } = await start({
    settle: () => {
      settling.resolve();
      return goOn.promise;
    },
  });
  const server = await startApiServer({ api, logger: silentLogger, port: 0 });
  expect(server.url).not.toBe(url);
  const running = signedFetch({
    url: server.url,
    credentials,
    service: 'vpc-lattice',
    method: 'POST',
    path: '/services',
    body: '{"name":"checkout"}',
  });
  await settling.promise;
  let isClosed = false;
  const closing = server.close().then(() => {
    isClosed = true;
  });
  await expect(fetch(`${server.url}/-/ready`)).rejects.toThrow();
  expect(isClosed).toBe(false);
  goOn.resolve();
  const answer = await running;
  expect([answer.status, answer.headers.get('connection')]).toEqual([201, 'close']);
  await closing;
});

test('a port that is in use is named', async () => {
  const { api, url } = await start();
  const port = portOf(url);
  await expect(startApiServer({ api, logger: silentLogger, port })).rejects.toThrow(
    `port \`${port}\` on 127.0.0.1 is in use; choose another with --port`,
  );
});

import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
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

describe('bodies that do not end', () => {
  /** What anyone can send who has seen an access key id. */
  const forged = (accessKeyId: string, length: number, service: string): string => {
    const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
    return [
      'POST /services HTTP/1.1',
      'Host: x',
      `Content-Length: ${length}`,
      `X-Amz-Date: ${stamp}`,
      `Authorization: AWS4-HMAC-SHA256 Credential=${accessKeyId}/${stamp.slice(0, 8)}/us-west-2/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
      '\r\n',
    ].join('\r\n');
  };

  const startSmall = async () => {
    const { api, credentials } = await start();
    const server = await startApiServer({
      api,
      logger: silentLogger,
      port: 0,
      bodyBudget: { bytes: 100_000, freeBytes: 2000 },
    });
    onTestFinished(() => server.close(0));
    const create = (name: string, bytes: number) =>
      signedFetch({
        url: server.url,
        credentials,
        service: 'vpc-lattice',
        method: 'POST',
        path: '/services',
        body: JSON.stringify({ name }).padEnd(bytes),
      });
    return { ...server, create, accessKeyId: credentials.accessKeyId };
  };

  const until = async (ask: () => Promise<boolean>) => {
    while (!(await ask())) await new Promise((resolve) => setImmediate(resolve));
  };

  test('keep others from sending long ones, not short ones, and only while they are there', async () => {
    const { port, create, accessKeyId } = await startSmall();
    const hanging = connect(port, '127.0.0.1');
    hanging.on('error', () => {});
    hanging.write(forged(accessKeyId, 1_000_000, 'vpc-lattice') + 'x'.repeat(90_000));

    let refused = 0;
    await until(async () => {
      const answer = await create(`long-${refused}`, 80_000);
      if (answer.status === 503) {
        expect(answer.headers.get('x-amzn-errortype')).toBe('ServiceUnavailableException');
        expect(answer.headers.get('connection')).toBe('close');
        return true;
      }
      refused += 1;
      return false;
    });
    expect((await create('short', 30)).status).toBe(201);

    hanging.destroy();
    await until(async () => (await create('at-last', 80_000)).status === 201);
  });

  test('are refused in the form of their protocol, and the connection is closed', async () => {
    const { port, accessKeyId } = await startSmall();
    const answer = await exchange(
      port,
      forged(accessKeyId, 1_000_000, 'ec2') + 'x'.repeat(200_000),
    );
    expect(answer).toMatch(/^HTTP\/1.1 503 /);
    expect(answer).toMatch(/connection: close/i);
    expect(answer).toContain('<Code>Unavailable</Code>');
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

describe('closing does not wait for', () => {
  /** Bytes that a client sends before the server closes, and then no more. */
  const openWith = async (bytes: (credentials: { accessKeyId: string }) => string) => {
    const { api, credentials } = await start();
    const server = await startApiServer({ api, logger: silentLogger, port: 0 });
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await new Promise<void>((resolve) => socket.write(bytes(credentials), () => resolve()));
    // Answered on another connection: by then the server has the bytes, too.
    await (await fetch(`${server.url}/-/ready`)).text();
    return { server, closed };
  };

  const cases: readonly { name: string; bytes: string }[] = [
    { name: 'a connection without a request', bytes: '' },
    { name: 'half a head', bytes: 'POST /services HTTP/1.1\r\nHost: x\r\n' },
    {
      name: 'a refused request whose body does not come',
      bytes: 'POST /services HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n',
    },
    {
      name: 'half a head after an answer',
      bytes: 'GET /-/ready HTTP/1.1\r\nHost: x\r\n\r\nPOST /services HTTP/1.1\r\nHo',
    },
  ];
  test.each(cases)(
    '$name',
    async ({ bytes }) => {
      const { server, closed } = await openWith(() => bytes);
      const startedAt = performance.now();
      await server.close(60_000);
      await closed;
      // At once; what has a whole head may take a second.
      expect(performance.now() - startedAt).toBeLessThan(900);
    },
    2000,
  );

  test('the body of a request of a known key, beyond a second', async () => {
    const { server, closed } = await openWith(({ accessKeyId }) => {
      const at = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
      const scope = `${accessKeyId}/${at.slice(0, 8)}/us-west-2/vpc-lattice/aws4_request`;
      return [
        'POST /services HTTP/1.1',
        'Host: x',
        `X-Amz-Date: ${at}`,
        `Authorization: AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
        'Content-Length: 5',
        '',
        '{',
      ].join('\r\n');
    });
    let isClosed = false;
    const startedAt = performance.now();
    const closing = server.close(600_000).then(() => {
      isClosed = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isClosed).toBe(false);
    await closing;
    await closed;
    expect(performance.now() - startedAt).toBeGreaterThan(900);
  });
});

test('a port that is in use is named', async () => {
  const { api, url } = await start();
  const port = portOf(url);
  await expect(startApiServer({ api, logger: silentLogger, port })).rejects.toThrow(
    `port \`${port}\` on 127.0.0.1 is in use; choose another with --port`,
  );
});

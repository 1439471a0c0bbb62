import { connect, Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { aNetwork, aTargetGroup } from '../../src/dataplane/sample-parts.ts';
import type { Part, TargetGroupPart } from '../../src/snapshot/parts.ts';
import { type LogFields, silentLogger } from '../../src/telemetry/logger.ts';
import { DataPlane, request, shop, targetAt } from './data-plane.ts';
import { CutError } from './raw-client.ts';
import { closedPort, httpTarget, rawTarget } from './targets.ts';

interface Case {
  readonly name: string;
  /** Sent as it is; without it a GET. */
  readonly bytes?: string;
  /** What the target answers; null: it closes the connection; undefined: it is not asked. */
  readonly answer?: string | null;
  readonly parts?: (targetPort: number) => Part[] | Promise<Part[]>;
  readonly status: number;
  readonly text: string;
  readonly failure: string;
  /** The connection goes on after the answer. */
  readonly kept?: boolean;
  /** Which of service, target group and target the record names. */
  readonly known: 'nothing' | 'service' | 'group' | 'target';
}

const group = (part: Partial<TargetGroupPart>) => (port: number) => [
  aTargetGroup({ targets: [targetAt(port)], ...part }),
];
const badGateway = { status: 502, text: 'Bad Gateway', kept: true, known: 'target' } as const;
const protocolError = { ...badGateway, failure: 'TargetProtocolError' } as const;
const unavailable = { status: 503, text: 'Service Unavailable', kept: true } as const;

const CASES: readonly Case[] = [
  {
    name: 'a malformed request',
    bytes: 'GET /\r\n\r\n',
    status: 400,
    text: 'Bad Request',
    failure: 'ClientProtocolError',
    known: 'nothing',
  },
  {
    name: 'a body that breaks its framing',
    bytes: `${request('POST /', ['Transfer-Encoding: chunked'])}x\r\n`,
    answer: '',
    status: 400,
    text: 'Bad Request',
    failure: 'ClientProtocolError',
    known: 'target',
  },
  {
    name: 'a network that asks for authentication and has no policy',
    parts: () => [aNetwork({ authType: 'AWS_IAM', logs: shopLogs() })],
    status: 403,
    text:
      'AccessDeniedException: User: anonymous is not authorized to perform: vpc-lattice-svcs:Invoke on ' +
      'resource: arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-1/p because no network-based ' +
      'policy allows the vpc-lattice-svcs:Invoke action',
    failure: 'ClientAccessDenied',
    kept: true,
    known: 'service',
  },
  {
    name: 'an unknown service',
    bytes: 'GET / HTTP/1.1\r\nHost: nobody.example\r\n\r\n',
    status: 404,
    text: 'Not Found',
    failure: '-',
    kept: true,
    known: 'nothing',
  },
  {
    name: 'a target group for HTTP/2',
    parts: group({ protocolVersion: 'HTTP2' }),
    status: 400,
    text: 'this target group takes HTTP/2 only',
    failure: 'ClientProtocolError',
    kept: true,
    known: 'group',
  },
  {
    name: 'a target group for gRPC',
    parts: group({ protocolVersion: 'GRPC' }),
    status: 400,
    text: 'this target group takes gRPC, which needs HTTP/2',
    failure: 'ClientProtocolError',
    kept: true,
    known: 'group',
  },
  ...(['LAMBDA', 'ALB'] as const).map((type) => ({
    name: `a target group of type ${type}`,
    parts: group({ type }),
    status: 501,
    text: 'target groups of this type carry no traffic yet',
    failure: 'InternalError',
    kept: true,
    known: 'group' as const,
  })),
  {
    name: 'no target',
    parts: () => [aTargetGroup({ targets: [] })],
    ...unavailable,
    failure: 'TargetConnectionError',
    known: 'group',
  },
  {
    name: 'only draining targets',
    parts: (port) => [aTargetGroup({ targets: [targetAt(port, { draining: true })] })],
    ...unavailable,
    failure: 'TargetConnectionError',
    known: 'group',
  },
  {
    name: 'only a target without an address',
    parts: (port) => [
      aTargetGroup({ targets: [targetAt(port, { address: undefined, dial: undefined })] }),
    ],
    ...unavailable,
    failure: 'TargetConnectionError',
    known: 'group',
  },
  {
    name: 'a target group that does not exist',
    parts: () => [],
    ...unavailable,
    failure: 'TargetConnectionError',
    known: 'service',
  },
  {
    name: 'a target that refuses connections',
    parts: async () => [aTargetGroup({ targets: [targetAt(await closedPort())] })],
    ...unavailable,
    failure: 'TargetConnectionError',
    known: 'target',
  },
  {
    name: 'several targets that refuse connections',
    parts: async () => [
      aTargetGroup({ targets: [targetAt(await closedPort()), targetAt(await closedPort())] }),
    ],
    ...unavailable,
    failure: 'TargetConnectionError',
    known: 'target',
  },
  {
    name: 'a target that closes without an answer',
    bytes: request('POST /'),
    answer: null,
    ...badGateway,
    failure: 'TargetConnectionClosed',
  },
  {
    name: 'a target that closes within the head',
    bytes: request('POST /'),
    answer: 'HTTP/1.1 200 OK\r\nContent-',
    ...badGateway,
    failure: 'TargetConnectionClosed',
  },
  ...[
    { what: 'no HTTP', answer: 'SSH-2.0-OpenSSH_9.6\r\n' },
    { what: 'no HTTP at all', answer: '\x15\x03\x01\0\x02\x02\x16' },
    { what: 'HTTP/2', answer: '\0\0\x12\x04\0\0\0\0\0\0' },
    { what: 'another version', answer: 'HTTP/2.0 200 OK\r\n\r\n' },
    { what: 'an empty line first', answer: '\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n' },
    { what: 'a status of two digits', answer: 'HTTP/1.1 20 OK\r\n\r\n' },
    { what: 'a status of four digits', answer: 'HTTP/1.1 2000 OK\r\n\r\n' },
    { what: 'a status below 100', answer: 'HTTP/1.1 099 OK\r\n\r\n' },
    { what: 'lines that end in LF only', answer: 'HTTP/1.1 200 OK\nContent-Length: 0\n\n' },
    { what: 'a folded header', answer: 'HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n' },
    { what: 'a space before the colon', answer: 'HTTP/1.1 200 OK\r\nA : b\r\n\r\n' },
    { what: 'a NUL', answer: 'HTTP/1.1 200 OK\r\nA: \0\r\n\r\n' },
    { what: 'a bare CR in the reason', answer: 'HTTP/1.1 200 O\rK\r\n\r\n' },
    {
      what: 'both framings',
      answer: 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    },
    {
      what: 'two lengths',
      answer: 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 1\r\n\r\nx',
    },
    { what: 'a negative length', answer: 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n' },
    {
      what: 'a coding that is not chunked',
      answer: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n',
    },
    {
      what: 'a tab behind chunked',
      answer: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\t\r\n\r\n0\r\n\r\n',
    },
    { what: 'a tab behind a length', answer: 'HTTP/1.1 200 OK\r\nContent-Length: 0\t\r\n\r\n' },
    {
      what: 'chunked twice',
      answer: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n',
    },
    {
      what: 'an upgrade that nobody asked for',
      answer: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n',
    },
    { what: 'a head without an end', answer: `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(70_000)}` },
    {
      what: 'a head that is too long',
      answer: `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(70_000)}\r\n\r\n`,
    },
    { what: 'more than 1000 headers', answer: `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(1001)}\r\n` },
  ].map(({ what, answer }) => ({
    name: `a target that answers ${what}`,
    answer,
    ...protocolError,
  })),
];

const shopLogs = () => shop().find((part) => part.kind === 'network')!.logs;

describe('each failure has its answer, and one record', () => {
  test.each(CASES)('$name', async (wanted) => {
    let asked = 0;
    const target = await rawTarget(async (connection) => {
      await connection.until();
      asked += 1;
      // Only the first answer is what the case is about.
      if (asked > 1) connection.send('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      else if (wanted.answer === null) connection.socket.end();
      else if (wanted.answer?.endsWith('Content-')) connection.socket.end(wanted.answer);
      else if (wanted.answer !== undefined) connection.send(wanted.answer);
    });
    const parts = shop({ targets: [target.port] });
    const changed = await wanted.parts?.(target.port);
    const plane = await DataPlane.start({
      parts:
        changed?.length === 0
          ? parts.filter(({ kind }) => kind !== 'targetGroup')
          : [...parts, ...(changed ?? [])],
    });

    const client = await plane.client();
    client.send(wanted.bytes ?? request('GET /p?q', ['User-Agent: me']));
    const response = await client.response();
    expect(response).toMatchObject({ status: wanted.status, text: wanted.text });
    expect(response.header('content-type')).toBe('text/plain');
    expect(response.header('content-length')).toBe(String(wanted.text.length));
    expect(response.header('connection')).toBe(wanted.kept ? undefined : 'close');
    let requests = 1;
    if (wanted.kept) {
      client.send('GET / HTTP/1.1\r\nHost: nobody.example\r\n\r\n');
      expect((await client.response()).status).toBe(404);
      requests += 1;
    } else {
      expect(await client.ending).toBe('end');
    }

    const records = await plane.stop();
    expect(records).toHaveLength(requests);
    const levels = ['nothing', 'service', 'group', 'target'];
    const level = levels.indexOf(wanted.known);
    expect(records[0]).toMatchObject({
      responseCode: wanted.status,
      failureReason: wanted.failure,
      serviceArn: level >= 1 ? expect.stringContaining('service/svc-1') : '-',
      targetGroupArn: level >= 2 ? expect.stringContaining('targetgroup/tg-1') : '-',
      targetIpPort: level >= 3 ? expect.stringContaining('10.0.0.1:') : '-',
    });
    if (wanted.bytes === undefined) {
      expect(records[0]).toMatchObject({
        requestMethod: 'GET',
        requestPath: '/p',
        hostHeader: 'shop.example',
        userAgent: 'me',
        requestId: response.header('x-amzn-requestid'),
      });
    }
    expect(plane.totals.services['svc-1']?.requests ?? 0).toBe(level >= 1 ? 1 : 0);
    expect(plane.totals.targetGroups['tg-1']?.requests ?? 0).toBe(level >= 2 ? 1 : 0);
    await target.close();
  });

  test('HEAD gets the head of the answer only', async () => {
    const plane = await DataPlane.start({ parts: shop() });
    const client = await plane.client();
    client.send(request('HEAD /') + request('GET /'));
    const response = await client.response('HEAD');
    expect(response.header('content-length')).toBe('9');
    expect((await client.response()).text).toBe('Not Found');
    await plane.stop();
  });

  test('a target that does not accept in time is as good as one that refuses', async () => {
    const good = await httpTarget();
    const plane = await DataPlane.start({
      parts: [...shop({ targets: [1, good.port] })],
      limits: { connectTimeoutMs: 100 },
      // A socket that never connects.
      dial: ({ port }) => (port === 1 ? new Socket() : connect({ port, host: '127.0.0.1' })),
    });
    expect(await plane.get('/')).toMatchObject({ status: 200 });
    await plane.apply([aTargetGroup({ targets: [targetAt(1)] })]);
    expect(await plane.get('/')).toMatchObject({ status: 503, text: 'Service Unavailable' });
    const records = await plane.stop();
    expect(records.map(({ failureReason }) => failureReason)).toEqual([
      '-',
      'TargetConnectionError',
    ]);
    await good.close();
  });
});

describe('a connection that this machine cannot make', () => {
  test('is the same to clients, and the log says whose fault it is, once', async () => {
    const lines: [message: string, fields: LogFields | undefined][] = [];
    const logger = {
      ...silentLogger,
      error: (message: string, fields?: LogFields) => void lines.push([message, fields]),
    };
    const plane = await DataPlane.start({
      parts: shop({ targets: [8080] }),
      logger,
      // Nobody here has this address (RFC 5737).
      dial: ({ port, host }) => connect({ port, host, localAddress: '203.0.113.1' }),
    });
    for (let i = 0; i < 3; i += 1) expect(await plane.get('/')).toMatchObject({ status: 503 });
    await plane.stop();
    expect(lines).toEqual([
      [
        expect.stringContaining('this machine lacks local ports or descriptors'),
        { code: 'EADDRNOTAVAIL', reason: expect.stringContaining('203.0.113.1'), failures: 1 },
      ],
    ]);
  });

  test('is told apart from one that a target refuses', async () => {
    const lines: string[] = [];
    const logger = { ...silentLogger, error: (message: string) => void lines.push(message) };
    const parts = shop({ targets: [await closedPort()] });
    const plane = await DataPlane.start({ parts, logger });
    expect(await plane.get('/')).toMatchObject({ status: 503 });
    await plane.stop();
    expect(lines).toEqual([]);
  });
});

describe('a response that cannot be completed', () => {
  const HEAD = 'HTTP/1.1 200 OK\r\n';

  test.each([
    { name: 'a length, closed', answer: `${HEAD}Content-Length: 5\r\n\r\nhel`, how: 'end' },
    { name: 'a length, reset', answer: `${HEAD}Content-Length: 5\r\n\r\nhel`, how: 'reset' },
    {
      name: 'chunks, closed between',
      answer: `${HEAD}Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n`,
      how: 'end',
    },
    {
      name: 'chunks, closed within',
      answer: `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nhel`,
      how: 'end',
    },
    {
      name: 'chunks, closed before the last line',
      answer: `${HEAD}Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n0\r\n`,
      how: 'end',
    },
    { name: 'until close, but reset', answer: `${HEAD}\r\nhel`, how: 'reset' },
    {
      name: 'a chunk size that is none',
      answer: `${HEAD}Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\nx\r\n`,
      how: 'wait',
      failure: 'TargetProtocolError',
    },
    {
      name: 'a chunk that is longer than it says',
      answer: `${HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\nhel\r\n0\r\n\r\n`,
      how: 'wait',
      failure: 'TargetProtocolError',
    },
  ] as const)('is cut, never ended: $name', async ({ answer, how, ...wanted }) => {
    for (const version of ['1.1', '1.0']) {
      const target = await rawTarget(async (connection) => {
        await connection.until();
        connection.send(answer);
        // Once the client has got something of it.
        await begun;
        if (how === 'end') connection.socket.end();
        if (how === 'reset') connection.socket.resetAndDestroy();
      });
      const plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
      const client = await plane.client();
      const begun = new Promise((resolve) => client.socket.once('data', resolve));
      client.send(`GET / HTTP/${version}\r\nHost: shop.example\r\n\r\n`);
      await expect(client.response(), version).rejects.toThrow(CutError);
      expect(await client.ending).toBe('reset');
      expect(await plane.stop()).toMatchObject([
        {
          responseCode: 200,
          failureReason: 'failure' in wanted ? wanted.failure : 'TargetConnectionClosed',
        },
      ]);
      await target.close();
    }
  });

  test('bytes behind a response are nobody’s answer', async () => {
    const target = await rawTarget(async (connection, number) => {
      await connection.until();
      const evil = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil';
      if (number === 0) connection.send(`HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood${evil}`);
      else connection.send('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext');
    });
    const plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
    expect((await plane.get('/')).text).toBe('good');
    expect((await plane.get('/')).text).toBe('next');
    await plane.stop();
    await target.close();
  });

  test('bytes on a connection that nobody uses end it', async () => {
    const target = await rawTarget(async (connection, number) => {
      await connection.until();
      connection.send(`HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${number}`);
    });
    const plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
    expect((await plane.get('/')).text).toBe('0');
    const connection = await target.connection(0);
    connection.send('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil');
    await connection.ended;
    expect((await plane.get('/')).text).toBe('1');
    await plane.stop();
    await target.close();
  });

  test.each([
    { name: '204 with a length', head: 'HTTP/1.1 204 No Content\r\nContent-Length: 42\r\n\r\n' },
    { name: '204 with chunks', head: 'HTTP/1.1 204 -\r\nTransfer-Encoding: chunked\r\n\r\n' },
    { name: '304 with chunks', head: 'HTTP/1.1 304 -\r\nTransfer-Encoding: chunked\r\n\r\n' },
  ])('a body that cannot be there is nobody’s answer: $name', async ({ head }) => {
    const target = await rawTarget(async (connection, number) => {
      await connection.until();
      if (number > 0) {
        connection.send('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext');
        return;
      }
      connection.send(head);
      // Comes when the connection may be in use for the next request.
      await connection.until('\r\n\r\n', connection.received.length);
      connection.send('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil');
    });
    const plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
    await plane.get('/');
    expect((await plane.get('/')).text).toBe('next');
    await plane.stop();
    await target.close();
  });
});

import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import {
  type ConnectionOptions,
  connect,
  createServer as createTlsServer,
  type TLSSocket,
  type TlsOptions,
} from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aListener, aMembership, aTarget, aTargetGroup } from '../../src/dataplane/sample-parts.ts';
import { aCertificate } from '../../src/dataplane/tls/sample-certificate.ts';
import { clientHello, grease, serverNames } from '../../src/dataplane/tls/sample-client-hello.ts';
import type { Part } from '../../src/snapshot/parts.ts';
import { dialLoopback } from '../../src/underlay/loopback/loopback.ts';
import {
  DataPlane,
  type DataPlaneOptions,
  type ShopOptions,
  shop,
  targetAt,
} from './data-plane.ts';
import { type RawClient, turn } from './raw-client.ts';
import { closedPort, heldDial, type RawTarget, rawTarget } from './targets.ts';

const GENERATED = 'shop-0123456789abcdef0.7d67968.vpc-lattice-svcs.us-west-2.on.aws';
const HELLO = clientHello(grease(), serverNames('shop.example'));
const UNRECOGNIZED_NAME = '\x15\x03\x03\x00\x02\x02\x70';

/** `shop.example` on port 443, passed through to TCP targets. */
const passedThrough = ({ listener, group, ...options }: ShopOptions): Part[] =>
  shop({
    ...options,
    listener: { port: 443, protocol: 'TLS_PASSTHROUGH', ...listener },
    group: { protocol: 'TCP', ...group },
  });

const started = async (
  shopOptions: ShopOptions,
  options: Partial<DataPlaneOptions> = {},
): Promise<DataPlane> => {
  const plane = await DataPlane.start({ parts: passedThrough(shopOptions), ...options });
  onTestFinished(async () => void (await plane.stop()));
  return plane;
};

const aRawTarget = async (...serve: Parameters<typeof rawTarget>): Promise<RawTarget> => {
  const target = await rawTarget(...serve);
  onTestFinished(() => target.close());
  return target;
};

/** A TLS server that answers with its name and what it got. */
const aTlsTarget = async (name: string, options: TlsOptions = {}): Promise<number> => {
  const { certificatePem, privateKeyPem } = aCertificate('bank');
  const server = createTlsServer({ cert: certificatePem, key: privateKeyPem, ...options });
  server.on('secureConnection', (socket) => {
    socket.on('error', () => {});
    socket.on('data', (data) => socket.end(`${name} ${data}`));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
};

const secureClient = async (port: number, options: ConnectionOptions = {}): Promise<TLSSocket> => {
  const socket = connect({
    port,
    host: '127.0.0.1',
    servername: 'shop.example',
    rejectUnauthorized: false,
    ...options,
  });
  await once(socket, 'secureConnect');
  return socket;
};

const ask = async (port: number, text = 'hello'): Promise<string> => {
  const socket = await secureClient(port);
  socket.end(text);
  const pieces: Buffer[] = [];
  for await (const piece of socket) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
};

/** Sends a ClientHello and waits until the target has it. */
const connected = async (plane: DataPlane, target: RawTarget, number = 0) => {
  const client = await plane.client();
  client.send(HELLO);
  const connection = await target.connection(number);
  while (connection.received.length < HELLO.length) await once(connection.socket, 'data');
  return { client, connection };
};

describe('a listener that passes TLS through', () => {
  test('connects client and target, whose certificate and protocols are their own', async () => {
    const port = await aTlsTarget('target', { ALPNProtocols: ['h2'] });
    const plane = await started({ targets: [port] });
    const client = await secureClient(plane.port, { ALPNProtocols: ['h2'] });
    expect(client.getPeerCertificate().subject.CN).toBe('bank.example');
    expect(client.alpnProtocol).toBe('h2');
    client.destroy();
    expect(await ask(plane.port)).toBe('target hello');
  });

  test('sends on exactly what came, however it was cut', async () => {
    const target = await aRawTarget();
    const plane = await started({ targets: [target.port] });
    const client = await plane.client();
    await client.sendPieces([...HELLO].map((byte) => Buffer.from([byte])));
    client.send('and early data');
    client.end();
    const connection = await target.connection(0);
    await connection.ended;
    expect(connection.received).toBe(`${HELLO.toString('latin1')}and early data`);
  });

  test('carries large amounts both ways unchanged, and holds back a sender', async () => {
    const size = 20_000_000;
    const server = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const plane = await started({ targets: [(server.address() as { port: number }).port] });
    const client = await plane.client();
    client.pause();
    client.send(HELLO);
    client.send(Buffer.alloc(size, 'ab'));
    client.end();
    // Nobody reads: what is on the way fits into buffers, the rest waits at the client.
    await expect.poll(() => client.socket.writableLength).toBeGreaterThan(size / 2);
    client.resume();
    const text = await client.rest();
    expect(text.length).toBe(HELLO.length + size);
    expect(text.slice(HELLO.length)).toBe('ab'.repeat(size / 2));
    expect(await plane.stop()).toMatchObject([
      { bytesReceived: HELLO.length + size, bytesSent: HELLO.length + size, failureReason: '-' },
    ]);
  });

  test('lets either side end before the other', async () => {
    const target = await aRawTarget();
    const plane = await started({ targets: [target.port] });
    const first = await connected(plane, target);
    first.client.end();
    await first.connection.ended;
    first.connection.send('still here');
    first.connection.socket.end();
    expect(await first.client.rest()).toBe('still here');
    const second = await connected(plane, target, 1);
    second.connection.socket.end();
    expect(await second.client.ending).toBe('end');
    second.client.send('more');
    await second.connection.until('more');
    second.client.end();
    await second.connection.ended;
    expect(await plane.stop()).toMatchObject([{ failureReason: '-' }, { failureReason: '-' }]);
  });

  test('makes one record of a connection, and counts it', async () => {
    const target = await aRawTarget();
    const plane = await started({ targets: [target.port] });
    const { client, connection } = await connected(plane, target);
    const { localPort } = client.socket;
    connection.send('12345');
    client.end();
    await connection.ended;
    connection.socket.end();
    expect(await client.rest()).toBe('12345');
    expect(await plane.stop()).toMatchObject([
      {
        serverNameIndication: 'shop.example',
        serviceArn: expect.stringContaining('svc-1'),
        targetGroupArn: expect.stringContaining('tg-1'),
        targetIpPort: `10.0.0.1:${target.port}`,
        sourceIpPort: `127.0.0.1:${localPort}`,
        bytesReceived: HELLO.length,
        bytesSent: 5,
        protocol: '-',
        requestMethod: '-',
        requestPath: '-',
        hostHeader: '-',
        responseCode: 0,
        failureReason: '-',
        sslCipher: '-',
        tlsVersion: '-',
      },
    ]);
    const counted = { requests: 1, status5xx: 0, bytesReceived: HELLO.length, bytesSent: 5 };
    expect(plane.totals.services['svc-1']).toMatchObject(counted);
    expect(plane.totals.targetGroups['tg-1']).toMatchObject(counted);
  });
});

describe('the way of a connection', () => {
  test('is chosen by weight, and then by turn', async () => {
    const ports = await Promise.all(['a', 'b', 'c'].map((name) => aTlsTarget(name)));
    const [a, b, c] = ports as [number, number, number];
    const plane = await DataPlane.start({
      parts: [
        ...passedThrough({
          targets: [a, b],
          listener: {
            defaultAction: {
              type: 'forward',
              targetGroups: [
                { targetGroupId: 'tg-1', weight: 2 },
                { targetGroupId: 'tg-2', weight: 1 },
              ],
            },
          },
        }),
        aTargetGroup({ id: 'tg-2', protocol: 'TCP', targets: [targetAt(c)] }),
      ],
    });
    onTestFinished(async () => void (await plane.stop()));
    const answers: string[] = [];
    for (let i = 0; i < 6; i++) answers.push(await ask(plane.port));
    expect(answers.sort().map((text) => text[0])).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
  });

  test('leads to another target when one cannot be connected', async () => {
    const port = await aTlsTarget('alive');
    const plane = await started({ targets: [await closedPort(), port] });
    for (let i = 0; i < 3; i++) expect(await ask(plane.port)).toBe('alive hello');
    // The end of the last one may not have come through yet.
    const records = (await plane.stop()).slice(0, 2);
    expect(records).toMatchObject([{ failureReason: '-' }, { failureReason: '-' }]);
  });

  test('goes by CONNECT to another port, too', async () => {
    const target = await aRawTarget();
    const plane = await started({ targets: [target.port], listener: { port: 8443 } });
    const client = await plane.client();
    client.send('CONNECT shop.example:8443 HTTP/1.1\r\nHost: shop.example:8443\r\n\r\n');
    expect((await client.response('HEAD')).status).toBe(200);
    client.send(HELLO);
    const connection = await target.connection(0);
    await expect.poll(() => connection.received.length).toBe(HELLO.length);
  });

  test.each<{ name: string; hello: Buffer }>([
    { name: 'no server name', hello: clientHello(grease()) },
    { name: 'a name of nobody', hello: clientHello(serverNames('nobody.example')) },
    { name: 'the generated name', hello: clientHello(serverNames(GENERATED)) },
    { name: 'a name below the domain', hello: clientHello(serverNames('www.shop.example')) },
  ])('does not exist for $name', async ({ hello }) => {
    const target = await aRawTarget();
    const plane = await DataPlane.start({
      parts: [
        ...passedThrough({ targets: [target.port] }),
        aMembership({ hosts: [GENERATED, 'shop.example'] }),
      ],
    });
    const client = await plane.client();
    client.send(hello);
    expect(await client.rest()).toBe(UNRECOGNIZED_NAME);
    expect(await client.ending).toBe('end');
    expect(await plane.stop()).toMatchObject([{ failureReason: 'ClientProtocolError' }]);
    expect(target.accepted).toBe(0);
  });

  test.each<{ name: string; options: ShopOptions; failureReason: string }>([
    {
      name: 'the service asks for authentication',
      options: { service: { authType: 'AWS_IAM' } },
      failureReason: 'ClientAccessDenied',
    },
    {
      name: 'there is no target',
      options: { group: { targets: [] } },
      failureReason: 'TargetConnectionError',
    },
    {
      name: 'the target group is not for TCP',
      options: { group: { protocol: 'HTTP' } },
      failureReason: 'TargetConnectionError',
    },
    {
      name: 'no target has an address',
      options: { group: { targets: [{ ...aTarget(1), address: undefined, dial: undefined }] } },
      failureReason: 'TargetConnectionError',
    },
  ])('ends before a byte reached a target when $name', async ({ options, failureReason }) => {
    const target = await aRawTarget();
    const plane = await started({ targets: [target.port], ...options });
    const client = await plane.client();
    client.send(HELLO);
    await client.ending;
    expect(await plane.stop()).toMatchObject([{ failureReason, targetIpPort: '-', bytesSent: 0 }]);
    const isDenied = failureReason === 'ClientAccessDenied';
    expect(plane.totals.services['svc-1']).toMatchObject({
      status4xx: isDenied ? 1 : 0,
      status5xx: isDenied ? 0 : 1,
    });
    expect(target.accepted).toBe(0);
  });

  const connectPolicy = (statement: object): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 'vpc-lattice-svcs:Connect',
          Resource: '*',
          ...statement,
        },
      ],
    });
  const from = (vpc: string) => ({
    Condition: { StringEquals: { 'vpc-lattice-svcs:SourceVpc': vpc } },
  });
  const guarded = (authPolicy?: string) => ({
    authType: 'AWS_IAM' as const,
    ...(authPolicy !== undefined && { authPolicy }),
  });

  test.each<{ name: string; options: ShopOptions; passes: boolean; denied?: string }>([
    {
      name: 'anybody in the VPC may connect',
      options: { service: guarded(connectPolicy(from('vpc-1'))) },
      passes: true,
    },
    {
      name: 'only another VPC may connect',
      options: { service: guarded(connectPolicy(from('vpc-2'))) },
      passes: false,
      denied: 'Service',
    },
    {
      name: 'the policy names the service without a path',
      options: {
        service: guarded(
          connectPolicy({ Resource: 'arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-1' }),
        ),
      },
      passes: true,
    },
    {
      name: 'only requests are allowed',
      options: { service: guarded(connectPolicy({ Action: 'vpc-lattice-svcs:Invoke' })) },
      passes: false,
      denied: 'Service',
    },
    {
      name: 'only an account may connect, which nobody can show to be of',
      options: { service: guarded(connectPolicy({ Principal: { AWS: '111122223333' } })) },
      passes: false,
      denied: 'Service',
    },
    {
      name: 'the network has no policy',
      options: { network: guarded(), service: guarded(connectPolicy({})) },
      passes: false,
      denied: 'Network',
    },
    {
      name: 'network and service allow it',
      options: { network: guarded(connectPolicy({})), service: guarded(connectPolicy({})) },
      passes: true,
    },
  ])('$name', async ({ options, passes, denied }) => {
    const target = await aRawTarget();
    const plane = await started({ targets: [target.port], ...options });
    const client = await plane.client();
    client.send(HELLO);
    if (passes) {
      const { socket } = await target.connection(0);
      socket.destroy();
    }
    await client.ending;
    expect(await plane.stop()).toMatchObject([
      { resolvedUser: 'Anonymous', authDeniedReason: denied ?? '-' },
    ]);
    expect(target.accepted).toBe(passes ? 1 : 0);
  });

  test('can be asked why it was refused, by the id in its record', async () => {
    const plane = await started({ targets: [1], service: guarded() });
    const client = await plane.client();
    client.send(HELLO);
    await client.ending;
    await expect.poll(() => plane.recorded()).toHaveLength(1);
    const [record] = plane.recorded();
    const { requestId = '' } = record ?? {};
    plane.send({ type: 'ask', id: 1, question: { about: 'refusal', requestId } });
    expect(await plane.message(({ type }) => type === 'answer')).toMatchObject({
      answer: {
        explanations: [
          {
            requestId,
            allowed: false,
            outcome: {
              message: expect.stringContaining('perform: vpc-lattice-svcs:Connect on resource'),
              listenerPort: 443,
              targetGroupIds: ['tg-1'],
            },
            request: {
              method: 'CONNECT',
              target: '',
              authority: 'shop.example',
              protocol: 'https',
            },
            caller: { kind: 'anonymous' },
            layers: [{ says: 'notAsked' }, { says: 'implicitDeny' }],
          },
        ],
      },
    });
  });

  test('has an id of its own in each record', async () => {
    const plane = await started({ targets: [await closedPort()] });
    for (let i = 0; i < 2; i++) {
      const client = await plane.client();
      client.send(HELLO);
      await client.ending;
    }
    const ids = (await plane.stop()).map(({ requestId }) => requestId);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(ids).size).toBe(2);
  });

  test('ends when no target can be connected', async () => {
    const plane = await started({ targets: [await closedPort(), await closedPort()] });
    const client = await plane.client();
    client.send(HELLO);
    await client.ending;
    expect(await plane.stop()).toMatchObject([{ failureReason: 'TargetConnectionError' }]);
    const failed = { requests: 1, status5xx: 1 };
    expect(plane.totals.services['svc-1']).toMatchObject(failed);
    expect(plane.totals.targetGroups['tg-1']).toMatchObject(failed);
  });

  test('ends when a target does not take the connection in time', async () => {
    const { Socket: Silent } = await import('node:net');
    const plane = await started(
      { targets: [1] },
      // A socket that never connects and never fails.
      { limits: { connectTimeoutMs: 300 }, dial: () => new Silent() },
    );
    const client = await plane.client();
    client.send(HELLO);
    await client.ending;
    expect(await plane.stop()).toMatchObject([{ failureReason: 'TargetConnectionError' }]);
  });
});

describe('a connection that ends early', () => {
  const CASES: readonly {
    readonly name: string;
    readonly end: (client: RawClient, connection: Socket) => unknown;
    readonly failureReason: string;
  }[] = [
    {
      name: 'its client breaks it',
      end: (client) => client.socket.resetAndDestroy(),
      failureReason: 'ClientConnectionClosed',
    },
    {
      name: 'its target breaks it',
      end: (_client, connection) => connection.resetAndDestroy(),
      failureReason: 'TargetConnectionClosed',
    },
  ];

  test.each(CASES)('breaks on the other side: $name', async ({ end, failureReason }) => {
    const target = await aRawTarget();
    const plane = await started({ targets: [target.port] });
    const { client, connection } = await connected(plane, target);
    end(client, connection.socket);
    await Promise.all([client.closed, connection.ended]);
    expect(await plane.stop()).toMatchObject([{ failureReason, targetIpPort: expect.any(String) }]);
  });

  test('is cut when nothing came for the idle timeout of its service', async () => {
    const target = await aRawTarget();
    const plane = await started({ targets: [target.port], service: { idleTimeoutMs: 600 } });
    // As long as bytes come from either side it goes on, while those end by which nothing comes.
    const { client, connection } = await connected(plane, target);
    const drip = setInterval(() => client.send('x'), 20);
    await (await connected(plane, target, 1)).client.ending;
    clearInterval(drip);
    const answers = setInterval(() => connection.send('y'), 20);
    await (await connected(plane, target, 2)).client.ending;
    clearInterval(answers);
    expect(await client.ending).toBe('reset');
    const records = await plane.stop();
    expect(records).toHaveLength(3);
    for (const { failureReason } of records) expect(failureReason).toBe('TargetDataTimeout');
    expect(records[2]!.bytesSent).toBeGreaterThan(2);
  });

  test('is cut at the end of its lifetime, however busy it is', async () => {
    const target = await aRawTarget();
    const plane = await started(
      { targets: [target.port] },
      { limits: { connectionLifetimeMs: 600 } },
    );
    const { client } = await connected(plane, target);
    const drip = setInterval(() => client.send('x'), 50);
    expect(await client.ending).toBe('reset');
    clearInterval(drip);
    expect(await plane.stop()).toMatchObject([{ failureReason: 'ConnectionDurationExceeded' }]);
  });

  test('ends with a worker that drains, once it is quiet', async () => {
    const target = await aRawTarget();
    const plane = await started({ targets: [target.port] });
    const { client, connection } = await connected(plane, target);
    plane.send({ type: 'drain' });
    connection.send('still served');
    await expect.poll(() => client.unread).toBe('still served');
    await client.ending;
    await plane.ended;
  });

  test('is connected all the same when it began before its worker drains', async () => {
    const target = await aRawTarget();
    const way = heldDial();
    const quiet = await aRawTarget();
    const plane = await started(
      { targets: [quiet.port] },
      {
        dial: (address, vpcId) =>
          address.port === target.port ? way.dial(address, vpcId) : dialLoopback(address, vpcId),
      },
    );
    const first = await connected(plane, quiet);
    await plane.apply(passedThrough({ targets: [target.port] }));
    const second = await plane.client();
    second.send(HELLO);
    while (way.sockets.length === 0) await turn();
    plane.send({ type: 'drain' });
    // The one that is connected and quiet ends meanwhile.
    await first.client.ending;
    way.letConnect();
    const connection = await target.connection(0);
    connection.send('here');
    await expect.poll(() => second.unread).toBe('here');
    await plane.ended;
  });
});

test('targets of a TCP group are checked over HTTP when they are told to', async () => {
  const target = await aRawTarget(async (connection) => {
    await connection.until();
    connection.send('HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n');
  });
  const plane = await started({
    targets: [target.port],
    listener: aListener({ port: 443, protocol: 'TLS_PASSTHROUGH' }),
    group: {
      healthCheck: {
        protocol: 'HTTP',
        protocolVersion: 'HTTP1',
        path: '/',
        intervalMs: 50,
        timeoutMs: 1_000,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
        successCodes: [[200, 200]],
      },
    },
  });
  await plane.message(
    (message) =>
      message.type === 'health' && message.changes.some(({ health }) => health === 'UNHEALTHY'),
  );
});

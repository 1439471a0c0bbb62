import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aMembership, aService, aVpc } from '../../src/dataplane/sample-parts.ts';
import { aCertificate } from '../../src/dataplane/tls/sample-certificate.ts';
import { clientHello, serverNames } from '../../src/dataplane/tls/sample-client-hello.ts';
import type { Part } from '../../src/snapshot/parts.ts';
import { DataPlane, type DataPlaneOptions, request, secureShop, shop } from './data-plane.ts';
import { CutError, RawClient, turn } from './raw-client.ts';
import { httpTarget, rawTarget } from './targets.ts';

const GENERATED = 'shop-0123456789abcdef0.7d67968.vpc-lattice-svcs.us-west-2.on.aws';

const started = async (options: Partial<DataPlaneOptions> = {}): Promise<DataPlane> => {
  const plane = await DataPlane.start({ parts: secureShop(), ...options });
  onTestFinished(async () => void (await plane.stop()));
  return plane;
};

/** How a handshake with the portal ends: OpenSSL's name for the alert, or `secure`. */
const handshake = async (port: number, options: ConnectionOptions = {}): Promise<string> => {
  const socket = connect({
    port,
    host: '127.0.0.1',
    servername: 'shop.example',
    rejectUnauthorized: false,
    ...options,
  });
  const closed = new Promise((resolve) => socket.on('close', resolve));
  const end = Promise.race([
    once(socket, 'secureConnect').then(() => 'secure'),
    once(socket, 'error').then(([error]) => (error as NodeJS.ErrnoException).code ?? 'error'),
  ]);
  // Whichever of the two never comes.
  socket.on('error', () => {});
  const result = await end.catch((error: NodeJS.ErrnoException) => error.code ?? 'error');
  socket.end();
  await closed;
  return result;
};

const bank = (): Part[] => [
  aMembership({ id: 'snsa-2', serviceId: 'svc-2', hosts: ['bank.example'] }),
  aService({
    id: 'svc-2',
    name: 'bank',
    listeners: [
      {
        id: 'listener-2',
        port: 443,
        protocol: 'HTTPS',
        rules: [],
        defaultAction: { type: 'fixed', statusCode: 500 },
      },
    ],
    certificates: [{ host: 'bank.example', certificateId: aCertificate('bank').id }],
  }),
  aCertificate('bank'),
];

describe('an HTTPS listener', () => {
  test('serves requests, and says in headers and log what they came over', async () => {
    const target = await httpTarget();
    const plane = await started({ parts: secureShop({ targets: [target.port] }) });
    const client = await plane.secureClient({
      ca: aCertificate().certificatePem,
      rejectUnauthorized: true,
    });
    for (const path of ['/one', '/two']) {
      client.send(request(`GET ${path}`));
      expect(await client.response()).toMatchObject({ status: 200, text: `GET ${path}` });
    }
    expect(target.requests[0]?.headers).toMatchObject({
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
      'x-forwarded-for': '127.0.0.1',
    });
    const { localPort } = client.socket;
    client.end();
    expect(await client.ending).toBe('end');
    const records = await plane.stop();
    expect(records).toHaveLength(2);
    expect(records[1]).toMatchObject({
      requestPath: '/two',
      responseCode: 200,
      serverNameIndication: 'shop.example',
      sslCipher: 'TLS_AES_128_GCM_SHA256',
      tlsVersion: 'TLSv1.3',
      sourceIpPort: `127.0.0.1:${localPort}`,
    });
    await target.close();
  });

  test.each([
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-SHA',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-SHA',
    'AES128-GCM-SHA256',
    'AES128-SHA',
    'AES256-GCM-SHA384',
    'AES256-SHA',
  ])('speaks TLS 1.2 with %s, and logs it', async (cipher) => {
    const plane = await started();
    const client = await plane.secureClient({ maxVersion: 'TLSv1.2', ciphers: cipher });
    client.send(request('GET /'));
    expect((await client.response()).status).toBe(404);
    expect(await plane.stop()).toMatchObject([{ sslCipher: cipher, tlsVersion: 'TLSv1.2' }]);
  });

  test.each<{ name: string; options: ConnectionOptions; cipher: string }>([
    {
      name: 'TLS 1.3',
      options: { ciphers: 'TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384' },
      cipher: 'TLS_AES_256_GCM_SHA384',
    },
    {
      name: 'TLS 1.2',
      options: { maxVersion: 'TLSv1.2', ciphers: 'AES256-SHA:ECDHE-RSA-AES256-SHA' },
      cipher: 'ECDHE-RSA-AES256-SHA',
    },
  ])('prefers its own order of ciphers in $name', async ({ options, cipher }) => {
    const plane = await started();
    const client = await plane.secureClient(options);
    expect((client.socket as TLSSocket).getCipher().name).toBe(cipher);
  });

  test.each<{ name: string; options: ConnectionOptions; alert: string }>([
    {
      name: 'TLS 1.1',
      options: { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
      alert: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    },
    {
      name: 'no cipher that is allowed',
      options: { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-CHACHA20-POLY1305' },
      alert: 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
    },
    {
      name: 'no server name',
      options: { servername: '' },
      alert: 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME',
    },
    {
      name: 'the name of nobody',
      options: { servername: 'nobody.example' },
      alert: 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME',
    },
  ])('refuses with an alert: $name', async ({ options, alert }) => {
    const plane = await started();
    expect(await handshake(plane.port, options)).toBe(alert);
    // The next one is served.
    expect(await handshake(plane.port)).toBe('secure');
    expect(await plane.stop()).toMatchObject([
      {
        responseCode: 0,
        failureReason: 'ClientProtocolError',
        serverNameIndication:
          options.servername === undefined ? 'shop.example' : options.servername || '-',
        protocol: '-',
        tlsVersion: '-',
      },
    ]);
  });

  test.each([
    { name: 'HTTP/1.1', offered: ['http/1.1'], agreed: 'http/1.1' },
    { name: 'what nobody speaks', offered: ['spdy/1'], agreed: false },
    { name: 'nothing', offered: undefined, agreed: false },
  ])('agrees with a client that offers $name', async ({ offered, agreed }) => {
    const plane = await started();
    const client = await plane.secureClient(
      offered === undefined ? {} : { ALPNProtocols: offered },
    );
    expect((client.socket as TLSSocket).alpnProtocol).toBe(agreed);
    client.send(request('GET /'));
    expect((await client.response()).status).toBe(404);
  });

  test('speaks with a client whose first message comes byte by byte', async () => {
    const plane = await started();
    const tcp = connectTcp({ port: plane.port, host: '127.0.0.1', noDelay: true });
    const client = connect({
      socket: slowly(tcp),
      servername: 'shop.example',
      rejectUnauthorized: false,
    });
    await once(client, 'secureConnect');
    client.destroy();
  });
});

/** A duplex of which each byte is sent in a packet of its own. */
const slowly = (tcp: ReturnType<typeof connectTcp>) => {
  const write = tcp.write.bind(tcp);
  tcp.write = ((chunk: Buffer, ...rest: unknown[]) => {
    for (let at = 0; at < chunk.length - 1; at++) write(chunk.subarray(at, at + 1));
    return write(chunk.subarray(-1), ...(rest as []));
  }) as typeof tcp.write;
  return tcp;
};

describe('certificates', () => {
  const subject = async (plane: DataPlane, servername = 'shop.example') => {
    const client = await plane.secureClient({ servername });
    return (client.socket as TLSSocket).getPeerX509Certificate()?.fingerprint256;
  };

  test('a changed one is used by the next handshake, and connections go on', async () => {
    const plane = await started();
    const client = await plane.secureClient();
    const before = await subject(plane);
    await plane.apply([aCertificate('renewed', { id: aCertificate('shop').id })]);
    const after = await subject(plane);
    expect(after).not.toBe(before);
    client.send(request('GET /'));
    expect((await client.response()).status).toBe(404);
    await plane.apply([aCertificate('shop')]);
    expect(await subject(plane)).toBe(before);
  });

  test('each service shows its own', async () => {
    const plane = await started({ parts: [...secureShop(), ...bank()] });
    expect(await subject(plane, 'bank.example')).not.toBe(await subject(plane));
  });

  test('each name of a service has its own', async () => {
    const plane = await started({
      parts: [
        ...secureShop({
          service: {
            certificates: [
              { host: GENERATED, certificateId: aCertificate('shop').id },
              { host: 'shop.example', certificateId: aCertificate('renewed').id },
            ],
          },
        }),
        aCertificate('renewed'),
        aMembership({ hosts: [GENERATED, 'shop.example'] }),
      ],
    });
    expect(await subject(plane, GENERATED)).not.toBe(await subject(plane));
  });

  test('a service without one has no name that could be asked for', async () => {
    const plane = await started({ parts: secureShop({ service: { certificates: [] } }) });
    expect(await handshake(plane.port)).toBe('ERR_SSL_TLSV1_UNRECOGNIZED_NAME');
    expect(await plane.stop()).toMatchObject([
      { failureReason: 'ClientProtocolError', serviceArn: expect.stringContaining('svc-1') },
    ]);
  });

  test('one that is of no use is an error of ours, for its service only', async () => {
    const plane = await started({
      parts: [
        ...secureShop({ certificate: aCertificate('shop', { privateKeyPem: 'not a key' }) }),
        ...bank(),
      ],
    });
    expect(await handshake(plane.port)).toBe('ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR');
    expect(await handshake(plane.port, { servername: 'bank.example' })).toBe('secure');
    await plane.apply([aCertificate('shop')]);
    expect(await handshake(plane.port)).toBe('secure');
    expect(await plane.stop()).toMatchObject([{ failureReason: 'InternalError' }]);
  });
});

describe('sessions', () => {
  const secret = (byte: number) => ({
    type: 'ticketSecret' as const,
    secret: Buffer.alloc(32, byte).toString('base64'),
  });

  /** A session of one connection; TLS 1.3 gives it after the first answer. */
  const session = async (plane: DataPlane, options: ConnectionOptions): Promise<Buffer> => {
    const client = await plane.secureClient(options);
    const given = once(client.socket, 'session') as Promise<[Buffer]>;
    client.send(request('GET /'));
    await client.response();
    // TLS 1.2 has given it within the handshake, before anybody could hear of it.
    const known = (client.socket as TLSSocket).getSession();
    return options.maxVersion === 'TLSv1.2' && known !== undefined ? known : (await given)[0];
  };

  const isResumed = async (plane: DataPlane, options: ConnectionOptions): Promise<boolean> => {
    const client = await plane.secureClient(options);
    client.send(request('GET /'));
    expect((await client.response()).status).toBe(404);
    return (client.socket as TLSSocket).isSessionReused();
  };

  describe.each(['TLSv1.2', 'TLSv1.3'] as const)('of %s', (maxVersion) => {
    test('are resumed', async () => {
      const plane = await started();
      const options = { maxVersion, session: await session(plane, { maxVersion }) };
      expect(await isResumed(plane, options)).toBe(true);
    });

    test('are resumed at another worker of the same control plane, and at no other', async () => {
      const [first, second, stranger] = [await started(), await started(), await started()];
      first.send(secret(1));
      second.send(secret(1));
      stranger.send(secret(2));
      const options = { maxVersion, session: await session(first, { maxVersion }) };
      expect(await isResumed(second, options)).toBe(true);
      expect(await isResumed(stranger, options)).toBe(false);
    });

    test('say nothing at a service with another certificate, nor after the certificate changed', async () => {
      const plane = await started({ parts: [...secureShop(), ...bank()] });
      plane.send(secret(1));
      const options = { maxVersion, session: await session(plane, { maxVersion }) };
      const client = await plane.secureClient({ ...options, servername: 'bank.example' });
      expect((client.socket as TLSSocket).isSessionReused()).toBe(false);
      await plane.apply([aCertificate('renewed', { id: aCertificate('shop').id })]);
      expect(await isResumed(plane, options)).toBe(false);
    });
  });
});

describe('server name and host', () => {
  test('of different services: 421, and the connection goes on', async () => {
    const plane = await started({ parts: [...secureShop(), ...bank()] });
    const client = await plane.secureClient();
    client.send('GET / HTTP/1.1\r\nHost: bank.example\r\n\r\n');
    expect(await client.response()).toMatchObject({ status: 421, text: 'Misdirected Request' });
    client.send(request('GET /'));
    expect((await client.response()).status).toBe(404);
    expect(await plane.stop()).toMatchObject([
      { responseCode: 421, failureReason: 'ClientProtocolError', hostHeader: 'bank.example' },
      { responseCode: 404, failureReason: '-' },
    ]);
  });

  test('of one service may differ', async () => {
    const plane = await started({
      parts: [...secureShop(), aMembership({ hosts: [GENERATED, 'shop.example'] })],
    });
    const client = await plane.secureClient();
    client.send(`GET / HTTP/1.1\r\nHost: ${GENERATED}\r\n\r\n`);
    expect((await client.response()).status).toBe(404);
    expect(await plane.stop()).toMatchObject([{ failureReason: '-', hostHeader: GENERATED }]);
  });

  test('that nobody has is not found', async () => {
    const plane = await started();
    const client = await plane.secureClient();
    client.send('GET / HTTP/1.1\r\nHost: nobody.example\r\n\r\n');
    expect(await client.response()).toMatchObject({ status: 404, text: 'Not Found' });
  });
});

describe('at a portal', () => {
  const connectTo = (authority: string) =>
    `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`;

  test.each([
    { name: 'the usual port', port: 443 },
    { name: 'another one', port: 8443 },
  ])('CONNECT leads to the listener of $name', async ({ port }) => {
    const plane = await started({ parts: secureShop({ listener: { port } }) });
    const tunnel = await plane.client();
    tunnel.send(connectTo(`shop.example:${port}`));
    expect((await tunnel.response('HEAD')).status).toBe(200);
    tunnel.socket.removeAllListeners('data');
    const client = await plane.secureClient({ socket: tunnel.socket });
    client.send(request('GET /'));
    expect((await client.response()).status).toBe(404);
    expect(await plane.stop()).toMatchObject([{ responseCode: 404, tlsVersion: 'TLSv1.3' }]);
  });

  test('a ClientHello in the packet of the CONNECT is not lost', async () => {
    const plane = await started();
    const client = await plane.client();
    client.send(
      Buffer.concat([
        Buffer.from(connectTo('shop.example:443')),
        clientHello(serverNames('nobody.example')),
      ]),
    );
    expect((await client.response('HEAD')).status).toBe(200);
    expect(await client.rest()).toBe('\x15\x03\x03\x00\x02\x02\x70');
  });

  test('a ClientHello for a listener for HTTP is answered in the clear', async () => {
    const plane = await started({ parts: shop() });
    const client = await plane.client();
    client.send(connectTo('shop.example:80'));
    expect((await client.response('HEAD')).status).toBe(200);
    client.send(clientHello(serverNames('shop.example')));
    expect(await client.response()).toMatchObject({
      status: 400,
      text: 'this port belongs to a listener for HTTP',
    });
    expect(await client.ending).toBe('end');
  });

  test('a ClientHello that is malformed gets an alert, and its connection ends', async () => {
    const plane = await started();
    const client = await plane.client();
    client.send('\x16\x03\x01\x00\x04\x02\x00\x00\x00');
    expect(await client.rest()).toBe('\x15\x03\x03\x00\x02\x02\x32');
    expect(await client.ending).toBe('end');
    expect(await plane.stop()).toMatchObject([
      { responseCode: 0, failureReason: 'ClientProtocolError', serviceArn: '-' },
    ]);
  });
});

describe('what goes wrong ends one connection only', () => {
  test('a handshake that is slow, wherever it stops', async () => {
    const plane = await started({ limits: { handshakeTimeoutMs: 300 } });
    const good = await plane.secureClient();
    const hello = clientHello(serverNames('shop.example'));
    const silent = await plane.client();
    silent.send(Buffer.from([22]));
    const dripping = await plane.client();
    const drip = setInterval(() => dripping.send(Buffer.from([22, 3, 1, 0, 1, 1])), 20);
    const waiting = await plane.client();
    waiting.send(hello.subarray(0, -1));
    const answered = await plane.client();
    answered.send(hello);
    await Promise.all([silent, waiting, answered, dripping].map(({ ending }) => ending));
    clearInterval(drip);
    good.send(request('GET /'));
    expect((await good.response()).status).toBe(404);
    const records = await plane.stop();
    expect(records).toHaveLength(5);
    expect(
      records.filter(({ failureReason }) => failureReason === 'ClientProtocolError'),
    ).toHaveLength(4);
  });

  test('a client that leaves within its handshake', async () => {
    const plane = await started();
    const begun = await plane.client();
    begun.send(clientHello(serverNames('shop.example')).subarray(0, 50));
    begun.end();
    expect(await begun.rest()).toBe('');
    const client = await plane.client();
    client.send(clientHello(serverNames('shop.example')));
    await client.response().catch(() => {});
    client.socket.resetAndDestroy();
    expect(await handshake(plane.port)).toBe('secure');
  });

  test('a record that cannot be decrypted', async () => {
    const plane = await started();
    const tcp = connectTcp({ port: plane.port, host: '127.0.0.1' });
    const socket = connect({ socket: tcp, servername: 'shop.example', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const closed = once(tcp, 'close');
    socket.on('error', () => {});
    tcp.write(Buffer.concat([Buffer.from([23, 3, 3, 0, 32]), Buffer.alloc(32, 1)]));
    await closed;
    expect(await handshake(plane.port)).toBe('secure');
  });

  test('a client that renegotiates', async () => {
    const plane = await started();
    const client = await plane.secureClient({ maxVersion: 'TLSv1.2' });
    (client.socket as TLSSocket).renegotiate({}, () => {});
    await client.ending;
    expect(await handshake(plane.port)).toBe('secure');
  });

  test('a target that fails within its answer: the client does not take it for complete', async () => {
    const target = await rawTarget(async (connection) => {
      await connection.until();
      connection.send('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n');
      await turn();
      connection.socket.resetAndDestroy();
    });
    const plane = await started({ parts: secureShop({ targets: [target.port] }) });
    const client = await plane.secureClient();
    client.send(request('GET /'));
    await expect(client.response()).rejects.toThrow(CutError);
    await client.ending;
    expect(await plane.stop()).toMatchObject([{ failureReason: 'TargetConnectionClosed' }]);
    await target.close();
  });

  test('a thousand connections that send garbage', async () => {
    const plane = await started({ limits: { handshakeTimeoutMs: 500 } });
    const good = await plane.secureClient();
    const garbage = (number: number): Buffer => {
      const bytes = Buffer.alloc(64, number * 37);
      bytes[0] = 22;
      if (number % 2 === 0) bytes.set([22, 3, 1, 0, 59, 1, 0, 0, 55], 0);
      return number % 3 === 0 ? clientHello(serverNames('shop.example')) : bytes;
    };
    const rounds = 20;
    for (let round = 0; round < rounds; round++) {
      const clients = await Promise.all(
        Array.from({ length: 50 }, () => RawClient.connect(plane.port)),
      );
      for (const [index, client] of clients.entries()) {
        client.send(garbage(round * 50 + index));
        client.send(Buffer.alloc(100, 255));
      }
      good.send(request('GET /'));
      expect((await good.response()).status).toBe(404);
      await Promise.all(clients.map((client) => client.ending));
      for (const client of clients) client.destroy();
    }
    expect(await handshake(plane.port)).toBe('secure');
    const records = await plane.stop();
    expect(records.filter(({ failureReason }) => failureReason !== '-')).toHaveLength(1_000);
    expect(records.filter(({ failureReason }) => failureReason === '-')).toHaveLength(rounds);
  });
});

describe('connections', () => {
  test('carry large bodies both ways, and a client that does not read holds its target back', async () => {
    const size = 8_000_000;
    const target = await httpTarget((seen, response) => {
      response.end(seen.method === 'POST' ? String(seen.body.length) : 'x'.repeat(size));
    });
    const plane = await started({ parts: secureShop({ targets: [target.port] }) });
    const client = await plane.secureClient();
    client.send(request('POST /', [`Content-Length: ${size}`]));
    client.send(Buffer.alloc(size));
    expect((await client.response()).text).toBe(String(size));
    client.pause();
    client.send(request('GET /'));
    await target.seen(2);
    await turn();
    client.resume();
    expect((await client.response()).body).toHaveLength(size);
    await target.close();
  });

  test('answer pipelined requests in order', async () => {
    const target = await httpTarget();
    const plane = await started({ parts: secureShop({ targets: [target.port] }) });
    const client = await plane.secureClient();
    client.send(['/1', '/2', '/3'].map((path) => request(`GET ${path}`)).join(''));
    for (const path of ['/1', '/2', '/3']) {
      expect(await client.response()).toMatchObject({ text: `GET ${path}` });
    }
    await target.close();
  });

  test('end when the association of their VPC goes', async () => {
    const plane = await started();
    const client = await plane.secureClient();
    const hello = await plane.client();
    hello.send(clientHello(serverNames('shop.example')).subarray(0, 20));
    const { networkId: _, associationId: __, ...alone } = aVpc();
    await plane.apply([alone]);
    await Promise.all([client.ending, hello.ending]);
  });

  test('that are idle end when the worker drains, and others finish first', async () => {
    const target = await rawTarget();
    const plane = await started({ parts: secureShop({ targets: [target.port] }) });
    const [idle, busy] = [await plane.secureClient(), await plane.secureClient()];
    busy.send(request('GET /'));
    const connection = await target.connection(0);
    await connection.until();
    plane.send({ type: 'drain' });
    await idle.ending;
    connection.send('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    expect(await busy.response()).toMatchObject({ status: 200, text: 'ok' });
    await plane.ended;
    await target.close();
  });
});

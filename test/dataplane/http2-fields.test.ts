import { once } from 'node:events';
import { connect } from 'node:http2';
import { afterEach, describe, expect, test } from 'vitest';
import { DataPlane, shop } from './data-plane.ts';
import {
  FRAME,
  FrameClient,
  frame,
  frameTarget,
  Http2Client,
  http2Target,
  literals,
  responseOf,
} from './http2-peers.ts';
import { httpTarget } from './targets.ts';

type Field = readonly [name: string, value: string];

const END_HEADERS = 4;
const END_STREAM = 1;

const POST: readonly Field[] = [
  [':method', 'POST'],
  [':path', '/'],
  [':scheme', 'http'],
  [':authority', 'shop.example'],
];

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const planeFor = async (port: number): Promise<DataPlane> => {
  const parts = shop({ targets: [port], group: { protocolVersion: 'HTTP2' } });
  const plane = await DataPlane.start({ parts });
  closers.push(() => plane.stop());
  return plane;
};

const clientOf = (plane: DataPlane): Http2Client => {
  const client = new Http2Client(plane.port);
  closers.push(() => client.destroy());
  return client;
};

const head = (id: number, fields: readonly Field[], flags = 0): Buffer =>
  frame(FRAME.headers, END_HEADERS | flags, id, literals(fields));

/** A target that answers each request when it is complete, and keeps the trailers. */
const collecting = async () => {
  const trailers: [name: string, value: unknown][] = [];
  const target = await http2Target((stream) => {
    stream.on('trailers', (fields) => trailers.push(...Object.entries(fields)));
    stream.resume();
    stream.on('end', () => stream.respond({ ':status': 200 }, { endStream: true }));
  });
  closers.push(() => target.close());
  return { target, trailers };
};

describe('fields of a client', () => {
  test.each(['trailers', 'Trailers', 'TRAILERS'])(
    'te: %s reaches the target as trailers',
    async (te) => {
      const { target } = await collecting();
      const plane = await planeFor(target.port);
      const client = await FrameClient.connect(plane.port);
      client.send(head(1, [...POST, ['te', te]], END_STREAM));
      expect(await client.until(({ streamId }) => streamId === 1)).toMatchObject({
        type: FRAME.headers,
      });
      client.socket.destroy();
      expect(target.requests[0]!.headers['te']).toBe('trailers');
      expect(await plane.stop()).toMatchObject([{ responseCode: 200 }]);
    },
  );

  test('that nobody may send behind a body are left out of the trailers', async () => {
    const { target, trailers } = await collecting();
    const plane = await planeFor(target.port);
    const client = await FrameClient.connect(plane.port);
    client.send(
      head(1, POST),
      frame(FRAME.data, 0, 1, Buffer.from('hello')),
      head(
        1,
        [
          ['te', 'Trailers'],
          ['x-sum', '42'],
          ['x-amzn-lattice-identity', 'Principal=arn:aws:iam::111122223333:root'],
          ['x_amzn_source_vpc', 'vpc-2'],
          ['x-amzn-source-vpc', 'vpc-2'],
          ['x-forwarded-for', '192.0.2.1'],
          [
            'authorization',
            'AWS4-HMAC-SHA256 Credential=a/b/us-west-2/vpc-lattice-svcs/aws4_request',
          ],
          ['x-amz-security-token', 'secret'],
          ['http2-settings', 'x'],
        ],
        END_STREAM,
      ),
    );
    expect(
      await client.until(({ streamId, flags }) => streamId === 1 && (flags & 1) === 1),
    ).toBeDefined();
    client.socket.destroy();
    expect(trailers).toEqual([['x-sum', '42']]);
    expect(await plane.stop()).toMatchObject([{ responseCode: 200, failureReason: '-' }]);
  });

  test('behind a body that says its length are passed on, too', async () => {
    const { target, trailers } = await collecting();
    const plane = await planeFor(target.port);
    const client = clientOf(plane);
    const stream = client.session.request(
      { ':authority': 'shop.example', ':method': 'POST', 'content-length': 5 },
      { waitForTrailers: true },
    );
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '42' }));
    stream.end('hello');
    expect((await responseOf(stream)).status).toBe(200);
    expect(target.requests[0]!.headers['content-length']).toBe('5');
    expect(trailers).toEqual([['x-sum', '42']]);
  });
});

describe('a head as large as it may be', () => {
  const large = (count: number, bytes: number): [name: string, value: string][] =>
    Array.from({ length: count }, (_, i) => [`x-${i}`, 'a'.repeat(Math.floor(bytes / count))]);

  test.each([
    { name: '65,500 bytes in 20 fields', fields: large(20, 65_250) },
    { name: '64,000 bytes in 300 fields', fields: large(300, 62_000) },
    { name: '900 fields', fields: large(900, 50_000) },
  ])('of a target of HTTP/1.1: $name', async ({ fields }) => {
    const target = await httpTarget((_seen, response) => {
      response.writeHead(200, fields.flat());
      response.end('ok');
    });
    closers.push(() => target.close());
    const plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
    closers.push(() => plane.stop());
    const session = connect(`http://127.0.0.1:${plane.port}`, {
      settings: { maxHeaderListSize: 1_000_000 },
      maxHeaderListPairs: 2_000,
    });
    closers.push(() => session.destroy());
    const stream = session.request({ ':authority': 'shop.example' });
    stream.on('error', () => {});
    const response = await responseOf(stream);
    expect(response).toMatchObject({ status: 200, text: 'ok', code: 0 });
    for (const [name, value] of fields) expect(response.headers[name]).toBe(value);
  });

  test('of a client, with what is added to it', async () => {
    const { target } = await collecting();
    const plane = await planeFor(target.port);
    const fields = large(90, 58_000);
    const response = await clientOf(plane).ask(Object.fromEntries(fields));
    expect(response.status).toBe(200);
    expect(target.requests[0]!.headers).toMatchObject(Object.fromEntries(fields));
  });
});

describe('fields of a target', () => {
  const OK: Field = [':status', '200'];
  const TE: Field = ['te', 'Trailers'];
  test.each([
    { name: 'a response', frames: (id: number) => [head(id, [OK, TE], END_STREAM)] },
    {
      name: 'an interim response',
      frames: (id: number) => [
        head(id, [[':status', '103'], TE, ['link', '</a>']]),
        head(id, [OK], END_STREAM),
      ],
    },
    {
      name: 'trailers',
      frames: (id: number) => [
        head(id, [OK]),
        frame(FRAME.data, 0, id, Buffer.from('x')),
        head(id, [TE, ['x-amzn-requestid', 'theirs'], ['x-sum', '1']], END_STREAM),
      ],
    },
  ])('te in $name stays behind', async ({ name, frames }) => {
    const target = await frameTarget(async (connection) => {
      const id = await connection.request();
      if (id !== undefined) connection.send(...frames(id));
    });
    closers.push(() => target.close());
    const plane = await planeFor(target.port);
    const response = await clientOf(plane).ask({ te: 'trailers' });
    expect(response).toMatchObject({ status: 200, code: 0 });
    expect(response.headers['te']).toBeUndefined();
    expect(response.interims).toEqual(name === 'an interim response' ? [103] : []);
    expect(Object.entries(response.trailers ?? {})).toEqual(
      name === 'trailers' ? [['x-sum', '1']] : [],
    );
  });
});

describe('heads that are larger than the other side takes', () => {
  const LARGE = 'x'.repeat(3_000);
  const MAX_HEADER_LIST_SIZE = 2_000;

  /** A client that takes small ones only. */
  const modestClient = async (plane: DataPlane): Promise<Http2Client> => {
    const client = clientOf(plane);
    client.session.settings({ maxHeaderListSize: MAX_HEADER_LIST_SIZE });
    await once(client.session, 'localSettings');
    return client;
  };

  test.each([
    { of: 'HTTP/1.1', version: 'HTTP1' },
    { of: 'HTTP/2', version: 'HTTP2' },
  ] as const)('that come from a target of $of are 502, and say why', async ({ version }) => {
    const target =
      version === 'HTTP1'
        ? await httpTarget((_seen, response) => response.setHeader('x-large', LARGE).end())
        : await http2Target((stream) => {
            stream.respond({ ':status': 200, 'x-large': LARGE }, { endStream: true });
          });
    closers.push(() => target.close());
    const parts = shop({ targets: [target.port], group: { protocolVersion: version } });
    const plane = await DataPlane.start({ parts });
    closers.push(() => plane.stop());
    const client = await modestClient(plane);
    expect(await client.ask()).toMatchObject({
      status: 502,
      text: 'the headers of the response are larger than this client takes',
    });
    const other = clientOf(plane);
    expect((await other.ask()).headers['x-large']).toBe(LARGE);
    expect(await plane.stop()).toMatchObject([
      { responseCode: 502, failureReason: 'TargetProtocolError' },
      { responseCode: 200, failureReason: '-' },
    ]);
  });

  test('of an interim response are left out, and the answer is not', async () => {
    const target = await http2Target((stream) => {
      stream.additionalHeaders({ ':status': 103, link: `</${LARGE}>` });
      stream.additionalHeaders({ ':status': 103, link: '</a>' });
      stream.respond({ ':status': 200 }, { endStream: true });
    });
    closers.push(() => target.close());
    const client = await modestClient(await planeFor(target.port));
    expect(await client.ask()).toMatchObject({ status: 200, interims: [103] });
  });

  test('of trailers are left out, but for the status of gRPC', async () => {
    const target = await http2Target((stream) => {
      stream.respond({ ':status': 200 }, { waitForTrailers: true });
      stream.on('wantTrailers', () =>
        stream.sendTrailers({ 'grpc-status': '5', 'grpc-message': LARGE }),
      );
      stream.end('body');
    });
    closers.push(() => target.close());
    const client = await modestClient(await planeFor(target.port));
    const response = await client.ask({ te: 'trailers' });
    expect(response).toMatchObject({ status: 200, text: 'body', code: 0 });
    expect(Object.entries(response.trailers!)).toEqual([['grpc-status', '5']]);
  });

  test('that a client sends are 431', async () => {
    const settings = { maxHeaderListSize: MAX_HEADER_LIST_SIZE };
    const target = await http2Target(undefined, settings);
    closers.push(() => target.close());
    const plane = await planeFor(target.port);
    const client = clientOf(plane);
    expect(await client.ask({ 'x-large': LARGE })).toMatchObject({
      status: 431,
      text: 'Request Header Fields Too Large',
    });
    expect((await client.ask({ ':method': 'POST' }, 'small')).text).toBe('small');
    expect(target.requests).toHaveLength(1);
    expect(await plane.stop()).toMatchObject([
      { responseCode: 431, failureReason: 'ClientProtocolError' },
      { responseCode: 200 },
    ]);
  });
});

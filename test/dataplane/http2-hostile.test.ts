import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { DataPlane, request, secureShop, shop } from './data-plane.ts';
import {
  FRAME,
  FrameClient,
  frame,
  Http2Client,
  type Http2Target,
  http2Target,
  literals,
  PREFACE,
} from './http2-peers.ts';
import { turn } from './raw-client.ts';
import { rawTarget } from './targets.ts';

type Field = readonly [name: string, value: string];

const END_HEADERS = 4;
const END_STREAM = 1;

const fieldsOf = (method: string): Field[] => [
  [':method', method],
  [':path', '/'],
  [':scheme', 'http'],
  [':authority', 'shop.example'],
];
const head = (id: number, fields: readonly Field[], flags = 0): Buffer =>
  frame(FRAME.headers, END_HEADERS | flags, id, literals(fields));
const get = (id: number, ...more: Field[]): Buffer =>
  head(id, [...fieldsOf('GET'), ...more], END_STREAM);
const post = (id: number, ...more: Field[]): Buffer => head(id, [...fieldsOf('POST'), ...more]);
const data = (id: number, length: number): Buffer => frame(FRAME.data, 0, id, Buffer.alloc(length));
const reset = (id: number): Buffer => frame(FRAME.reset, 0, id, Buffer.of(0, 0, 0, 8));
const goaway = (code: number): Buffer =>
  frame(FRAME.goaway, 0, 0, Buffer.of(0, 0, 0, 0, 0, 0, 0, code));
const OPENING = Buffer.concat([PREFACE, frame(FRAME.settings, 0, 0, Buffer.of())]);

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Never answers `/`. */
const silentTarget = async (): Promise<Http2Target> => {
  const target = await http2Target((stream, headers) => {
    if (headers[':path'] !== '/') stream.respond({ ':status': 200 }, { endStream: true });
  });
  closers.push(() => target.close());
  return target;
};

const planeFor = async (port: number, options: { limits?: object; secure?: boolean } = {}) => {
  const shopOptions = { targets: [port], group: { protocolVersion: 'HTTP2' } } as const;
  const plane = await DataPlane.start({
    parts: options.secure === true ? secureShop(shopOptions) : shop(shopOptions),
    limits: options.limits ?? {},
  });
  closers.push(() => plane.stop());
  return plane;
};

const isServed = async (plane: DataPlane): Promise<void> => {
  const neighbour = new Http2Client(plane.port);
  expect((await neighbour.ask({ ':path': '/fine' })).status).toBe(200);
  neighbour.destroy();
};

describe('frames that end a connection, with more behind them', () => {
  test.each([
    {
      name: 'a body that is longer than it says',
      frames: [post(1, ['content-length', '10']), data(1, 11), post(3), data(3, 9)],
    },
    { name: 'GOAWAY with an error', frames: [goaway(2), post(1), data(1, 1)] },
    { name: 'GOAWAY without', frames: [get(1), goaway(0), post(3), data(3, 1)] },
    {
      name: 'SETTINGS on a stream',
      frames: [frame(FRAME.settings, 0, 1, Buffer.of()), post(1), data(1, 1)],
    },
  ])('$name: nobody else notices', async ({ frames }) => {
    const target = await silentTarget();
    const plane = await planeFor(target.port);
    for (let i = 0; i < 3; i++) {
      const client = connectTcp(plane.port, '127.0.0.1');
      client.on('error', () => {});
      client.end(Buffer.concat([OPENING, ...frames]));
      client.resume();
      await once(client, 'close');
    }
    await isServed(plane);
  });
});

describe('a request that is refused and reset in one packet', () => {
  test.each([
    { name: 'another Host', fields: [['host', 'other']] as Field[] },
    { name: '110 fields', fields: Array(110).fill(['a', 'b']) as Field[] },
  ])('with $name leaves a record and no trace', async ({ fields }) => {
    const target = await silentTarget();
    const plane = await planeFor(target.port);
    const client = connectTcp(plane.port, '127.0.0.1');
    client.on('error', () => {});
    client.write(
      Buffer.concat([OPENING, get(1, ...fields), reset(1), post(3, ...fields), reset(3)]),
    );
    await isServed(plane);
    client.destroy();
    const refused = (await plane.stop()).filter(({ responseCode }) => responseCode === 400);
    expect(refused).toHaveLength(2);
  });
});

describe('a client that is gone', () => {
  test.each([
    { name: 'in the clear, in order', secure: false, isReset: false },
    { name: 'in the clear, by a reset', secure: false, isReset: true },
    { name: 'over TLS, in order', secure: true, isReset: false },
    { name: 'over TLS, by a reset', secure: true, isReset: true },
  ])('$name, is told to the target at once', async ({ secure, isReset }) => {
    const target = await silentTarget();
    const plane = await planeFor(target.port, { secure });
    for (let i = 0; i < 20; i++) {
      const tcp = connectTcp(plane.port, '127.0.0.1');
      tcp.on('error', () => {});
      await once(tcp, 'connect');
      const client = secure
        ? connectTls({ ...TLS_OPTIONS, socket: tcp }).on('error', () => {})
        : tcp;
      if (secure) await once(client, 'secureConnect');
      client.write(Buffer.concat([OPENING, get(1)]));
      while (target.requests.length <= i) await turn();
      const [stream] = target.streams.slice(-1);
      const closed = once(stream!, 'close');
      if (isReset) tcp.resetAndDestroy();
      else tcp.destroy();
      await closed;
    }
    // Nothing of them is left that would have to be waited for.
    plane.send({ type: 'drain' });
    await plane.ended;
    const records = await plane.stop();
    expect(records).toHaveLength(20);
    for (const { failureReason } of records) expect(failureReason).toBe('ClientConnectionClosed');
  });

  const TLS_OPTIONS = {
    servername: 'shop.example',
    ALPNProtocols: ['h2'],
    rejectUnauthorized: false,
  };
});

describe('a target that never comes to an answer', () => {
  test.each(['HTTP/1.1', 'HTTP/2'])(
    'but sends interim ones for ever to a client of %s is cut off',
    async (protocol) => {
      const target = await rawTarget(async (connection) => {
        await connection.until();
        const hint = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(100);
        while (!connection.socket.destroyed) {
          if (!connection.socket.write(hint)) await once(connection.socket, 'drain');
          await turn();
        }
      });
      closers.push(() => target.close());
      const plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
      closers.push(() => plane.stop());
      const client = new Http2Client(plane.port);
      closers.push(() => client.destroy());
      const response = protocol === 'HTTP/2' ? client.ask() : plane.ask(request('GET /'));
      expect((await response).status).toBe(502);
      await (await target.connection(0)).ended;
      expect(await plane.stop()).toMatchObject([{ failureReason: 'TargetProtocolError' }]);
    },
  );
});

test('requests that no target gets do not make up for resets', async () => {
  const target = await silentTarget();
  const plane = await planeFor(target.port, { limits: { maxStreamResets: 20 } });
  const client = await FrameClient.connect(plane.port);
  const elsewhere: readonly Field[] = [...fieldsOf('GET').slice(0, 3), [':authority', 'nowhere']];
  for (let id = 1; id < 400; id += 4) {
    client.send(get(id), head(id + 2, elsewhere, END_STREAM));
    await Promise.race([
      client.until(({ streamId, flags }) => streamId === id + 2 && (flags & END_STREAM) === 1),
      client.closed,
    ]);
    client.send(reset(id));
  }
  await client.closed;
  const end = client.frames.findLast(({ type }) => type === FRAME.goaway);
  expect(end?.payload.readUInt32BE(4)).toBe(11);
  expect(target.requests.length).toBeLessThan(50);
});

import { afterEach, describe, expect, test } from 'vitest';
import { HpackDecoder } from '../../src/http2/hpack/hpack-decoder.ts';
import { DataPlane, shop } from './data-plane.ts';
import {
  FRAME,
  FrameClient,
  type FrameConnection,
  frame,
  frameTarget,
  Http2Client,
  http2Target,
  literals,
  type SeenFrame,
} from './http2-peers.ts';
import { turn } from './raw-client.ts';

const END_STREAM = 1;
const END_HEADERS = 4;
const ACK = 1;

const HTTP2 = { protocolVersion: 'HTTP2' } as const;
const HEAD = literals([
  [':method', 'GET'],
  [':path', '/'],
  [':scheme', 'http'],
  [':authority', 'shop.example'],
]);
const OK = literals([[':status', '200']]);

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const planeFor = async (port: number): Promise<DataPlane> => {
  const plane = await DataPlane.start({ parts: shop({ targets: [port], group: HTTP2 }) });
  closers.push(() => plane.stop());
  return plane;
};

const targetThat = async (serve: (connection: FrameConnection, number: number) => unknown) => {
  const target = await frameTarget(serve);
  closers.push(() => target.close());
  return target;
};

const clientOf = async (plane: DataPlane): Promise<FrameClient> => {
  const client = await FrameClient.connect(plane.port);
  closers.push(() => client.socket.destroy());
  return client;
};

test('a field that its client wants in no table is in none towards the target', async () => {
  const target = await targetThat(async (connection) => {
    const id = await connection.request();
    connection.send(frame(FRAME.headers, END_HEADERS | END_STREAM, id!, OK));
  });
  const client = await clientOf(await planeFor(target.port));
  const secret = literals([['x-secret', 'sesame']]);
  // RFC 7541 §6.2.3
  secret[0] = 0x10;
  const open = literals([['x-open', 'door']]);
  const block = Buffer.concat([HEAD, secret, open]);
  client.send(frame(FRAME.headers, END_HEADERS | END_STREAM, 1, block));
  await client.until(({ streamId, flags }) => streamId === 1 && (flags & END_STREAM) !== 0);
  const head = target.connections[0]!.frames.find(({ type }) => type === FRAME.headers)!;
  const fields: string[] = [];
  const { neverIndexed } = new HpackDecoder({ maxTableSize: 4096 }).decode(
    head.payload,
    0,
    head.payload.length,
    fields,
    65_536,
    100,
  );
  expect(fields).toEqual(expect.arrayContaining(['x-secret', 'sesame', 'x-open', 'door']));
  expect(neverIndexed).toContain('x-secret');
  expect(neverIndexed).not.toContain('x-open');
});

describe('the end of a connection in two steps (RFC 9113 §6.8)', () => {
  const goaways = (client: FrameClient): { last: number; code: number }[] =>
    client.frames
      .filter(({ type }) => type === FRAME.goaway)
      .map(({ payload }) => ({ last: payload.readUInt32BE(0), code: payload.readUInt32BE(4) }));

  test('serves what is on its way when the client is told, and names the last of it', async () => {
    const target = await http2Target((stream) =>
      stream.respond({ ':status': 200 }, { endStream: true }),
    );
    closers.push(() => target.close());
    const plane = await planeFor(target.port);
    const client = await clientOf(plane);
    const get = (id: number): Buffer => frame(FRAME.headers, END_HEADERS | END_STREAM, id, HEAD);
    const answerOf = (id: number) => client.until(({ streamId }) => streamId === id);
    client.send(get(1));
    await answerOf(1);
    plane.send({ type: 'drain' });
    const isPing = ({ type, flags }: SeenFrame): boolean => type === FRAME.ping && flags === 0;
    const ping = await client.until(isPing);
    expect(goaways(client)).toEqual([{ last: 2 ** 31 - 1, code: 0 }]);
    client.send(get(3));
    expect(await answerOf(3)).toMatchObject({ type: FRAME.headers });
    client.send(frame(FRAME.ping, ACK, 0, ping!.payload));
    await client.closed;
    expect(goaways(client).at(-1)).toEqual({ last: 3, code: 0 });
    await plane.ended;
  });
});

describe('a target', () => {
  test('that ends its connection with an error still finishes what it has taken', async () => {
    const target = await targetThat(async (connection, number) => {
      const id = await connection.request();
      if (number === 0) {
        // ENHANCE_YOUR_CALM; the last stream is this one.
        connection.send(frame(FRAME.goaway, 0, 0, Buffer.of(0, 0, 0, id!, 0, 0, 0, 11)));
        await turn();
      }
      connection.send(frame(FRAME.headers, END_HEADERS | END_STREAM, id!, OK));
    });
    const client = new Http2Client((await planeFor(target.port)).port);
    closers.push(() => client.destroy());
    expect((await client.ask({ ':method': 'POST' }, 'x')).status).toBe(200);
    expect((await client.ask({ ':method': 'POST' }, 'x')).status).toBe(200);
    expect(target.connections).toHaveLength(2);
  });

  test('whose answer is no HTTP/2 loses that answer, and no other on the same connection', async () => {
    const target = await targetThat(async (connection) => {
      const [first, second] = [await connection.request(), await connection.request()];
      const bad = literals([
        [':status', '200'],
        ['Upper', 'case'],
      ]);
      connection.send(
        frame(FRAME.headers, END_HEADERS | END_STREAM, first!, bad),
        frame(FRAME.headers, END_HEADERS | END_STREAM, second!, OK),
      );
    });
    const plane = await planeFor(target.port);
    const client = new Http2Client(plane.port);
    closers.push(() => client.destroy());
    const answers = await Promise.all([client.ask(), client.ask()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 502]);
    expect(target.connections).toHaveLength(1);
    const failures = (await plane.stop()).map(({ failureReason }) => failureReason);
    expect(failures.sort()).toEqual(['-', 'TargetProtocolError']);
  });
});

import { once } from 'node:events';
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
const CANCEL = 8;

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

/** A field that nobody on the way is to put into a table (RFC 7541 §6.2.3). */
const neverIndexed = (name: string, value: string): Buffer => {
  const field = literals([[name, value]]);
  field[0] = 0x10;
  return field;
};

/** Of blocks in the order in which they came: the names of fields that are never to be indexed. */
const marksOf = (blocks: readonly SeenFrame[]): (readonly string[])[] => {
  const decoder = new HpackDecoder({ maxTableSize: 4096 });
  return blocks.map(
    ({ payload }) => decoder.decode(payload, 0, payload.length, [], 65_536, 100).neverIndexed ?? [],
  );
};

test('a field that its client wants in no table is in none towards the target', async () => {
  const target = await targetThat(async (connection) => {
    const id = await connection.request();
    connection.send(frame(FRAME.headers, END_HEADERS | END_STREAM, id!, OK));
  });
  const client = await clientOf(await planeFor(target.port));
  const open = literals([['x-open', 'door']]);
  const block = Buffer.concat([HEAD, neverIndexed('x-secret', 'sesame'), open]);
  client.send(frame(FRAME.headers, END_HEADERS | END_STREAM, 1, block));
  await client.until(({ streamId, flags }) => streamId === 1 && (flags & END_STREAM) !== 0);
  const heads = target.connections[0]!.frames.filter(({ type }) => type === FRAME.headers);
  expect(marksOf(heads)).toEqual([['x-secret']]);
});

test('nor is one that stands in trailers, or that its target wants in none', async () => {
  const target = await targetThat(async (connection) => {
    const id = await connection.request();
    await connection.until(({ flags }) => (flags & END_STREAM) !== 0);
    const [hint, head, after] = [
      [literals([[':status', '103']]), neverIndexed('x-hint', '1')],
      [OK, neverIndexed('x-token', 'sesame')],
      [neverIndexed('x-after', 'sesame')],
    ].map((fields) => Buffer.concat(fields));
    connection.send(
      frame(FRAME.headers, END_HEADERS, id!, hint!),
      frame(FRAME.headers, END_HEADERS, id!, head!),
      frame(FRAME.headers, END_HEADERS | END_STREAM, id!, after!),
    );
  });
  const client = await clientOf(await planeFor(target.port));
  const takesTrailers = literals([['te', 'trailers']]);
  client.send(
    frame(FRAME.headers, END_HEADERS, 1, Buffer.concat([HEAD, takesTrailers])),
    frame(FRAME.headers, END_HEADERS | END_STREAM, 1, neverIndexed('x-sum', 'sesame')),
  );
  await client.until(({ streamId, flags }) => streamId === 1 && (flags & END_STREAM) !== 0);
  const isHead = ({ type }: SeenFrame): boolean => type === FRAME.headers;
  expect(marksOf(target.connections[0]!.frames.filter(isHead))).toEqual([[], ['x-sum']]);
  const answers = marksOf(client.frames.filter(isHead));
  expect(answers).toEqual([['x-hint'], ['x-token'], ['x-after']]);
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
  test('whose answer was given up by one client may still send it: the others are served', async () => {
    const seen = Promise.withResolvers<void>();
    const target = await targetThat(async (connection) => {
      const first = await connection.request();
      seen.resolve();
      const second = await connection.request();
      connection.send(frame(FRAME.headers, END_HEADERS, second!, OK));
      await connection.until(({ type }) => type === FRAME.reset);
      const piece = frame(FRAME.data, 0, second!, Buffer.alloc(10));
      // As much as the window lets it have on its way.
      connection.send(...Array.from({ length: 1_600 }, () => piece));
      connection.send(frame(FRAME.headers, END_HEADERS | END_STREAM, first!, OK));
    });
    const plane = await planeFor(target.port);
    const [patient, other] = [new Http2Client(plane.port), new Http2Client(plane.port)];
    closers.push(
      () => patient.destroy(),
      () => other.destroy(),
    );
    const answer = patient.ask({ ':method': 'POST' }, 'x');
    await seen.promise;
    const given = other.begin({ ':method': 'GET' }, true);
    await once(given, 'response');
    given.close(CANCEL);
    expect((await answer).status).toBe(200);
    expect(target.connections).toHaveLength(1);
  });

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

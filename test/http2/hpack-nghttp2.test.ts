import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  sensitiveHeaders,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { HpackDecoder } from '../../src/http2/hpack/hpack-decoder.ts';
import { encodedBound, HpackEncoder } from '../../src/http2/hpack/hpack-encoder.ts';
import { FRAME, FrameClient, frame } from '../dataplane/http2-peers.ts';

const ACK = 1;
const END_STREAM_AND_HEADERS = 5;
const HEADER_TABLE_SIZE = 1;
const OUR_TABLE = 16_384;

interface Received {
  readonly fields: readonly string[];
  readonly marked: readonly string[];
}

interface Head {
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Names that nobody is to index. */
  readonly marked: readonly string[];
}

/** A connection whose one end is nghttp2, that of node:http2, with frames of a test around our blocks at the other. */
class Wire {
  readonly #server = createServer({ maxDeflateDynamicTableSize: OUR_TABLE });
  readonly #encoder = new HpackEncoder({ maxTableSize: OUR_TABLE });
  readonly #decoder = new HpackDecoder({ maxTableSize: OUR_TABLE });
  #client!: FrameClient;
  #session!: ServerHttp2Session;
  #streamId = -1;
  #seenSettings = 0;
  #received: Received | undefined;
  #answer: OutgoingHttpHeaders = {};

  async open(): Promise<void> {
    this.#server.on('stream', (stream, headers, _flags, raw) =>
      this.#respond(stream as ServerHttp2Stream, headers, raw),
    );
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const connected = once(this.#server, 'session');
    this.#client = await FrameClient.connect((this.#server.address() as AddressInfo).port);
    [this.#session] = (await connected) as [ServerHttp2Session];
    await this.#takeSettings();
  }

  async close(): Promise<void> {
    this.#client.socket.destroy();
    this.#session.destroy();
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  #respond(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, raw: readonly string[]): void {
    // Keyed by a symbol, which the types of node do not know.
    const marked = (headers as Record<symbol, readonly string[] | undefined>)[sensitiveHeaders];
    this.#received = { fields: raw, marked: marked ?? [] };
    const options = { endStream: true, sendDate: false };
    stream.respond(this.#answer, options);
  }

  /** What nghttp2 allows our encoder from now on. */
  async limitRequests(tableSize: number): Promise<void> {
    this.#session.settings({ headerTableSize: tableSize });
    this.#encoder.setPeerMaxTableSize(tableSize);
    await this.#takeSettings();
  }

  /** What we allow nghttp2 from now on. */
  async limitResponses(tableSize: number): Promise<void> {
    const payload = Buffer.alloc(6);
    payload.writeUInt16BE(HEADER_TABLE_SIZE);
    payload.writeUInt32BE(tableSize, 2);
    const before = this.#settings(ACK).length;
    this.#client.send(frame(FRAME.settings, 0, 0, payload));
    await this.#client.until(() => this.#settings(ACK).length > before);
  }

  /** @returns what nghttp2 made of our block, and we of its */
  async exchange(
    request: Head,
    response: Head,
  ): Promise<{ request: Received; response: Received }> {
    this.#answer = { ':status': 200, ...Object.fromEntries(response.fields) };
    Object.assign(this.#answer, { [sensitiveHeaders]: response.marked });
    this.#streamId += 2;
    const fields = requestFields(request);
    const out = Buffer.alloc(encodedBound(fields));
    const end = this.#encoder.encode(fields, request.marked, out, 0);
    const block = out.subarray(0, end);
    this.#client.send(frame(FRAME.headers, END_STREAM_AND_HEADERS, this.#streamId, block));
    const answer = await this.#client.until(
      ({ type, streamId }) =>
        type === FRAME.goaway || (type !== FRAME.data && streamId === this.#streamId),
    );
    expect(answer).toMatchObject({ type: FRAME.headers, flags: END_STREAM_AND_HEADERS });
    const read: string[] = [];
    const { payload } = answer!;
    const { neverIndexed } = this.#decoder.decode(payload, 0, payload.length, read, 65_536, 100);
    return { request: this.#received!, response: { fields: read, marked: neverIndexed ?? [] } };
  }

  async #takeSettings(): Promise<void> {
    this.#seenSettings++;
    await this.#client.until(() => this.#settings(0).length >= this.#seenSettings);
    this.#client.send(frame(FRAME.settings, ACK, 0, Buffer.of()));
  }

  #settings(wanted: number) {
    return this.#client.frames.filter(
      ({ type, flags }) => type === FRAME.settings && flags === wanted,
    );
  }
}

const requestFields = ({ fields }: Head): string[] => [
  ...[':method', 'GET', ':scheme', 'http', ':path', '/', ':authority', 'shop.example'],
  ...fields.flat(),
];

const openWire = async (): Promise<Wire> => {
  const wire = new Wire();
  await wire.open();
  return wire;
};

const name = fc.oneof(
  fc.constantFrom('accept', 'content-type', 'authorization', 'x-request-id', 'etag', 'server'),
  fc.integer({ min: 0, max: 30 }).map((i) => `x-name-${i}`),
);

/** What a value may have, but for white space, which may not stand at its ends. */
const VISIBLE = Array.from({ length: 256 }, (_, code) => code).filter(
  (code) => code > 32 && code !== 127,
);
const value = fc.oneof(
  fc.constantFrom('', 'gzip, deflate', 'v'.repeat(200), 'w'.repeat(2000)),
  fc.integer({ min: 0, max: 5 }).map((i) => `value of ${i}`),
  fc
    .array(fc.constantFrom(...VISIBLE), { maxLength: 60 })
    .map((codes) => String.fromCharCode(...codes)),
);

const head: fc.Arbitrary<Head> = fc
  .uniqueArray(fc.tuple(name, value, fc.boolean()), { selector: ([name]) => name, maxLength: 6 })
  .map((fields) => ({
    fields: fields.map(([name, value]) => [name, value] as const),
    marked: fields.filter(([, value, isMarked]) => isMarked && value !== '').map(([name]) => name),
  }));

const tableSize = fc.constantFrom(0, 60, 500, 4096, OUR_TABLE);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ request: head, response: head }) },
  { weight: 1, arbitrary: fc.record({ requests: tableSize }) },
  { weight: 1, arbitrary: fc.record({ responses: tableSize }) },
);

test('nghttp2 reads what we write and we what it writes, with tables of every size', async () => {
  let exchanges = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const wire = await openWire();
      try {
        for (const what of steps) {
          if ('requests' in what) {
            await wire.limitRequests(what.requests);
          } else if ('responses' in what) {
            await wire.limitResponses(what.responses);
          } else {
            const seen = await wire.exchange(what.request, what.response);
            expect(seen.request.fields).toEqual(requestFields(what.request));
            expect(seen.request.marked).toEqual(expect.arrayContaining([...what.request.marked]));
            expect(seen.response.fields).toEqual([
              ':status',
              '200',
              ...what.response.fields.flat(),
            ]);
            expect(seen.response.marked).toEqual(expect.arrayContaining([...what.response.marked]));
            exchanges++;
          }
        }
      } finally {
        await wire.close();
      }
    }),
    { numRuns: 40 },
  );
  expect(exchanges).toBeGreaterThan(400);
});

test('every character that a value may have comes through in both directions', async () => {
  const wire = await openWire();
  onTestFinished(() => wire.close());
  const all: Head = { fields: [['x-all', String.fromCharCode(...VISIBLE)]], marked: [] };
  for (let round = 0; round < 2; round++) {
    const seen = await wire.exchange(all, all);
    expect(seen.request.fields).toEqual(requestFields(all));
    expect(seen.response.fields).toEqual([':status', '200', ...all.fields.flat()]);
  }
});

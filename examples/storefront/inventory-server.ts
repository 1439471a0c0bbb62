import {
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import {
  decodeMessage,
  encodeMessage,
  INVENTORY,
  type Item,
  type Stock,
} from './inventory-messages.ts';

/** What inventory.proto says, served over HTTP/2 by hand: the example needs no package for it. */

/** Status codes of gRPC. */
const OK = 0;
const NOT_FOUND = 5;
const UNIMPLEMENTED = 12;
const INTERNAL = 13;

class CallError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

type Method = (items: AsyncIterable<Item>) => AsyncIterable<Item>;

const SALE_MS = 10;
const MAX_MESSAGE_BYTES = 4096;

/** What a target has in stock, and what can be done with it. */
const inventory = (): Readonly<Record<string, Method>> => {
  const stock = new Map([
    ['mug', 5000],
    ['shirt', 800],
  ]);
  const take = (sku: string, quantity: number): Item => {
    const before = stock.get(sku);
    if (before === undefined) throw new CallError(NOT_FOUND, `no item \`${sku}\``);
    const left = Math.max(0, before - quantity);
    stock.set(sku, left);
    return { sku, quantity: left };
  };
  return {
    [INVENTORY.get]: async function* get(items) {
      for await (const { sku } of items) yield take(sku, 0);
    },
    [INVENTORY.watch]: async function* watch(items) {
      for await (const { sku, quantity } of items) {
        for (let sales = 0; quantity === 0 || sales < quantity; sales++) {
          yield take(sku, 1);
          await pause(SALE_MS);
        }
      }
    },
    [INVENTORY.reserve]: async function* reserve(items) {
      for await (const { sku, quantity } of items) yield take(sku, quantity);
    },
  };
};

/** gRPC's frames: a byte that says whether it is compressed, the length in four, the message. */
async function* readMessages(stream: ServerHttp2Stream): AsyncGenerator<Item> {
  let received = Buffer.alloc(0);
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    received = Buffer.concat([received, chunk as Buffer]);
    while (received.length >= 5) {
      const length = received.readUInt32BE(1);
      if (received[0] !== 0 || length > MAX_MESSAGE_BYTES) {
        throw new CallError(UNIMPLEMENTED, 'messages are short and not compressed here');
      }
      if (received.length < 5 + length) break;
      yield decodeMessage(received.subarray(5, 5 + length));
      received = received.subarray(5 + length);
    }
  }
}

const frameOf = (stock: Stock): Buffer => {
  const message = encodeMessage(stock);
  const frame = Buffer.alloc(5 + message.length);
  frame.writeUInt32BE(message.length, 1);
  message.copy(frame, 5);
  return frame;
};

const statusOf = (error: unknown): Pick<CallError, 'status' | 'message'> =>
  error instanceof CallError ? error : { status: INTERNAL, message: (error as Error).message };

/** Answers a call of gRPC: messages as they come, and at the end, in the trailers, how it went. */
const answerCall = (stream: ServerHttp2Stream, method: Method, answeredBy: string): void => {
  let outcome: Pick<CallError, 'status' | 'message'> = { status: OK, message: '' };
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc+proto' },
    { waitForTrailers: true },
  );
  stream.on('wantTrailers', () =>
    stream.sendTrailers({
      'grpc-status': outcome.status,
      'grpc-message': encodeURIComponent(outcome.message),
    }),
  );
  async function* answers(): AsyncGenerator<Buffer> {
    try {
      for await (const item of method(readMessages(stream))) yield frameOf({ ...item, answeredBy });
    } catch (error) {
      outcome = statusOf(error);
    }
  }
  const source = Readable.from(answers());
  // A client that goes takes its call along.
  stream.on('close', () => source.destroy());
  source.pipe(stream);
};

const answerHealthCheck = (
  stream: ServerHttp2Stream,
  { ':path': path }: IncomingHttpHeaders,
): void => stream.respond({ ':status': path === '/health' ? 200 : 404 }, { endStream: true });

/** A gRPC server in the clear, which answers health checks by HTTP/2 as well. */
export const inventoryServer = (name: string): Http2Server => {
  const methods = inventory();
  const server = createServer();
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    stream.on('error', () => {});
    if (headers['content-type']?.startsWith('application/grpc') !== true) {
      answerHealthCheck(stream, headers);
      return;
    }
    const method = methods[String(headers[':path'])];
    if (method === undefined) {
      const status = { 'grpc-status': UNIMPLEMENTED, 'content-type': 'application/grpc' };
      stream.respond({ ':status': 200, ...status }, { endStream: true });
    } else answerCall(stream, method, name);
  });
  return server;
};

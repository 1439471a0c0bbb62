import { once } from 'node:events';
import {
  Client,
  type ClientDuplexStream,
  type ClientOptions,
  credentials,
  Metadata,
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceError,
  type StatusObject,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { afterEach, describe, expect, test } from 'vitest';
import { aListener, aRule } from '../../src/dataplane/sample-parts.ts';
import { DataPlane, type ShopOptions, shop } from './data-plane.ts';
import { turn } from './raw-client.ts';

/** Messages are bytes: no .proto is needed to see what a proxy does with them. */
const asIs = (bytes: Buffer): Buffer => bytes;

const method = (path: string, requestStream: boolean, responseStream: boolean) => ({
  path,
  requestStream,
  responseStream,
  requestSerialize: asIs,
  requestDeserialize: asIs,
  responseSerialize: asIs,
  responseDeserialize: asIs,
});

const ECHO = {
  unary: method('/test.Echo/Unary', false, false),
  collect: method('/test.Echo/Collect', true, false),
  repeat: method('/test.Echo/Repeat', false, true),
  both: method('/test.Echo/Both', true, true),
  fail: method('/test.Echo/Fail', false, false),
  silent: method('/test.Echo/Silent', false, false),
} satisfies Record<string, MethodDefinition<Buffer, Buffer>>;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const grpcServer = async () => {
  const seen: { metadata: Metadata; deadline: unknown }[] = [];
  let cancelled = 0;
  const server = new Server({ 'grpc.max_receive_message_length': -1 });
  type Unary = ServerUnaryCall<Buffer, Buffer>;
  server.addService(ECHO, {
    unary: (call: Unary, done: sendUnaryData<Buffer>) => {
      seen.push({ metadata: call.metadata, deadline: call.getDeadline() });
      const trailer = new Metadata();
      trailer.set('x-trailer', 'last');
      const first = new Metadata();
      first.set('x-first', 'head');
      call.sendMetadata(first);
      done(null, call.request, trailer);
    },
    collect: (call: AsyncIterable<Buffer>, done: sendUnaryData<Buffer>) => {
      void (async () => {
        const all: Buffer[] = [];
        for await (const piece of call) all.push(piece);
        done(null, Buffer.concat(all));
      })();
    },
    repeat: (call: ServerWritableStream<Buffer, Buffer>) => {
      for (let i = 0; i < 10; i++) call.write(Buffer.from(`${call.request} ${i}`));
      call.end();
    },
    both: (call: ServerDuplexStream<Buffer, Buffer>) => {
      call.on('cancelled', () => {
        cancelled += 1;
      });
      call.on('data', (piece: Buffer) => call.write(piece));
      call.on('end', () => call.end());
    },
    fail: (_call: Unary, done: sendUnaryData<Buffer>) =>
      done({ code: status.FAILED_PRECONDITION, details: 'not “now” 100 %' }),
    silent: (call: Unary) => {
      seen.push({ metadata: call.metadata, deadline: call.getDeadline() });
      call.on('cancelled', () => {
        cancelled += 1;
      });
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  closers.push(() => server.forceShutdown());
  return { port, seen, cancelled: () => cancelled, shutdown: () => server.forceShutdown() };
};

const grpcClient = (port: number, options: ClientOptions = {}): Client => {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
    ...options,
    'grpc.default_authority': 'shop.example',
    'grpc.max_receive_message_length': -1,
    'grpc.enable_retries': 0,
  });
  closers.push(() => client.close());
  return client;
};

const started = async (options: ShopOptions = {}) => {
  const server = await grpcServer();
  const plane = await DataPlane.start({
    parts: shop({ targets: [server.port], group: { protocolVersion: 'GRPC' }, ...options }),
  });
  closers.push(() => plane.stop());
  return { server, plane, client: grpcClient(plane.port) };
};

const call = (
  client: Client,
  { path }: { path: string },
  message: Buffer | string,
  { metadata = new Metadata(), deadline }: { metadata?: Metadata; deadline?: number } = {},
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = deadline === undefined ? {} : { deadline };
    const bytes = Buffer.from(message);
    client.makeUnaryRequest(path, asIs, asIs, bytes, metadata, options, (error, answer) =>
      error === null ? resolve(answer!) : reject(error),
    );
  });

/** How a call ends, whether that is an error or not. */
const endOf = (stream: ClientDuplexStream<Buffer, Buffer>): Promise<StatusObject> => {
  stream.on('error', () => {});
  return new Promise((resolve) => stream.on('status', resolve));
};

const failure = async (answer: Promise<unknown>): Promise<ServiceError> => {
  try {
    await answer;
  } catch (error) {
    return error as ServiceError;
  }
  throw new Error('the call succeeded');
};

describe('gRPC', { timeout: 20_000 }, () => {
  test('a unary call with metadata in both directions', async () => {
    const { server, plane, client } = await started();
    const metadata = new Metadata();
    metadata.set('x-tenant', 'a');
    metadata.set('x-data-bin', Buffer.from([0, 255, 10]));
    const seen: Metadata[] = [];
    const answer = await new Promise((resolve, reject) => {
      const running = client.makeUnaryRequest(
        ECHO.unary.path,
        asIs,
        asIs,
        Buffer.from('hello'),
        metadata,
        (error, value) => (error === null ? resolve(value) : reject(error)),
      );
      running.on('metadata', (first) => seen.push(first));
      running.on('status', (last) => seen.push(last.metadata));
    });
    expect(String(answer)).toBe('hello');
    await turn();
    expect(seen.map((some) => [...some.get('x-first'), ...some.get('x-trailer')])).toEqual([
      ['head'],
      ['last'],
    ]);
    const got = server.seen[0]!.metadata;
    expect(got.get('x-tenant')).toEqual(['a']);
    expect(got.get('x-data-bin')).toEqual([Buffer.from([0, 255, 10])]);
    expect(got.get('x-amzn-source-vpc')).toEqual(['vpc-1']);
    expect(await plane.stop()).toMatchObject([
      { protocol: 'HTTP/2', responseCode: 200, grpcResponseCode: 0, requestPath: ECHO.unary.path },
    ]);
  });

  test('4 MB there and back', async () => {
    const { client } = await started();
    const bytes = Buffer.alloc(4_000_000, 'abcdefg');
    expect((await call(client, ECHO.unary, bytes)).equals(bytes)).toBe(true);
  });

  test('a stream of the client', async () => {
    const { client } = await started();
    const answer = new Promise<Buffer>((resolve, reject) => {
      const stream = client.makeClientStreamRequest(
        ECHO.collect.path,
        asIs,
        asIs,
        (error, value) => (error === null ? resolve(value!) : reject(error)),
      );
      for (const piece of ['a', 'b', 'c']) stream.write(Buffer.from(piece));
      stream.end();
    });
    expect(String(await answer)).toBe('abc');
  });

  test('a stream of the server', async () => {
    const { client } = await started();
    const pieces: string[] = [];
    const stream = client.makeServerStreamRequest(ECHO.repeat.path, asIs, asIs, Buffer.from('n'));
    for await (const piece of stream) pieces.push(String(piece));
    expect(pieces).toEqual(Array.from({ length: 10 }, (_, i) => `n ${i}`));
  });

  test('both at once: each message arrives before the next is sent', async () => {
    const { plane, client } = await started();
    const stream = client.makeBidiStreamRequest(ECHO.both.path, asIs, asIs);
    for (let i = 0; i < 20; i++) {
      stream.write(Buffer.from(`message ${i}`));
      const [answer] = await once(stream, 'data');
      expect(String(answer)).toBe(`message ${i}`);
    }
    stream.end();
    const [end] = await once(stream, 'status');
    expect(end).toMatchObject({ code: status.OK });
    expect(await plane.stop()).toMatchObject([{ grpcResponseCode: 0, failureReason: '-' }]);
  });

  test('an error of the server, with its text', async () => {
    const { plane, client } = await started();
    const error = await failure(call(client, ECHO.fail, 'x'));
    expect(error).toMatchObject({ code: status.FAILED_PRECONDITION, details: 'not “now” 100 %' });
    expect(await plane.stop()).toMatchObject([{ responseCode: 200, grpcResponseCode: 9 }]);
  });

  test('a deadline reaches the server, and its end ends the call everywhere', async () => {
    const { server, plane, client } = await started();
    const error = await failure(call(client, ECHO.silent, 'x', { deadline: Date.now() + 500 }));
    expect(error.code).toBe(status.DEADLINE_EXCEEDED);
    expect(Number(server.seen[0]!.deadline)).toBeLessThan(Date.now() + 2_000);
    while (server.cancelled() === 0) await turn();
    expect(await plane.stop()).toMatchObject([{ failureReason: 'ClientConnectionClosed' }]);
  });

  test('a call that is cancelled is cancelled at the server', async () => {
    const { server, client } = await started();
    const stream = client.makeBidiStreamRequest(ECHO.both.path, asIs, asIs);
    stream.on('error', () => {});
    stream.write(Buffer.from('x'));
    await once(stream, 'data');
    stream.cancel();
    while (server.cancelled() === 0) await turn();
    expect(String(await call(client, ECHO.unary, 'still there'))).toBe('still there');
  });

  test('a quiet call lives as long as its client says that it is there', async () => {
    const { plane, client } = await started({ service: { idleTimeoutMs: 400 } });
    const options = { 'grpc.keepalive_time_ms': 100, 'grpc.use_local_subchannel_pool': 1 };
    const living = grpcClient(plane.port, options).makeBidiStreamRequest(
      ECHO.both.path,
      asIs,
      asIs,
    );
    const end = endOf(living);
    living.write(Buffer.from('first'));
    await once(living, 'data');
    // Meanwhile those that say nothing end one after the other.
    for (let i = 0; i < 3; i++) {
      const quiet = client.makeBidiStreamRequest(ECHO.both.path, asIs, asIs);
      const ended = endOf(quiet);
      quiet.write(Buffer.from('x'));
      quiet.on('data', () => {});
      expect(await ended).toMatchObject({
        code: status.UNAVAILABLE,
        details: 'nothing was sent for the idle timeout of the service',
      });
    }
    living.write(Buffer.from('second'));
    expect(String(await once(living, 'data'))).toBe('second');
    living.end();
    expect((await end).code).toBe(status.OK);
    expect(await plane.stop()).toMatchObject([
      ...Array(3).fill({ failureReason: 'TargetDataTimeout', grpcResponseCode: 14 }),
      { failureReason: '-', grpcResponseCode: 0 },
    ]);
  });

  test('a call whose server breaks within its answer is told so', async () => {
    const { server, plane, client } = await started();
    const stream = client.makeBidiStreamRequest(ECHO.both.path, asIs, asIs);
    const end = endOf(stream);
    stream.write(Buffer.from('x'));
    await once(stream, 'data');
    server.shutdown();
    expect(await end).toMatchObject({
      code: status.UNAVAILABLE,
      details: 'the target did not complete its answer',
    });
    expect(await plane.stop()).toMatchObject([
      { failureReason: 'TargetConnectionClosed', grpcResponseCode: 14 },
    ]);
  });

  const refuse = (statusCode: number) => ({
    listener: aListener({ defaultAction: { type: 'fixed', statusCode } }),
  });
  test.each([
    { name: 'a fixed 404', options: refuse(404), code: status.UNIMPLEMENTED, text: 'Not Found' },
    {
      name: 'a fixed 500',
      options: refuse(500),
      code: status.UNKNOWN,
      text: 'Internal Server Error',
    },
    {
      name: 'a target that cannot be connected',
      options: { targets: [1] },
      code: status.UNAVAILABLE,
      text: 'Service Unavailable',
    },
    {
      name: 'a target group for HTTP/1.1',
      options: { group: { protocolVersion: 'HTTP1' } },
      code: status.INTERNAL,
      text: 'this target group takes HTTP/1.1, and gRPC needs one for GRPC or HTTP2',
    },
    {
      name: 'a caller who is not allowed',
      options: { service: { authType: 'AWS_IAM' } },
      code: status.PERMISSION_DENIED,
      text: 'AccessDeniedException: ',
    },
  ] as { name: string; options: ShopOptions; code: number; text: string }[])(
    '$name is told in the form of gRPC',
    async ({ options, code, text }) => {
      const { plane, client } = await started(options);
      const error = await failure(call(client, ECHO.unary, 'x'));
      expect(error.code).toBe(code);
      expect(error.details).toContain(text);
      expect(await plane.stop()).toMatchObject([{ responseCode: 200, grpcResponseCode: code }]);
      // An outage has to look like one.
      expect(plane.totals.services['svc-1']).toMatchObject({ requests: 1, status2xx: 0 });
    },
  );

  test('rules match by service and method', async () => {
    const { client } = await started({
      listener: {
        defaultAction: { type: 'fixed', statusCode: 404 },
        rules: [
          aRule({
            match: {
              method: 'POST',
              headers: [],
              path: { type: 'exact', value: ECHO.unary.path, caseSensitive: true },
            },
          }),
        ],
      },
    });
    expect(String(await call(client, ECHO.unary, 'x'))).toBe('x');
    expect((await failure(call(client, ECHO.fail, 'x'))).code).toBe(status.UNIMPLEMENTED);
  });

  test('2,000 calls lose none while targets are replaced', async () => {
    const servers = [await grpcServer(), await grpcServer(), await grpcServer()];
    const ports = servers.map(({ port }) => port);
    const parts = (targets: readonly number[]) =>
      shop({ targets, group: { protocolVersion: 'GRPC' } });
    const { plane, client } = await started({ targets: [ports[0]!] });
    for (let round = 0; round < 20; round++) {
      const calls = Array.from({ length: 100 }, (_, i) => call(client, ECHO.unary, `${i}`));
      await turn();
      await plane.apply(parts([ports[round % 3]!, ports[(round + 1) % 3]!]));
      const answers = await Promise.all(calls);
      expect(answers.map(String)).toEqual(Array.from({ length: 100 }, (_, i) => `${i}`));
    }
    expect(servers.map(({ seen }) => seen.length).reduce((a, b) => a + b)).toBe(2_000);
  });

  test('calls that are given up at any moment harm nobody', async () => {
    const { client } = await started();
    const running: Promise<unknown>[] = [];
    for (let i = 0; i < 150; i++) {
      const stream = client.makeBidiStreamRequest(ECHO.both.path, asIs, asIs);
      stream.on('error', () => {});
      stream.on('data', () => {});
      stream.write(Buffer.alloc(i * 500));
      if (i % 2 === 0) stream.end();
      running.push(new Promise((resolve) => stream.on('status', resolve)));
      for (let wait = i % 7; wait > 0; wait--)
        await new Promise((resolve) => setImmediate(resolve));
      stream.cancel();
    }
    await Promise.all(running);
    expect(String(await call(client, ECHO.unary, 'still there'))).toBe('still there');
  });
});

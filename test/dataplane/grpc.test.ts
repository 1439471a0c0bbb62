import { once } from 'node:events';
import { type ClientDuplexStream, type StatusObject, status } from '@grpc/grpc-js';
import { expect, onTestFinished, test } from 'vitest';
import { aRule } from '../../src/dataplane/sample-parts.ts';
import { DataPlane, type ShopOptions, shop } from './data-plane.ts';
import {
  asIs,
  call,
  ECHO,
  failureOf,
  grpcClient,
  grpcClientWith,
  grpcServer,
} from './grpc-peers.ts';
import { grpcSuite } from './grpc-suite.ts';

for (const listener of ['HTTP', 'HTTPS'] as const) {
  for (const target of ['HTTP', 'HTTPS'] as const) grpcSuite({ listener, target });
}

const started = async (options: ShopOptions = {}) => {
  const server = await grpcServer();
  const plane = await DataPlane.start({
    parts: shop({ targets: [server.port], group: { protocolVersion: 'GRPC' }, ...options }),
  });
  onTestFinished(async () => void (await plane.stop()));
  return { server, plane, client: grpcClient(false, plane.port) };
};

test('rules match gRPC by service and method', async () => {
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
  expect((await failureOf(call(client, ECHO.fail, 'x'))).code).toBe(status.UNIMPLEMENTED);
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
    for (let wait = i % 7; wait > 0; wait--) await new Promise((resolve) => setImmediate(resolve));
    stream.cancel();
  }
  await Promise.all(running);
  expect(String(await call(client, ECHO.unary, 'still there'))).toBe('still there');
});

/** How a call ends, whether that is an error or not. */
const endOf = (stream: ClientDuplexStream<Buffer, Buffer>): Promise<StatusObject> => {
  stream.on('error', () => {});
  return new Promise((resolve) => stream.on('status', resolve));
};

test('a quiet call lives as long as its client says that it is there', async () => {
  const { plane, client } = await started({ service: { idleTimeoutMs: 400 } });
  const keptAlive = grpcClientWith({ 'grpc.keepalive_time_ms': 100 }, false, plane.port);
  const living = keptAlive.makeBidiStreamRequest(ECHO.both.path, asIs, asIs);
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
  server.server.forceShutdown();
  expect(await end).toMatchObject({
    code: status.UNAVAILABLE,
    details: 'the target did not complete its answer',
  });
  expect(await plane.stop()).toMatchObject([
    { failureReason: 'TargetConnectionClosed', grpcResponseCode: 14 },
  ]);
});

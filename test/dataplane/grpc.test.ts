import { status } from '@grpc/grpc-js';
import { expect, onTestFinished, test } from 'vitest';
import { aRule } from '../../src/dataplane/sample-parts.ts';
import { DataPlane, type ShopOptions, shop } from './data-plane.ts';
import { asIs, call, ECHO, failureOf, grpcClient, grpcServer } from './grpc-peers.ts';
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

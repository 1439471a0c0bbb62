import { once } from 'node:events';
import { type Client, status } from '@grpc/grpc-js';
import { expect, onTestFinished, test } from 'vitest';
import { dialLoopback } from '../../src/underlay/loopback/loopback.ts';
import { DataPlane, type DataPlaneOptions, secureShop, shop } from './data-plane.ts';
import { asIs, call, ECHO, grpcClient, grpcServer } from './grpc-peers.ts';
import { turn } from './raw-client.ts';

/** What happens to calls while connections and targets come and go: nothing. */

const partsFor = (isSecure: boolean, ports: readonly number[]) =>
  (isSecure ? secureShop : shop)({
    targets: ports,
    group: { protocolVersion: 'GRPC', protocol: isSecure ? 'HTTPS' : 'HTTP' },
  });

const startedWith = async (options: DataPlaneOptions): Promise<DataPlane> => {
  const plane = await DataPlane.start(options);
  onTestFinished(async () => void (await plane.stop()));
  return plane;
};

/** Calls, so many at the same time, until `isOver`. @returns how many there were; all were answered rightly */
const keepCalling = async (client: Client, isOver: () => boolean, atOnce = 20): Promise<number> => {
  let started = 0;
  const caller = async () => {
    while (!isOver()) {
      const message = `${started++}`;
      expect(String(await call(client, ECHO.unary, message))).toBe(message);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  return started;
};

/** A call in both directions with a first message, still open. */
const openStream = async (client: Client) => {
  const stream = client.makeBidiStreamRequest(ECHO.both.path, asIs, asIs);
  const exchange = async (message: string) => {
    stream.write(Buffer.from(message));
    expect(String((await once(stream, 'data'))[0])).toBe(message);
  };
  await exchange('first');
  return {
    exchange,
    /** Ends it; answers its status. */
    end: async () => {
      stream.end();
      return (await once(stream, 'status'))[0];
    },
  };
};

test.each([
  { name: 'in the clear', isSecure: false },
  { name: 'over TLS', isSecure: true },
])('2,000 calls lose none while targets are replaced, $name', async ({ isSecure }) => {
  const servers = await Promise.all([1, 2, 3].map(() => grpcServer({ isSecure })));
  const ports = servers.map(({ port }) => port);
  const plane = await startedWith({ parts: partsFor(isSecure, [ports[0]!]) });
  const client = grpcClient(isSecure, plane.port);
  for (let round = 0; round < 20; round++) {
    const calls = Array.from({ length: 100 }, (_, i) => call(client, ECHO.unary, `${i}`));
    await turn();
    const next = [ports[round % 3]!, ports[(round + 1) % 3]!];
    await plane.apply(partsFor(isSecure, next));
    const answers = await Promise.all(calls);
    expect(answers.map(String)).toEqual(Array.from({ length: 100 }, (_, i) => `${i}`));
  }
  expect(servers.map(({ seen }) => seen.length).reduce((a, b) => a + b)).toBe(2_000);
});

test('a stream outlives the registration of its target', async () => {
  const [leaving, staying] = [await grpcServer(), await grpcServer()];
  const plane = await startedWith({ parts: partsFor(false, [leaving.port]) });
  const client = grpcClient(false, plane.port);
  const stream = await openStream(client);
  await plane.apply(partsFor(false, [staying.port]));
  for (let i = 0; i < 20; i++) {
    await call(client, ECHO.unary, 'elsewhere');
    await stream.exchange(`message ${i}`);
  }
  expect([leaving.seen.length, staying.seen.length]).toEqual([0, 20]);
  expect(await stream.end()).toMatchObject({ code: status.OK });
});

test('no call fails while targets end their connections by GOAWAY all the time', async () => {
  const options = { 'grpc.max_connection_age_ms': 30 };
  const server = await grpcServer({ options });
  let dials = 0;
  const plane = await startedWith({
    parts: partsFor(false, [server.port]),
    dial: (...parameters) => {
      dials += 1;
      return dialLoopback(...parameters);
    },
  });
  const client = grpcClient(false, plane.port);
  const stream = await openStream(client);
  const calls = await keepCalling(client, () => dials >= 10);
  expect(server.seen).toHaveLength(calls);
  await stream.exchange('last');
  expect(await stream.end()).toMatchObject({ code: status.OK });
});

test('no call fails when a target shuts down, before anybody deregisters it', async () => {
  const [leaving, staying] = [await grpcServer(), await grpcServer()];
  const plane = await startedWith({ parts: partsFor(false, [leaving.port, staying.port]) });
  const client = grpcClient(false, plane.port);
  const stream = await openStream(client);
  const hasShutDown = Promise.withResolvers<void>();
  let isOver = false;
  const calling = keepCalling(client, () => isOver);
  while (leaving.seen.length < 50) await turn();
  leaving.server.tryShutdown(() => hasShutDown.resolve());
  const before = staying.seen.length;
  while (staying.seen.length < before + 500) await turn();
  await stream.exchange('last');
  expect(await stream.end()).toMatchObject({ code: status.OK });
  await hasShutDown.promise;
  isOver = true;
  const calls = await calling;
  expect(leaving.seen.length + staying.seen.length).toBe(calls);
});

test.each([
  { name: 'in the clear', isSecure: false },
  { name: 'over TLS', isSecure: true },
])('no call fails when a worker drains and another is there, $name', async ({ isSecure }) => {
  const server = await grpcServer({ isSecure });
  const parts = partsFor(isSecure, [server.port]);
  const [leaving, staying] = [await startedWith({ parts }), await startedWith({ parts })];
  const client = grpcClient(isSecure, leaving.port, staying.port);
  const stream = await openStream(client);
  let isOver = false;
  const calling = keepCalling(client, () => isOver);
  while (server.seen.length < 200) await turn();
  leaving.send({ type: 'drain' });
  const before = server.seen.length;
  while (server.seen.length < before + 500) await turn();
  isOver = true;
  expect(server.seen).toHaveLength(await calling);
  await stream.exchange('last');
  expect(await stream.end()).toMatchObject({ code: status.OK });
  await leaving.ended;
  const lines = [await leaving.stop(), await staying.stop()];
  expect(lines.map((some) => some.length > 1)).toEqual([true, true]);
  expect(new Set(lines.flat().map(({ failureReason }) => failureReason))).toEqual(new Set(['-']));
});

test('no call fails when connections of clients reach the end of their lifetime', async () => {
  const server = await grpcServer();
  const plane = await startedWith({
    parts: partsFor(false, [server.port]),
    limits: { connectionLifetimeMs: 600 },
  });
  const client = grpcClient(false, plane.port);
  const start = Date.now();
  const calls = await keepCalling(client, () => Date.now() - start > 1_500, 5);
  expect(server.seen).toHaveLength(calls);
  const connections = new Set((await plane.stop()).map(({ sourceIpPort }) => sourceIpPort));
  expect(connections.size).toBeGreaterThan(1);
});

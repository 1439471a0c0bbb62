import type { ServerHttp2Stream } from 'node:http2';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aLoneVpc, aVpc } from '../../src/dataplane/sample-parts.ts';
import { clientHello, serverNames } from '../../src/dataplane/tls/sample-client-hello.ts';
import type { Part } from '../../src/snapshot/parts.ts';

import { type LogFields, silentLogger } from '../../src/telemetry/logger.ts';
import { bindResolver } from '../../src/underlay/bind-resolver.ts';
import { DataPlane, type DataPlaneOptions, request, shop } from './data-plane.ts';
import { Http2Client, http2Target, responseOf } from './http2-peers.ts';
import { httpTarget, rawTarget } from './targets.ts';

/** Of which 10 are for clients, 8 for requests, 4 for connections that are kept, 2 for denied ones, 1 for names. */
const DESCRIPTORS = 32;

const OTHER = aVpc({ id: 'vpc-2', associationId: 'snva-2' });

const started = async (parts: readonly Part[], options: Partial<DataPlaneOptions> = {}) => {
  const warnings: { message: string; fields: LogFields | undefined }[] = [];
  const plane = await DataPlane.start({
    parts,
    descriptors: DESCRIPTORS,
    logger: { ...silentLogger, warn: (message, fields) => warnings.push({ message, fields }) },
    ...options,
  });
  onTestFinished(async () => void (await plane.stop()));
  return { plane, warnings };
};

/** Answers when it is told to. */
const aSlowTarget = async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const target = await httpTarget((_seen, response) => void released.then(() => response.end()));
  onTestFinished(async () => {
    release();
    await target.close();
  });
  return { target, release };
};

const http2 = (port: number): Http2Client => {
  const client = new Http2Client(port);
  onTestFinished(() => client.destroy());
  return client;
};

describe('of several VPCs one', () => {
  test('has no more requests under way than are free for the others, who are served', async () => {
    const { target, release } = await aSlowTarget();
    const { plane, warnings } = await started([...shop({ targets: [target.port] }), OTHER]);
    const client = http2(plane.port);
    const asked = Array.from({ length: 20 }, () => responseOf(client.begin({}, true)));
    const refused = await Promise.all(asked.slice(4));
    expect(refused.map(({ status, text }) => `${status} ${text}`)).toEqual(
      Array(16).fill('503 Service Unavailable'),
    );
    expect(warnings).toMatchObject([
      { message: expect.stringContaining('503'), fields: { vpcId: 'vpc-1', times: 1 } },
    ]);
    const other = http2(await plane.listen('vpc-2')).ask();
    await target.seen(5);
    release();
    expect((await other).status).toBe(200);
    const served = await Promise.all(asked.slice(0, 4));
    expect(served.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    // There is room again.
    expect((await client.ask()).status).toBe(200);
    const lines = await plane.stop();
    expect(lines.filter(({ failureReason }) => failureReason === 'InternalError')).toHaveLength(16);
  });

  test('has no more clients than are free for the others, and the log names it', async () => {
    const { plane, warnings } = await started([...shop(), OTHER]);
    const clients = await Promise.all(Array.from({ length: 7 }, () => plane.client()));
    const refused = await Promise.all(clients.slice(5).map((client) => client.rest()));
    expect(refused).toEqual(['', '']);
    expect(warnings).toMatchObject([
      { message: expect.stringContaining('closed at once'), fields: { vpcId: 'vpc-1', times: 1 } },
    ]);
    const other = await plane.client(await plane.listen('vpc-2'));
    other.send(request('GET /'));
    expect((await other.response()).status).toBe(404);
  });

  test('has no more connections that are held without an answer', async () => {
    const lone = [aLoneVpc(), aLoneVpc({ id: 'vpc-2' })];
    const limits = { deniedHoldMs: 60_000, maxDeniedConnections: 2 };
    const { plane } = await started([...shop(), ...lone], { limits });
    const otherPort = await plane.listen('vpc-2');
    const held = await plane.client();
    const closed = await plane.client();
    expect(await closed.rest()).toBe('');
    const others = await plane.client(otherPort);
    const othersClosed = await plane.client(otherPort);
    expect(await othersClosed.rest()).toBe('');
    expect([held, others].map(({ socket }) => socket.readableEnded)).toEqual([false, false]);
  });
});

test('a VPC has no more connections that ask for names than are free for the others', async () => {
  const { plane, warnings } = await started([...shop(), OTHER], { descriptors: 128 });
  const openResolver = (vpcId: string) => {
    const { handle, port } = bindResolver('127.0.0.1', 0)!;
    plane.send(
      { type: 'resolve', place: { vpcId, address: '127.0.0.1', transport: 'tcp' } },
      handle.tcp,
    );
    handle.udp.close();
    return port;
  };
  const port = openResolver('vpc-1');
  const otherPort = openResolver('vpc-2');
  const held = [await plane.client(port), await plane.client(port)];
  expect(await (await plane.client(port)).rest()).toBe('');
  const others = await plane.client(otherPort);
  expect(await (await plane.client(otherPort)).rest()).toBe('');
  expect([...held, others].every(({ socket }) => !socket.readableEnded)).toBe(true);
  expect(warnings.map(({ fields }) => fields?.['vpcId'])).toEqual(['vpc-1', 'vpc-2']);
});

describe('the only VPC', () => {
  test('has all requests, passed-through connections among them', async () => {
    const target = await rawTarget();
    onTestFinished(() => target.close());
    const listener = { port: 443, protocol: 'TLS_PASSTHROUGH' } as const;
    const parts = shop({ targets: [target.port], listener, group: { protocol: 'TCP' } });
    const { plane, warnings } = await started(parts);
    const clients = await Promise.all(Array.from({ length: 9 }, () => plane.client()));
    for (const client of clients) client.send(clientHello(serverNames('shop.example')));
    await target.connection(7);
    await Promise.race(clients.map((client) => client.ending));
    const open = clients.filter(({ socket }) => !socket.destroyed && !socket.readableEnded);
    expect(open).toHaveLength(8);
    expect(warnings).toMatchObject([{ fields: { vpcId: 'vpc-1' } }]);
    for (const client of clients) client.destroy();
    const lines = await plane.stop();
    expect(lines.filter(({ failureReason }) => failureReason === 'InternalError')).toHaveLength(1);
  });
});

test('connections to targets are not kept beyond their part, and requests go on', async () => {
  const { target, release } = await aSlowTarget();
  const { plane } = await started(shop({ targets: [target.port] }));
  const client = http2(plane.port);
  const asked = Array.from({ length: 8 }, () => client.ask());
  await target.seen(8);
  release();
  for (const { status } of await Promise.all(asked)) expect(status).toBe(200);
  await expect.poll(() => target.open.size).toBe(4);
  expect((await client.ask()).status).toBe(200);
});

test('nor are sessions of HTTP/2 with them', async () => {
  const waiting: ServerHttp2Stream[] = [];
  const target = await http2Target((stream) => waiting.push(stream), { maxConcurrentStreams: 1 });
  onTestFinished(() => target.close());
  const parts = shop({ targets: [target.port], group: { protocolVersion: 'HTTP2' } });
  const { plane } = await started(parts);
  const client = http2(plane.port);
  const asked = Array.from({ length: 8 }, () => client.ask());
  await expect.poll(() => waiting.length).toBe(8);
  expect(target.sessions).toHaveLength(8);
  for (const stream of waiting) stream.respond({ ':status': 200 }, { endStream: true });
  for (const { status } of await Promise.all(asked)) expect(status).toBe(200);
  const open = () => target.sessions.filter(({ closed }) => !closed).length;
  await expect.poll(open).toBeLessThanOrEqual(4);
});

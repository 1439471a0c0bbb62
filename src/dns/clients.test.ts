import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { constants } from 'node:os';
import { decode, encode } from 'dns-packet';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type LogFields, silentLogger } from '../telemetry/logger.ts';
import { bindDatagram } from '../underlay/bind-datagram.ts';
import { bindResolver } from '../underlay/bind-resolver.ts';
import { Forwarder } from './forwarder.ts';
import { Resolver } from './resolver.ts';
import { Resolvers } from './resolvers.ts';
import {
  aDelta,
  addresses,
  aRecordSet,
  aVpc,
  aZone,
  directoryOf,
  GENERATED_ZONE,
} from './sample-names.ts';
import { TcpClients, type TcpClientsOptions } from './tcp-clients.ts';
import { LongMessageError, TcpMessages, withLength } from './tcp-messages.ts';
import { UdpClients } from './udp-clients.ts';

const queryOf = (id: number, name = 'www.shop.example') =>
  encode({ type: 'query', id, questions: [{ name, type: 'A' }] });

const PARTS = [
  aVpc('vpc-1'),
  aZone('Z1', 'shop.example', 'vpc-1'),
  aRecordSet('Z1', 'www.shop.example', addresses('10.0.0.1')),
];

const stay = () => () => {};

const startTcp = async (idleMs?: number, enter: TcpClientsOptions['enter'] = stay) => {
  const resolver = new Resolver(
    directoryOf(...PARTS),
    new Forwarder({ servers: () => [], accountOf: () => undefined }),
    silentLogger,
  );
  const server = createServer({ allowHalfOpen: true });
  const clients = new TcpClients(server, {
    vpcId: 'vpc-1',
    resolver,
    enter,
    ...(idleMs !== undefined && { idleMs }),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => clients.close());
  const { port } = server.address() as AddressInfo;
  return async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    return socket;
  };
};

/** A reset is an end like any other. */
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => void socket.resume().once('close', () => resolve()));

/** The next messages that arrive. */
const messagesOf = async (socket: Socket, count: number): Promise<readonly Buffer[]> => {
  const messages = new TcpMessages(65_535);
  const found: Buffer[] = [];
  for await (const chunk of socket) {
    found.push(...messages.take(chunk as Buffer));
    if (found.length >= count) break;
  }
  return found;
};

describe('a client on TCP', () => {
  test('is turned away when there is no place, which comes back with each that leaves', async () => {
    let places = 1;
    const open = await startTcp(undefined, () => {
      if (places === 0) return undefined;
      places -= 1;
      return () => {
        places += 1;
      };
    });
    const first = await open();
    first.write(withLength(queryOf(1)));
    await messagesOf(first, 1);
    await closed(await open());
    first.destroy();
    await expect.poll(() => places).toBe(1);
    const next = await open();
    next.write(withLength(queryOf(2)));
    expect(await messagesOf(next, 1)).toHaveLength(1);
  });

  test('may ask several questions on one connection, however they are cut', async () => {
    const open = await startTcp();
    const socket = await open();
    const bytes = Buffer.concat([1, 2, 3].map((id) => withLength(queryOf(id))));
    socket.write(bytes.subarray(0, 1));
    socket.write(bytes.subarray(1, 45));
    socket.write(bytes.subarray(45));
    const answers = await messagesOf(socket, 3);
    expect(answers.map((answer) => decode(answer).id)).toEqual([1, 2, 3]);
    expect(answers.map((answer) => decode(answer).answers?.length)).toEqual([1, 1, 1]);
  });

  test('that ends its side gets its answer, and then the end', async () => {
    const socket = await (await startTcp())();
    socket.end(withLength(queryOf(1)));
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    expect(decode(Buffer.concat(chunks).subarray(2)).answers).toHaveLength(1);
  });

  test('that says what no query can be is cut off', async () => {
    const socket = await (await startTcp())();
    socket.write(Buffer.from([0xff, 0xff, 0]));
    await closed(socket);
  });

  test('that says nothing, or less than a query, is not waited for', async () => {
    const socket = await (await startTcp(30))();
    const drip = setInterval(() => socket.write(Buffer.from([0])), 10);
    onTestFinished(() => clearInterval(drip));
    await closed(socket);
  });
});

test('lengths that are too long are refused before they are waited for', () => {
  expect(() => new TcpMessages(4096).take(Buffer.from([0x10, 0x01]))).toThrow(LongMessageError);
});

test('sockets that others have bound are served until their VPC goes', async () => {
  const resolvers = new Resolvers({
    maxPending: 1000,
    enter: stay,
    generatedZone: GENERATED_ZONE,
    forwarders: [],
    logger: silentLogger,
  });
  onTestFinished(() => resolvers.closeAll());
  resolvers.apply(aDelta(PARTS, [], true));
  const bound = bindResolver('127.0.0.1', 0);
  if (bound === undefined) throw new Error('no port is free');
  for (const transport of ['udp', 'tcp'] as const) {
    const place = { vpcId: 'vpc-1', address: '127.0.0.1', transport };
    resolvers.open(place, bound.handle[transport]);
  }
  const client = createSocket('udp4');
  onTestFinished(() => void client.close());
  client.send(queryOf(9), bound.port, '127.0.0.1');
  const [answer] = (await once(client, 'message')) as [Buffer];
  expect(decode(answer)).toMatchObject({ id: 9, answers: [{ data: '10.0.0.1' }] });
  const socket = connect(bound.port, '127.0.0.1');
  socket.write(withLength(queryOf(10)));
  expect((await messagesOf(socket, 1)).map((one) => decode(one).id)).toEqual([10]);
  expect(resolvers.counts).toEqual({ queries: 2, forwarded: 0, failed: 0 });

  resolvers.close('vpc-1', '127.0.0.1');
  const again = bindResolver('127.0.0.1', bound.port);
  expect(again?.port).toBe(bound.port);
  again?.handle.close();
});

test('a query from port 0, to which nothing can be sent, is dropped', async () => {
  const { handle, port } = bindDatagram('127.0.0.1', 0)!;
  const resolver = new Resolver(
    directoryOf(...PARTS),
    new Forwarder({ servers: () => [], accountOf: () => undefined }),
    silentLogger,
  );
  const onError = vi.fn();
  const clients = new UdpClients(handle, { vpcId: 'vpc-1', resolver, type: 'udp4', onError });
  onTestFinished(() => clients.close());
  // As the kernel hands over what somebody has written to a raw socket.
  const { onmessage } = handle as unknown as {
    onmessage(bytes: number, handle: unknown, packet: Buffer, from: object): void;
  };
  const packet = queryOf(1);
  onmessage(packet.length, handle, packet, { address: '127.0.0.1', port: 0, family: 'IPv4' });
  expect([resolver.counts.queries, onError.mock.calls]).toEqual([0, []]);
  const client = createSocket('udp4');
  onTestFinished(() => void client.close());
  client.send(queryOf(2), port, '127.0.0.1');
  const [answer] = (await once(client, 'message')) as [Buffer];
  expect(decode(answer).id).toBe(2);
});

test('errors that packets bring about are logged once a minute for each code and VPC', () => {
  const time = { now: 0 };
  const lines: LogFields[] = [];
  const resolvers = new Resolvers({
    maxPending: 1000,
    enter: stay,
    generatedZone: GENERATED_ZONE,
    logger: { ...silentLogger, error: (_message, fields = {}) => void lines.push(fields) },
    now: () => time.now,
  });
  onTestFinished(() => resolvers.closeAll());
  const failing = (vpcId: string) => {
    const { handle } = bindDatagram('127.0.0.1', 0)!;
    resolvers.open({ vpcId, address: '127.0.0.1', transport: 'udp' }, handle);
    // As libuv tells of what the system said instead of giving a packet.
    const { onmessage } = handle as unknown as { onmessage(error: number, handle: unknown): void };
    return (code: 'ENOBUFS' | 'ENOMEM') => onmessage(-constants.errno[code], handle);
  };
  const [one, other] = [failing('vpc-1'), failing('vpc-2')];
  for (let i = 0; i < 1000; i += 1) one('ENOBUFS');
  one('ENOMEM');
  other('ENOBUFS');
  time.now = 60_000;
  one('ENOBUFS');
  const place = { vpcId: 'vpc-1', address: '127.0.0.1', transport: 'udp' };
  expect(lines).toEqual([
    { ...place, reason: 'recvmsg ENOBUFS', times: 1 },
    { ...place, reason: 'recvmsg ENOMEM', times: 1 },
    { ...place, vpcId: 'vpc-2', reason: 'recvmsg ENOBUFS', times: 1 },
    { ...place, reason: 'recvmsg ENOBUFS', times: 1000 },
  ]);
});

test('a port that either transport has taken is not bound', async () => {
  const udp = createSocket('udp4');
  onTestFinished(() => void udp.close());
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');
  expect(bindResolver('127.0.0.1', udp.address().port)).toBeUndefined();
  const tcp = createServer();
  onTestFinished(() => void tcp.close());
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  expect(bindResolver('127.0.0.1', (tcp.address() as AddressInfo).port)).toBeUndefined();
});

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { decode, encode } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '../telemetry/logger.ts';
import { isAnswerTo } from './ask-server.ts';
import { type DnsQuery, parseQuery, questionEnd } from './dns-query.ts';
import { relayReply } from './dns-reply.ts';
import { Forwarder, type ForwarderOptions } from './forwarder.ts';
import type { NameServer } from './host-resolvers.ts';
import { Resolver } from './resolver.ts';
import { aRecordSet, aVpc, aZone, directoryOf } from './sample-names.ts';
import { TcpMessages, withLength } from './tcp-messages.ts';

const QUERY = encode({
  type: 'query',
  id: 1,
  flags: 0x0100,
  questions: [{ name: 'www.example.com', type: 'A' }],
});

/** What a server makes of a packet; undefined: it says nothing. */
type Behaviour = (packet: Buffer) => Buffer | readonly Buffer[] | undefined;

const answerOf = (packet: Buffer, flags = 0, data = '192.0.2.1'): Buffer => {
  const { id = 0, questions = [] } = decode(packet);
  const name = questions[0]?.name ?? '';
  const answers = (flags & 0x20f) === 0 ? [{ type: 'A' as const, name, ttl: 9, data }] : [];
  return encode({ type: 'response', id, flags, questions, answers });
};

interface Served {
  readonly server: NameServer;
  readonly asked: readonly Buffer[];
  /** Where each question came from. */
  readonly ports: readonly number[];
}

const serve = async (udp: Behaviour, tcp?: Behaviour): Promise<Served> => {
  const asked: Buffer[] = [];
  const ports: number[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (packet, { port, address }) => {
    asked.push(packet);
    ports.push(port);
    for (const answer of [udp(packet) ?? []].flat()) socket.send(answer, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  if (tcp !== undefined) {
    const server = createServer((client) => {
      const messages = new TcpMessages(4096);
      client.on('data', (chunk: Buffer) => {
        for (const message of messages.take(chunk)) {
          for (const answer of [tcp(message) ?? []].flat()) client.write(withLength(answer));
        }
      });
    });
    server.listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch {
      // For TCP somebody else has the port that is free for UDP.
      socket.close();
      return serve(udp, tcp);
    }
    onTestFinished(() => void server.close());
  }
  onTestFinished(() => void socket.close());
  return { server: { address: '127.0.0.1', port }, asked, ports };
};

/** A port at which nobody answers. */
const closedPort = async (): Promise<NameServer> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return { address: '127.0.0.1', port };
};

const forwarderTo = (
  servers: readonly NameServer[],
  options: Partial<ForwarderOptions> = {},
): Forwarder => {
  const forwarder = new Forwarder({
    servers: () => servers,
    accountOf: () => 'account-1',
    timeoutMs: 5000,
    ...options,
  });
  onTestFinished(() => forwarder.close());
  return forwarder;
};

const addressIn = (answer: Buffer | undefined): unknown => {
  const [first] = answer === undefined ? [] : (decode(answer).answers ?? []);
  return first !== undefined && 'data' in first ? first.data : undefined;
};

describe('a question that is passed on', () => {
  test('goes out under another id and from another port each time', async () => {
    const { server, asked, ports } = await serve((packet) => answerOf(packet));
    const forwarder = forwarderTo([server]);
    for (let time = 0; time < 8; time += 1) {
      expect(addressIn(await forwarder.ask('vpc-1', QUERY, 'udp'))).toBe('192.0.2.1');
    }
    expect(new Set(asked.map((packet) => packet.readUInt16BE(0))).size).toBeGreaterThan(4);
    expect(new Set(ports).size).toBeGreaterThan(4);
    expect(QUERY.readUInt16BE(0)).toBe(1);
  });

  test('is answered by what belongs to it, and by nothing else', async () => {
    const { server } = await serve((packet) => {
      const wrongId = answerOf(packet, 0, '203.0.113.1');
      wrongId.writeUInt16BE(packet.readUInt16BE(0) ^ 1, 0);
      const other = encode({
        type: 'query',
        id: packet.readUInt16BE(0),
        questions: [{ name: 'www.example.org', type: 'A' }],
      });
      return [
        wrongId,
        answerOf(other, 0, '203.0.113.2'),
        packet,
        Buffer.from('?'),
        answerOf(packet, 0, '192.0.2.9'),
      ];
    });
    const answer = await forwarderTo([server]).ask('vpc-1', QUERY, 'udp');
    expect(addressIn(answer)).toBe('192.0.2.9');
  });

  test('is not answered by a stranger who knows where it came from', async () => {
    const stranger = createSocket('udp4');
    onTestFinished(() => void stranger.close());
    stranger.bind(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { promise: sent, resolve } = Promise.withResolvers<void>();
    const { server } = await serve(() => undefined);
    const real = createSocket('udp4');
    onTestFinished(() => void real.close());
    real.on('message', (packet, { port }) => {
      // The stranger is first, and right in everything but the address.
      stranger.send(answerOf(packet, 0, '203.0.113.3'), port, '127.0.0.1', () => {
        real.send(answerOf(packet), port, '127.0.0.1', () => resolve());
      });
    });
    real.bind(0, '127.0.0.1');
    await once(real, 'listening');
    expect(server.port).not.toBe(real.address().port);
    const forwarder = forwarderTo([{ address: '127.0.0.1', port: real.address().port }]);
    const answer = await forwarder.ask('vpc-1', QUERY, 'udp');
    await sent;
    expect(addressIn(answer)).toBe('192.0.2.1');
  });

  test('goes to the next server when one cannot be reached or does not want to', async () => {
    const refusing = await serve((packet) => answerOf(packet, 5));
    const { server } = await serve((packet) => answerOf(packet));
    const forwarder = forwarderTo([await closedPort(), refusing.server, server]);
    expect(addressIn(await forwarder.ask('vpc-1', QUERY, 'udp'))).toBe('192.0.2.1');
    expect(refusing.asked).toHaveLength(1);
  });

  test('goes to the next server when one is silent', async () => {
    const silent = await serve(() => undefined);
    const { server } = await serve((packet) => answerOf(packet));
    const forwarder = forwarderTo([silent.server, server], { timeoutMs: 20 });
    expect(addressIn(await forwarder.ask('vpc-1', QUERY, 'udp'))).toBe('192.0.2.1');
    expect(silent.asked).toHaveLength(1);
  });

  test('is asked twice of the only server, and then has no answer', async () => {
    const { server, asked } = await serve(() => undefined);
    const answer = await forwarderTo([server], { timeoutMs: 20 }).ask('vpc-1', QUERY, 'udp');
    expect([answer, asked.length]).toEqual([undefined, 2]);
  });

  test('that all servers refuse has the refusal for an answer', async () => {
    const { server } = await serve((packet) => answerOf(packet, 5));
    const answer = await forwarderTo([server]).ask('vpc-1', QUERY, 'udp');
    expect(answer && answer.readUInt16BE(2) & 0xf).toBe(5);
  });

  test('is asked by TCP when the answer is cut short, if TCP is how it came', async () => {
    const { server } = await serve(
      (packet) => answerOf(packet, 0x200),
      (packet) => answerOf(packet, 0, '192.0.2.77'),
    );
    const forwarder = forwarderTo([server]);
    expect(addressIn(await forwarder.ask('vpc-1', QUERY, 'tcp'))).toBe('192.0.2.77');
    const cut = await forwarder.ask('vpc-1', QUERY, 'udp');
    expect(cut && cut.readUInt16BE(2) & 0x200).toBe(0x200);
  });

  test('goes to the next server when there is no way to one', async () => {
    const { server } = await serve((packet) => answerOf(packet));
    // Nobody may send there without being asked to: connecting fails at once.
    const forwarder = forwarderTo([{ address: '255.255.255.255', port: 53 }, server]);
    expect(addressIn(await forwarder.ask('vpc-1', QUERY, 'udp'))).toBe('192.0.2.1');
    const nowhere = forwarderTo([{ address: 'fe80::1%nosuch0', port: 53 }]);
    expect(await nowhere.ask('vpc-1', QUERY, 'udp')).toBeUndefined();
    expect(await nowhere.ask('vpc-1', QUERY, 'udp')).toBeUndefined();
  });

  test('is not answered with what was cut short when the rest cannot be had by TCP', async () => {
    const { server } = await serve((packet) => answerOf(packet, 0x200));
    expect(await forwarderTo([server]).ask('vpc-1', QUERY, 'tcp')).toBeUndefined();
  });

  test('waits with no more of one VPC than may wait', async () => {
    const { server } = await serve(() => undefined);
    const forwarder = forwarderTo([server], { maxPendingOfVpc: 2 });
    const waiting = [1, 2].map(() => forwarder.ask('vpc-1', QUERY, 'udp'));
    expect(await forwarder.ask('vpc-1', QUERY, 'udp')).toBeUndefined();
    forwarder.close();
    expect(await Promise.all(waiting)).toEqual([undefined, undefined]);
    expect(await forwarder.ask('vpc-1', QUERY, 'udp')).toBeUndefined();
  });

  test('has room when others wait for a silent server: who has most loses the oldest', async () => {
    const { server } = await serve((packet) =>
      decode(packet).questions?.[0]?.name === 'www.example.com' ? answerOf(packet) : undefined,
    );
    const forwarder = forwarderTo([server], { maxPending: 4 });
    const silent = encode({ type: 'query', id: 1, questions: [{ name: 'silent', type: 'A' }] });
    const settled: string[] = [];
    const wait = (who: string, vpcId: string) =>
      forwarder.ask(vpcId, silent, 'udp').then(() => void settled.push(who));
    const waiting = [
      wait('a', 'vpc-1'),
      wait('b', 'vpc-1'),
      wait('c', 'vpc-1'),
      wait('d', 'vpc-2'),
    ];
    expect(addressIn(await forwarder.ask('vpc-3', QUERY, 'udp'))).toBe('192.0.2.1');
    expect(settled).toEqual(['a']);
    waiting.push(wait('e', 'vpc-2'));
    // Everybody has as much as anybody: there is no room.
    expect(await forwarder.ask('vpc-2', QUERY, 'udp')).toBeUndefined();
    expect(addressIn(await forwarder.ask('vpc-3', QUERY, 'udp'))).toBe('192.0.2.1');
    forwarder.close();
    await Promise.all(waiting);
    expect(settled.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('room for questions', () => {
  const silent = encode({ type: 'query', id: 1, questions: [{ name: 'silent', type: 'A' }] });

  /** Asks from VPCs, which are named by their account: `a1` is one of `a`. @returns whose questions still wait */
  const waitingAfter = async (maxPending: number, asked: readonly string[]) => {
    const { server } = await serve(() => undefined);
    const forwarder = forwarderTo([server], {
      maxPending,
      accountOf: (vpcId) => vpcId.slice(0, 1),
    });
    const waiting = new Map(asked.map((vpcId, index) => [index, vpcId]));
    for (const [index, vpcId] of asked.entries()) {
      void forwarder.ask(vpcId, silent, 'udp').then(() => waiting.delete(index));
      // Who lost a place has heard of it by the next turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const left = [...waiting.values()].toSorted();
    forwarder.close();
    return left;
  };

  test.each([
    {
      name: 'is made by the account with the most, whatever its VPCs have',
      asked: ['a1', 'a2', 'a3', 'b1', 'b1'],
      left: ['a2', 'a3', 'b1', 'b1'],
    },
    {
      name: 'is made by the VPC with the most of that account',
      asked: ['a1', 'a2', 'a2', 'b1', 'b1'],
      left: ['a1', 'a2', 'b1', 'b1'],
    },
    {
      name: 'is no more for an account than for others, however many VPCs it has',
      asked: ['a1', 'b1', 'a2', 'b2', 'a3', 'a4', 'a5'],
      left: ['a1', 'a2', 'b1', 'b2'],
    },
    {
      name: 'is made within an account that has the most',
      asked: ['a1', 'a1', 'a1', 'b1', 'a2'],
      left: ['a1', 'a1', 'a2', 'b1'],
    },
  ])('$name', async ({ asked, left }) => {
    expect(await waitingAfter(4, asked)).toEqual(left);
  });
});

describe('a CNAME that leads out of the zone', () => {
  const ask = async (servers: readonly NameServer[]) => {
    const directory = directoryOf(
      aVpc('vpc-1'),
      aZone('Z1', 'shop.example', 'vpc-1'),
      aRecordSet('Z1', 'out.shop.example', {
        type: 'CNAME',
        ttl: 60,
        values: ['www.example.com'],
      }),
    );
    const resolver = new Resolver(directory, forwarderTo(servers, { timeoutMs: 50 }), silentLogger);
    const query = encode({
      type: 'query',
      id: 7,
      questions: [{ name: 'out.shop.example', type: 'A' }],
    });
    const answer = await new Promise<Buffer>((resolve) => {
      resolver.answer('vpc-1', query, 'udp', resolve);
    });
    const { answers = [], id } = decode(answer);
    return { rcode: answer.readUInt16BE(2) & 0xf, id, types: answers.map(({ type }) => type) };
  };

  test('has the records of the other name behind it', async () => {
    const { server } = await serve((packet) => answerOf(packet));
    expect(await ask([server])).toEqual({ rcode: 0, id: 7, types: ['CNAME', 'A'] });
  });

  test('does not exist when the other name does not', async () => {
    const { server } = await serve((packet) => answerOf(packet, 3));
    expect(await ask([server])).toEqual({ rcode: 3, id: 7, types: ['CNAME'] });
  });

  test('fails when nobody answers, or nobody can read what is answered', async () => {
    expect(await ask([])).toEqual({ rcode: 2, id: 7, types: [] });
    const { server } = await serve((packet) => answerOf(packet).subarray(0, -3));
    expect(await ask([server])).toEqual({ rcode: 2, id: 7, types: [] });
  });
});

describe('what comes from a hostile server', () => {
  const directory = directoryOf(
    aVpc('vpc-1'),
    aZone('Z1', 'shop.example', 'vpc-1'),
    aRecordSet('Z1', 'out.shop.example', { type: 'CNAME', ttl: 60, values: ['x.test'] }),
  );
  /** A server that answers what it is told, without sockets. */
  class Hostile extends Forwarder {
    records: readonly (readonly [type: number, data: Uint8Array])[] = [];
    override get hasServers(): boolean {
      return true;
    }
    override async ask(_vpcId: string, query: Buffer): Promise<Buffer> {
      const head = Buffer.from(query.subarray(0, questionEnd(query)));
      head.writeUInt16BE(0x8180, 2);
      head.writeUInt16BE(this.records.length, 6);
      head.writeUInt16BE(0, 10);
      const records = this.records.map(([type, data]) => {
        const fixed = Buffer.from([0xc0, 12, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0]);
        fixed.writeUInt16BE(type, 2);
        fixed.writeUInt16BE(data.length, 10);
        return Buffer.concat([fixed, data]);
      });
      return Buffer.concat([head, ...records]);
    }
  }
  const hostile = new Hostile({ servers: () => [], accountOf: () => undefined });
  const errors: unknown[] = [];
  const logger = { ...silentLogger, error: (...of: unknown[]) => void errors.push(of) };
  const resolver = new Resolver(directory, hostile, logger);
  const types = [
    1, 2, 5, 6, 13, 15, 16, 17, 28, 33, 35, 39, 41, 43, 44, 46, 47, 48, 50, 52, 65, 257,
  ];

  test('ends in an answer that can be read', async () => {
    const query = encode({
      type: 'query',
      id: 7,
      questions: [{ name: 'out.shop.example', type: 'A' }],
    });
    const record = fc.tuple(fc.constantFrom(...types), fc.uint8Array({ maxLength: 80 }));
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 5 }), async (records) => {
        hostile.records = records;
        const { promise, resolve } = Promise.withResolvers<Buffer>();
        expect(resolver.answer('vpc-1', query, 'tcp', resolve)).toBe(true);
        const answer = await promise;
        decode(answer);
        expect([decode.bytes, errors]).toEqual([answer.length, []]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an answer of another server', () => {
  const query = parseQuery(QUERY) as DnsQuery;
  const flags = (packet: Buffer) => packet.readUInt16BE(2);

  test('that is too long keeps its code', () => {
    const long = Buffer.alloc(600);
    long.writeUInt16BE(0x8183, 2);
    expect(flags(relayReply(query, long, 'udp')) & 0x20f).toBe(0x203);
  });

  test('is not marked as cut short when it came by TCP', () => {
    const cut = answerOf(QUERY, 0x200);
    expect(flags(relayReply(query, cut, 'udp')) & 0x200).toBe(0x200);
    expect(flags(relayReply(query, cut, 'tcp')) & 0x200).toBe(0);
  });
});

test('an answer has the question of the query in any case of letters', () => {
  const loud = Buffer.from(answerOf(QUERY));
  loud.write('WWW', 13);
  expect(isAnswerTo(QUERY, loud)).toBe(true);
  loud.write('WWX', 13);
  expect(isAnswerTo(QUERY, loud)).toBe(false);
});

import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type ConnectionOptions, connect } from 'node:tls';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClientHello, ClientHelloReader } from './client-hello.ts';
import {
  alpn,
  clientHello,
  extension,
  grease,
  helloBody,
  hostName,
  message,
  records,
  serverNames,
  vector,
} from './sample-client-hello.ts';

type Result = ClientHello | 'incomplete' | 'malformed';

const MAX_BYTES = 32 * 1024;

/** Pushes the pieces one by one, as long as they are wanted. */
const read = (pieces: readonly Buffer[], maxBytes = MAX_BYTES): Result => {
  const reader = new ClientHelloReader(maxBytes);
  let result: Result = 'incomplete';
  for (const piece of pieces) {
    result = reader.push(piece);
    if (result !== 'incomplete') return result;
  }
  return result;
};

const bytewise = (bytes: Buffer): Buffer[] => [...bytes].map((byte) => Buffer.from([byte]));

const SHOP = { serverName: 'shop.example', alpnProtocols: [] };

describe('a ClientHello', () => {
  test.each<{ name: string; bytes: Buffer; expected: Result }>([
    {
      name: 'with a server name',
      bytes: clientHello(serverNames('shop.example')),
      expected: SHOP,
    },
    {
      name: 'with a server name in capitals',
      bytes: clientHello(serverNames('SHOP.Example')),
      expected: SHOP,
    },
    {
      name: 'with protocols, which stay in their order',
      bytes: clientHello(alpn('h2', 'http/1.1'), serverNames('shop.example')),
      expected: { serverName: 'shop.example', alpnProtocols: ['h2', 'http/1.1'] },
    },
    {
      name: 'among extensions that nobody knows',
      bytes: clientHello(
        grease(),
        extension(0xfe0d, Buffer.alloc(300)),
        serverNames('shop.example'),
        grease(Buffer.from('0000')),
      ),
      expected: SHOP,
    },
    {
      name: 'without a server name',
      bytes: clientHello(grease()),
      expected: { serverName: '', alpnProtocols: [] },
    },
    {
      name: 'without extensions',
      bytes: records(message(helloBody(undefined))),
      expected: { serverName: '', alpnProtocols: [] },
    },
    {
      name: 'with an empty list of extensions',
      bytes: clientHello(),
      expected: { serverName: '', alpnProtocols: [] },
    },
    {
      name: 'with a name of another type before the host name',
      bytes: clientHello(
        extension(
          0,
          vector(Buffer.concat([Buffer.from([7]), vector('x', 2), hostName('shop.example')]), 2),
        ),
      ),
      expected: SHOP,
    },
    {
      name: 'in records of one byte each',
      bytes: records(message(helloBody([serverNames('shop.example')])), 1),
      expected: SHOP,
    },
    {
      name: 'longer than one record may be',
      bytes: clientHello(grease(Buffer.alloc(20_000)), serverNames('shop.example')),
      expected: SHOP,
    },
    {
      name: 'with early data behind it',
      bytes: Buffer.concat([clientHello(serverNames('shop.example')), Buffer.from([23, 3, 3, 0])]),
      expected: SHOP,
    },
  ])('$name', ({ bytes, expected }) => {
    expect(read([bytes])).toEqual(expected);
    expect(read(bytewise(bytes))).toEqual(expected);
  });

  test.each<{ name: string; bytes: Buffer }>([
    { name: 'an alert', bytes: Buffer.from([21, 3, 3, 0, 2, 2, 40]) },
    { name: 'a version that is none', bytes: Buffer.from([22, 2, 0, 0, 1, 1]) },
    { name: 'a record without content', bytes: Buffer.from([22, 3, 1, 0, 0]) },
    { name: 'a record that is too long', bytes: Buffer.from([22, 3, 1, 0x40, 1]) },
    { name: 'a message of another type', bytes: records(message(helloBody([]), 2)) },
    {
      name: 'a record of another type within the message',
      bytes: Buffer.concat([
        records(message(helloBody([])).subarray(0, 20)),
        Buffer.from([23, 3, 3, 0, 1]),
      ]),
    },
    {
      name: 'something behind the message in its record',
      bytes: records(Buffer.concat([message(helloBody([])), Buffer.from([1])])),
    },
    { name: 'a body that is cut off', bytes: records(message(helloBody([]).subarray(0, 60))) },
    { name: 'an empty body', bytes: records(message(Buffer.alloc(0))) },
    {
      name: 'something behind the extensions',
      bytes: records(message(Buffer.concat([helloBody([]), Buffer.alloc(1)]))),
    },
    {
      name: 'an extension that is cut off',
      bytes: clientHello(serverNames('shop.example').subarray(0, -1)),
    },
    { name: 'an extension without a length', bytes: clientHello(Buffer.from([0x3a])) },
    {
      name: 'two server names',
      bytes: clientHello(serverNames('shop.example', 'bank.example')),
    },
    {
      name: 'two extensions with a server name',
      bytes: clientHello(serverNames('shop.example'), serverNames('bank.example')),
    },
    { name: 'two with protocols', bytes: clientHello(alpn('h2'), alpn('http/1.1')) },
    { name: 'an empty server name', bytes: clientHello(serverNames('')) },
    { name: 'an empty list of server names', bytes: clientHello(serverNames()) },
    {
      name: 'an empty extension for server names',
      bytes: clientHello(extension(0, Buffer.alloc(0))),
    },
    {
      name: 'something behind the server names',
      bytes: clientHello(
        extension(0, Buffer.concat([vector(hostName('shop.example'), 2), Buffer.alloc(1)])),
      ),
    },
    {
      name: 'a server name that is cut off',
      bytes: clientHello(extension(0, vector(hostName('shop.example').subarray(0, -1), 2))),
    },
    { name: 'an empty protocol', bytes: clientHello(alpn('h2', '')) },
    { name: 'an empty list of protocols', bytes: clientHello(alpn()) },
  ])('is malformed: $name', ({ bytes }) => {
    expect(read([bytes])).toBe('malformed');
    expect(read(bytewise(bytes))).toBe('malformed');
  });

  test('may be as long as the limit, and not longer', () => {
    const bytes = clientHello(serverNames('shop.example'));
    expect(read([bytes], bytes.length)).toEqual(SHOP);
    expect(read([bytes], bytes.length - 1)).toBe('malformed');
  });

  test('that says it will be longer than the limit is not waited for', () => {
    const start = Buffer.from([22, 3, 1, 0, 4, 1, 0xff, 0xff, 0xff]);
    expect(read([start])).toBe('malformed');
    const inSmallRecords = records(message(Buffer.alloc(MAX_BYTES)), 5_000);
    expect(read([inSmallRecords])).toBe('malformed');
  });

  test.each<{ name: string; options: ConnectionOptions; alpnProtocols: string[] }>([
    { name: 'TLS 1.3', options: {}, alpnProtocols: [] },
    { name: 'TLS 1.2', options: { maxVersion: 'TLSv1.2' }, alpnProtocols: [] },
    {
      name: 'ALPN',
      options: { ALPNProtocols: ['h2', 'http/1.1'] },
      alpnProtocols: ['h2', 'http/1.1'],
    },
  ])('of OpenSSL, with $name, is understood', async ({ options, alpnProtocols }) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = connect({ port, host: '127.0.0.1', servername: 'shop.example', ...options });
    client.on('error', () => {});
    const [socket] = await once(server, 'connection');
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    client.destroy();
    server.close();
    expect(read([bytes])).toEqual({ serverName: 'shop.example', alpnProtocols });
    expect(read(bytewise(bytes))).toEqual({ serverName: 'shop.example', alpnProtocols });
  });
});

describe('whatever comes', () => {
  const bytes = fc.uint8Array({ maxLength: 600 }).map((array) => Buffer.from(array));
  const cuts = fc.array(fc.nat(700), { maxLength: 12 });

  /** Something like a ClientHello: a good one with some bytes changed, and perhaps cut off. */
  const damaged = fc
    .tuple(
      fc.constantFrom(
        clientHello(serverNames('shop.example'), alpn('h2', 'http/1.1'), grease()),
        records(message(helloBody([alpn('h2'), serverNames('shop.example')])), 50),
      ),
      fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { maxLength: 4 }),
      fc.option(fc.nat(300)),
    )
    .map(([good, changes, end]) => {
      const copy = Buffer.from(good);
      for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
      return copy.subarray(0, end ?? copy.length);
    });

  const split = (all: Buffer, at: readonly number[]): Buffer[] => {
    const ends = [...at.map((cut) => Math.min(cut, all.length)), all.length].sort((a, b) => a - b);
    return ends.map((end, index) => all.subarray(ends[index - 1] ?? 0, end));
  };

  test('the way in which it is cut makes no difference', () => {
    fc.assert(
      fc.property(fc.oneof(bytes, damaged), cuts, (all, at) => {
        expect(read(split(all, at))).toEqual(read([all]));
      }),
      { numRuns: 2_000 },
    );
  });

  test('nothing is read behind the bytes that came, and all of them are kept', () => {
    fc.assert(
      fc.property(fc.oneof(bytes, damaged), cuts, (all, at) => {
        // What stands behind them in memory would be found if it were looked at.
        const memory = Buffer.concat([all, clientHello(serverNames('bank.example'))]);
        const reader = new ClientHelloReader(MAX_BYTES);
        const taken: Buffer[] = [];
        for (const piece of split(memory.subarray(0, all.length), at)) {
          taken.push(piece);
          const result = reader.push(piece);
          if (typeof result === 'object') expect(result.serverName).not.toContain('bank');
          if (result !== 'incomplete') break;
        }
        expect(reader.bytes.equals(Buffer.concat(taken))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('any server name and protocols come out as they went in', () => {
    const name = fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 255 });
    fc.assert(
      fc.property(
        name,
        fc.array(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 20 }), {
          minLength: 1,
        }),
        fc.integer({ min: 1, max: 300 }),
        (serverName, alpnProtocols, recordBytes) => {
          const body = helloBody([grease(), alpn(...alpnProtocols), serverNames(serverName)]);
          expect(read([records(message(body), recordBytes)])).toEqual({
            serverName: serverName.toLowerCase(),
            alpnProtocols,
          });
        },
      ),
    );
  });
});

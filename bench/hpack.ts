/**
 * How long header blocks take to decode and to encode once the tables are warm; aim: less than 1.5 µs
 * for a request of 10 fields and for a response of 8. Run with `node bench/hpack.ts`.
 */
import { bench, do_not_optimize, group, run } from 'mitata';
import { HpackDecoder } from '../src/http2/hpack/hpack-decoder.ts';
import { encodedBound, HpackEncoder } from '../src/http2/hpack/hpack-encoder.ts';
import { huffmanText } from '../src/http2/hpack/sample-huffman.ts';

const TABLE = { maxTableSize: 4096 };
const COUNT = 64;

const STEADY = [
  ...[':method', 'GET', ':scheme', 'https', ':authority', 'shop.example'],
  ...['user-agent', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'],
  ...['accept', 'application/json', 'accept-encoding', 'gzip, deflate, br'],
  ...['x-forwarded-proto', 'https'],
];

const path = (i: number): string => `/api/items/${1000 + i}?page=2`;
const requestId = (i: number): string => `0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8${10 + i}`;

/** By number, so that what varies from head to head is a new string in each. */
const HEADS: Readonly<Record<string, (i: number) => string[]>> = {
  'request of 10 fields': (i) => [
    ...[...STEADY, ':path', path(i), 'x-forwarded-for', `10.0.0.${10 + i}`],
    ...['x-amzn-requestid', requestId(i)],
  ],
  'gRPC call of 8 fields': () => [
    ...[':method', 'POST', ':scheme', 'http', ':authority', 'shop.example:50051'],
    ...[':path', '/shop.v1.Orders/PlaceOrder', 'te', 'trailers'],
    ...['content-type', 'application/grpc', 'user-agent', 'grpc-node-js/1.14.7'],
    ...['grpc-accept-encoding', 'identity,deflate,gzip'],
  ],
  'response of 8 fields': (i) => [
    ...[':status', '200', 'content-type', 'application/json; charset=utf-8'],
    ...['content-length', `${1000 + i}`, 'date', `Mon, 23 Nov 2026 05:36:${10 + (i % 50)} GMT`],
    ...['server', 'nginx/1.22.1', 'cache-control', 'no-cache', 'vary', 'accept-encoding'],
    ...['x-amzn-requestid', requestId(i)],
  ],
};

const encode = (encoder: HpackEncoder, head: readonly string[]): Buffer => {
  const out = Buffer.alloc(encodedBound(head));
  return out.subarray(0, encoder.encode(head, undefined, out, 0));
};

/** @param blocks those after the first are decoded in turn; with the first the table is as they want it */
const benchDecode = (name: string, [first, ...blocks]: readonly Buffer[]): void => {
  const decoder = new HpackDecoder(TABLE);
  const decode = (block: Buffer): string[] => {
    const fields: string[] = [];
    decoder.decode(block, 0, block.length, fields, 65_536, 100);
    return fields;
  };
  decode(first!);
  let next = 0;
  bench(name, () => do_not_optimize(decode(blocks[next++ % blocks.length]!)));
};

for (const [name, makeHead] of Object.entries(HEADS)) {
  const heads = Array.from({ length: COUNT }, (_, i) => makeHead(i));
  const encoder = new HpackEncoder(TABLE);
  const blocks = heads.map((head) => encode(encoder, head));
  group(`${name}, ${blocks.at(-1)?.length} bytes`, () => {
    benchDecode('decode', blocks);
    const out = Buffer.alloc(4096);
    let next = 0;
    bench('encode', () => {
      const head = heads[next++ % COUNT]!;
      do_not_optimize(encodedBound(head));
      do_not_optimize(encoder.encode(head, undefined, out, 0));
    });
  });
}

group('request of 10 fields, three of them literals with Huffman coding', () => {
  const encoder = new HpackEncoder(TABLE);
  // With names of the static table: :path, if-none-match, referer.
  const literals = (i: number): Buffer[] => [
    ...[Buffer.of(0x04), huffmanText(path(i))],
    ...[Buffer.of(0x0f, 0x1a), huffmanText(requestId(i))],
    ...[Buffer.of(0x0f, 0x24), huffmanText(`https://shop.example${path(i)}`)],
  ];
  const blocks = Array.from({ length: COUNT }, (_, i) =>
    Buffer.concat([encode(encoder, STEADY), ...literals(i)]),
  );
  benchDecode('decode', blocks);
});

await run();

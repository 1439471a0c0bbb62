import { describe, expect, test } from 'vitest';
import { dropLatticeCredentials } from '../auth/lattice-credentials.ts';
import { CHUNKED } from '../http1/framing.ts';
import { parseRequestHead } from '../http1/request-head.ts';
import { type Http2RequestHead, parseHttp2Request } from './request-head.ts';

const parse = (fields: readonly string[], isEnded = true, path = '/a?b'): Http2RequestHead => {
  const pseudo = [
    ':method',
    'POST',
    ':path',
    path,
    ':scheme',
    'http',
    ':authority',
    'Shop.example:8080',
  ];
  return parseHttp2Request([...pseudo, ...fields], isEnded)!;
};

describe('a head of HTTP/2', () => {
  test('says the same as that of HTTP/1.1 for the same request', () => {
    const lines = [
      'x-a: 1',
      'user-agent: test',
      'x-forwarded-for: 192.0.2.1',
      'x-amzn-requestid: id',
    ];
    const text = `POST /a?b HTTP/1.1\r\nHost: Shop.example:8080\r\n${lines.join('\r\n')}\r\n\r\n`;
    const one = parseRequestHead(text, 0, text.length, 100)!;
    const two = parse(lines.flatMap((line) => line.split(': ')));
    for (const key of [
      'method',
      'target',
      'path',
      'authority',
      'host',
      'authorityPort',
      'forwardedFor',
    ] as const) {
      expect(two[key], key).toEqual(one[key]);
    }
    expect(two.toHttp2()).toEqual(['x-a', '1', 'user-agent', 'test']);
    expect(two.value(two.userAgentLine)).toBe('test');
    expect(two.value(two.requestIdLine)).toBe('id');
    expect(two.names).toEqual(one.names.slice(1));
    expect(two.values).toEqual(one.values.slice(1));
  });

  test.each([
    { name: 'nothing', fields: [], isEnded: true, line: 'content-length: 0', length: 0 },
    {
      name: 'a length',
      fields: ['content-length', '5'],
      isEnded: false,
      line: 'content-length: 5',
      length: 5,
    },
    {
      name: 'no length',
      fields: [],
      isEnded: false,
      line: 'transfer-encoding: chunked',
      length: CHUNKED,
    },
    {
      name: 'a length of 0',
      fields: ['content-length', '0'],
      isEnded: true,
      line: 'content-length: 0',
      length: 0,
    },
  ])('with a body of $name is framed by $line', ({ fields, isEnded, line, length }) => {
    const head = parse(fields, isEnded);
    expect(head.bodyLength).toBe(length);
    expect(head.toHttp1()).toBe(`POST /a?b HTTP/1.1\r\nhost: Shop.example:8080\r\n${line}\r\n`);
  });

  test('goes to HTTP/1.1 with its cookies in one and without what is about trailers, which HTTP/2 keeps', () => {
    const fields = [
      'cookie',
      'a=1',
      'te',
      'trailers',
      'trailer',
      'x-sum',
      'cookie',
      'b=2',
      'x-z',
      '26',
    ];
    const head = parse(['content-length', '0', ...fields]);
    const lines = 'content-length: 0\r\nx-z: 26\r\ncookie: a=1; b=2\r\n';
    expect(head.toHttp1()).toBe(`POST /a?b HTTP/1.1\r\nhost: Shop.example:8080\r\n${lines}`);
    const kept = fields.filter((text) => text !== 'te' && text !== 'trailers');
    expect(head.toHttp2()).toEqual(['content-length', '0', ...kept, 'te', 'trailers']);
  });

  test('says TE as everybody takes it, however it was spelled', () => {
    const head = parse(['te', 'Trailers', 'x-a', '1', 'te', 'TRAILERS']);
    expect(head.toHttp2()).toEqual(['x-a', '1', 'te', 'trailers']);
  });

  test('loses what was signed for VPC Lattice, and only that', () => {
    const scope = 'AKIA/20260101/us-west-2/vpc-lattice-svcs/aws4_request';
    const head = parse([
      'authorization',
      `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      'x-amz-security-token',
      'secret',
      'x-kept',
      'yes',
    ]);
    dropLatticeCredentials(head);
    expect(head.toHttp2()).toEqual(['x-kept', 'yes']);
  });

  test.each([
    { name: 'the other name of the authority', host: 'SHOP.example:8080', isFine: true },
    { name: 'something else', host: 'shop.example', isFine: false },
  ])('may have a Host that is $name: $isFine', ({ host, isFine }) => {
    expect(parse(['host', host]) !== undefined).toBe(isFine);
  });
});

test.each([
  [':path', '/a#b'],
  [':path', '/a b'],
  [':path', 'a'],
  [':authority', 'shop.example/a'],
  [':authority', 'shop.example?a'],
  [':authority', 'shop.example#a'],
])('a request whose %s is `%s` is none of ours', (name, value) => {
  const fields = [':method', 'GET', ':path', '/', ':scheme', 'http', ':authority', 'shop.example'];
  expect(parseHttp2Request(fields, true)).toBeDefined();
  fields[fields.indexOf(name) + 1] = value;
  expect(parseHttp2Request(fields, true)).toBeUndefined();
});

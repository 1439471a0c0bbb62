import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { Dial } from '../../src/underlay/underlay.ts';

/** A request as a target got it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly rawHeaders: readonly string[];
  /** Complete only when `complete`. */
  body: string;
  complete: boolean;
  /** Number of the connection that it came on. */
  readonly connection: number;
}

type Answer = (seen: SeenRequest, response: ServerResponse, request: IncomingMessage) => void;

interface TargetServer {
  readonly port: number;
  /** Connections that were accepted so far. */
  readonly accepted: number;
  /** Sockets that are open. */
  readonly open: ReadonlySet<Socket>;
  close(): Promise<void>;
}

export interface HttpTarget extends TargetServer {
  readonly requests: SeenRequest[];
  /** Requests that node's parser refused. */
  readonly refused: NodeJS.ErrnoException[];
  /** Resolves when there are so many requests. */
  seen(count: number): Promise<void>;
}

/** A real HTTP server that keeps what it gets, in the clear unless it gets TLS. By default it answers 200 with its method and URL. */
export const httpTarget = async (
  answer: Answer = echoLine,
  tls?: TlsOptions,
): Promise<HttpTarget> => {
  const requests: SeenRequest[] = [];
  const refused: NodeJS.ErrnoException[] = [];
  const numbers = new WeakMap<Socket, number>();
  let waiting: (() => void)[] = [];
  const serve = (message: IncomingMessage, response: ServerResponse) => {
    const seen: SeenRequest = {
      method: message.method!,
      url: message.url!,
      headers: message.headers,
      rawHeaders: message.rawHeaders,
      body: '',
      complete: false,
      connection: numbers.get(message.socket)!,
    };
    requests.push(seen);
    message.setEncoding('latin1');
    message.on('data', (text: string) => {
      seen.body += text;
    });
    message.on('end', () => {
      seen.complete = true;
      answer(seen, response, message);
    });
    message.on('error', () => {});
    for (const wake of waiting.splice(0)) wake();
  };
  const options = { maxHeaderSize: 128 * 1024, keepAliveTimeout: 0 };
  const server =
    tls === undefined
      ? createHttpServer(options, serve)
      : createHttpsServer({ ...options, ...tls }, serve);
  server.on('clientError', (error, socket) => {
    refused.push(error);
    socket.destroy();
  });
  server.on('connection', (socket: Socket) => numbers.set(socket, target.accepted));
  const target = await track(server);
  return Object.assign(target, {
    requests,
    refused,
    seen: async (count: number) => {
      while (requests.length < count) {
        await new Promise<void>((resolve) => {
          waiting = [...waiting, resolve];
        });
      }
    },
  });
};

const echoLine: Answer = ({ method, url }, response) => response.end(`${method} ${url}`);

/** A connection to a scripted target: what came, and the socket to answer on. */
export class RawTargetConnection {
  readonly socket: Socket;
  received = '';
  /** Resolves when the other side has ended or reset the connection. */
  readonly ended: Promise<void>;
  #wake: (() => void) | undefined;
  #isOver = false;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.received += text;
      this.#wake?.();
    });
    socket.on('error', () => {});
    this.ended = new Promise((resolve) => {
      const over = () => {
        this.#isOver = true;
        resolve();
        this.#wake?.();
      };
      socket.on('end', over);
      socket.on('close', over);
    });
  }

  /** Waits until what came contains `mark` (default: a head's end) after `from`; returns the offset behind it. */
  async until(mark = '\r\n\r\n', from = 0): Promise<number> {
    for (;;) {
      const at = this.received.indexOf(mark, from);
      if (at >= 0) return at + mark.length;
      if (this.#isOver) throw new Error(`connection ended after \`${this.received}\``);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  send(bytes: string | Buffer): void {
    this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }
}

export interface RawTarget extends TargetServer {
  readonly connections: RawTargetConnection[];
  /** The connection with this number, from 0; waits for it. */
  connection(number: number): Promise<RawTargetConnection>;
}

/** A server that does with each connection what `serve` says; by default nothing. */
export const rawTarget = async (
  serve: (connection: RawTargetConnection, number: number) => unknown = () => {},
): Promise<RawTarget> => {
  const connections: RawTargetConnection[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    const connection = new RawTargetConnection(socket);
    connections.push(connection);
    for (const wake of waiting.splice(0)) wake();
    // A script that waits for what never comes ends with its connection.
    void Promise.resolve(serve(connection, connections.length - 1)).catch(() => {});
  });
  return Object.assign(await track(server), {
    connections,
    connection: async (number: number) => {
      while (connections.length <= number) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      return connections[number]!;
    },
  });
};

/** Ways to targets that get there only when the test lets them. */
export const heldDial = () => {
  const sockets: Socket[] = [];
  let letConnect: () => void = () => {};
  const mayConnect = new Promise<void>((resolve) => {
    letConnect = resolve;
  });
  const dial: Dial = ({ port }) => {
    // For as long a name is looked up.
    const socket = connect({
      host: 'slow.test',
      port,
      noDelay: true,
      lookup: (_name, _options, done) =>
        void mayConnect.then(() => done(null, [{ address: '127.0.0.1', family: 4 }])),
    });
    sockets.push(socket);
    return socket;
  };
  return { dial, sockets, letConnect: () => letConnect() };
};

/** A port at which nobody listens. */
export const closedPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

async function track(server: Server): Promise<TargetServer> {
  const open = new Set<Socket>();
  let accepted = 0;
  server.prependListener('connection', (socket: Socket) => {
    accepted += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    open,
    get accepted() {
      return accepted;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

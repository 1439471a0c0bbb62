import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProtocolResponse } from '../protocol/wire.ts';
import { protocolLimits } from '../protocol/wire.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Api } from './api.ts';
import { Arrivals } from './arrivals.ts';
import { BodyBudget, type BodyBudgetOptions } from './body-budget.ts';
import { ClientGoneError, readBody } from './read-body.ts';
import { requestHead } from './request-head.ts';

export interface ApiServerOptions {
  readonly api: Api;
  readonly logger: Logger;
  /** `127.0.0.1` unless told. */
  readonly host?: string;
  /** 0: any free port. 7171 unless told. */
  readonly port?: number;
  /** What `GET /-/ready` says; always ready unless told. */
  readonly isReady?: () => boolean;
  /** What bodies that are still arriving may hold together; 64 MiB unless told. */
  readonly bodyBudget?: BodyBudgetOptions;
}

export interface ApiServer {
  /** `http://127.0.0.1:7171` */
  readonly url: string;
  readonly port: number;
  /**
   * Accepts nothing more and resolves when what runs is answered, or after `graceMs` (10 s).
   * Connections without a request are closed at once, those of a request that is not whole after a
   * second: nobody knows yet who sends it.
   */
  close(graceMs?: number): Promise<void>;
}

export const DEFAULT_API_PORT = 7171;

/** Bounds on connections, all ours. An open connection costs a stranger as much as us. */
const LIMITS = {
  headBytes: 32 * 1024,
  headTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  /** Longer than SDKs keep a connection, so that they do not send into one that closes. */
  keepAliveTimeoutMs: 75_000,
  connections: 1000,
  bodies: { bytes: 64 * 1024 * 1024, freeBytes: 16 * 1024 },
  /** How long a request may take to arrive once the server closes. */
  arrivalMs: 1000,
} as const;

/**
 * Starts the API on one port for all services.
 *
 * @throws Error that says which port is taken or not allowed
 */
export const startApiServer = async (options: ApiServerOptions): Promise<ApiServer> => {
  const { host = '127.0.0.1', port = DEFAULT_API_PORT, logger } = options;
  let isClosing = false;
  const arrivals = new Arrivals();
  const bodies = new BodyBudget(options.bodyBudget ?? LIMITS.bodies);
  const server = createServer(
    {
      maxHeaderSize: LIMITS.headBytes,
      headersTimeout: LIMITS.headTimeoutMs,
      requestTimeout: LIMITS.requestTimeoutMs,
      keepAliveTimeout: LIMITS.keepAliveTimeoutMs,
      connectionsCheckingInterval: 2000,
    },
    (request, response) => {
      arrivals.arrived(request, response);
      serve(request, response, options, bodies, () => isClosing).catch((error: unknown) => {
        logger.error('could not send an answer', { error });
        response.destroy();
      });
    },
  );
  server.maxConnections = LIMITS.connections;
  server.on('connection', (socket) => arrivals.connected(socket));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const status =
      error.code === 'HPE_HEADER_OVERFLOW'
        ? 431
        : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
          ? 408
          : 400;
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\nx-amzn-requestid: ${randomUUID()}\r\n\r\n`,
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    close: (graceMs = 10_000) => {
      isClosing = true;
      return new Promise((resolve) => {
        const timers = [
          setTimeout(() => arrivals.endIncomplete(), Math.min(graceMs, LIMITS.arrivalMs)),
          setTimeout(() => server.closeAllConnections(), graceMs),
        ];
        server.close(() => {
          timers.forEach(clearTimeout);
          resolve();
        });
        arrivals.endHeadless();
      });
    },
  };
};

const serve = async (
  request: IncomingMessage,
  response: ServerResponse,
  { api, isReady = () => true }: ApiServerOptions,
  bodies: BodyBudget,
  isClosing: () => boolean,
): Promise<void> => {
  const requestId = randomUUID();
  const head = requestHead(request);
  if (head.rawPath === '/-/ready' && (head.method === 'GET' || head.method === 'HEAD')) {
    const ready = isReady() && !isClosing();
    send(request, response, requestId, isClosing(), {
      statusCode: ready ? 200 : 503,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ ready })),
    });
    return;
  }
  let isBodyRead = false;
  let isBodyGivenUp = false;
  try {
    const readWhole = async () => {
      isBodyGivenUp = true;
      const body = await readBody(request, protocolLimits.bodyBytes, bodies);
      isBodyGivenUp = false;
      isBodyRead = true;
      return body;
    };
    const answer = await api.answer(head, requestId, readWhole, request.socket.remoteAddress);
    const isLast = isClosing() || isBodyGivenUp || !isWorthKeeping(request, isBodyRead);
    send(request, response, requestId, isLast, answer);
  } catch (error) {
    if (!(error instanceof ClientGoneError)) throw error;
  }
};

/** A refused body is not read to its end, so nothing can follow it on the same connection. */
const isWorthKeeping = (request: IncomingMessage, isBodyRead: boolean): boolean => {
  if (isBodyRead || request.complete) return true;
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  return coding === undefined && Number(length ?? 0) <= protocolLimits.bodyBytes;
};

const send = (
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  isLast: boolean,
  { statusCode, headers, body }: ProtocolResponse,
): void => {
  response.writeHead(statusCode, {
    ...headers,
    'x-amzn-requestid': requestId,
    ...(statusCode === 204 ? {} : { 'content-length': body.length }),
    ...(isLast ? { connection: 'close' } : {}),
  });
  response.end(statusCode === 204 || request.method === 'HEAD' ? undefined : body);
  if (!request.complete) request.resume();
};

const listenError = (error: NodeJS.ErrnoException, host: string, port: number): Error => {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Error(`port \`${port}\` on ${host} is in use; choose another with --port`);
    case 'EACCES':
      return new Error(
        `port \`${port}\` on ${host} is not allowed to this user; choose another with --port`,
      );
    default:
      return new Error(`cannot listen on \`${host}:${port}\`: ${error.message}`, { cause: error });
  }
};

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Credentials } from '../credentials.ts';
import type { CredentialSource } from './credential-source.ts';
import { isFromForeignPage } from './foreign-page.ts';
import { forwardedFields, returnedFields } from './forwarded-fields.ts';
import type { Scheme } from './parse-call.ts';
import { PortalClient } from './portal-client.ts';
import { type ServiceTrust, TunnelError } from './portal-tunnel.ts';
import { type ProxyTarget, proxyTarget } from './proxy-target.ts';
import { fieldOf } from './service-request.ts';
import { signRequest } from './sign-request.ts';

export interface SigningProxyOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly portalUrl: string;
  /** How services are reached whose URL says http, or which Host names; http unless told otherwise. */
  readonly scheme?: Scheme;
  readonly trust: ServiceTrust;
  readonly region: string;
  readonly credentials: CredentialSource;
  /** Also signs what web pages of other sites have a browser send. */
  readonly allowBrowsers?: boolean;
  readonly now?: () => Date;
  /** Told of each request that was answered with 403: its method and URL, and its request id. */
  readonly onRefused?: (request: string, requestId: string | undefined) => void;
}

export interface SigningProxy {
  /** `http://127.0.0.1:9000` */
  readonly url: string;
  /** Takes nothing more; resolves when the requests in flight are done. */
  stop(): Promise<void>;
  /** Cuts off what is left. */
  cut(): void;
}

/** Clients at a time; others wait in the kernel's queue or are turned away there. */
const MAX_CONNECTIONS = 1024;

/** Connections to the portal at a time, other than tunnels; requests beyond wait. */
const MAX_UPSTREAM = 256;

/** As large as the data plane takes heads (AWS: 60K and 100 fields), and room for a signature. */
const MAX_HEAD_BYTES = 64 * 1024;

const HEAD_TIMEOUT_MS = 15_000;

/** A client or a service that is silent for so long is gone; services may be set to 10 minutes at most. */
const IDLE_MS = 600_000;

/** Well below what a portal waits, so that a connection is never used while it is being closed. */
const UPSTREAM_IDLE_MS = 30_000;

/** Half of a portal's, so that requests are never sent while a connection is being ended. */
const UPSTREAM_LIFETIME_MS = 300_000;

/** A forward proxy that signs what passes, as a client in one VPC. */
export const startSigningProxy = async (options: SigningProxyOptions): Promise<SigningProxy> => {
  const { portalUrl, trust } = options;
  const services = new PortalClient({
    portalUrl,
    trust: () => trust,
    pool: { keepAlive: true, maxFreeSockets: MAX_UPSTREAM, timeout: UPSTREAM_IDLE_MS },
    // Not of tunnels, where it would not hold: Node does not count connections that are still being
    // made. There are as many as clients at most.
    mostPlain: MAX_UPSTREAM,
    http2IdleMs: UPSTREAM_IDLE_MS,
    http2LifetimeMs: UPSTREAM_LIFETIME_MS,
  });
  const server = createServer(
    {
      maxHeaderSize: MAX_HEAD_BYTES,
      headersTimeout: HEAD_TIMEOUT_MS,
      // Uploads may take as long as they do; a silent one ends by its idle time.
      requestTimeout: 0,
      keepAliveTimeout: 60_000,
      insecureHTTPParser: false,
    },
    (request, response) => void handle(request, response, options, services),
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.timeout = IDLE_MS;
  server.on('connect', (_request, socket: Socket) => refuseTunnel(socket, options.scheme));
  await listen(server, options);
  const { address, family, port } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    stop: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      await closed;
      services.destroy();
    },
    cut: () => server.closeAllConnections(),
  };
};

const listen = (server: Server, { host, port }: SigningProxyOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });

const handle = async (
  request: IncomingMessage,
  response: ServerResponse,
  options: SigningProxyOptions,
  services: PortalClient,
): Promise<void> => {
  const to = proxyTarget(request.url ?? '', request.headers.host, options.scheme);
  if ('problem' in to) return refuse(request, response, to.status, to.problem);
  if (options.allowBrowsers !== true && isFromForeignPage(request.headers, to.host)) {
    return refuse(
      request,
      response,
      403,
      'a web page of another site sends this, and could act as the caller that this proxy signs for; if that is what you want, start it with --allow-browsers',
    );
  }
  const { authorization } = request.headers;
  if (authorization !== undefined && !/^AWS4-/i.test(authorization)) {
    // Sent on, it would replace the signature; left out, the program would never know.
    return refuse(
      request,
      response,
      400,
      'the request has an Authorization of its own, and a signature takes its place; leave it out',
    );
  }
  let held: Credentials;
  try {
    held = await options.credentials.current();
  } catch (error) {
    const problem = `the request could not be signed: ${(error as Error).message}`;
    return refuse(request, response, 502, problem);
  }
  if (response.destroyed) return;
  try {
    await forward(request, response, to, held, options, services);
  } catch (error) {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    refuse(request, response, 502, problemOf(error, options));
  }
};

const forward = async (
  request: IncomingMessage,
  response: ServerResponse,
  { scheme, host, target }: ProxyTarget,
  held: Credentials,
  { region, now = () => new Date(), onRefused }: SigningProxyOptions,
  services: PortalClient,
): Promise<void> => {
  const method = request.method ?? 'GET';
  const signature = signRequest({ method, host, target }, held, region, now());
  const outgoing = await services.send({
    scheme,
    method,
    host,
    target,
    headers: [...forwardedFields(request.rawHeaders), ...Object.entries(signature).flat()],
  });
  // A client that goes away takes its request along. One that is answered early may go on sending, and
  // is read to the end, so that its connection is good for another request.
  const end = () => {
    outgoing.cancel();
    request.unpipe(outgoing.body);
    request.resume();
  };
  if (response.destroyed) return end();
  response.once('close', end);
  // Not a pipeline: it would end the client's connection when this one fails, and with it the answer.
  request.pipe(outgoing.body);
  const answer = await outgoing.answer;
  if (answer.statusCode === 403) {
    const id = fieldOf(answer.headers, 'x-amzn-requestid');
    onRefused?.(`${method} ${scheme}://${host}${target}`, id);
  }
  response.writeHead(answer.statusCode, answer.statusMessage || undefined, [
    ...returnedFields(answer.headers),
  ]);
  await pipeline(answer.body, response);
};

const problemOf = (error: unknown, { portalUrl }: SigningProxyOptions): string => {
  if (error instanceof TunnelError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  return `no answer from the portal at ${portalUrl} (${code ?? message})`;
};

const refuse = (
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  problem: string,
): void => {
  // What is left of a body is not read, so the connection cannot be used again.
  const isWhole = request.complete;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    ...(isWhole ? {} : { connection: 'close' }),
  });
  response.end(`pergola sign-proxy: ${problem}\n`);
};

/** TLS inside a tunnel could not be signed; it is told so, since browsers and SDKs try it for https. */
const refuseTunnel = (socket: Socket, scheme: Scheme = 'http'): void => {
  const more =
    scheme === 'https'
      ? 'it goes on to the service over TLS'
      : 'to have it go on to the service over TLS, start the proxy with --https';
  const text = `pergola sign-proxy: what is in a tunnel cannot be signed; use an http:// URL; ${more}\n`;
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 501 Not Implemented\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${text.length}\r\nconnection: close\r\n\r\n${text}`,
  );
};

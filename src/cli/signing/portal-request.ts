import { type Agent, type ClientRequest, request } from 'node:http';

export interface PortalRequest {
  readonly method: string;
  /** The service, as in the Host header. */
  readonly host: string;
  /** Path and query as they go over the wire. */
  readonly target: string;
  /** Names and values in turn, sent as they are; without Host. */
  readonly headers: readonly string[];
  readonly agent?: Agent | false;
}

/** What Node ends at once without a length; every other request without one would become chunked. */
const BODILESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

/** Begins a request to a service as a client in the VPC whose portal this is; the caller sends the body. */
export const requestThroughPortal = (
  portalUrl: string,
  { method, host, target, headers, agent = false }: PortalRequest,
): ClientRequest => {
  const { hostname, port } = new URL(portalUrl);
  const hasLength = headers.some(
    (text, index) => index % 2 === 0 && /^(content-length|transfer-encoding)$/i.test(text),
  );
  return request({
    agent,
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    method,
    path: `http://${host}${target}`,
    setHost: false,
    headers: [
      'host',
      host,
      ...headers,
      ...(hasLength || BODILESS.has(method) ? [] : ['content-length', '0']),
    ],
  });
};

import { type Agent, type ClientRequest, request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { portalAddress } from './portal-address.ts';
import type { TunnelAgent } from './portal-tunnel.ts';

export interface PortalRequest {
  readonly method: string;
  /** The service, as in the Host header. */
  readonly host: string;
  /** Path and query as they go over the wire. */
  readonly target: string;
  /** Names and values in turn, sent as they are; without Host. */
  readonly headers: readonly string[];
}

/** The way to the service: TLS in a tunnel when there is one, else in the clear. */
export type PortalWay =
  | { readonly scheme: 'http'; readonly portalUrl: string; readonly agent: Agent | false }
  | { readonly scheme: 'https'; readonly portalUrl: string; readonly agent: TunnelAgent };

/** What Node ends at once without a length; every other request without one would become chunked. */
const BODILESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

/** Begins a request to a service as a client in the VPC whose portal this is; the caller sends the body. */
export const requestThroughPortal = (
  way: PortalWay,
  { method, host, target, headers }: PortalRequest,
): ClientRequest => {
  const hasLength = headers.some(
    (text, index) => index % 2 === 0 && /^(content-length|transfer-encoding)$/i.test(text),
  );
  const options = {
    method,
    setHost: false,
    headers: [
      'host',
      host,
      ...headers,
      ...(hasLength || BODILESS.has(method) ? [] : ['content-length', '0']),
    ],
  };
  if (way.scheme === 'http') {
    const { agent, portalUrl } = way;
    return request({
      ...options,
      ...portalAddress(portalUrl),
      agent,
      path: `http://${host}${target}`,
    });
  }
  const [, name = '', port = '443'] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
  return secureRequest({ ...options, host: name, port, agent: way.agent, path: target });
};

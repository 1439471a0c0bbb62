import { type Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import { portalAddress, portalCredentials } from './portal-address.ts';
import type { TunnelAgent } from './portal-tunnel.ts';
import { serviceAddress } from './service-address.ts';
import {
  fieldOf,
  type SentRequest,
  type ServiceAnswer,
  type ServiceRequest,
} from './service-request.ts';

/** How requests by HTTP/1.1 go: in the clear to the portal, over TLS in tunnels. */
export interface Http1Way {
  readonly portalUrl: string;
  readonly plain: Agent;
  readonly secure: () => TunnelAgent;
}

/** What Node ends at once without a length; every other request without one would become chunked. */
const BODILESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

/** Begins a request by HTTP/1.1. */
export const sendByHttp1 = (way: Http1Way, request: ServiceRequest): SentRequest => {
  const outgoing = begin(way, request);
  const answer = new Promise<ServiceAnswer>((resolve, reject) => {
    outgoing.once('response', (response) => resolve(answerOf(response)));
    // Stays there: what goes wrong once an answer has begun shows in the answer.
    outgoing.on('error', reject);
  });
  return { httpVersion: '1.1', body: outgoing, answer, cancel: () => outgoing.destroy() };
};

const begin = (
  { portalUrl, plain, secure }: Http1Way,
  { scheme, method, host, target, headers }: ServiceRequest,
): ClientRequest => {
  const hasLength = ['content-length', 'transfer-encoding'].some(
    (name) => fieldOf(headers, name) !== undefined,
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
  if (scheme === 'http') {
    const path = `http://${host}${target}`;
    const fields = [...options.headers, ...portalCredentials(portalUrl)];
    const to = { ...portalAddress(portalUrl), agent: plain, path };
    return request({ ...options, ...to, headers: fields });
  }
  const { name, port } = serviceAddress(scheme, host);
  return secureRequest({ ...options, host: name, port, agent: secure(), path: target });
};

const answerOf = (response: IncomingMessage): ServiceAnswer => ({
  httpVersion: response.httpVersion,
  statusCode: response.statusCode ?? 0,
  statusMessage: response.statusMessage ?? '',
  headers: response.rawHeaders,
  body: response,
  trailers: () => response.rawTrailers,
  tls: response.socket instanceof TLSSocket ? response.socket : undefined,
});

import { isIP } from 'node:net';
import type { Simulation } from '../../snapshot/explanation.ts';
import { connectionHead } from '../auth/judge-connection.ts';
import { type HasAuthority, parseAuthority } from '../authority.ts';
import { isGrpcContentType } from '../grpc.ts';
import { parseRequestHead } from '../http1/request-head.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { RequestHead, Source } from '../request-head.ts';
import { toWireText } from '../route/wire-text.ts';

/** What is asked about. */
export type AskedRequest = Pick<
  Simulation,
  'vpcId' | 'method' | 'url' | 'headers' | 'address' | 'http2'
>;

/** A request that is not sent, as the data plane would have it, or the connection for one. */
export interface SimulatedRequest {
  readonly head: RequestHead;
  readonly source: Source;
  /** As `ForwardedRequest` has them. */
  readonly protocol: 'HTTP/1.1' | 'HTTP/2';
  readonly isGrpc: boolean;
}

export interface Problem {
  readonly problem: string;
}

const SCHEME = /^https?:\/\//i;
/** RFC 3986 §2 has no others; whoever sends a request has percent-encoded them. */
const URL_CHARACTERS = /^[!-~]+$/;
const URL_PARTS = /^(https?):\/\/([^/?#]+)([^#]*)$/i;

/** Goes through the parser of real requests, so that what that refuses is refused here too. */
export const simulatedRequest = (asked: AskedRequest): SimulatedRequest | Problem => {
  const { vpcId, method, url, address = '127.0.0.1', http2 = false } = asked;
  if (!SCHEME.test(url)) return { problem: 'give a URL with http:// or https://' };
  if (!URL_CHARACTERS.test(url)) {
    return { problem: 'the URL has spaces or other characters that have to be percent-encoded' };
  }
  const [, scheme = '', authority = '', rest = ''] = URL_PARTS.exec(url) ?? [];
  const place: { -readonly [K in keyof HasAuthority]: HasAuthority[K] } = {
    authority,
    host: '',
    authorityPort: 0,
  };
  if (scheme === '' || !parseAuthority(place)) {
    return { problem: 'the URL must be like `http://host/path`' };
  }
  if (isIP(address) === 0) return { problem: `\`${address}\` is not an IP address` };
  const { host } = place;
  const isSecure = scheme.toLowerCase() === 'https';
  const source: Source = {
    vpcId,
    address,
    port: 0,
    listenerPort: place.authorityPort || (isSecure ? 443 : 80),
    protocol: isSecure ? 'https' : 'http',
    // An address is no server name (RFC 6066 §3).
    ...(isSecure && { tls: { serverName: isAddress(host) ? '' : host, cipher: '', version: '' } }),
  };
  const protocol = http2 ? 'HTTP/2' : 'HTTP/1.1';
  if (method === 'CONNECT') return { head: connectionHead(host), source, protocol, isGrpc: false };
  const head = toHead(asked, authority, rest);
  if ('problem' in head) return head;
  const contentType = head.values[head.names.indexOf('content-type')] ?? '';
  return { head, source, protocol, isGrpc: http2 && isGrpcContentType(contentType) };
};

const isAddress = (host: string): boolean => isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0;

const toHead = (
  { method, headers }: AskedRequest,
  authority: string,
  rest: string,
): RequestHead | Problem => {
  const hasHost = headers.some(([name]) => name.toLowerCase() === 'host');
  const lines = [
    `${method} ${rest.startsWith('/') ? rest : `/${rest}`} HTTP/1.1`,
    ...(hasHost ? [] : [`host: ${authority}`]),
    ...headers.map(([name, value]) => `${name}: ${toWireText(value)}`),
  ];
  if (lines.some((line) => /[\r\n]/.test(line))) {
    return { problem: 'a header has a line break, which no request can have' };
  }
  const text = `${lines.join('\r\n')}\r\n\r\n`;
  const { maxHeadBytes, maxHeaderCount } = DEFAULT_LIMITS;
  if (text.length > maxHeadBytes) {
    return {
      problem: `the head of the request has more than ${maxHeadBytes} bytes, which the data plane refuses with status 400`,
    };
  }
  return (
    parseRequestHead(text, 0, text.length, maxHeaderCount) ?? {
      problem: 'the data plane would refuse this request as malformed, with status 400',
    }
  );
};

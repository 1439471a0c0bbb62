import { isIP } from 'node:net';
import type { Scheme } from './parse-call.ts';

export interface ProxyTarget {
  /** How the service is reached. */
  readonly scheme: Scheme;
  readonly host: string;
  readonly target: string;
}

export interface NoTarget {
  readonly status: number;
  readonly problem: string;
}

const AUTHORITY = /^[A-Za-z0-9._-]+(?::\d{1,5})?$/;

/**
 * Which service a request to the proxy is for: the one that its absolute target names, else the one
 * in its Host header (RFC 9112 §3.2).
 *
 * @param to how services are reached whose URL says http
 */
export const proxyTarget = (
  requestTarget: string,
  hostHeader: string | undefined,
  to: Scheme = 'http',
): ProxyTarget | NoTarget => {
  const absolute = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)$/i.exec(requestTarget);
  if (absolute === null && !requestTarget.startsWith('/')) {
    return { status: 400, problem: 'this proxy takes URLs and paths only' };
  }
  const [, scheme = 'http', authority = hostHeader ?? '', rest = requestTarget] = absolute ?? [];
  const asked = scheme.toLowerCase();
  if (asked !== 'http' && asked !== 'https') {
    return { status: 501, problem: 'this proxy signs http:// and https:// requests only' };
  }
  if (!AUTHORITY.test(authority)) {
    return { status: 400, problem: 'the request names no service; give its name in Host' };
  }
  const name = authority.replace(/:\d+$/, '');
  if (isIP(name) !== 0 || name.toLowerCase() === 'localhost') {
    return {
      status: 400,
      problem:
        'the request is addressed to this proxy itself; set it as http_proxy, or give the name of a service in Host',
    };
  }
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  const reached = asked === 'https' ? asked : to;
  return { scheme: reached, host: authority.replace(impliedPort(asked, reached), ''), target };
};

/** What clients leave out of Host that know the scheme. */
const impliedPort = (asked: Scheme, reached: Scheme): RegExp => {
  if (asked === reached) return asked === 'https' ? /:443$/ : /:80$/;
  // A program that thinks it speaks http may write that port, and says nothing with it.
  return /:(?:80|443)$/;
};

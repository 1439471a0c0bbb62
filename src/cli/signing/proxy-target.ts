import { isIP } from 'node:net';

export interface ProxyTarget {
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
 */
export const proxyTarget = (
  requestTarget: string,
  hostHeader: string | undefined,
): ProxyTarget | NoTarget => {
  const absolute = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)$/i.exec(requestTarget);
  if (absolute === null && !requestTarget.startsWith('/')) {
    return { status: 400, problem: 'this proxy takes http:// URLs and paths only' };
  }
  const [, scheme = 'http', authority = hostHeader ?? '', rest = requestTarget] = absolute ?? [];
  if (scheme.toLowerCase() !== 'http') {
    return { status: 501, problem: 'this proxy signs http:// requests only' };
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
  // As clients write it that know the default port.
  return { host: authority.replace(/:80$/, ''), target };
};

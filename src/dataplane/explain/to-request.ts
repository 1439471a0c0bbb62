import { isIP } from 'node:net';
import type { Simulation } from '../../snapshot/explanation.ts';
import { parseRequestHead } from '../http1/request-head.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { RequestHead, Source } from '../request-head.ts';
import { toWireText } from '../route/wire-text.ts';

/** Of a request that is not sent. */
export type AskedRequest = Pick<Simulation, 'vpcId' | 'method' | 'url' | 'headers' | 'address'>;

const URL_PARTS = /^(https?):\/\/([^/?#]+)([^#]*)$/i;

/** Goes through the parser of real requests, so that what that refuses is refused here too. */
export const toRequest = ({
  vpcId,
  method,
  url,
  headers,
  address = '127.0.0.1',
}: AskedRequest): { readonly head: RequestHead; readonly source: Source } | Problem => {
  const [, scheme = '', authority = '', rest = ''] = URL_PARTS.exec(url) ?? [];
  if (scheme === '') return { problem: 'the URL must be like `http://host/path`' };
  if (isIP(address) === 0) return { problem: `\`${address}\` is not an IP address` };
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
  const head = parseRequestHead(text, 0, text.length, maxHeaderCount);
  if (head === undefined || head.method === 'CONNECT') {
    return { problem: 'the data plane would refuse this request as malformed, with status 400' };
  }
  const protocol = scheme.toLowerCase() === 'https' ? 'https' : 'http';
  const usualPort = protocol === 'https' ? 443 : 80;
  const port = /:(\d{1,5})$/.exec(authority)?.[1];
  const listenerPort = port === undefined ? usualPort : Number(port);
  return { head, source: { vpcId, address, port: 0, listenerPort, protocol } };
};

export interface Problem {
  readonly problem: string;
}

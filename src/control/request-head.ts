import type { IncomingMessage } from 'node:http';
import type { SignedRequest } from '../sigv4/signed-request.ts';

/** The head as it was received. Node's own header map drops repeated headers, which a signature must see. */
export const requestHead = (request: IncomingMessage): SignedRequest => {
  const url = request.url ?? '/';
  const question = url.indexOf('?');
  const headers: Record<string, string> = Object.create(null);
  const raw = request.rawHeaders;
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase();
    const value = raw[i + 1] as string;
    headers[name] = name in headers ? `${headers[name]},${value}` : value;
  }
  return {
    method: request.method ?? '',
    rawPath: question < 0 ? url : url.slice(0, question),
    rawQuery: question < 0 ? '' : url.slice(question + 1),
    headers,
  };
};

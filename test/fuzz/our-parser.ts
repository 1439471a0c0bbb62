import { METHODS } from 'node:http';
import { BodyReader } from '../../src/dataplane/http1/body-reader.ts';
import { CHUNKED } from '../../src/dataplane/http1/framing.ts';
import { type Http1RequestHead, parseRequestHead } from '../../src/dataplane/http1/request-head.ts';
import { cutAt } from './messages.ts';

export interface OurRequest {
  readonly head: Http1RequestHead;
  readonly body: string;
  readonly complete: boolean;
  /** The body as it came. */
  readonly raw: string;
}

/** The requests that our parsers accept at the beginning of bytes, and the bytes that they took for them. */
export const ourRequests = (bytes: string, offsets: readonly number[]) => {
  const requests: OurRequest[] = [];
  let position = 0;
  for (;;) {
    while (bytes.startsWith('\r\n', position)) position += 2;
    const end = bytes.indexOf('\r\n\r\n', position);
    const head = end < 0 ? undefined : parseRequestHead(bytes, position, end + 4, 100);
    if (head === undefined) return { requests, taken: bytes.slice(0, position) };
    position = end + 4;
    const body = ourBody(head, bytes.slice(position), offsets);
    requests.push({ head, ...body });
    // An incomplete one takes all that there is; whether more would fit is not known.
    if (!body.complete) return { requests, taken: body.failed ? undefined : bytes };
    position += body.taken;
    if (!head.keepAlive) return { requests, taken: bytes.slice(0, position) };
  }
};

const ourBody = (head: Http1RequestHead, bytes: string, offsets: readonly number[]) => {
  const reader = new BodyReader();
  reader.begin(head.bodyLength);
  let body = '';
  let taken = 0;
  let failed = false;
  const sink = {
    bodyData: (chunk: Buffer, from: number, to: number) => {
      body += chunk.toString('latin1', from, to);
    },
  };
  for (const piece of cutAt(bytes, offsets)) {
    if (reader.done || failed) break;
    const count = reader.push(Buffer.from(piece, 'latin1'), 0, sink);
    failed = count < 0;
    taken += Math.max(0, count);
  }
  return { body, complete: reader.done, failed, taken, raw: bytes.slice(0, taken) };
};

/**
 * What Node refuses, or ends with, though it is well-formed and may be followed by more:
 * - it has a closed list of methods, and CONNECT is a tunnel there;
 * - it reads no further behind an Upgrade, which we drop;
 * - Proxy-Connection is to it what Connection is, and to us nothing;
 * - it reads trailers as if they were header fields, so that those of framing offend it. We check the
 *   form of trailers and drop them all.
 */
export const isBeyondNode = ({ head, raw }: OurRequest): boolean =>
  !METHODS.includes(head.method) ||
  head.method === 'CONNECT' ||
  head.names.includes('upgrade') ||
  head.names.includes('proxy-connection') ||
  (head.bodyLength === CHUNKED && FRAMING_FIELD.test(raw));

const FRAMING_FIELD =
  /^(?:content-length|transfer-encoding|upgrade|connection|proxy-connection):/im;

import type { Http1RequestHead } from './request-head.ts';

/** Constant header lines and facts that a request gets on its way to a target. */
export interface ForwardingFacts {
  readonly clientAddress: string;
  readonly listenerPort: number;
  readonly protocol: 'http' | 'https';
  readonly requestId: string;
  /** Header lines with their CR LF: which VPC, service network, service and target group. */
  readonly latticeLines: string;
}

/**
 * Fields that end here: they belong to one connection (RFC 9110 §7.6.1), or are set anew by us, or
 * would let a client claim to be somebody (`x-amzn-lattice-*`, `x-amzn-source-vpc`).
 */
const NOT_FORWARDED = new Set([
  'connection',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
  'x-amzn-requestid',
  'x-amzn-source-vpc',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
]);

/** Framing and routing do not end here because a client names them in `Connection`. */
const NEVER_NOMINATED = new Set(['host', 'content-length', 'transfer-encoding']);

const LATTICE_PREFIX = 'x-amzn-lattice-';

function isForwarded(head: Http1RequestHead, index: number): boolean {
  const name = head.names[index]!;
  if (NOT_FORWARDED.has(name)) return false;
  if (name.startsWith(LATTICE_PREFIX)) return false;
  if (name === 'host') return !head.isAbsolute;
  return !(head.connectionTokens?.includes(name) && !NEVER_NOMINATED.has(name));
}

/**
 * The head for the target. Lines that stay are copied in runs, as they came: order, spelling and bytes
 * are the client's. Added names are lower case.
 */
export function forwardedRequestHead(head: Http1RequestHead, facts: ForwardingFacts): string {
  const { text, starts, linesEnd } = head;
  let out = `${head.method} ${head.target} HTTP/1.1\r\n`;
  if (head.isAbsolute) out += `host: ${head.authority}\r\n`;
  let copyFrom = starts.length > 0 ? starts[0]! : linesEnd;
  for (let i = 0; i < starts.length; i++) {
    if (isForwarded(head, i)) continue;
    if (copyFrom < starts[i]!) out += text.slice(copyFrom, starts[i]);
    copyFrom = i + 1 < starts.length ? starts[i + 1]! : linesEnd;
  }
  if (copyFrom < linesEnd) out += text.slice(copyFrom, linesEnd);
  return (
    out +
    'x-forwarded-for: ' +
    (head.forwardedForLine < 0 ? facts.clientAddress : forwardedFor(head, facts.clientAddress)) +
    '\r\nx-forwarded-port: ' +
    facts.listenerPort +
    '\r\nx-forwarded-proto: ' +
    facts.protocol +
    '\r\nx-amzn-requestid: ' +
    facts.requestId +
    '\r\n' +
    facts.latticeLines +
    '\r\n'
  );
}

/** All that came, in order, and then the client itself: the last element is the one to trust. */
function forwardedFor(head: Http1RequestHead, clientAddress: string): string {
  let value = '';
  for (let i = head.forwardedForLine; i < head.names.length; i++) {
    if (head.names[i] === 'x-forwarded-for' && head.values[i] !== '') value += `${head.values[i]}, `;
  }
  return value + clientAddress;
}

import type { Http1RequestHead } from './request-head.ts';

/**
 * The head for the target. What stays is copied in runs, as it came: order, spelling and bytes are
 * the client's, and usually it is one run. Added names are lower case.
 *
 * @param wayLines CR LF, then the lines that are the same for all requests of a way, and the end of the head
 */
export function forwardedRequestHead(
  head: Http1RequestHead,
  clientAddress: string,
  requestId: string,
  wayLines: string,
): string {
  const before = head.forwardedFor === '' ? '' : `${head.forwardedFor}, `;
  return `${keptLines(head)}x-forwarded-for: ${before}${clientAddress}\r\nx-amzn-requestid: ${requestId}${wayLines}`;
}

function keptLines(head: Http1RequestHead): string {
  if (!head.isRewritten) return head.keptFrom(head.start);
  const host = head.isAbsolute ? `host: ${head.authority}\r\n` : '';
  const lines = head.keptFrom(head.count > 0 ? head.lineStart(0) : head.linesEnd);
  return `${head.method} ${head.target} HTTP/1.1\r\n${host}${lines}`;
}

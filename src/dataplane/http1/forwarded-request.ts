import { isLatticeAuthorization, withoutLatticeSignature } from '../auth/lattice-credentials.ts';
import type { Http1RequestHead } from './request-head.ts';

/**
 * The head for the target. What stays is copied in runs, as it came: order, spelling and bytes are
 * the client's, and usually it is one run. Added names are lower case.
 *
 * @param callerLines what the target is told of the caller, each line with a CR LF before it; may be empty
 * @param wayLines CR LF, then the lines that are the same for all requests of a way, and the end of the head
 */
export function forwardedRequestHead(
  head: Http1RequestHead,
  clientAddress: string,
  requestId: string,
  callerLines: string,
  wayLines: string,
): string {
  const before = head.forwardedFor === '' ? '' : `${head.forwardedFor}, `;
  return `${keptLines(head)}x-forwarded-for: ${before}${clientAddress}\r\nx-amzn-requestid: ${requestId}${callerLines}${wayLines}`;
}

function keptLines(head: Http1RequestHead): string {
  if (!head.isRewritten) return head.keptFrom(head.start);
  const host = head.isAbsolute ? `host: ${head.authority}\r\n` : '';
  const lines = head.keptFrom(head.count > 0 ? head.lineStart(0) : head.linesEnd);
  return `${head.method} ${head.target} HTTP/1.1\r\n${host}${lines}`;
}

/** Takes out of a head what of a signature for VPC Lattice targets are not to get, in its lines and its query. */
export function dropLatticeCredentials(head: Http1RequestHead): void {
  const { authorizationLines, securityTokenLines } = head;
  const target = withoutLatticeSignature(head.target);
  const isPresigned = target !== head.target;
  if (isPresigned) {
    head.target = target;
    head.isRewritten = true;
  }
  if (authorizationLines === undefined && !isPresigned) return;
  const dropped = (authorizationLines ?? []).filter((line) =>
    isLatticeAuthorization(head.value(line)),
  );
  if (securityTokenLines !== undefined && (isPresigned || dropped.length > 0)) {
    dropped.push(...securityTokenLines);
  }
  if (dropped.length > 0) head.dropLater(dropped);
}

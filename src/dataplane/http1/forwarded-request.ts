import { isLatticeAuthorization, withoutLatticeSignature } from '../auth/lattice-credentials.ts';
import type { ForwardedRequest } from '../forwarded-request.ts';

/**
 * The head for an HTTP/1.1 target: what is kept of the client's, then ours. Added names are lower case.
 *
 * @param callerLines what the target is told of the caller, each line with a CR LF before it; may be empty
 * @param wayLines CR LF, then the lines that are the same for all requests of a way, and the end of the head
 */
export function forwardedRequestHead(
  head: ForwardedRequest,
  clientAddress: string,
  requestId: string,
  callerLines: string,
  wayLines: string,
): string {
  return `${head.toHttp1()}x-forwarded-for: ${forwardedFor(head, clientAddress)}\r\nx-amzn-requestid: ${requestId}${callerLines}${wayLines}`;
}

/** What the target is told of whom the request passed; the client is last, as seen from here. */
export const forwardedFor = (head: ForwardedRequest, clientAddress: string): string =>
  head.forwardedFor === '' ? clientAddress : `${head.forwardedFor}, ${clientAddress}`;

/** Takes out of a head what of a signature for VPC Lattice targets are not to get, in its lines and its query. */
export function dropLatticeCredentials(head: ForwardedRequest): void {
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

import { type ForwardedRequest, forwardedFor } from '../forwarded-request.ts';
import type { WayLines } from '../way-lines.ts';

/**
 * The head for an HTTP/1.1 target: what is kept of the client's, then ours. Added names are lower case.
 *
 * @param callerLines what the target is told of the caller, each line with a CR LF before it; may be empty
 */
export function forwardedRequestHead(
  head: ForwardedRequest,
  clientAddress: string,
  requestId: string,
  callerLines: string,
  way: WayLines,
): string {
  return `${head.toHttp1()}x-forwarded-for: ${forwardedFor(head, clientAddress)}\r\nx-amzn-requestid: ${requestId}${callerLines}${way.text}`;
}

import type { FailureReason } from './failure.ts';

/** An answer that the data plane makes itself. Texts are Latin-1: one character, one byte. */
export interface LocalReply {
  readonly statusCode: number;
  /** For the access log; undefined when the reply is what the configuration asks for. */
  readonly failure: FailureReason | undefined;
  /** HTTP/1.1 status line, content-type and content-length, each with its CRLF; further headers may follow. */
  readonly head: string;
  readonly body: string;
}

const REASON_PHRASES = new Map([
  [400, 'Bad Request'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [408, 'Request Timeout'],
  [413, 'Payload Too Large'],
  [421, 'Misdirected Request'],
  [429, 'Too Many Requests'],
  [431, 'Request Header Fields Too Large'],
  [500, 'Internal Server Error'],
  [501, 'Not Implemented'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
]);

/**
 * Every way in which a request can end without a target's answer, with what the client gets and what
 * the log says. The statuses are those of the VPC Lattice user guide (troubleshooting access logs)
 * where it names them. It has 500 for a target that cannot be connected, but 503 is what its users
 * report, so 503 it is. 408, 413, 431 and 501 are our choice.
 */
export const LOCAL_REPLIES = {
  malformedRequest: makeReply(400, 'ClientProtocolError'),
  /** TLS where a listener for HTTP is. */
  encrypted: makeReply(400, 'ClientProtocolError', 'this port belongs to a listener for HTTP'),
  headTooLarge: makeReply(400, 'ClientProtocolError'),
  /** The target group speaks something else. */
  grpcToHttp1: makeReply(
    400,
    'ClientProtocolError',
    'this target group takes HTTP/1.1, and gRPC needs one for GRPC or HTTP2',
  ),
  notHttp2: makeReply(400, 'ClientProtocolError', 'this target group takes HTTP/2 only'),
  notHttp2ForGrpc: makeReply(
    400,
    'ClientProtocolError',
    'this target group takes gRPC, which needs HTTP/2',
  ),
  notPostForGrpc: makeReply(
    400,
    'ClientProtocolError',
    'this target group takes gRPC, whose requests are POST',
  ),
  accessDenied: makeReply(403, 'ClientAccessDenied'),
  unknownService: makeReply(404, undefined),
  requestTimeout: makeReply(408, 'ClientProtocolError'),
  bodyTooLarge: makeReply(413, 'ClientProtocolError', 'Payload Too Large'),
  rateLimited: makeReply(429, 'ClientRateLimited'),
  /** The target takes less than we do. */
  headTooLargeForTarget: makeReply(431, 'ClientProtocolError'),
  internal: makeReply(500, 'InternalError'),
  targetTypeUnsupported: makeReply(
    501,
    'InternalError',
    'target groups of this type carry no traffic yet',
  ),
  targetClosed: makeReply(502, 'TargetConnectionClosed'),
  targetProtocol: makeReply(502, 'TargetProtocolError'),
  responseHeadTooLarge: makeReply(
    502,
    'TargetProtocolError',
    'the headers of the response are larger than this client takes',
  ),
  noTarget: makeReply(503, 'TargetConnectionError'),
  /** Not tried: as many are under way as this worker has descriptors for, or as the others leave to its VPC. */
  noRoom: makeReply(503, 'InternalError'),
  connectFailed: makeReply(503, 'TargetConnectionError'),
  /** It takes no more, or is about to end. */
  targetRefused: makeReply(503, 'TargetConnectionError'),
  targetTimeout: makeReply(504, 'TargetDataTimeout'),
  connectionDurationExceeded: makeReply(504, 'ConnectionDurationExceeded'),
} satisfies Record<string, LocalReply>;

export type LocalReplyKind = keyof typeof LOCAL_REPLIES;

/** RFC 9110 §15. Node's own table comes with the whole of `node:http`, 10 MB that a worker has no use for. */
function reasonPhrase(statusCode: number): string {
  return REASON_PHRASES.get(statusCode) ?? 'Unknown';
}

const plainReplies = new Map<string, LocalReply>();

/** The reply for a decision: fixed responses and refusals. Without a `body` it is the reason phrase. */
export function localReply(
  statusCode: number,
  failure: FailureReason | undefined,
  body?: string,
): LocalReply {
  if (body !== undefined) return makeReply(statusCode, failure, body);
  // Both sets are small and neither comes from a client, so this cannot grow.
  const key = `${statusCode} ${failure}`;
  let reply = plainReplies.get(key);
  if (reply === undefined) {
    reply = makeReply(statusCode, failure);
    plainReplies.set(key, reply);
  }
  return reply;
}

function makeReply(
  statusCode: number,
  failure: FailureReason | undefined,
  body: string = reasonPhrase(statusCode),
): LocalReply {
  const reason = reasonPhrase(statusCode);
  const head = `HTTP/1.1 ${statusCode} ${reason}\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}\r\n`;
  return { statusCode, failure, head, body };
}

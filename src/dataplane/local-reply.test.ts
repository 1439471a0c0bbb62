import { describe, expect, test } from 'vitest';
import { LOCAL_REPLIES, type LocalReplyKind, localReply } from './local-reply.ts';

describe('replies of the data plane', () => {
  test.each<[LocalReplyKind, number, string, string | undefined]>([
    ['malformedRequest', 400, 'Bad Request', 'ClientProtocolError'],
    ['headTooLarge', 400, 'Bad Request', 'ClientProtocolError'],
    ['encrypted', 400, 'this port belongs to a listener for HTTP', 'ClientProtocolError'],
    [
      'grpcToHttp1',
      400,
      'this target group takes HTTP/1.1, and gRPC needs one for GRPC or HTTP2',
      'ClientProtocolError',
    ],
    ['notHttp2', 400, 'this target group takes HTTP/2 only', 'ClientProtocolError'],
    [
      'notHttp2ForGrpc',
      400,
      'this target group takes gRPC, which needs HTTP/2',
      'ClientProtocolError',
    ],
    [
      'notPostForGrpc',
      400,
      'this target group takes gRPC, whose requests are POST',
      'ClientProtocolError',
    ],
    ['accessDenied', 403, 'Forbidden', 'ClientAccessDenied'],
    ['unknownService', 404, 'Not Found', undefined],
    ['requestTimeout', 408, 'Request Timeout', 'ClientProtocolError'],
    ['bodyTooLarge', 413, 'Payload Too Large', 'ClientProtocolError'],
    ['rateLimited', 429, 'Too Many Requests', 'ClientRateLimited'],
    ['internal', 500, 'Internal Server Error', 'InternalError'],
    [
      'targetTypeUnsupported',
      501,
      'target groups of this type carry no traffic yet',
      'InternalError',
    ],
    ['targetClosed', 502, 'Bad Gateway', 'TargetConnectionClosed'],
    ['targetProtocol', 502, 'Bad Gateway', 'TargetProtocolError'],
    ['noTarget', 503, 'Service Unavailable', 'TargetConnectionError'],
    ['connectFailed', 503, 'Service Unavailable', 'TargetConnectionError'],
    ['targetRefused', 503, 'Service Unavailable', 'TargetConnectionError'],
    ['targetTimeout', 504, 'Gateway Timeout', 'TargetDataTimeout'],
    ['connectionDurationExceeded', 504, 'Gateway Timeout', 'ConnectionDurationExceeded'],
  ])('%s: %i %s, %s', (kind, statusCode, body, failure) => {
    expect(LOCAL_REPLIES[kind]).toMatchObject({ statusCode, body, failure });
  });

  test('each has a head that fits its body', () => {
    for (const { statusCode, head, body } of Object.values(LOCAL_REPLIES)) {
      const lines = head.split('\r\n');
      expect(lines[0]).toMatch(new RegExp(`^HTTP/1.1 ${statusCode} [A-Z][A-Za-z ]+$`));
      expect(lines.slice(1)).toEqual([
        'content-type: text/plain',
        `content-length: ${Buffer.byteLength(body, 'latin1')}`,
        '',
      ]);
    }
  });

  test('a fixed response has the reason phrase as its body, without a line end', () => {
    expect(localReply(404, undefined)).toMatchObject({ body: 'Not Found', failure: undefined });
    expect(localReply(500, undefined)).toMatchObject({ body: 'Internal Server Error' });
    expect(localReply(404, undefined)).toBe(localReply(404, undefined));
    expect(localReply(500, 'InternalError').failure).toBe('InternalError');
  });

  test('a text of its own is counted byte by byte', () => {
    const reply = localReply(403, 'ClientAccessDenied', 'no: \u00e9');
    expect(reply.head).toContain('content-length: 5\r\n');
    expect(reply.body).toBe('no: \u00e9');
  });
});

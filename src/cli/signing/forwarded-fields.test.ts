import { expect, test } from 'vitest';
import { forwardedFields, returnedFields } from './forwarded-fields.ts';

test('what is of one connection, of another signature or of the proxy is not passed on', () => {
  expect(
    forwardedFields([
      ...['Host', 'svc.example', 'X-Kept', '1', 'x-kept', '2', 'Proxy-Connection', 'keep-alive'],
      ...['Connection', 'close, X-Named', 'X-Named', 'gone', 'Proxy-Authorization', 'Basic x'],
      ...['Authorization', 'AWS4-HMAC-SHA256 x', 'X-Amz-Date', 'x', 'x-amz-security-token', 'x'],
      ...['x-amz-content-sha256', 'x', 'Expect', '100-continue', 'TE', 'trailers'],
      ...['Content-Length', '3', 'Cookie', 'kept'],
    ]),
  ).toEqual(['X-Kept', '1', 'x-kept', '2', 'Content-Length', '3', 'Cookie', 'kept']);
});

test('nobody takes away what says where the body ends', () => {
  expect(
    forwardedFields(['Connection', 'content-length, transfer-encoding', 'Content-Length', '3']),
  ).toEqual(['Content-Length', '3']);
});

test('an answer goes back with its own fields', () => {
  expect(
    returnedFields([
      ...['Connection', 'keep-alive', 'Keep-Alive', 'timeout=5', 'Transfer-Encoding', 'chunked'],
      ...['Set-Cookie', 'a', 'Set-Cookie', 'b', 'x-amzn-requestid', 'id'],
    ]),
  ).toEqual(['Set-Cookie', 'a', 'Set-Cookie', 'b', 'x-amzn-requestid', 'id']);
});

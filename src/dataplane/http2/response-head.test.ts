import { expect, test } from 'vitest';
import { UNTIL_CLOSE } from '../http1/framing.ts';
import { Http2ResponseHead } from './response-head.ts';

const FIELDS = [
  ':status',
  '201',
  'x-a',
  '1',
  'x-amzn-requestid',
  'theirs',
  'http2-settings',
  'x',
  'te',
  'x',
];

test('a response of HTTP/2 goes on without what is the target’s own, in either version', () => {
  const head = new Http2ResponseHead([...FIELDS, 'content-length', '3'], false);
  expect(head).toMatchObject({ statusCode: 201, bodyLength: 3 });
  expect(head.toHttp2()).toEqual(['x-a', '1', 'content-length', '3']);
  expect(head.toHttp1()).toBe(' 201 \r\nx-a: 1\r\ncontent-length: 3\r\n');
});

test.each([
  { name: 'ended with its head', fields: FIELDS, isEnded: true, length: 0 },
  { name: 'says no length', fields: FIELDS, isEnded: false, length: UNTIL_CLOSE },
])('a response that $name', ({ fields, isEnded, length }) => {
  expect(new Http2ResponseHead(fields, isEnded).bodyLength).toBe(length);
});

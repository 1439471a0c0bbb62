import { expect, test } from 'vitest';
import { nodeRequests } from './node-parser.ts';

const HOST = 'Host: shop.example\r\n';

test.each([
  {
    name: 'waits for the answer to Expect',
    first: `GET /1 HTTP/1.1\r\n${HOST}Expect: 100-continue\r\n\r\n`,
  },
  { name: 'waits for nothing', first: `GET /1 HTTP/1.1\r\n${HOST}\r\n` },
])(
  'requests that came whole are complete when one that $name is before them, and one that is cut behind',
  async ({ first }) => {
    const second = `POST /2 HTTP/1.1\r\n${HOST}Content-Length: 2\r\n\r\nhi`;
    const cut = `POST /3 HTTP/1.1\r\n${HOST}Content-Length: 5\r\n\r\nab`;
    const { requests, error } = await nodeRequests(first + second + cut);
    expect(requests.map(({ url, complete, body }) => [url, complete, body])).toEqual([
      ['/1', true, ''],
      ['/2', true, 'hi'],
      ['/3', false, 'ab'],
    ]);
    expect(error).toBeDefined();
  },
);

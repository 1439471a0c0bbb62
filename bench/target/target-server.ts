/** Where there is no nginx: a target at the address of its first argument, for each port in the others, named `a`, `b`, ... in order. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { BODY, CHECK_PATH, LAST_PATH } from './target-facts.ts';

const requests = new WeakMap<Socket, number>();

const [address, ...ports] = process.argv.slice(2);

const servers = ports.map((port, index) => {
  const name = String.fromCharCode('a'.charCodeAt(0) + index);
  return createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
    const count = (requests.get(request.socket) ?? 0) + 1;
    requests.set(request.socket, count);
    response.writeHead(200, {
      'content-type': 'text/plain',
      'content-length': BODY.length,
      'x-target': name,
      ...(request.url === LAST_PATH && { connection: 'close' }),
      ...(request.url === CHECK_PATH && {
        'x-seen-forwarded-for': request.headers['x-forwarded-for'] ?? '',
        'x-seen-requests': count,
      }),
    });
    response.end(BODY);
  }).listen(Number(port), address);
});
await Promise.all(servers.map((server) => once(server, 'listening')));

/**
 * One target of the storefront: an HTTP server on a free loopback port. It runs as a process of its
 * own, started by targets.ts:
 *
 *   node target-server.ts NAME [--failing] [--tls | --grpc]
 *
 * It writes its port to standard output once it listens. `--failing`: the health check gets 503.
 * `--tls`: it speaks HTTPS, with a certificate that nobody vouches for. `--grpc`: it speaks HTTP/2, and is
 * an inventory.
 * It ends when its standard input does, so it never outlives whoever started it, `kill -9` included.
 */
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { inventoryServer } from './inventory-server.ts';
import { selfSignedFor } from './self-signed.ts';

const [name = 'target', ...flags] = process.argv.slice(2);
const isFailing = flags.includes('--failing');

const answer: RequestListener = (request, response) => {
  request.resume();
  request.on('end', () => {
    if (request.url === '/health') {
      response.writeHead(isFailing ? 503 : 200).end(isFailing ? 'no database\n' : 'ok\n');
      return;
    }
    response.writeHead(200, { 'content-type': 'text/plain', 'x-served-by': name });
    response.end(`${request.method} ${request.url} answered by ${name}\n`);
  });
};

const newServer = async (): Promise<Server> => {
  if (flags.includes('--grpc')) return inventoryServer(name);
  const server = flags.includes('--tls')
    ? createTlsServer(await selfSignedFor(name), answer)
    : createServer(answer);
  // Longer than any idle time of a proxy before it, so that the proxy is the one to close.
  server.keepAliveTimeout = 120_000;
  return server;
};
const server = await newServer();

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent decides when targets go.
process.on('SIGINT', () => {});

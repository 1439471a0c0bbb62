/**
 * A target that says what it sees of a request:
 *
 *   node target-server.ts NAME ADDRESS PORT
 *
 * It writes its port to standard output once it listens, and ends when its standard input does, so it never
 * outlives whoever started it. Port 0 is any free one.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Seen } from './seen.ts';

const [name = 'target', address = '127.0.0.1', port = '0'] = process.argv.slice(2);

const server = createServer((request, response) => {
  const { localAddress, localPort, remoteAddress = '' } = request.socket;
  const seen: Seen = {
    name,
    address: `${localAddress}`,
    port: localPort ?? 0,
    peer: remoteAddress,
    forwardedFor: String(request.headers['x-forwarded-for']),
  };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(seen));
});
// Longer than any idle time of a proxy before it, so that the proxy is the one to close.
server.keepAliveTimeout = 120_000;
server.listen(Number(port), address, () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent decides when targets go.
process.on('SIGINT', () => {});

/**
 * A gRPC server with prior knowledge that sends back what it gets, on the port in its argument: for the
 * bench, with as little work of its own as node:http2 allows.
 */
import { createServer, type ServerHttp2Stream } from 'node:http2';

const HEAD = { ':status': 200, 'content-type': 'application/grpc' };
const OK = { 'grpc-status': '0' };

const echo = (stream: ServerHttp2Stream): void => {
  stream.respond(HEAD, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers(OK));
  stream.on('error', () => {});
  stream.on('data', (piece: Buffer) => {
    if (stream.write(piece)) return;
    stream.pause();
    stream.once('drain', () => stream.resume());
  });
  stream.on('end', () => stream.end());
};

const server = createServer({ settings: { maxConcurrentStreams: 10_000 } });
server.on('session', (session) => session.on('error', () => {}));
server.on('stream', echo);
server.listen(Number(process.argv[2]), '127.0.0.1');

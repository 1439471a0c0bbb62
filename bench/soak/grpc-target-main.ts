import {
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { GrpcMessageReader, grpcMessage } from '../grpc/grpc-messages.ts';
import { parseWish } from './call-wish.ts';

/**
 * A gRPC target of the soak: answers each call with as many messages as it asks for, some time apart.
 * SIGUSR2 lets its health check fail and, with the next one, succeed again; SIGTERM ends it when its
 * calls are answered.
 */
const [port, group = ''] = process.argv.slice(2);
let isHealthy = true;

const answer = async (stream: ServerHttp2Stream, wish: Buffer): Promise<void> => {
  const { messages, everyMs } = parseWish(wish);
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc', 'x-group': group },
    { waitForTrailers: true },
  );
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  for (let i = 0; i < messages; i++) {
    if (i > 0) await new Promise((resolve) => setTimeout(resolve, everyMs));
    if (stream.destroyed) return;
    stream.write(grpcMessage(Buffer.from(String(i))));
  }
  stream.end();
};

const sessions = new Set<ServerHttp2Session>();
const server = createServer();
server.on('session', (session) => {
  sessions.add(session);
  session.on('error', () => {});
  session.on('close', () => sessions.delete(session));
});
server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
  stream.on('error', () => {});
  if (headers[':path'] === '/health') {
    stream.respond({ ':status': isHealthy ? 200 : 503 }, { endStream: true });
    return;
  }
  const reader = new GrpcMessageReader((wish) => void answer(stream, wish));
  stream.on('data', (piece: Buffer) => reader.push(piece));
});
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
process.on('SIGUSR2', () => {
  isHealthy = !isHealthy;
});
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  for (const session of sessions) session.close();
});
// Nobody's child any more: the soak was killed.
process.stdin.on('end', () => process.exit(0)).resume();

/**
 * A target with large bodies, in each protocol at a port of its own: the task is in the first argument.
 * GET /api/body?bytes=N sends them, anything with a body is told how many came and whether intact.
 */
import { createServer as createHttp1Server } from 'node:http';
import {
  createSecureServer,
  createServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { setPriority } from 'node:os';
import { Readable } from 'node:stream';
import { BodyCheck, bodyPieces } from './body-pattern.ts';
import type { BodyTargetTask } from './body-target.ts';

const { http1, http2, tls, key, cert, priority } = JSON.parse(
  process.argv[2] ?? '',
) as BodyTargetTask;
setPriority(priority);

/** One for both versions of HTTP: node's responses of HTTP/2 can do what those of HTTP/1.1 can. */
const serve = (request: Http2ServerRequest, response: Http2ServerResponse): void => {
  response.on('error', () => {});
  if (request.method === 'GET') {
    const bytes = Number(new URL(request.url, 'http://target').searchParams.get('bytes'));
    response.setHeader('content-length', bytes);
    Readable.from(bodyPieces(bytes), { objectMode: false })
      .on('error', () => {})
      .pipe(response);
    return;
  }
  const check = new BodyCheck();
  request.on('data', (piece: Buffer) => check.take(piece));
  request.on('error', () => {});
  request.on('end', () => response.end(JSON.stringify(check)));
};

type ServeHttp1 = NonNullable<Parameters<typeof createHttp1Server>[1]>;

createHttp1Server({ keepAliveTimeout: 600_000 }, serve as unknown as ServeHttp1).listen(
  http1,
  '127.0.0.1',
);
createServer(serve).listen(http2, '127.0.0.1');
createSecureServer({ key, cert, allowHTTP1: true }, serve).listen(tls, '127.0.0.1');

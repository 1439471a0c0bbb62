/** A proxy of node:http in front and undici behind; its task is in its first argument. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { Pool } from 'undici';
import type { NodeProxyTask } from './node-peers.ts';

const { port, host, targetPort } = JSON.parse(process.argv[2] ?? '') as NodeProxyTask;
const pool = new Pool(`http://127.0.0.1:${targetPort}`, { connections: 256, pipelining: 1 });

/** RFC 9110 §7.6.1 */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'te', 'trailer', 'upgrade']);

const forwardedHeaders = ({ rawHeaders, headers, socket }: IncomingMessage): string[] => {
  const forwarded: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] as string).toLowerCase();
    if (HOP_BY_HOP.has(name) || name === 'x-forwarded-for' || name === 'transfer-encoding') {
      continue;
    }
    forwarded.push(name, rawHeaders[i + 1] as string);
  }
  const before = headers['x-forwarded-for'];
  const client = socket.remoteAddress ?? '';
  forwarded.push('x-forwarded-for', before === undefined ? client : `${before}, ${client}`);
  return forwarded;
};

createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
  if (request.headers.host !== host || !request.url?.startsWith('/api/')) {
    response.writeHead(404).end();
    return;
  }
  const hasBody =
    request.headers['content-length'] !== undefined ||
    request.headers['transfer-encoding'] !== undefined;
  pool.dispatch(
    {
      method: (request.method ?? 'GET') as 'GET',
      path: request.url,
      headers: forwardedHeaders(request),
      body: hasBody ? request : null,
    },
    {
      onRequestStart() {},
      onResponseStart(_controller, statusCode, headers) {
        const kept: Record<string, string | string[] | undefined> = {};
        for (const name in headers) {
          if (!HOP_BY_HOP.has(name) && name !== 'transfer-encoding') kept[name] = headers[name];
        }
        kept['x-request-id'] = randomUUID();
        response.writeHead(statusCode, kept);
      },
      onResponseData(controller, chunk) {
        if (!response.write(chunk)) {
          controller.pause();
          response.once('drain', () => controller.resume());
        }
      },
      onResponseEnd() {
        response.end();
      },
      onResponseError(_controller, error) {
        process.stderr.write(`${error.message}\n`);
        if (response.headersSent) response.destroy();
        else response.writeHead(502).end();
      },
    },
  );
}).listen(port, '127.0.0.1');

/** A proxy with https://www.npmjs.com/package/http-proxy; its task is in its first argument. */
import { randomUUID } from 'node:crypto';
import { Agent, createServer } from 'node:http';
import httpProxy from 'http-proxy';
import type { NodeProxyTask } from './node-peers.ts';

const { port, host, targetPort } = JSON.parse(process.argv[2] ?? '') as NodeProxyTask;
const proxy = httpProxy.createProxyServer({
  target: `http://127.0.0.1:${targetPort}`,
  agent: new Agent({ keepAlive: true, maxFreeSockets: 256 }),
  xfwd: true,
});
proxy.on('error', (error) => process.stderr.write(`${error.message}\n`));

createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
  if (request.headers.host !== host || !request.url?.startsWith('/api/')) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader('x-request-id', randomUUID());
  proxy.web(request, response);
}).listen(port, '127.0.0.1');

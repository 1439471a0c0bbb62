import { createServer } from 'node:http';

/**
 * A target of the soak: answers with the name of its group. SIGUSR2 lets its health check fail and,
 * with the next one, succeed again; SIGTERM ends it when its requests are answered.
 */
const [port, group] = process.argv.slice(2);
let isHealthy = true;

const server = createServer((request, response) => {
  if (request.url === '/health') {
    response.writeHead(isHealthy ? 200 : 503, { 'content-length': 0 }).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/plain', 'x-group': group }).end(`${group}\n`);
});
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
process.on('SIGUSR2', () => {
  isHealthy = !isHealthy;
});
process.on('SIGTERM', () => server.close(() => process.exit(0)));
// Nobody's child any more: the soak was killed.
process.stdin.on('end', () => process.exit(0)).resume();

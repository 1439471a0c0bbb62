import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/**
 * A server that accepts on a socket bound by someone else. Half-open connections are left to
 * whoever takes them: what the end of a client means is decided by whoever takes its connection.
 * @throws the system's error when it cannot listen there.
 */
export const listenOn = async (handle: unknown): Promise<Server> => {
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  server.listen(handle as object);
  await once(server, 'listening');
  return server;
};

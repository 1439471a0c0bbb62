import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/**
 * A server that accepts on a socket bound by someone else. What a client's end of its half
 * means is decided by whoever takes the connection.
 * @throws the system's error when it cannot listen there.
 */
export const listenOn = async (handle: unknown): Promise<Server> => {
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  server.listen(handle as object);
  await once(server, 'listening');
  return server;
};

/**
 * TLS handshakes, each on a connection of its own that is closed when both sides are through: the plan
 * is in the first argument, the result is printed, both as JSON.
 */
import { once } from 'node:events';
import { type ConnectionOptions, connect, createSecureContext, type TLSSocket } from 'node:tls';
import type { HandshakeLoadPlan, HandshakeLoadResult } from './handshake-load.ts';

const plan = JSON.parse(process.argv[2] ?? '') as HandshakeLoadPlan;
const options: ConnectionOptions = {
  host: '127.0.0.1',
  port: plan.port,
  servername: plan.host,
  ALPNProtocols: ['http/1.1'],
  minVersion: plan.version,
  maxVersion: plan.version,
  // One for all: making it costs as much as a handshake. What the server shows is not the question.
  secureContext: createSecureContext({ minVersion: plan.version, maxVersion: plan.version }),
  rejectUnauthorized: false,
};

/** A session to resume, from a connection whose answer proves that it is served. */
const openSession = async (): Promise<Buffer> => {
  const socket = connect(options);
  const answered = once(socket, 'data');
  // With TLS 1.3 it comes after the handshake.
  const opened = once(socket, 'session');
  socket.write(`GET /api/check HTTP/1.1\r\nHost: ${plan.host}\r\nConnection: close\r\n\r\n`);
  const [[session], [answer]] = (await Promise.all([opened, answered])) as [[Buffer], [Buffer]];
  socket.destroy();
  const status = answer.toString('latin1', 0, 12);
  if (status !== 'HTTP/1.1 200') throw new Error(`answered \`${status}\``);
  return session;
};

const session = await openSession();
let handshakes = 0;
let failed = 0;
let reason: string | undefined;

const fail = (why: string): void => {
  failed += 1;
  reason ??= why;
};

/** Resolves when the server has closed the connection too: it has done its part then. */
const shakeHands = (): Promise<void> =>
  new Promise((resolve) => {
    const socket: TLSSocket = connect(plan.isResumed ? { ...options, session } : options);
    let isSecure = false;
    let error: Error | undefined;
    socket.once('secureConnect', () => {
      isSecure = true;
      if (socket.isSessionReused() !== plan.isResumed)
        error = new Error('the session was not used');
      socket.end();
    });
    socket.once('error', (thrown) => {
      error = thrown;
    });
    socket.once('close', () => {
      if (isSecure && error === undefined) handshakes += 1;
      else fail(error?.message ?? 'closed early');
      resolve();
    });
    socket.resume();
  });

const start = performance.now();
const end = start + plan.seconds * 1000;
const shakeOn = async (): Promise<void> => {
  while (performance.now() < end) await shakeHands();
};
await Promise.all(Array.from({ length: plan.parallel }, shakeOn));
const seconds = (performance.now() - start) / 1000;
const result: HandshakeLoadResult = {
  handshakes,
  handshakesPerSecond: handshakes / seconds,
  failed,
  reason,
};
process.stdout.write(`${JSON.stringify(result)}\n`);

import { Http2Session } from '../../http2/http2-session.ts';
import type { StreamHandler } from '../../http2/http2-stream.ts';
import { DEFAULT_SESSION_LIMITS } from '../../http2/session-limits.ts';
import { SocketTransport } from '../../http2/socket-transport.ts';
import { HEALTH_CHECK_USER_AGENT, type Probe } from './probe.ts';

/** One GET over HTTP/2: with prior knowledge on a plain connection, chosen by ALPN on a TLS one. */
export const probeHttp2: Probe = (socket, { path, host }, done) => {
  const session = new Http2Session({
    transport: new SocketTransport(socket),
    owner: {
      settingsChanged: () => {},
      goingAway: () => {},
      // The socket's "close" says what happened.
      ending: () => socket.destroySoon(),
      // A mistake of ours, which nobody is to keep quiet about.
      defect: (error) => {
        throw error;
      },
    },
    limits: DEFAULT_SESSION_LIMITS,
    // A probe is limited by its own deadline.
    clock: () => 0,
    flushSoon: (flushed) => setImmediate(() => flushed.flush()),
  });
  socket.on('data', (chunk: Buffer) => session.receive(chunk));
  socket.on('drain', () => session.drained());
  socket.on('close', () => session.lost());
  const answer: StreamHandler = {
    head: (fields) => {
      const statusCode = Number(fields[1]);
      if (statusCode < 200) return;
      done(statusCode);
      session.destroy();
    },
    data: () => {},
    end: () => {},
    writable: () => {},
    closed: () => done(undefined),
    failed: () => {},
  };
  const scheme = 'encrypted' in socket ? 'https' : 'http';
  const fields = [':method', 'GET', ':path', path, ':scheme', scheme, ':authority', host];
  session.request([...fields, 'user-agent', HEALTH_CHECK_USER_AGENT], undefined, true, answer);
};

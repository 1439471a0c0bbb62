import { HEALTH_CHECK_USER_AGENT, type Probe } from './probe.ts';

/** One GET over HTTP/2: with prior knowledge on a plain connection, chosen by ALPN on a TLS one. */
export const probeHttp2: Probe = (socket, { path, host }, done) => {
  const { connect, constants } = process.getBuiltinModule('node:http2');
  // The address is only a form: the connection is there already, and who is meant is in :authority.
  const scheme = 'encrypted' in socket ? 'https' : 'http';
  const session = connect(`${scheme}://localhost`, { createConnection: () => socket });
  // The socket's "close" says what happened; these only keep an error from being thrown.
  session.on('error', () => socket.destroy());
  const stream = session.request({
    [constants.HTTP2_HEADER_METHOD]: 'GET',
    [constants.HTTP2_HEADER_PATH]: path,
    [constants.HTTP2_HEADER_AUTHORITY]: host,
    [constants.HTTP2_HEADER_USER_AGENT]: HEALTH_CHECK_USER_AGENT,
  });
  stream.on('error', () => done(undefined));
  stream.on('response', (headers) => {
    done(Number(headers[constants.HTTP2_HEADER_STATUS]));
    stream.close(constants.NGHTTP2_CANCEL);
    session.close();
  });
  stream.end();
};

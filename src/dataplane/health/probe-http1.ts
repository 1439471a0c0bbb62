import { HEALTH_CHECK_USER_AGENT, type Probe } from './probe.ts';

const MAX_HEAD_BYTES = 16 * 1024;
/** More of an answer's body than this is not waited for. */
const MAX_BODY_BYTES = 64 * 1024;

/** One GET over HTTP/1.1. The verdict falls with the end of the head; the body is read and dropped. */
export const probeHttp1: Probe = (socket, { path, host }, done) => {
  let head = '';
  let bodyBytes = 0;
  let isAnswered = false;
  socket.on('data', (chunk: Buffer) => {
    if (isAnswered) {
      // Reading on lets the target finish its answer and close, instead of seeing a reset.
      bodyBytes += chunk.length;
      if (bodyBytes > MAX_BODY_BYTES) socket.destroy();
      return;
    }
    head += chunk.toString('latin1');
    const statusCode = finalStatus(head);
    if (statusCode === undefined && head.length <= MAX_HEAD_BYTES) return;
    isAnswered = true;
    bodyBytes = head.length;
    head = '';
    done(statusCode === 'malformed' ? undefined : statusCode);
  });
  socket.on('end', () => socket.destroy());
  socket.write(
    `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nuser-agent: ${HEALTH_CHECK_USER_AGENT}\r\naccept: */*\r\nconnection: close\r\n\r\n`,
    'latin1',
  );
};

/** The status of the first head that is complete and not interim (1xx). */
function finalStatus(text: string): number | 'malformed' | undefined {
  let start = 0;
  for (;;) {
    const end = text.indexOf('\r\n\r\n', start);
    if (end < 0) return undefined;
    const statusCode = statusOf(text, start);
    if (statusCode === undefined) return 'malformed';
    if (statusCode >= 200) return statusCode;
    start = end + 4;
  }
}

/** RFC 9112, section 4: `HTTP/1.x`, space, three digits, then a space or the end of the line. */
function statusOf(text: string, start: number): number | undefined {
  if (!text.startsWith('HTTP/1.', start) || text[start + 8] !== ' ') return undefined;
  const after = text[start + 12];
  if (after !== ' ' && after !== '\r') return undefined;
  let statusCode = 0;
  for (let i = start + 9; i < start + 12; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    statusCode = statusCode * 10 + digit;
  }
  return statusCode >= 100 ? statusCode : undefined;
}

import type { ServerHttp2Stream } from 'node:http2';
import { NO_ERROR } from './error-codes.ts';

/** How long a client may still send what nobody wants. */
const GRACE_MS = 250;

/**
 * Ends a stream that was answered before its request was complete: asks the client to stop sending
 * (RFC 9113 §8.1). Not at once, since nghttp2 drops what has not left yet when a stream is reset; most
 * clients stop by themselves when they have the answer.
 */
export const closeSoon = (stream: ServerHttp2Stream): void => {
  stream.resume();
  let timer: NodeJS.Timeout | undefined;
  const answered = (): void => {
    timer = setTimeout(() => stream.close(NO_ERROR), GRACE_MS);
  };
  stream.on('close', () => clearTimeout(timer));
  if (stream.writableFinished) answered();
  else stream.once('finish', answered);
};

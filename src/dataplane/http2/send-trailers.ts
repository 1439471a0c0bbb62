import type { Http2Stream } from 'node:http2';
import { type RawFields, toHeaders } from './fields.ts';
import { cutStream } from './reset-stream.ts';

/** Answers a stream's `wantTrailers`. It may come when the stream is being closed already, and then nothing can be sent. */
export const sendTrailers = (stream: Http2Stream, trailers: RawFields | undefined): void => {
  if (stream.destroyed || stream.closed) return;
  try {
    stream.sendTrailers(toHeaders(trailers ?? []));
  } catch {
    // What node:http2 does not send is nothing that others should be lost for.
    cutStream(stream);
  }
};

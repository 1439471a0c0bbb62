import type { Http2Stream } from 'node:http2';
import { addAbortSignal } from 'node:stream';

const CUT = new Error('the exchange is cut off');
const ABORTED = AbortSignal.abort();

/*
 * Not by `stream.close(code)`: that ends the writable side first, so that what was cut off has an
 * END_STREAM and looks complete (node 26). Destroying it sends nothing but RST_STREAM.
 */

/** INTERNAL_ERROR: what was sent so far cannot be completed. */
export const cutStream = (stream: Http2Stream): void => {
  stream.destroy(CUT);
};

/** CANCEL: the answer is not wanted any more. */
export const cancelStream = (stream: Http2Stream): void => {
  if (!stream.destroyed) addAbortSignal(ABORTED, stream);
};

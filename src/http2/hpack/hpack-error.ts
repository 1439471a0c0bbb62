/**
 * A header block is malformed: a connection error of type COMPRESSION_ERROR (RFC 9113 §4.3). The tables
 * of both sides may differ from then on, so that nothing more of the connection can be read.
 */
export class HpackError extends Error {
  override readonly name = 'HpackError';
  readonly code = 'COMPRESSION_ERROR';
}

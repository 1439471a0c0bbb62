/** What a session allows its peer. */
export interface SessionLimits {
  /** Streams that the peer may have open at a time (servers). */
  readonly maxConcurrentStreams: number;
  /** Of names, values and 32 bytes a field (RFC 9113 §6.5.2); heads beyond it are refused. */
  readonly maxHeaderListBytes: number;
  /** Fields of a head, pseudo-header fields included. */
  readonly maxHeaderFields: number;
  /** What a peer may send ahead on a new stream: this is kept in memory of one that is held back. */
  readonly streamWindowBytes: number;
  /** The same on a stream whose data is taken… */
  readonly maxStreamWindowBytes: number;
  /** …as long as all streams together have no more than this beyond what new ones have. */
  readonly extraWindowBytes: number;
  /** What a peer may send ahead on all streams, until it hears that it came; all that comes before it has answered our SETTINGS. */
  readonly connectionWindowBytes: number;
  /** Streams that a peer may reset, or make us reset, within a minute, beside those that `forgiveReset` gives back. */
  readonly maxStreamResets: number;
  /** Frames that carry nothing of a message, which a peer may send within ten seconds, beside those that messages need. */
  readonly maxControlFrames: number;
  /** Of what was written and not taken by the peer; with more it is neither read nor answered. */
  readonly maxWaitingBytes: number;
  /** To answer SETTINGS or PING, and to end a header block. */
  readonly answerTimeoutMs: number;
}

/** Our choice, but for what a comment says. */
export const DEFAULT_SESSION_LIMITS: SessionLimits = {
  // RFC 9113 §6.5.2 recommends no fewer.
  maxConcurrentStreams: 100,
  maxHeaderListBytes: 64 * 1024,
  maxHeaderFields: 200,
  // A full frame. With 100 streams, and what some may have beyond that, less than 2 MiB of a peer are kept.
  streamWindowBytes: 16_384,
  // The protocol's own.
  maxStreamWindowBytes: 65_535,
  // For eight streams: more of them fill any path together.
  extraWindowBytes: 8 * (65_535 - 16_384),
  connectionWindowBytes: 1024 * 1024,
  maxStreamResets: 200,
  maxControlFrames: 1000,
  maxWaitingBytes: 256 * 1024,
  answerTimeoutMs: 10_000,
};

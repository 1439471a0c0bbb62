/** What a worker allows its clients and targets. The defaults are Lattice's where AWS documents them. */
export interface DataPlaneLimits {
  /** Header fields of a request (AWS: 100). */
  readonly maxHeaderCount: number;
  /** Bytes of a request's head, request line included (AWS: 60K). */
  readonly maxHeadBytes: number;
  /** From the first byte of a head to its last. */
  readonly headTimeoutMs: number;
  /** From the first byte of a TLS connection to the end of its handshake. */
  readonly handshakeTimeoutMs: number;
  /** Bytes of a ClientHello, with the records around it. */
  readonly maxClientHelloBytes: number;
  /** Idle time of a connection that has not named a service yet, and of the default service. */
  readonly idleTimeoutMs: number;
  /** Every client connection ends after this time (AWS: 10 minutes). */
  readonly connectionLifetimeMs: number;
  /** To connect to a target, TLS included. */
  readonly connectTimeoutMs: number;
  /** How long an unused connection to a target is kept. */
  readonly targetIdleMs: number;
  /** Unused connections kept for each target. */
  readonly maxIdlePerTarget: number;
  /** Client connections of one worker, which its VPCs share (`SharedRoom`), within its descriptors (`descriptorShares`); more are closed at once. */
  readonly maxClientConnections: number;
  /** How long a connection, or a stream of one, that is not admitted is kept without an answer. */
  readonly deniedHoldMs: number;
  /** Such connections of one worker, shared and bounded like the others; more are closed at once. */
  readonly maxDeniedConnections: number;
  /** Streams that an HTTP/2 client may have open at a time. */
  readonly maxConcurrentStreams: number;
  /** Streams that an HTTP/2 client may reset on one connection in a minute, beside one for each answer of a target. */
  readonly maxStreamResets: number;
  /** HTTP/2 frames without anything of a message that a client may send in ten seconds, beside those that messages need. */
  readonly maxControlFrames: number;
  /** Bytes of a response's head from a target. */
  readonly maxResponseHeadBytes: number;
  /** Refused requests that a worker can explain; the oldest make room. */
  readonly refusalsKept: number;
}

export const DEFAULT_LIMITS: DataPlaneLimits = {
  maxHeaderCount: 100,
  maxHeadBytes: 60 * 1024,
  headTimeoutMs: 15_000,
  handshakeTimeoutMs: 10_000,
  maxClientHelloBytes: 32 * 1024,
  idleTimeoutMs: 60_000,
  connectionLifetimeMs: 600_000,
  connectTimeoutMs: 5_000,
  targetIdleMs: 60_000,
  maxIdlePerTarget: 256,
  maxClientConnections: 16_384,
  deniedHoldMs: 10_000,
  maxDeniedConnections: 1_000,
  maxConcurrentStreams: 100,
  maxStreamResets: 200,
  maxControlFrames: 1000,
  maxResponseHeadBytes: 64 * 1024,
  refusalsKept: 1000,
};

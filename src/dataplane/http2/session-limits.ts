import { DEFAULT_SESSION_LIMITS, type SessionLimits } from '../../http2/session-limits.ts';
import type { DataPlaneLimits } from '../limits.ts';

/** Pseudo-header fields of a request. */
const PSEUDO_FIELDS = 4;
/** Fields beyond the limit that are still answered with 400; with more the stream is reset. */
const MORE_FIELDS = 100;
/** RFC 9113 §6.5.2: what each field counts beside its texts. */
const FIELD_BYTES = 32;
const MAX_RESPONSE_FIELDS = 1000;

/** What sessions of clients allow. */
export const clientSessionLimits = (limits: DataPlaneLimits): SessionLimits => ({
  ...DEFAULT_SESSION_LIMITS,
  maxConcurrentStreams: limits.maxConcurrentStreams,
  maxStreamResets: limits.maxStreamResets,
  maxControlFrames: limits.maxControlFrames,
  maxHeaderListBytes: limits.maxHeadBytes + MORE_FIELDS * FIELD_BYTES,
  maxHeaderFields: limits.maxHeaderCount + PSEUDO_FIELDS + MORE_FIELDS,
});

/** What sessions with targets allow. */
export const targetSessionLimits = (maxResponseHeadBytes: number): SessionLimits => ({
  ...DEFAULT_SESSION_LIMITS,
  maxHeaderListBytes: maxResponseHeadBytes,
  maxHeaderFields: MAX_RESPONSE_FIELDS,
});

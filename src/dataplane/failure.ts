/** Values of the access log's `failureReason` (data-plane.md §11.2). */
export type FailureReason =
  | 'TargetConnectionError'
  | 'TargetProtocolError'
  | 'TargetDataTimeout'
  | 'TargetConnectionClosed'
  | 'ClientConnectionClosed'
  | 'ClientRateLimited'
  | 'ClientAccessDenied'
  | 'ClientProtocolError'
  | 'ConnectionDurationExceeded'
  | 'InternalError';

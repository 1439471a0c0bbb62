/** Values of the access log's `failureReason` (VPC Lattice user guide, access logs). */
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

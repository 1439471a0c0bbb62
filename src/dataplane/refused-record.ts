import type { ExchangeRecord } from './access-log/exchange-record.ts';
import type { LocalReply } from './local-reply.ts';
import type { Source } from './request-head.ts';
import type { VpcRuntime } from './state.ts';

/** What was refused before it was a request that could be decided. */
export interface Refused {
  readonly source: Source;
  readonly reply: Pick<LocalReply, 'statusCode' | 'failure'>;
  readonly protocol: string;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  /** As far as they are known. */
  readonly method?: string;
  readonly authority?: string;
}

/** The record of bytes that never became a request; the VPC's service network is all that is known of its way. */
export const refusedRecord = (
  { source, reply, protocol, bytesReceived, bytesSent, method = '', authority = '' }: Refused,
  vpc: VpcRuntime | undefined,
): ExchangeRecord => ({
  source,
  vpc,
  network: vpc?.network,
  service: undefined,
  targetGroup: undefined,
  target: undefined,
  requestId: '',
  startedAt: Date.now(),
  method,
  path: '',
  protocol,
  statusCode: reply.statusCode,
  bytesReceived,
  bytesSent,
  durationMs: 0,
  userAgent: '',
  authority,
  requestToTargetMs: 0,
  responseFromTargetMs: 0,
  failure: reply.failure,
  identity: undefined,
  authDeniedReason: undefined,
  grpcStatus: undefined,
});

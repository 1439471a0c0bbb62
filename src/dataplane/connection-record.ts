import type { ExchangeRecord } from './access-log/exchange-record.ts';
import type { Verdict } from './auth/verdict.ts';
import type { FailureReason } from './failure.ts';
import { refusedRecord } from './refused-record.ts';
import type { Source } from './request-head.ts';
import type { TargetRuntime } from './state.ts';
import type { TlsWay } from './tls/tls-way.ts';

export interface ConnectionFacts {
  readonly source: Source;
  readonly way: Pick<TlsWay, 'vpc' | 'network' | 'service'>;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly failure: FailureReason | undefined;
  /** Absent where there is nothing to ask about it. */
  readonly requestId?: string;
  /** Absent where nobody was asked. */
  readonly verdict?: Verdict | undefined;
  readonly durationMs?: number;
  readonly bytesReceived?: number;
  readonly bytesSent?: number;
  readonly target?: TargetRuntime | undefined;
}

/**
 * The record of a TLS connection whose requests, if any, could not be seen: passed through, or not
 * past its handshake. All that is HTTP stays empty, numbers are 0 (our choice).
 */
export const connectionRecord = ({
  source,
  way: { vpc, network, service },
  startedAt,
  failure,
  requestId = '',
  verdict,
  durationMs = 0,
  bytesReceived = 0,
  bytesSent = 0,
  target,
}: ConnectionFacts): ExchangeRecord => ({
  ...refusedRecord(
    { source, reply: { statusCode: 0, failure }, protocol: '', bytesReceived, bytesSent },
    vpc,
  ),
  network,
  service,
  targetGroup: target?.group,
  target,
  requestId,
  startedAt,
  durationMs,
  identity: verdict?.identity,
  authDeniedReason:
    verdict?.refusal?.by === 'policy' ? verdict.refusal.authDeniedReason : undefined,
});

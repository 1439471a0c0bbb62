import type { AuthDeniedReason, Identity } from '../auth/verdict.ts';
import type { FailureReason } from '../failure.ts';
import type { Source } from '../request-head.ts';
import type {
  NetworkRuntime,
  ServiceRuntime,
  TargetGroupRuntime,
  TargetRuntime,
  VpcRuntime,
} from '../state.ts';

/** What is known of one request when it ended; exactly one is made for each. Formatted only where a subscription wants it. */
export interface ExchangeRecord {
  readonly source: Source;
  readonly vpc: VpcRuntime | undefined;
  readonly network: NetworkRuntime | undefined;
  readonly service: ServiceRuntime | undefined;
  readonly targetGroup: TargetGroupRuntime | undefined;
  readonly target: TargetRuntime | undefined;
  readonly requestId: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly method: string;
  readonly path: string;
  readonly protocol: string;
  /** 0 when no response was begun. */
  readonly statusCode: number;
  /** Heads and bodies on the client's side. */
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly durationMs: number;
  readonly userAgent: string;
  readonly authority: string;
  /** Start to last byte sent to the target; 0 without a target. */
  readonly requestToTargetMs: number;
  /** First byte from the target to last byte to the client. */
  readonly responseFromTargetMs: number;
  readonly failure: FailureReason | undefined;
  /** Undefined when nobody asked who it is. */
  readonly identity: Identity | undefined;
  readonly authDeniedReason: AuthDeniedReason | undefined;
  /** Of gRPC calls, as far as they got one. */
  readonly grpcStatus: number | undefined;
}

import type { Identity, Refusal } from '../auth/verdict.ts';
import type { FailureReason } from '../failure.ts';
import type { NetworkRuntime, ServiceRuntime, TargetGroupRuntime, VpcRuntime } from '../state.ts';

/** What is to happen with one request, and why. */
export type Decision = ForwardDecision | ReplyDecision;

/** What is known of the way when it is decided. */
export interface Found {
  readonly vpc: VpcRuntime | undefined;
  readonly network: NetworkRuntime | undefined;
  readonly service: ServiceRuntime | undefined;
  /** Rule that matched; undefined for the default action or when none was reached. */
  readonly ruleId: string | undefined;
  /** Undefined when nobody asked: both types are NONE, or it did not come to that. */
  readonly identity: Identity | undefined;
}

export interface ForwardDecision extends Found {
  readonly type: 'forward';
  readonly service: ServiceRuntime;
  readonly choose: () => TargetGroupRuntime | undefined;
}

/** Answered here: fixed response, unknown service, refusal. */
export interface ReplyDecision extends Found {
  readonly type: 'reply';
  readonly statusCode: number;
  /** Undefined when the reply is what the configuration asks for. */
  readonly failure: FailureReason | undefined;
  /** Text of the answer; without one it is the usual text of the status. */
  readonly body?: string;
  /** Of requests that authentication or authorisation refused. */
  readonly refusal?: Refusal;
}

import type { FailureReason } from '../failure.ts';
import type { NetworkRuntime, ServiceRuntime, TargetGroupRuntime, VpcRuntime } from '../state.ts';

/** What is to happen with one request, and why. */
export type Decision = ForwardDecision | ReplyDecision;

interface Found {
  readonly vpc: VpcRuntime | undefined;
  readonly network: NetworkRuntime | undefined;
  readonly service: ServiceRuntime | undefined;
  /** Rule that matched; undefined for the default action or when none was reached. */
  readonly ruleId: string | undefined;
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
}

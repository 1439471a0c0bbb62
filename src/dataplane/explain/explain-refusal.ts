import type { ExplainedCaller, Explanation } from '../../snapshot/explanation.ts';
import type { CallerDirectory } from '../auth/caller.ts';
import type { Identity, Refusal, SignatureRefusal } from '../auth/verdict.ts';
import type { ReplyDecision } from '../decide/decision.ts';
import type { RequestHead, Source } from '../request-head.ts';
import {
  type ExplainedResult,
  type ExplainedWay,
  explainCaller,
  explainRequest,
} from './explain-request.ts';
import { explainSignature } from './explain-signature.ts';
import type { ExplanationLimits } from './explanation-limits.ts';

/** Where a request was refused, and what its client got: no status where it had sent none. */
export interface RefusedPlace
  extends Pick<ReplyDecision, 'vpc' | 'network' | 'service' | 'identity'> {
  readonly statusCode: number | undefined;
}

/** A request that authentication or authorisation refused, or a connection that is as one. */
export interface RefusedRequest {
  readonly head: RequestHead;
  readonly source: Source;
  /** Epoch ms, as it was when the request was decided. */
  readonly nowMs: number;
  readonly decision: RefusedPlace;
  readonly refusal: Refusal;
  readonly callers: CallerDirectory;
}

/** Why the request was refused, from the very decision that refused it. */
export const explainRefusal = (request: RefusedRequest, limits: ExplanationLimits): Explanation => {
  const { refusal } = request;
  const signature =
    refusal.by === 'signature' ? explainSignature(request, refusal, limits) : undefined;
  const question = refusal.by === 'policy' ? refusal.question : undefined;
  const result = { ...resultOf(request), signature, question };
  return explainRequest(wayOf(request), result, limits);
};

/** Who and where, without why; costs next to nothing. */
export const nameRefusal = (
  request: RefusedRequest,
  limits: ExplanationLimits,
  advice: string,
): Explanation =>
  explainRequest(wayOf(request), { ...resultOf(request), advice: [advice] }, limits);

const wayOf = ({ head, source, nowMs, decision }: RefusedRequest): ExplainedWay => {
  const { vpc, network, service } = decision;
  const listener = service?.listeners.get(source.listenerPort);
  return { head, source, nowMs, vpc, network, service, listener };
};

const resultOf = ({ decision, refusal }: RefusedRequest): ExplainedResult => {
  const { statusCode, identity } = decision;
  return {
    allowed: false,
    statusCode,
    message: refusal.message,
    caller: callerOf(refusal, identity),
  };
};

const callerOf = (refusal: Refusal, identity: Identity | undefined): ExplainedCaller => {
  if (refusal.by === 'signature') return namedCaller(refusal);
  return explainCaller(refusal.by === 'path' ? 'unverified' : identity);
};

/** Whose key was named: whoever reads it must not take it for proven. */
const namedCaller = ({ verification }: SignatureRefusal): ExplainedCaller => {
  const { caller, accessKeyId } = verification;
  return {
    ...(caller === undefined ? {} : explainCaller(caller)),
    kind: 'unverified',
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
  };
};

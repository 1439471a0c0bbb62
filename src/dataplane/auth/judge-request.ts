import { authorize, type PolicyLayer, type Question } from '../../policy/authorize.ts';
import { verifyServiceRequest } from '../../sigv4/verify-service-request.ts';
import type { CallerDirectory } from './caller.ts';
import { regionOf } from './condition-keys.ts';
import { authDeniedReason, denialText } from './denial-text.ts';
import { refusePath } from './dot-segments.ts';
import { type Asked, RequestValues } from './request-values.ts';
import type { AuthLayer, Verdict } from './verdict.ts';

/** The layers of a way; undefined where the type is NONE. */
export interface WayLayers {
  readonly network: PolicyLayer<'network-based policy'> | undefined;
  readonly service: PolicyLayer<'service-based policy'> | undefined;
}

/**
 * Authenticates and authorises a request to a service that, or whose network, has the type AWS_IAM
 * ("How authorization works" in VPC Lattice's user guide). First its path must be one that means the
 * same to policies and targets. A signature that is there has to be right
 * even where anybody would be let in. Then all layers have to allow, and none may deny: the network's
 * policy, the service's, and for signed callers what limits them.
 */
export const judgeRequest = (
  request: Omit<Asked, 'action' | 'caller'>,
  layers: WayLayers,
  callers: CallerDirectory,
): Verdict => {
  const { head, service, nowMs } = request;
  const ofPath = refusePath(head.path);
  if (ofPath !== undefined) return { identity: undefined, refusal: ofPath };
  const verification = verifyServiceRequest(
    head,
    regionOf(service.arn),
    (accessKeyId, sessionToken) => callers.find(accessKeyId, sessionToken, nowMs),
    nowMs,
  );
  if (verification.signed && !verification.valid) {
    const { code, message } = verification.problem;
    const refusal = { by: 'signature', message: `${code}: ${message}`, verification } as const;
    return { identity: 'unverified', refusal };
  }
  const caller = verification.signed ? verification.caller : undefined;
  return judgeCaller({ ...request, action: 'vpc-lattice-svcs:Invoke', caller }, layers);
};

/** Authorises a caller that is known already, or nobody in particular. */
export const judgeCaller = (asked: Asked, layers: WayLayers): Verdict => {
  const { caller } = asked;
  const question = authQuestion(asked, layers);
  const decision = authorize(question);
  const identity = caller ?? 'anonymous';
  if (decision.allowed) return { identity, refusal: undefined };
  const refusal = {
    by: 'policy',
    message: denialText(question, decision),
    caller,
    question,
    decision,
    authDeniedReason: authDeniedReason(decision.decidedBy),
  } as const;
  return { identity, refusal };
};

/** What is asked of which policies, in the order in which refusals are reported. */
export const authQuestion = (
  asked: Asked,
  { network, service }: WayLayers,
): Question<AuthLayer> => {
  const layers: PolicyLayer<AuthLayer>[] = [];
  if (network !== undefined) layers.push(network);
  if (service !== undefined) layers.push(service);
  if (asked.caller !== undefined) layers.push(...asked.caller.layers);
  return { layers, request: new RequestValues(asked) };
};

import type { Explanation, Simulation } from '../../snapshot/explanation.ts';
import { type AuthPolicyLayerName, authPolicyLayer } from '../auth/auth-policy-layer.ts';
import type { Caller } from '../auth/caller.ts';
import { refusePath } from '../auth/dot-segments.ts';
import { authQuestion, judgeCaller } from '../auth/judge-request.ts';
import { decide } from '../decide/decide.ts';
import { localReply } from '../local-reply.ts';
import type { DataPlaneState, NetworkRuntime, ServiceRuntime } from '../state.ts';
import {
  type ExplainedResult,
  type ExplainedWay,
  explainCaller,
  explainRequest,
} from './explain-request.ts';
import { GENEROUS } from './explanation-limits.ts';
import { toRequest } from './to-request.ts';

/** What would happen to a request, or why that cannot be said. Nothing is sent, and no signature asked for. */
export const simulate = (
  simulation: Simulation,
  state: DataPlaneState,
  nowMs: number,
): { readonly explanation: Explanation } | { readonly problem: string } => {
  const vpc = state.vpcs.get(simulation.vpcId);
  if (vpc === undefined) return { problem: `there is no VPC \`${simulation.vpcId}\`` };
  const caller = findCaller(simulation.principalArn, state, nowMs);
  if (caller === undefined) return { problem: noPrincipal(simulation.principalArn) };
  const request = toRequest(simulation);
  if ('problem' in request) return request;
  const { head, source } = request;
  const network = vpc.network && withPolicy(vpc.network, NETWORK, simulation.networkPolicy);
  const known = network?.hosts.get(head.host);
  const service = known && withPolicy(known, SERVICE, simulation.servicePolicy);
  const listener = service?.listeners.get(source.listenerPort);
  const way = { head, source, nowMs, vpc, network, service, listener };
  const result = { ...toResult(way, caller, state), caller: explainCaller(caller) };
  return { explanation: explainRequest(way, result, GENEROUS) };
};

const NETWORK: AuthPolicyLayerName = 'network-based policy';
const SERVICE: AuthPolicyLayerName = 'service-based policy';

/** Undefined: there is no such principal. */
const findCaller = (
  principalArn: string,
  { callers }: DataPlaneState,
  nowMs: number,
): Caller | 'anonymous' | undefined =>
  principalArn === 'anonymous' ? 'anonymous' : callers.findByArn(principalArn, nowMs);

const noPrincipal = (arn: string): string =>
  `there is no principal \`${arn}\`; give \`anonymous\`, or the ARN of a user, a role, a role's session or the root of an account`;

const withPolicy = <R extends NetworkRuntime | ServiceRuntime>(
  runtime: R,
  layer: AuthPolicyLayerName,
  authPolicy: string | undefined,
): R => {
  if (authPolicy === undefined) return runtime;
  const part = { ...runtime.part, authType: 'AWS_IAM' as const, authPolicy };
  return { ...runtime, part, authLayer: authPolicyLayer(layer, part) };
};

type Result = Omit<ExplainedResult, 'caller'>;

const toResult = (
  way: ExplainedWay,
  caller: Caller | 'anonymous',
  state: DataPlaneState,
): Result => {
  const { head, source, nowMs, vpc, network, service, listener } = way;
  if (network === undefined || service === undefined || listener === undefined) {
    return notReached(way);
  }
  // What is answered before anybody is asked: a listener for another protocol.
  const decision = decide(head, source, state, nowMs);
  const isReply = decision.type === 'reply' && decision.refusal === undefined;
  if (isReply && decision.failure === 'ClientProtocolError') {
    const { statusCode, failure, body } = decision;
    const message = localReply(statusCode, failure, body).body;
    return { allowed: false, statusCode, message };
  }
  const layers = { network: network.authLayer, service: service.authLayer };
  const isAsked = layers.network !== undefined || layers.service !== undefined;
  if (!isAsked) return passed(way, undefined);
  const ofPath = refusePath(head.path);
  if (ofPath !== undefined) return { allowed: false, statusCode: 400, message: ofPath.message };
  const asked = {
    action: 'vpc-lattice-svcs:Invoke',
    head,
    source,
    nowMs,
    vpc: vpc?.part,
    network: network.part,
    service: service.part,
    caller: caller === 'anonymous' ? undefined : caller,
  } as const;
  const { refusal } = judgeCaller(asked, layers);
  const question = authQuestion(asked, layers);
  return refusal === undefined
    ? passed(way, question)
    : { allowed: false, statusCode: 403, message: refusal.message, question };
};

const notReached = ({ head, source, network, service }: ExplainedWay): Result => {
  if (network === undefined) {
    return {
      allowed: false,
      statusCode: undefined,
      message: 'the connection is refused: the VPC is in no service network',
      advice: [`associate ${source.vpcId} with a service network`],
    };
  }
  const advice =
    service === undefined
      ? `associate a service whose name is \`${head.host}\` with service network ${network.part.id}: there is none`
      : `use a port of service ${service.part.id}, which has ${[...service.listeners.keys()].join(', ') || 'none'}, or make a listener for port ${source.listenerPort}`;
  return {
    allowed: false,
    statusCode: 404,
    message: localReply(404, undefined).body,
    advice: [advice],
  };
};

const passed = ({ head, listener }: ExplainedWay, question: Result['question']): Result => {
  const action = listener?.routes.select(head).action;
  return action?.type === 'fixed'
    ? {
        allowed: true,
        statusCode: action.statusCode,
        message: `fixed response: ${localReply(action.statusCode, undefined).body}`,
        question,
      }
    : { allowed: true, statusCode: undefined, message: 'forwarded to a target group', question };
};

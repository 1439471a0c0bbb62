import type { Explanation, Simulation } from '../../snapshot/explanation.ts';
import { type AuthPolicyLayerName, authPolicyLayer } from '../auth/auth-policy-layer.ts';
import type { Caller } from '../auth/caller.ts';
import { connectionHead } from '../auth/judge-connection.ts';
import type { DataPlaneState, NetworkRuntime, ServiceRuntime } from '../state.ts';
import { findTlsWay } from '../tls/tls-way.ts';
import { type ExplainedWay, explainCaller, explainRequest } from './explain-request.ts';
import { GENEROUS } from './explanation-limits.ts';
import { type Problem, simulatedRequest } from './simulated-request.ts';
import {
  connectionResult,
  handshakeResult,
  requestResult,
  type SimulatedResult,
} from './simulated-result.ts';

/**
 * What would happen to a request, or why that cannot be said. Nothing is sent, and no signature asked
 * for. Where TLS is passed through it is the connection that is judged, and its caller is nobody.
 */
export const simulate = (
  simulation: Simulation,
  state: DataPlaneState,
  nowMs: number,
): { readonly explanation: Explanation } | Problem => {
  const { vpcId, method, principalArn } = simulation;
  const vpc = state.vpcs.get(vpcId);
  if (vpc === undefined) return { problem: `there is no VPC \`${vpcId}\`` };
  const caller = findCaller(principalArn, state, nowMs);
  if (caller === undefined) return { problem: noPrincipal(principalArn) };
  const request = simulatedRequest(simulation);
  if ('problem' in request) return request;
  const { head, source } = request;
  const network = vpc.network && withPolicy(vpc.network, NETWORK, simulation.networkPolicy);
  /** As far as a name leads. */
  const wayTo = (host: string): ExplainedWay => {
    const known = network?.hosts.get(host);
    const service = known && withPolicy(known, SERVICE, simulation.servicePolicy);
    const listener = service?.listeners.get(source.listenerPort);
    return { head, source, nowMs, vpc, network, service, listener };
  };
  const explained = (way: ExplainedWay, result: SimulatedResult, who: Caller | 'anonymous') => ({
    explanation: explainRequest(way, { ...result, caller: explainCaller(who) }, GENEROUS),
  });
  if (source.tls !== undefined) {
    const { serverName } = source.tls;
    const secure = wayTo(serverName);
    const found = findTlsWay(state, { vpcId, port: source.listenerPort, serverName }).listener;
    if (found?.part.protocol === 'TLS_PASSTHROUGH') {
      const way = { ...secure, head: connectionHead(serverName) };
      return explained(way, connectionResult(way), 'anonymous');
    }
    const failed = handshakeResult(secure, state);
    if (failed !== undefined) return explained(secure, failed, caller);
  }
  if (method === 'CONNECT') {
    return {
      problem: 'CONNECT is for listeners for TLS_PASSTHROUGH, by https; give another method',
    };
  }
  const way = wayTo(head.host);
  return explained(way, requestResult(way, request, caller, state), caller);
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

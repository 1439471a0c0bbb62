import type { RequestHead, Source } from '../request-head.ts';
import type { DataPlaneState, NetworkRuntime, ServiceRuntime, VpcRuntime } from '../state.ts';
import type { Decision, ReplyDecision } from './decision.ts';

/**
 * Decides what happens with one request: VPC -> service network -> service by host -> listener by
 * port -> authorisation -> rule -> action. Synchronous, without sockets, clock or chance, and its
 * cost does not depend on how many services, rules or targets there are.
 *
 * The checks are in this order because a refusal wins over a rule's answer, and because nothing is
 * told about a service that cannot be reached from the VPC.
 *
 * @param _nowMs epoch ms, for the age of signatures
 */
export function decide(
  head: RequestHead,
  source: Source,
  state: DataPlaneState,
  _nowMs: number,
): Decision {
  const vpc = state.vpcs.get(source.vpcId);
  const network = vpc?.network;
  const service = network?.hosts.get(head.host);
  const listener = service?.listeners.get(source.listenerPort);
  if (network === undefined || service === undefined || listener === undefined) {
    return {
      type: 'reply',
      statusCode: 404,
      failure: undefined,
      vpc,
      network,
      service,
      ruleId: undefined,
    };
  }
  // A certificate was shown for one service and the request is for another: not what the client trusted.
  if (source.tls !== undefined && network.hosts.get(source.tls.serverName) !== service) {
    return misdirected(vpc, network, service);
  }
  const { protocol } = listener.part;
  if (protocol === 'TLS_PASSTHROUGH' || (protocol === 'HTTPS') !== (source.protocol === 'https')) {
    return wrongProtocol(vpc, network, service, protocol);
  }
  if (network.part.authType !== 'NONE' || service.part.authType !== 'NONE') {
    return accessDenied(vpc, network, service);
  }
  const { ruleId, action } = listener.routes.select(head);
  if (action.type === 'forward') {
    return { type: 'forward', choose: action.choose, vpc, network, service, ruleId };
  }
  const { statusCode } = action;
  return { type: 'reply', statusCode, failure: undefined, vpc, network, service, ruleId };
}

function wrongProtocol(
  vpc: VpcRuntime | undefined,
  network: NetworkRuntime,
  service: ServiceRuntime,
  protocol: string,
): ReplyDecision {
  return {
    type: 'reply',
    statusCode: 400,
    failure: 'ClientProtocolError',
    body: `this port belongs to a listener for ${protocol}`,
    vpc,
    network,
    service,
    ruleId: undefined,
  };
}

/** RFC 9110 §15.5.20: the client may ask again over a connection of its own. */
function misdirected(
  vpc: VpcRuntime | undefined,
  network: NetworkRuntime,
  service: ServiceRuntime,
): ReplyDecision {
  return {
    type: 'reply',
    statusCode: 421,
    failure: 'ClientProtocolError',
    vpc,
    network,
    service,
    ruleId: undefined,
  };
}

/** Requests cannot be authenticated yet: what asks for that is closed rather than open. */
function accessDenied(
  vpc: VpcRuntime | undefined,
  network: NetworkRuntime,
  service: ServiceRuntime,
): ReplyDecision {
  return {
    type: 'reply',
    statusCode: 403,
    failure: 'ClientAccessDenied',
    vpc,
    network,
    service,
    ruleId: undefined,
  };
}

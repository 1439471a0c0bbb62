import { judgeRequest } from '../auth/judge-request.ts';
import type { Refusal } from '../auth/verdict.ts';
import type { RequestHead, Source } from '../request-head.ts';
import type { DataPlaneState } from '../state.ts';
import type { Decision, Found, ReplyDecision } from './decision.ts';

/**
 * Decides what happens with one request: VPC -> service network -> service by host -> listener by
 * port -> authentication and authorisation -> rule -> action. Synchronous, without sockets, clock or
 * chance, and its cost does not depend on how many services, rules, targets or callers there are.
 *
 * The checks are in this order because a refusal wins over a rule's answer, and because nothing is
 * told about a service that cannot be reached from the VPC.
 *
 * @param nowMs epoch ms, for the age of signatures and policies that ask for the time
 */
export function decide(
  head: RequestHead,
  source: Source,
  state: DataPlaneState,
  nowMs: number,
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
      identity: undefined,
    };
  }
  // A certificate was shown for one service and the request is for another: not what the client trusted.
  if (source.tls !== undefined && network.hosts.get(source.tls.serverName) !== service) {
    return misdirected({ vpc, network, service });
  }
  const { protocol } = listener.part;
  if (protocol === 'TLS_PASSTHROUGH' || (protocol === 'HTTPS') !== (source.protocol === 'https')) {
    return wrongProtocol({ vpc, network, service }, protocol);
  }
  let identity: Decision['identity'];
  if (network.authLayer !== undefined || service.authLayer !== undefined) {
    const verdict = judgeRequest(
      { head, source, vpc: vpc?.part, network: network.part, service: service.part, nowMs },
      { network: network.authLayer, service: service.authLayer },
      state.callers,
    );
    identity = verdict.identity;
    if (verdict.refusal !== undefined) {
      return accessDenied({ vpc, network, service }, identity, verdict.refusal);
    }
  }
  const { ruleId, action } = listener.routes.select(head);
  if (action.type === 'forward') {
    return { type: 'forward', choose: action.choose, vpc, network, service, ruleId, identity };
  }
  const { statusCode } = action;
  return { type: 'reply', statusCode, failure: undefined, vpc, network, service, ruleId, identity };
}

type Place = Pick<Found, 'vpc' | 'network' | 'service'>;

function wrongProtocol(place: Place, protocol: string): ReplyDecision {
  return {
    ...place,
    type: 'reply',
    statusCode: 400,
    failure: 'ClientProtocolError',
    body: `this port belongs to a listener for ${protocol}`,
    ruleId: undefined,
    identity: undefined,
  };
}

/** RFC 9110 §15.5.20: the client may ask again over a connection of its own. */
function misdirected(place: Place): ReplyDecision {
  return {
    ...place,
    type: 'reply',
    statusCode: 421,
    failure: 'ClientProtocolError',
    ruleId: undefined,
    identity: undefined,
  };
}

function accessDenied(
  place: Place,
  identity: Decision['identity'],
  refusal: Refusal,
): ReplyDecision {
  return {
    ...place,
    type: 'reply',
    statusCode: 403,
    failure: 'ClientAccessDenied',
    body: refusal.message,
    ruleId: undefined,
    identity,
    refusal,
  };
}

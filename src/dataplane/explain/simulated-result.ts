import type { Caller } from '../auth/caller.ts';
import { refusePath } from '../auth/dot-segments.ts';
import { askedOf } from '../auth/judge-connection.ts';
import { authQuestion, judgeCaller, type WayLayers } from '../auth/judge-request.ts';
import type { Asked } from '../auth/request-values.ts';
import { decide } from '../decide/decide.ts';
import { unservable } from '../http-exchange.ts';
import { localReply } from '../local-reply.ts';
import type { DataPlaneState, TargetGroupRuntime } from '../state.ts';
import { type ExplainedResult, type ExplainedWay, routeOf } from './explain-request.ts';
import type { SimulatedRequest } from './simulated-request.ts';

export type SimulatedResult = Omit<ExplainedResult, 'caller'>;

/** What would happen to a request whose connection comes about. */
export const requestResult = (
  way: ExplainedWay,
  request: SimulatedRequest,
  caller: Caller | 'anonymous',
  state: DataPlaneState,
): SimulatedResult => {
  const { head, source, nowMs, vpc, network, service, listener } = way;
  if (network === undefined || service === undefined || listener === undefined) {
    return notReached(way);
  }
  // What is answered before anybody is asked: a listener for another protocol.
  const decision = decide(head, source, state, nowMs);
  const isReply = decision.type === 'reply' && decision.refusal === undefined;
  if (isReply && decision.failure === 'ClientProtocolError') {
    const { statusCode, failure, body } = decision;
    return refused(statusCode, localReply(statusCode, failure, body).body);
  }
  const layers = layersOf(network, service);
  const isAsked = layers.network !== undefined || layers.service !== undefined;
  if (!isAsked) return passed(way, request, state, undefined);
  const ofPath = refusePath(head.path);
  if (ofPath !== undefined) return refused(400, ofPath.message);
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
  const judged = judge(asked, layers);
  return judged.message === undefined
    ? passed(way, request, state, judged.question)
    : { ...refused(403, judged.message), question: judged.question };
};

/** What would happen to a connection that is passed through, whatever is sent in it. */
export const connectionResult = ({ network, service, ...way }: ExplainedWay): SimulatedResult => {
  if (network === undefined || service === undefined)
    throw new Error('the connection leads nowhere');
  const layers = layersOf(network, service);
  const isAsked = layers.network !== undefined || layers.service !== undefined;
  const { message, question } = isAsked
    ? judge(askedOf({ ...way, network, service }), layers)
    : { message: undefined, question: undefined };
  return message === undefined
    ? {
        allowed: true,
        statusCode: undefined,
        message: 'passed through to a target group',
        question,
      }
    : { ...refused(undefined, message), question };
};

/** Why there would be no TLS connection; undefined when there would be one. */
export const handshakeResult = (
  { source, service, listener }: ExplainedWay,
  state: DataPlaneState,
): SimulatedResult | undefined => {
  const serverName = source.tls?.serverName ?? '';
  if (service === undefined || listener === undefined) return undefined;
  const { protocol } = listener.part;
  if (protocol === 'TLS_PASSTHROUGH') {
    return {
      ...refused(undefined, `no TLS connection: alert unrecognized_name for \`${serverName}\``),
      advice: ['use its custom domain name: what is passed through has no other'],
    };
  }
  const shown = service.part.certificates.find(({ host }) => host === serverName);
  const isShown = shown !== undefined && state.certificates.has(shown.certificateId);
  if (protocol !== 'HTTPS' || isShown) return undefined;
  return {
    ...refused(undefined, `no TLS connection: alert unrecognized_name for \`${serverName}\``),
    advice: [`give service ${service.part.id} a certificate for \`${serverName}\`: it has none`],
  };
};

const layersOf = (
  { authLayer: network }: NonNullable<ExplainedWay['network']>,
  { authLayer: service }: NonNullable<ExplainedWay['service']>,
): WayLayers => ({ network, service });

/** @returns no message where nobody refuses */
const judge = (asked: Asked, layers: WayLayers) => ({
  message: judgeCaller(asked, layers).refusal?.message,
  question: authQuestion(asked, layers),
});

const refused = (statusCode: number | undefined, message: string): SimulatedResult => ({
  allowed: false,
  statusCode,
  message,
});

const notReached = ({ head, source, network, service }: ExplainedWay): SimulatedResult => {
  if (network === undefined) {
    return {
      ...refused(undefined, 'the connection is refused: the VPC is in no service network'),
      advice: [`associate ${source.vpcId} with a service network`],
    };
  }
  const advice =
    service === undefined
      ? `associate a service whose name is \`${head.host}\` with service network ${network.part.id}: there is none`
      : `use a port of service ${service.part.id}, which has ${[...service.listeners.keys()].join(', ') || 'none'}, or make a listener for port ${source.listenerPort}`;
  return { ...refused(404, localReply(404, undefined).body), advice: [advice] };
};

const passed = (
  { head, listener }: ExplainedWay,
  request: SimulatedRequest,
  state: DataPlaneState,
  question: SimulatedResult['question'],
): SimulatedResult => {
  const action = listener && routeOf(listener, head).action;
  if (action?.type === 'fixed') {
    const { body } = localReply(action.statusCode, undefined);
    const message = `fixed response: ${body}`;
    return { allowed: true, statusCode: action.statusCode, message, question };
  }
  const groups = (action?.targetGroups ?? []).flatMap(({ targetGroupId, weight }) =>
    weight > 0 ? (state.targetGroups.get(targetGroupId) ?? []) : [],
  );
  return (
    noGroupTakes(groups, request, question) ?? {
      allowed: true,
      statusCode: undefined,
      message: 'forwarded to a target group',
      question,
    }
  );
};

/** One that may take it is enough: then it does so for some of such requests. */
const noGroupTakes = (
  groups: readonly TargetGroupRuntime[],
  { head: { method }, protocol, isGrpc }: SimulatedRequest,
  question: SimulatedResult['question'],
): SimulatedResult | undefined => {
  const why = groups.map((group) => unservable({ method, protocol, isGrpc }, group));
  const [reply] = why;
  if (reply === undefined || why.includes(undefined)) return undefined;
  const wantsHttp2 = groups.some(({ part }) => part.protocolVersion !== 'HTTP1');
  const advice = protocol === 'HTTP/1.1' && wantsHttp2 ? ['send it by HTTP/2 (`--http2`)'] : [];
  return { ...refused(reply.statusCode, reply.body), question, advice };
};

import type { TargetRuntime } from '../state.ts';
import type { ExchangeRecord } from './exchange-record.ts';
import { identityTexts } from './identity-texts.ts';

/**
 * One line of VpcLatticeAccessLogs, without the line end: the fields of the VPC Lattice user guide
 * in the order that real entries have; what is missing is `-`, numbers are numbers, durations are
 * whole milliseconds and times whole seconds in UTC.
 *
 * Runs for every request of a subscribed service: what is the same for all requests to a target is
 * made once, and only what a client can choose goes through JSON's escaping.
 */
export function formatRecord(record: ExchangeRecord): string {
  const { source, target } = record;
  const way = target === undefined ? wayTexts(record) : cachedWayTexts(record, target);
  const who = identityTexts(record.identity);
  return (
    `${way.network}${who.resolvedUser},"listenerType":"-","authDeniedReason":"` +
    `${record.authDeniedReason ?? '-'}${way.start}${ipPort(source.address, source.port)}${way.target}${record.failure ?? '-'}${way.service}` +
    `${formatSecond(record.startedAt)}","requestMethod":${quoteMethod(record.method)},"requestPath":` +
    `${quotePath(record.path)},"protocol":${quoteProtocol(record.protocol)},"responseCode":` +
    `${record.statusCode},"bytesReceived":${record.bytesReceived},"bytesSent":${record.bytesSent},"duration":` +
    `${Math.round(record.durationMs)},"userAgent":${quoteUserAgent(record.userAgent)},"hostHeader":` +
    `${quoteHost(record.authority)},"serverNameIndication":${quoteServerName(source.tls?.serverName ?? '')}` +
    `,"requestToTargetDuration":` +
    `${Math.round(record.requestToTargetMs)},"responseFromTargetDuration":` +
    `${Math.round(record.responseFromTargetMs)},"sslCipher":"${source.tls?.cipher || '-'}","tlsVersion":"` +
    `${source.tls?.version || '-'}"${who.caller},"grpcResponseCode":${record.grpcStatus ?? '"-"'}` +
    `,"requestId":${quoted(record.requestId)}}`
  );
}

/** What stands between the fields that differ from request to request. */
interface WayTexts {
  /** Up to who it is; from why it was denied to the client's address, then up to the failure, then up to the start. */
  readonly network: string;
  readonly start: string;
  readonly target: string;
  readonly service: string;
}

interface CachedWay extends WayTexts {
  readonly record: Pick<ExchangeRecord, 'vpc' | 'network' | 'service' | 'targetGroup'>;
}

const cache = new WeakMap<TargetRuntime, CachedWay>();

function cachedWayTexts(record: ExchangeRecord, target: TargetRuntime): WayTexts {
  const { vpc, network, service, targetGroup } = record;
  const cached = cache.get(target);
  if (
    cached !== undefined &&
    cached.record.service === service &&
    cached.record.network === network &&
    cached.record.vpc === vpc
  ) {
    return cached;
  }
  // The parts of the way, not the record: it would keep its request alive.
  const made = { ...wayTexts(record), record: { vpc, network, service, targetGroup } };
  cache.set(target, made);
  return made;
}

function wayTexts({
  source,
  vpc,
  network,
  service,
  targetGroup,
  target,
}: ExchangeRecord): WayTexts {
  return {
    network: flat(`{"serviceNetworkArn":"${network?.part.arn ?? '-'}","resolvedUser":`),
    start: flat(
      `","targetGroupArn":"${targetGroup?.part.arn ?? '-'}"` +
        `,"sourceVpcArn":"${vpc?.part.arn ?? '-'}"` +
        `,"destinationVpcId":"${targetGroup?.part.vpcId ?? '-'}","sourceIpPort":"`,
    ),
    target: flat(`","listenerId":"-","targetIpPort":"${targetIpPort(target)}","failureReason":"`),
    service: flat(
      `","serviceArn":"${service?.part.arn ?? '-'}","sourceVpcId":"${source.vpcId || '-'}","startTime":"`,
    ),
  };
}

/** One piece of text, so that joining it is one copy instead of a walk over its pieces. */
const flat = (text: string): string => Buffer.from(text).toString();

/** Remembers the last text: of most fields the next request's is the same. */
function remembering(): (text: string) => string {
  let lastText = '';
  let lastQuoted = '"-"';
  return (text) => {
    if (text !== lastText) {
      lastText = text;
      lastQuoted = quoted(text);
    }
    return lastQuoted;
  };
}

const quoteMethod = remembering();
const quotePath = remembering();
const quoteProtocol = remembering();
const quoteUserAgent = remembering();
const quoteHost = remembering();
const quoteServerName = remembering();

function quoted(text: string): string {
  return text === '' ? '"-"' : JSON.stringify(text);
}

function targetIpPort(target: TargetRuntime | undefined): string {
  if (target?.part.address === undefined) return '-';
  return ipPort(target.part.address, target.part.port);
}

function ipPort(address: string, port: number): string {
  if (address === '') return '-';
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

let cachedSecond = Number.NaN;
let cachedText = '';

/** `YYYY-MM-DDTHH:MM:SSZ`; made once a second. */
function formatSecond(epochMs: number): string {
  const second = Math.floor(epochMs / 1000);
  if (second !== cachedSecond) {
    cachedSecond = second;
    cachedText = `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
  }
  return cachedText;
}

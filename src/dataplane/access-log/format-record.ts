import type { TargetRuntime } from '../state.ts';
import type { ExchangeRecord } from './exchange-record.ts';

/**
 * One line of VpcLatticeAccessLogs, without the line end: the fields of the VPC Lattice user guide
 * in the order that real entries have; what is missing is `-`, numbers are numbers, durations are
 * whole milliseconds and times whole seconds in UTC.
 *
 * Written out as one template because it runs for every request of a subscribed service: only what
 * a client can choose goes through JSON's escaping.
 */
export function formatRecord(record: ExchangeRecord): string {
  const { source, vpc, network, service, targetGroup, target } = record;
  return (
    `{"serviceNetworkArn":"${network?.part.arn ?? '-'}"` +
    `,"resolvedUser":"-","listenerType":"-","authDeniedReason":"-"` +
    `,"targetGroupArn":"${targetGroup?.part.arn ?? '-'}"` +
    `,"sourceVpcArn":"${vpc?.part.arn ?? '-'}"` +
    `,"destinationVpcId":"${targetGroup?.part.vpcId ?? '-'}"` +
    `,"sourceIpPort":"${ipPort(source.address, source.port)}"` +
    `,"listenerId":"-"` +
    `,"targetIpPort":"${targetIpPort(target)}"` +
    `,"failureReason":"${record.failure ?? '-'}"` +
    `,"serviceArn":"${service?.part.arn ?? '-'}"` +
    `,"sourceVpcId":"${source.vpcId || '-'}"` +
    `,"startTime":"${formatSecond(record.startedAt)}"` +
    `,"requestMethod":${quoted(record.method)}` +
    `,"requestPath":${quoted(record.path)}` +
    `,"protocol":${quoted(record.protocol)}` +
    `,"responseCode":${record.statusCode}` +
    `,"bytesReceived":${record.bytesReceived}` +
    `,"bytesSent":${record.bytesSent}` +
    `,"duration":${Math.round(record.durationMs)}` +
    `,"userAgent":${quoted(record.userAgent)}` +
    `,"hostHeader":${quoted(record.authority)}` +
    `,"serverNameIndication":"-"` +
    `,"requestToTargetDuration":${Math.round(record.requestToTargetMs)}` +
    `,"responseFromTargetDuration":${Math.round(record.responseFromTargetMs)}` +
    `,"sslCipher":"-","tlsVersion":"-","callerPrincipal":"-","callerPrincipalOrgID":"-"` +
    `,"callerX509IssuerOU":"-","callerX509SubjectCN":"-","callerX509SANNameCN":"-"` +
    `,"callerX509SANDNS":"-","callerX509SANURI":"-","callerPrincipalTags":"-"` +
    `,"grpcResponseCode":"-","requestId":${quoted(record.requestId)}}`
  );
}

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

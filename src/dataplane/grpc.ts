import type { FailureReason } from './failure.ts';

/** gRPC as it is carried by HTTP/2 (gRPC's PROTOCOL-HTTP2 document): what a proxy has to know of it. */

/** Any codec: `application/grpc`, `application/grpc+proto`, … */
export const isGrpcContentType = (value: string): boolean => {
  if (!value.startsWith('application/grpc')) return false;
  const next = value.charCodeAt('application/grpc'.length);
  return Number.isNaN(next) || next === 43 /* + */ || next === 59 /* ; */ || next === 32;
};

const UNKNOWN = 2;
export const GRPC_UNAVAILABLE = 14;
const STATUS_OF_HTTP = new Map([
  [400, 13],
  [401, 16],
  [403, 7],
  [404, 12],
  [429, GRPC_UNAVAILABLE],
  [502, GRPC_UNAVAILABLE],
  [503, GRPC_UNAVAILABLE],
  [504, GRPC_UNAVAILABLE],
]);

/** gRPC's own table ("HTTP to gRPC Status Code Mapping"), from which clients would read the same. */
export const grpcStatusOf = (statusCode: number): number =>
  STATUS_OF_HTTP.get(statusCode) ?? UNKNOWN;

/** Why a call ended within its answer, for `grpc-message`. */
export function cutText(failure: FailureReason): string {
  switch (failure) {
    case 'TargetDataTimeout':
      return 'nothing was sent for the idle timeout of the service';
    case 'ConnectionDurationExceeded':
      return 'the connection has reached its maximum duration';
    default:
      return 'the target did not complete its answer';
  }
}

/** Percent-encodes what is not printable ASCII. @param text one character a byte */
export const grpcMessage = (text: string): string =>
  text.replace(
    /[^ -$&-~]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );

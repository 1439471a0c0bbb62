/** gRPC as it is carried by HTTP/2 (gRPC's PROTOCOL-HTTP2 document): what a proxy has to know of it. */

/** Any codec: `application/grpc`, `application/grpc+proto`, … */
export const isGrpcContentType = (value: string): boolean => {
  if (!value.startsWith('application/grpc')) return false;
  const next = value.charCodeAt('application/grpc'.length);
  return Number.isNaN(next) || next === 43 /* + */ || next === 59 /* ; */ || next === 32;
};

const UNKNOWN = 2;
const STATUS_OF_HTTP = new Map([
  [400, 13],
  [401, 16],
  [403, 7],
  [404, 12],
  [429, 14],
  [502, 14],
  [503, 14],
  [504, 14],
]);

/** gRPC's own table ("HTTP to gRPC Status Code Mapping"), from which clients would read the same. */
export const grpcStatusOf = (statusCode: number): number =>
  STATUS_OF_HTTP.get(statusCode) ?? UNKNOWN;

/** Percent-encodes what is not printable ASCII. @param text one character a byte */
export const grpcMessage = (text: string): string =>
  text.replace(
    /[^ -$&-~]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );

import { connect, type IncomingHttpHeaders } from 'node:http2';
import { GrpcMessageReader, grpcMessage } from './grpc-messages.ts';

export interface UnaryAnswer {
  readonly headers: IncomingHttpHeaders;
  /** As text; undefined when the call failed. */
  readonly grpcStatus: string | undefined;
  readonly messages: readonly Buffer[];
}

/** One unary call, on a connection of its own with prior knowledge. */
export const callUnary = async (
  { port, host, path }: { readonly port: number; readonly host: string; readonly path: string },
  payload: Buffer,
): Promise<UnaryAnswer> => {
  const session = connect(`http://127.0.0.1:${port}`);
  session.on('error', () => {});
  try {
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      ':authority': host,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    let headers: IncomingHttpHeaders = {};
    let trailers: IncomingHttpHeaders = {};
    const messages: Buffer[] = [];
    const reader = new GrpcMessageReader((message) => messages.push(message));
    stream.on('response', (head) => {
      headers = head;
    });
    stream.on('trailers', (fields) => {
      trailers = fields;
    });
    stream.on('data', (piece: Buffer) => reader.push(piece));
    stream.on('error', () => {});
    stream.end(grpcMessage(payload));
    await new Promise((resolve) => stream.once('close', resolve));
    const status = trailers['grpc-status'] ?? headers['grpc-status'];
    return { headers, grpcStatus: status as string | undefined, messages };
  } finally {
    session.destroy();
  }
};

import { type ClientHttp2Session, connect } from 'node:http2';
import { GrpcMessageReader, grpcMessage } from '../grpc/grpc-messages.ts';
import { type CallWish, formatWish } from './call-wish.ts';

/**
 * One connection that calls without ever repeating anything: what is lost stays lost. After GOAWAY,
 * or when the connection ends, the next call goes over a new one.
 */
export class GrpcCaller {
  readonly #port: number;
  readonly #host: string;
  #session: ClientHttp2Session | undefined;

  constructor(port: number, host: string) {
    this.#port = port;
    this.#host = host;
  }

  /** The group that answered, or what is wrong with the answer. */
  call(wish: CallWish): Promise<{ group: string } | { fault: string }> {
    return new Promise((resolve) => {
      const stream = this.#open().request({
        ':method': 'POST',
        ':path': '/soak.Soak/Call',
        ':authority': this.#host,
        'content-type': 'application/grpc',
        te: 'trailers',
      });
      let got = 0;
      let group = '';
      let status: unknown;
      let fault: string | undefined;
      const reader = new GrpcMessageReader((message) => {
        if (message.toString() !== String(got))
          fault ??= `message \`${message}\` in place of ${got}`;
        got++;
      });
      stream.on('response', (headers) => {
        group = String(headers['x-group'] ?? '');
        // Answers of the proxy itself have their status here.
        status = headers['grpc-status'];
        if (status !== undefined) fault = `grpc-status ${status}: ${headers['grpc-message']}`;
      });
      stream.on('trailers', (trailers) => {
        status = trailers['grpc-status'];
      });
      stream.on('data', (piece: Buffer) => reader.push(piece));
      stream.on('error', (error) => {
        fault ??= error.message;
      });
      stream.on('close', () => {
        if (got !== wish.messages) fault ??= `ended with code ${stream.rstCode}, messages missing`;
        if (status !== '0') fault ??= `ended with code ${stream.rstCode}, grpc-status ${status}`;
        resolve(fault === undefined ? { group } : { fault });
      });
      stream.end(grpcMessage(formatWish(wish)));
    });
  }

  close(): void {
    this.#session?.close();
  }

  #open(): ClientHttp2Session {
    if (this.#session !== undefined) return this.#session;
    const session = connect(`http://127.0.0.1:${this.#port}`);
    const leave = (): void => {
      if (this.#session === session) this.#session = undefined;
    };
    session.on('error', leave).on('close', leave).on('goaway', leave);
    this.#session = session;
    return session;
  }
}

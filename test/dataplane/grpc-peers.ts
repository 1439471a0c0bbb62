import { readFileSync } from 'node:fs';
import {
  type CallOptions,
  type ChannelOptions,
  Client,
  type ClientOptions,
  credentials,
  Metadata,
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceError,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { onTestFinished } from 'vitest';
import { aCertificate } from '../../src/dataplane/tls/sample-certificate.ts';
import { turn } from './raw-client.ts';

/** Clients and servers of gRPC as its own library makes them; each is closed when its test is over. */

/** Messages are bytes: no .proto is needed to see what a proxy does with them. */
export const asIs = (bytes: Buffer): Buffer => bytes;

const method = (path: string, requestStream: boolean, responseStream: boolean) => ({
  path,
  requestStream,
  responseStream,
  requestSerialize: asIs,
  requestDeserialize: asIs,
  responseSerialize: asIs,
  responseDeserialize: asIs,
});

export const ECHO = {
  /** Answers the message, with the metadata of ANSWERED and TRAILING. */
  unary: method('/test.Echo/Unary', false, false),
  /** Joins all that comes. */
  collect: method('/test.Echo/Collect', true, false),
  /** Ten messages. */
  repeat: method('/test.Echo/Repeat', false, true),
  /** Each message at once. */
  both: method('/test.Echo/Both', true, true),
  /** FAILURE without a message. */
  fail: method('/test.Echo/Fail', false, false),
  /** One message, then FAILURE. */
  giveUp: method('/test.Echo/GiveUp', false, true),
  /** No answer ever. */
  silent: method('/test.Echo/Silent', false, false),
} satisfies Record<string, MethodDefinition<Buffer, Buffer>>;

export const metadataOf = (fields: Readonly<Record<string, readonly (string | Buffer)[]>>) => {
  const metadata = new Metadata();
  for (const [name, values] of Object.entries(fields)) {
    for (const value of values) metadata.add(name, value);
  }
  return metadata;
};

const BYTES = Buffer.from([0, 255, 10, 44]);
export const SENT = { 'x-tenant': ['a', 'b'], 'x-data-bin': [BYTES, Buffer.from('more')] };
export const ANSWERED = { 'x-first': ['head'], 'x-first-bin': [BYTES] };
export const TRAILING = { 'x-trailer': ['last'], 'x-trailer-bin': [BYTES] };
export const FAILURE = {
  code: status.FAILED_PRECONDITION,
  details: 'not “now” 100 %',
  metadata: metadataOf(TRAILING),
};

export interface GrpcServer {
  readonly port: number;
  readonly server: Server;
  /** Of the calls to `unary` and `silent`. */
  readonly seen: { readonly metadata: Metadata; readonly deadline: number }[];
  /** How many calls were cancelled by now, as the server sees it, before their ends. */
  readonly cancelled: number;
  /** Resolves when there are so many. */
  untilCancelled(count: number): Promise<void>;
}

export interface GrpcServerOptions {
  readonly isSecure?: boolean;
  readonly options?: ChannelOptions;
}

/** With `isSecure` it shows a certificate for quite another name. */
export const grpcServer = async ({
  isSecure = false,
  options = {},
}: GrpcServerOptions = {}): Promise<GrpcServer> => {
  const seen: { metadata: Metadata; deadline: number }[] = [];
  let cancelled = 0;
  const server = new Server(options);
  type Unary = ServerUnaryCall<Buffer, Buffer>;
  const see = (call: Unary) =>
    seen.push({ metadata: call.metadata, deadline: Number(call.getDeadline()) });
  server.addService(ECHO, {
    unary: (call: Unary, done: sendUnaryData<Buffer>) => {
      see(call);
      call.sendMetadata(metadataOf(ANSWERED));
      done(null, call.request, metadataOf(TRAILING));
    },
    collect: async (call: AsyncIterable<Buffer>, done: sendUnaryData<Buffer>) => {
      const all: Buffer[] = [];
      for await (const piece of call) all.push(piece);
      done(null, Buffer.concat(all));
    },
    repeat: (call: ServerWritableStream<Buffer, Buffer>) => {
      for (let i = 0; i < 10; i++) call.write(Buffer.from(`${call.request} ${i}`));
      call.end();
    },
    both: (call: ServerDuplexStream<Buffer, Buffer>) => {
      let isEnded = false;
      call.on('data', (piece: Buffer) => call.write(piece));
      // grpc-js tells of an end before every cancellation, and of a cancellation after every end.
      call.on('end', () =>
        setImmediate(() => {
          isEnded = !call.cancelled;
          call.end();
        }),
      );
      call.on('cancelled', () => {
        if (!isEnded) cancelled++;
      });
    },
    fail: (_call: Unary, done: sendUnaryData<Buffer>) => done(FAILURE),
    giveUp: (call: ServerWritableStream<Buffer, Buffer>) => {
      call.write(call.request);
      call.emit('error', FAILURE);
    },
    silent: (call: Unary) => {
      see(call);
      call.on('cancelled', () => cancelled++);
    },
  });
  const { certificatePem, privateKeyPem } = aCertificate('bank');
  const pair = { cert_chain: Buffer.from(certificatePem), private_key: Buffer.from(privateKeyPem) };
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(
      '127.0.0.1:0',
      isSecure ? ServerCredentials.createSsl(null, [pair]) : ServerCredentials.createInsecure(),
      (error, bound) => (error === null ? resolve(bound) : reject(error)),
    );
  });
  onTestFinished(() => server.forceShutdown());
  return {
    port,
    server,
    seen,
    get cancelled() {
      return cancelled;
    },
    untilCancelled: async (count) => {
      while (cancelled < count) await turn();
    },
  };
};

const AUTHORITY = readFileSync(
  new URL('../../src/dataplane/tls/testdata/shop.cert.pem', import.meta.url),
);

/** A client of `shop.example`. @param ports of portals: the second when the first does not accept, and so on */
export const grpcClient = (isSecure: boolean, ...ports: readonly number[]): Client =>
  grpcClientWith({}, isSecure, ...ports);

/** The same with options of its own. */
export const grpcClientWith = (
  options: ClientOptions,
  isSecure: boolean,
  ...ports: readonly number[]
): Client => {
  const client = new Client(
    `ipv4:${ports.map((port) => `127.0.0.1:${port}`).join(',')}`,
    isSecure ? credentials.createSsl(AUTHORITY) : credentials.createInsecure(),
    {
      'grpc.default_authority': 'shop.example',
      'grpc.ssl_target_name_override': 'shop.example',
      // Or it would be one connection for all clients of a port, and the next test's also.
      'grpc.use_local_subchannel_pool': 1,
      'grpc.enable_http_proxy': 0,
      ...options,
    },
  );
  onTestFinished(() => client.close());
  return client;
};

/** A unary call. */
export const call = (
  client: Client,
  { path }: { readonly path: string },
  message: Buffer | string,
  options: CallOptions = {},
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const bytes = Buffer.from(message);
    client.makeUnaryRequest(path, asIs, asIs, bytes, new Metadata(), options, (error, answer) =>
      error === null ? resolve(answer!) : reject(error),
    );
  });

/** How a call failed. */
export const failureOf = async (answer: Promise<unknown>): Promise<ServiceError> => {
  try {
    await answer;
  } catch (error) {
    return error as ServiceError;
  }
  throw new Error('the call succeeded');
};

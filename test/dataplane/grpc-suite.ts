import { once } from 'node:events';
import { type Client, type Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aListener } from '../../src/dataplane/sample-parts.ts';
import { DataPlane, type ShopOptions, secureShop, shop } from './data-plane.ts';
import {
  ANSWERED,
  asIs,
  call,
  ECHO,
  FAILURE,
  failureOf,
  type GrpcServer,
  grpcClient,
  grpcServer,
  metadataOf,
  SENT,
  TRAILING,
} from './grpc-peers.ts';
import { rawTarget } from './targets.ts';

/** How clients come, and how targets are spoken to. */
export interface GrpcWay {
  readonly listener: 'HTTP' | 'HTTPS';
  readonly target: 'HTTP' | 'HTTPS';
}

const read = (metadata: Metadata, names: object) =>
  Object.fromEntries(Object.keys(names).map((name) => [name, metadata.get(name)]));

/** What gRPC's own clients and servers see of each other: the same, whatever is encrypted. */
export const grpcSuite = (way: GrpcWay): void => {
  const isSecure = way.listener === 'HTTPS';

  const startedWith = async (options: ShopOptions) => {
    const parts = (isSecure ? secureShop : shop)({
      ...options,
      group: { protocolVersion: 'GRPC', protocol: way.target, ...options.group },
    });
    const plane = await DataPlane.start({ parts });
    onTestFinished(async () => void (await plane.stop()));
    return { plane, client: grpcClient(isSecure, plane.port) };
  };

  const started = async (): Promise<{ server: GrpcServer; plane: DataPlane; client: Client }> => {
    const server = await grpcServer({ isSecure: way.target === 'HTTPS' });
    return { server, ...(await startedWith({ targets: [server.port] })) };
  };

  describe(`gRPC to a listener for ${way.listener} and targets of ${way.target}`, () => {
    test('a unary call with metadata in both directions, binary too', async () => {
      const { server, plane, client } = await started();
      const seen: Metadata[] = [];
      const answer = await new Promise((resolve, reject) => {
        const running = client.makeUnaryRequest(
          ECHO.unary.path,
          asIs,
          asIs,
          Buffer.from('hello'),
          metadataOf(SENT),
          (error) => {
            if (error !== null) reject(error);
          },
        );
        running.on('metadata', (first) => seen.push(first));
        running.on('status', (last) => {
          seen.push(last.metadata);
          resolve(last);
        });
      });
      expect(answer).toMatchObject({ code: status.OK });
      expect(read(seen[0]!, ANSWERED)).toEqual(ANSWERED);
      expect(read(seen[1]!, TRAILING)).toEqual(TRAILING);
      const got = server.seen[0]!.metadata;
      expect(read(got, SENT)).toEqual({ ...SENT, 'x-tenant': ['a, b'] });
      expect(got.get('x-amzn-source-vpc')).toEqual(['vpc-1']);
      expect(await plane.stop()).toMatchObject([
        {
          protocol: 'HTTP/2',
          tlsVersion: isSecure ? 'TLSv1.3' : '-',
          responseCode: 200,
          grpcResponseCode: 0,
          failureReason: '-',
          requestPath: ECHO.unary.path,
        },
      ]);
    });

    test('the largest message that clients take by default, there and back', async () => {
      const { client } = await started();
      const bytes = Buffer.alloc(4 * 1024 * 1024, 'abcdefg');
      expect((await call(client, ECHO.unary, bytes)).equals(bytes)).toBe(true);
    });

    test('a stream of the client', async () => {
      const { client } = await started();
      const answer = new Promise<Buffer>((resolve, reject) => {
        const stream = client.makeClientStreamRequest(
          ECHO.collect.path,
          asIs,
          asIs,
          (error, value) => (error === null ? resolve(value!) : reject(error)),
        );
        for (const piece of ['a', 'b', 'c']) stream.write(Buffer.from(piece));
        stream.end();
      });
      expect(String(await answer)).toBe('abc');
    });

    test('a stream of the server', async () => {
      const { client } = await started();
      const pieces: string[] = [];
      const stream = client.makeServerStreamRequest(ECHO.repeat.path, asIs, asIs, Buffer.from('n'));
      for await (const piece of stream) pieces.push(String(piece));
      expect(pieces).toEqual(Array.from({ length: 10 }, (_, i) => `n ${i}`));
    });

    test('both at once: each message arrives before the next is sent', async () => {
      const { plane, client } = await started();
      const stream = client.makeBidiStreamRequest(ECHO.both.path, asIs, asIs);
      for (let i = 0; i < 20; i++) {
        stream.write(Buffer.from(`message ${i}`));
        const [answer] = await once(stream, 'data');
        expect(String(answer)).toBe(`message ${i}`);
      }
      stream.end();
      const [end] = await once(stream, 'status');
      expect(end).toMatchObject({ code: status.OK });
      expect(await plane.stop()).toMatchObject([{ grpcResponseCode: 0, failureReason: '-' }]);
    });

    test('an error of the server, with its text and metadata', async () => {
      const { plane, client } = await started();
      const error = await failureOf(call(client, ECHO.fail, 'x'));
      expect(error).toMatchObject({ code: FAILURE.code, details: FAILURE.details });
      expect(read(error.metadata, TRAILING)).toEqual(TRAILING);
      expect(await plane.stop()).toMatchObject([{ responseCode: 200, grpcResponseCode: 9 }]);
    });

    test('an error after a message: both arrive', async () => {
      const { plane, client } = await started();
      const stream = client.makeServerStreamRequest(ECHO.giveUp.path, asIs, asIs, Buffer.from('x'));
      const pieces: string[] = [];
      stream.on('data', (piece) => pieces.push(String(piece)));
      const [error] = (await once(stream, 'error')) as [ServiceError];
      expect(pieces).toEqual(['x']);
      expect(error).toMatchObject({ code: FAILURE.code, details: FAILURE.details });
      expect(await plane.stop()).toMatchObject([{ responseCode: 200, grpcResponseCode: 9 }]);
    });

    test('a deadline reaches the server, and its end ends the call everywhere', async () => {
      const { server, plane, client } = await started();
      const deadline = Date.now() + 500;
      const error = await failureOf(call(client, ECHO.silent, 'x', { deadline }));
      expect(error.code).toBe(status.DEADLINE_EXCEEDED);
      // The server reckons from when it got to know of it.
      expect(server.seen[0]!.deadline).toBeLessThan(deadline + 1_000);
      await server.untilCancelled(1);
      const [record] = await plane.stop();
      // Client and server have a clock each: either the client gives up first, or the server answers.
      const isAnswered = record?.grpcResponseCode === status.DEADLINE_EXCEEDED;
      expect(record?.failureReason).toBe(isAnswered ? '-' : 'ClientConnectionClosed');
    });

    test('a call that is cancelled is cancelled at the server, and nothing else is', async () => {
      const { server, plane, client } = await started();
      const other = client.makeBidiStreamRequest(ECHO.both.path, asIs, asIs);
      other.write(Buffer.from('before'));
      await once(other, 'data');
      const stream = client.makeBidiStreamRequest(ECHO.both.path, asIs, asIs);
      stream.on('error', () => {});
      stream.write(Buffer.from('x'));
      await once(stream, 'data');
      stream.cancel();
      await server.untilCancelled(1);
      other.write(Buffer.from('after'));
      expect(String((await once(other, 'data'))[0])).toBe('after');
      other.end();
      await once(other, 'status');
      expect(server.cancelled).toBe(1);
      expect((await plane.stop()).map(({ failureReason }) => failureReason)).toEqual([
        'ClientConnectionClosed',
        '-',
      ]);
    });

    const fixed = (statusCode: number) => ({
      listener: aListener({
        port: isSecure ? 443 : 80,
        protocol: way.listener,
        defaultAction: { type: 'fixed', statusCode },
      }),
    });
    /** Takes connections, and ends each with its first bytes. */
    const aTargetThatCloses = async () => {
      const target = await rawTarget(({ socket }) => socket.once('data', () => socket.destroy()));
      onTestFinished(() => target.close());
      return [target.port];
    };
    test.each<{
      name: string;
      options: () => ShopOptions | Promise<ShopOptions>;
      code: status;
      text: string;
      failure?: string;
    }>([
      {
        name: 'a fixed 404',
        options: () => fixed(404),
        code: status.UNIMPLEMENTED,
        text: 'Not Found',
        failure: '-',
      },
      {
        name: 'a fixed 500',
        options: () => fixed(500),
        code: status.UNKNOWN,
        text: 'Internal Server Error',
        failure: '-',
      },
      {
        name: 'a target group without targets',
        options: () => ({ targets: [] }),
        code: status.UNAVAILABLE,
        text: 'Service Unavailable',
        failure: 'TargetConnectionError',
      },
      {
        name: 'a target that cannot be connected',
        options: () => ({ targets: [1] }),
        code: status.UNAVAILABLE,
        text: 'Service Unavailable',
        failure: 'TargetConnectionError',
      },
      {
        name: 'a target that closes its connections',
        options: async () => ({ targets: await aTargetThatCloses() }),
        code: status.UNAVAILABLE,
        text: 'Bad Gateway',
        failure: way.target === 'HTTPS' ? 'TargetProtocolError' : 'TargetConnectionClosed',
      },
      {
        name: 'a target that says nothing in time',
        options: async () => ({
          targets: [(await grpcServer({ isSecure: way.target === 'HTTPS' })).port],
          service: { idleTimeoutMs: 300 },
        }),
        code: status.UNAVAILABLE,
        text: 'Gateway Timeout',
        failure: 'TargetDataTimeout',
      },
      {
        name: 'a target group for HTTP/1.1',
        options: () => ({ targets: [1], group: { protocolVersion: 'HTTP1' } }),
        code: status.INTERNAL,
        text: 'this target group takes HTTP/1.1, and gRPC needs one for GRPC or HTTP2',
        failure: 'ClientProtocolError',
      },
      {
        name: 'a caller who is not allowed',
        options: () => ({ targets: [1], service: { authType: 'AWS_IAM' } }),
        code: status.PERMISSION_DENIED,
        text: 'AccessDeniedException: ',
        failure: 'ClientAccessDenied',
      },
    ])('$name is told in the form of gRPC', async ({ options, code, text, failure }) => {
      const { plane, client } = await startedWith(await options());
      const error = await failureOf(call(client, ECHO.silent, 'x'));
      expect(error.code).toBe(code);
      expect(error.details).toContain(text);
      expect(await plane.stop()).toMatchObject([
        { responseCode: 200, grpcResponseCode: code, failureReason: failure },
      ]);
      // An outage has to look like one.
      expect(plane.totals.services['svc-1']).toMatchObject({ requests: 1, status2xx: 0 });
    });
  });
};

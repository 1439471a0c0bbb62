import { afterEach, describe, expect, test } from 'vitest';
import type { DataPlaneLimits } from '../../src/dataplane/limits.ts';
import { aRule } from '../../src/dataplane/sample-parts.ts';
import type { MatchPart } from '../../src/snapshot/parts.ts';
import { DataPlane, type ShopOptions, secureShop, shop } from './data-plane.ts';
import { closedPort, type HttpTarget, httpTarget, rawTarget } from './targets.ts';

export interface WireRequest {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  /** Names in lower case. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

export interface WireResponse {
  /** 0: the response was cut before its end. */
  readonly status: number;
  readonly text: string;
  header(name: string): string | undefined;
}

/** A way in which clients send requests; each is on a connection of its own. */
export interface Transport {
  readonly name: string;
  /** As the access log has it. */
  readonly protocol: string;
  /** Over TLS, to a listener for HTTPS. */
  readonly isSecure: boolean;
  ask(plane: DataPlane, request: WireRequest): Promise<WireResponse>;
}

/** What clients see of a service that is reached by HTTP, whatever the version: the same. */
export const wireSuite = (transport: Transport): void => {
  const closers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  const parts = transport.isSecure ? secureShop : shop;
  const started = async (options: ShopOptions, limits: Partial<DataPlaneLimits> = {}) => {
    const plane = await DataPlane.start({ parts: parts(options), limits });
    closers.push(() => plane.stop());
    return { plane, ask: (request: WireRequest = {}) => transport.ask(plane, request) };
  };
  const aTarget = async (...parameters: Parameters<typeof httpTarget>): Promise<HttpTarget> => {
    const target = await httpTarget(...parameters);
    closers.push(() => target.close());
    return target;
  };

  describe(transport.name, () => {
    test('a request and its response, with one record and counted once', async () => {
      const target = await aTarget((seen, response) => {
        response.writeHead(201, { 'x-answer': 'yes', 'content-type': 'text/x' });
        response.end(`${seen.method} ${seen.url} ${seen.body}`);
      });
      const { plane, ask } = await started({ targets: [target.port] });
      const headers = [['user-agent', 'wire/1']] as const;
      const answer = await ask({ method: 'PUT', path: '/a?b=c', headers, body: 'hello' });
      expect(answer).toMatchObject({ status: 201, text: 'PUT /a?b=c hello' });
      expect(answer.header('x-answer')).toBe('yes');
      expect(answer.header('content-type')).toBe('text/x');
      const id = answer.header('x-amzn-requestid');
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
      expect(await plane.stop()).toMatchObject([
        {
          requestMethod: 'PUT',
          requestPath: '/a',
          hostHeader: 'shop.example',
          userAgent: 'wire/1',
          protocol: transport.protocol,
          responseCode: 201,
          failureReason: '-',
          requestId: id,
        },
      ]);
      expect(plane.totals.services['svc-1']).toMatchObject({ requests: 1, status2xx: 1 });
      expect(plane.totals.targetGroups['tg-1']).toMatchObject({ requests: 1 });
    });

    test('targets get what VPC Lattice tells them, and nothing that clients say in its place', async () => {
      const target = await aTarget();
      const { ask } = await started({ targets: [target.port] });
      await ask({
        headers: [
          ['x-amzn-lattice-identity', 'Principal=somebody'],
          ['x-amzn-source-vpc', 'vpc-7'],
          ['x-forwarded-proto', 'https'],
          ['x-forwarded-for', '192.0.2.7'],
          ['x-mine', 'kept'],
        ],
      });
      const { headers } = target.requests[0]!;
      expect(headers).toMatchObject({
        host: 'shop.example',
        'x-mine': 'kept',
        'x-forwarded-for': '192.0.2.7, 127.0.0.1',
        'x-forwarded-port': transport.isSecure ? '443' : '80',
        'x-forwarded-proto': transport.isSecure ? 'https' : 'http',
        'x-amzn-source-vpc': 'vpc-1',
      });
      expect(headers).not.toHaveProperty('x-amzn-lattice-identity');
      expect(headers['x-amzn-lattice-target']).toContain('ServiceArn=arn:aws:vpc-lattice:');
    });

    test.each([
      { name: 'a client’s own', sent: 'mine', expected: 'mine' },
      { name: 'a long one, cut', sent: 'x'.repeat(600), expected: 'x'.repeat(512) },
    ])('the request id: $name', async ({ sent, expected }) => {
      const target = await aTarget();
      const { ask } = await started({ targets: [target.port] });
      const answer = await ask({ headers: [['x-amzn-requestid', sent]] });
      expect(answer.header('x-amzn-requestid')).toBe(expected);
      expect(target.requests[0]!.headers['x-amzn-requestid']).toBe(expected);
    });

    const path = (value: string): MatchPart => ({
      headers: [],
      path: { type: 'prefix', value, caseSensitive: false },
    });
    const byHeader: MatchPart = {
      headers: [{ name: 'x-who', match: { exact: 'me' }, caseSensitive: false }],
    };
    test.each<{ name: string; match: MatchPart; request: WireRequest; status: number }>([
      { name: 'a path', match: path('/a'), request: { path: '/A/b' }, status: 200 },
      { name: 'another path', match: path('/a'), request: { path: '/b' }, status: 404 },
      {
        name: 'a method',
        match: { method: 'POST', headers: [] },
        request: { method: 'POST' },
        status: 200,
      },
      { name: 'another method', match: { method: 'POST', headers: [] }, request: {}, status: 404 },
      { name: 'a header', match: byHeader, request: { headers: [['x-who', 'ME']] }, status: 200 },
      {
        name: 'another value',
        match: byHeader,
        request: { headers: [['x-who', 'you']] },
        status: 404,
      },
    ])('rules match by $name: $status', async ({ match, request, status }) => {
      const target = await aTarget();
      const { ask } = await started({
        targets: [target.port],
        listener: {
          defaultAction: { type: 'fixed', statusCode: 404 },
          rules: [aRule({ match })],
        },
      });
      expect((await ask(request)).status).toBe(status);
    });

    test.each<{
      name: string;
      options: ShopOptions;
      request?: WireRequest;
      status: number;
      text: string;
    }>([
      {
        name: 'no service of that name',
        options: {},
        request: { host: 'other.example' },
        status: 404,
        text: 'Not Found',
      },
      {
        name: 'a port without a listener',
        options: {},
        request: { host: 'shop.example:81' },
        status: 404,
        text: 'Not Found',
      },
      {
        name: 'a fixed 500',
        options: { listener: { defaultAction: { type: 'fixed', statusCode: 500 } } },
        status: 500,
        text: 'Internal Server Error',
      },
      { name: 'no targets', options: { targets: [] }, status: 503, text: 'Service Unavailable' },
    ])('$name is answered with $status', async ({ options, request, status, text }) => {
      const { plane, ask } = await started(options);
      const answer = await ask(request);
      expect(answer).toMatchObject({ status, text });
      expect(answer.header('content-type')).toBe('text/plain');
      expect(await plane.stop()).toMatchObject([
        {
          responseCode: status,
          protocol: transport.protocol,
          requestId: answer.header('x-amzn-requestid'),
        },
      ]);
    });

    test('who is not allowed gets 403, which can be explained by the id of the request', async () => {
      const target = await aTarget();
      const { plane, ask } = await started({
        targets: [target.port],
        service: { authType: 'AWS_IAM' },
      });
      const answer = await ask({ path: '/secret' });
      expect(answer.status).toBe(403);
      expect(answer.text).toMatch(/^AccessDeniedException: /);
      expect(target.requests).toHaveLength(0);
      expect(await plane.stop()).toMatchObject([
        { responseCode: 403, failureReason: 'ClientAccessDenied', resolvedUser: 'Anonymous' },
      ]);
    });

    test.each([
      {
        name: 'cannot be connected',
        answer: undefined,
        status: 503,
        failure: 'TargetConnectionError',
      },
      {
        name: 'closes instead of answering',
        answer: '',
        status: 502,
        failure: 'TargetConnectionClosed',
      },
      {
        name: 'speaks something else',
        answer: 'SSH-2.0-x\r\n\r\n',
        status: 502,
        failure: 'TargetProtocolError',
      },
      {
        name: 'breaks off',
        answer: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf',
        status: 0,
        failure: 'TargetConnectionClosed',
      },
      {
        name: 'breaks off in chunks',
        answer: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n',
        status: 0,
        failure: 'TargetConnectionClosed',
      },
    ])('a target that $name: $status', async ({ answer, status, failure }) => {
      let port = await closedPort();
      if (answer !== undefined) {
        const target = await rawTarget(async (connection) => {
          await connection.until();
          connection.socket.end(answer);
        });
        closers.push(() => target.close());
        port = target.port;
      }
      const { plane, ask } = await started({ targets: [port] });
      expect((await ask({ method: 'POST', body: 'x' })).status).toBe(status);
      expect(await plane.stop()).toMatchObject([{ failureReason: failure }]);
    });

    test('a target that says nothing: 504 after the idle timeout', async () => {
      const target = await aTarget(() => {});
      const { plane, ask } = await started({
        targets: [target.port],
        service: { idleTimeoutMs: 300 },
      });
      expect(await ask()).toMatchObject({ status: 504, text: 'Gateway Timeout' });
      expect(await plane.stop()).toMatchObject([{ failureReason: 'TargetDataTimeout' }]);
    });

    test.each([
      { name: 'is as long as allowed', count: 98, status: 200 },
      { name: 'has too many fields', count: 101, status: 400 },
    ])('a head that $name: $status', async ({ count, status }) => {
      const target = await aTarget();
      const { ask } = await started({ targets: [target.port] });
      const headers = Array.from({ length: count }, (_, i) => [`x-${i}`, 'y'] as const);
      expect((await ask({ headers })).status).toBe(status);
    });

    test('a body of 3 MB in both directions', async () => {
      const target = await aTarget((seen, response) => response.end(seen.body));
      const { ask } = await started({ targets: [target.port] });
      const body = 'abc'.repeat(1_000_000);
      const answer = await ask({ method: 'POST', body });
      expect(answer.status).toBe(200);
      expect(answer.text === body).toBe(true);
    });
  });
};

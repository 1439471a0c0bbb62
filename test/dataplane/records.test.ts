import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aRule } from '../../src/dataplane/sample-parts.ts';
import { DataPlane, type LogLine, request, shop } from './data-plane.ts';
import type { RawClient } from './raw-client.ts';
import {
  closedPort,
  httpTarget,
  type RawTarget,
  type RawTargetConnection,
  rawTarget,
} from './targets.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

describe('a client that leaves', () => {
  interface Case {
    readonly name: string;
    readonly bytes: string;
    /** What the target does once it has the beginning of the request. */
    readonly serve?: (connection: RawTargetConnection) => void;
    /** When the client leaves. */
    readonly once: (client: RawClient, target: RawTarget) => Promise<unknown>;
    readonly expected: Partial<LogLine>;
  }

  const begun = async (client: RawClient) => expect.poll(() => client.unread).toContain('half');
  const half = (connection: RawTargetConnection) =>
    connection.send('HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf');
  const asked = (_client: RawClient, target: RawTarget) =>
    target.connection(0).then((connection) => connection.until());

  const CASES: readonly Case[] = [
    {
      name: 'while its request is at the target',
      bytes: request('GET /'),
      once: asked,
      expected: { responseCode: 0 },
    },
    {
      name: 'within its body',
      bytes: `${request('POST /', ['Content-Length: 10'])}half`,
      once: asked,
      expected: { responseCode: 400 },
    },
    {
      name: 'within its chunks',
      bytes: `${request('POST /', ['Transfer-Encoding: chunked'])}4\r\nhalf\r\n`,
      once: asked,
      expected: { responseCode: 400 },
    },
    {
      name: 'within its response',
      bytes: request('GET /'),
      serve: half,
      once: begun,
      expected: { responseCode: 200 },
    },
    {
      name: 'within both',
      bytes: `${request('POST /', ['Content-Length: 10'])}half`,
      serve: half,
      once: begun,
      expected: { responseCode: 200 },
    },
  ];

  describe.each(CASES)('$name', ({ bytes, serve, once: moment, expected }) => {
    test.each(['end', 'close', 'reset'] as const)('by %s', async (how) => {
      const target = await rawTarget(async (connection) => {
        await connection.until();
        serve?.(connection);
      });
      const plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
      const client = await plane.client();
      client.send(bytes);
      await moment(client, target);
      if (how === 'end') client.end();
      if (how === 'close') client.destroy();
      if (how === 'reset') client.socket.resetAndDestroy();
      // The target is let go.
      await (await target.connection(0)).ended;
      const records = await plane.stop();
      expect(records).toMatchObject([{ ...expected, failureReason: 'ClientConnectionClosed' }]);
      expect(plane.totals.services['svc-1']).toMatchObject({ requests: 1 });
      await target.close();
    });
  });

  test('within the head, or without having sent anything, leaves no record', async () => {
    const plane = await DataPlane.start({ parts: shop() });
    for (const bytes of ['', 'GET / HTTP/1.1\r\nHost: sh']) {
      const client = await plane.client();
      client.send(bytes);
      client.end();
      expect(await client.rest()).toBe('');
    }
    expect(await plane.stop()).toEqual([]);
  });
});

describe('records and counters', () => {
  let plane: DataPlane;
  let records: readonly LogLine[];
  let sent = 0;
  const receivedBytes: number[] = [];
  const sentBytes: number[] = [];

  beforeAll(async () => {
    const target = await httpTarget((seen, response) => {
      if (seen.url === '/long') response.end('x'.repeat(200_000));
      else if (seen.url === '/chunks') {
        response.write('chunk ');
        response.end('of text');
      } else if (seen.url.startsWith('/204')) response.writeHead(204).end();
      else if (seen.url === '/302') response.writeHead(302, { location: '/' }).end();
      else if (seen.url === '/500') response.writeHead(500).end('no');
      else if (seen.url === '/gone') response.destroy();
      else response.end(seen.body);
    });
    plane = await DataPlane.start({
      parts: shop({
        targets: [target.port],
        listener: {
          rules: [
            aRule({
              match: {
                headers: [],
                path: { type: 'prefix', value: '/fixed', caseSensitive: true },
              },
              action: { type: 'fixed', statusCode: 404 },
            }),
          ],
        },
      }),
    });
    const requests = [
      request('GET /'),
      request('HEAD /long'),
      request('GET /long'),
      request('GET /chunks', ['User-Agent: me/1.0 "quoted"']),
      request('GET /204?query=1'),
      request('GET /302'),
      request('GET /500'),
      request('POST /gone'),
      request('GET /fixed'),
      request('HEAD /fixed'),
      `${request('POST /', ['Content-Length: 5'])}hello`,
      `${request('POST /', ['Content-Length: 4', 'Expect: 100-continue'])}body`,
      'GET / HTTP/1.1\r\nHost: nobody.example\r\n\r\n',
      'GET / HTTP/1.0\r\nHost: shop.example\r\n\r\n',
      'BAD\r\n\r\n',
    ];
    for (const bytes of requests) {
      const client = await plane.client();
      client.send(bytes);
      await client.response(bytes.slice(0, bytes.indexOf(' ')));
      client.end();
      await client.ending;
      sent += 1;
      sentBytes.push(client.socket.bytesWritten);
      receivedBytes.push(client.socket.bytesRead);
      client.destroy();
    }
    records = await plane.stop();
    await target.close();
  });

  afterAll(() => plane.stop());

  test('there is one for each request, in order', () => {
    expect(records).toHaveLength(sent);
    expect(records.map(({ responseCode }) => responseCode)).toEqual([
      ...[200, 200, 200, 200, 204, 302, 500, 502, 404, 404, 200, 200, 404, 200, 400],
    ]);
  });

  test('their bytes are those of the wire', () => {
    expect(records.map(({ bytesReceived }) => bytesReceived)).toEqual(sentBytes);
    expect(records.map(({ bytesSent }) => bytesSent)).toEqual(receivedBytes);
  });

  test('they say what was asked', () => {
    expect(records[3]).toMatchObject({
      requestMethod: 'GET',
      requestPath: '/chunks',
      userAgent: 'me/1.0 "quoted"',
      hostHeader: 'shop.example',
      protocol: 'HTTP/1.1',
    });
    expect(records[4]).toMatchObject({ requestPath: '/204' });
    expect(records[13]).toMatchObject({ protocol: 'HTTP/1.0' });
  });

  test('the counters are their sum', () => {
    const sum = (lines: readonly LogLine[]) => {
      const within =
        (from: number) =>
        ({ responseCode }: LogLine) =>
          responseCode >= from && responseCode < from + 100;
      const total = (pick: (line: LogLine) => number) =>
        lines.reduce((result, line) => result + pick(line), 0);
      return {
        requests: lines.length,
        status2xx: lines.filter(within(200)).length,
        status3xx: lines.filter(within(300)).length,
        status4xx: lines.filter(within(400)).length,
        status5xx: lines.filter(within(500)).length,
        bytesReceived: total(({ bytesReceived }) => bytesReceived),
        bytesSent: total(({ bytesSent }) => bytesSent),
      };
    };
    expect(plane.totals.services).toEqual({
      'svc-1': sum(records.filter(({ serviceArn }) => serviceArn !== '-')),
    });
    expect(plane.totals.targetGroups).toEqual({
      'tg-1': sum(records.filter(({ targetGroupArn }) => targetGroupArn !== '-')),
    });
  });

  test('a request that was repeated is one request', async () => {
    const target = await rawTarget(async (connection, number) => {
      await connection.until();
      if (number === 0) connection.socket.resetAndDestroy();
      else connection.send(OK);
    });
    const other = await DataPlane.start({
      parts: shop({ targets: [await closedPort(), target.port] }),
    });
    expect((await other.get('/')).status).toBe(200);
    expect(await other.stop()).toMatchObject([{ responseCode: 200, failureReason: '-' }]);
    expect(other.totals.targetGroups['tg-1']).toMatchObject({ requests: 1, status2xx: 1 });
    await target.close();
  });
});

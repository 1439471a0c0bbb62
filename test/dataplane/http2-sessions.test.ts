import { once } from 'node:events';
import type { ServerHttp2Stream } from 'node:http2';
import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { DataPlaneLimits } from '../../src/dataplane/limits.ts';
import { DataPlane, shop } from './data-plane.ts';
import {
  FRAME,
  type FrameTarget,
  frame,
  frameTarget,
  Http2Client,
  type Http2Target,
  http2Target,
  literals,
} from './http2-peers.ts';
import { turn } from './raw-client.ts';
import { heldDial, type RawTarget, rawTarget } from './targets.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const started = async (ports: readonly number[], limits: Partial<DataPlaneLimits> = {}) => {
  const parts = shop({ targets: ports, group: { protocolVersion: 'HTTP2' } });
  const plane = await DataPlane.start({ parts, limits });
  closers.push(() => plane.stop());
  const client = new Http2Client(plane.port);
  closers.push(() => client.destroy());
  return { plane, client };
};

const closing = <Target extends Http2Target | FrameTarget | RawTarget>(target: Target): Target => {
  closers.push(() => target.close());
  return target;
};

const answer = (stream: ServerHttp2Stream): void =>
  stream.respond({ ':status': 200 }, { endStream: true });

const statuses = async (answers: readonly Promise<{ status: number }>[]): Promise<number[]> =>
  (await Promise.all(answers)).map(({ status }) => status);

describe('many requests at once', () => {
  test.each([1, 10, 1000])(
    'to a target that takes %i streams are all answered',
    async (allowed) => {
      const waiting: ServerHttp2Stream[] = [];
      const target = closing(
        await http2Target((stream) => waiting.push(stream), { maxConcurrentStreams: allowed }),
      );
      const { client } = await started([target.port]);
      const size = 60;
      for (let round = 0; round < 2; round++) {
        const all = Array.from({ length: size }, () => client.ask({ ':method': 'POST' }, 'x'));
        // None is finished before all have arrived.
        while (waiting.length < size) await turn();
        for (const stream of waiting.splice(0)) answer(stream);
        expect(new Set(await statuses(all))).toEqual(new Set([200]));
        expect(target.sessions).toHaveLength(Math.ceil(size / allowed));
      }
    },
  );

  test('wait for a target that is slow to say how many it takes', async () => {
    const target = closing(
      await rawTarget(async (connection) => {
        await connection.until('SM\r\n\r\n');
        await turn();
        connection.socket.destroy();
      }),
    );
    const { plane, client } = await started([target.port]);
    expect((await client.ask({ ':method': 'POST' }, 'x'.repeat(1000))).status).toBe(502);
    expect((await target.connection(0)).received.length).toBeLessThan(200);
    expect(await plane.stop()).toMatchObject([{ failureReason: 'TargetConnectionClosed' }]);
  });

  test('to a target that says nothing get 503 in the time to connect', async () => {
    const target = closing(await rawTarget());
    const { plane, client } = await started([target.port], { connectTimeoutMs: 300 });
    expect((await client.ask()).status).toBe(503);
    expect(await plane.stop()).toMatchObject([{ failureReason: 'TargetConnectionError' }]);
  });
});

describe('a target that refuses', () => {
  test.each(['GET', 'POST'])('all gets a %s five times, over two connections', async (method) => {
    const target = closing(await http2Target((stream) => stream.close(7)));
    const { plane, client } = await started([target.port]);
    for (let i = 0; i < 10; i++) {
      expect(await client.ask({ ':method': method })).toMatchObject({ status: 503 });
      expect(target.requests).toHaveLength(5 * (i + 1));
    }
    expect(target.sessions).toHaveLength(2);
    const [record] = await plane.stop();
    expect(record!.failureReason).toBe('TargetConnectionError');
  });

  test('is passed over for the next', async () => {
    const refusing = closing(await http2Target((stream) => stream.close(7)));
    const good = closing(await http2Target(answer));
    const { client } = await started([refusing.port, good.port]);
    for (let i = 0; i < 10; i++) expect((await client.ask()).status).toBe(200);
    expect(good.requests).toHaveLength(10);
    expect(refusing.sessions).toHaveLength(1);
  });
});

describe('a connection to a target', () => {
  test('is closed when nobody wants it, also when its first user has given up while it was made', async () => {
    const target = closing(await http2Target(answer));
    const way = heldDial();
    const parts = shop({ targets: [target.port], group: { protocolVersion: 'HTTP2' } });
    const plane = await DataPlane.start({ parts, limits: { targetIdleMs: 100 }, dial: way.dial });
    closers.push(() => plane.stop());
    const client = new Http2Client(plane.port);
    closers.push(() => client.destroy());
    const stream = client.begin({}, true);
    while (way.sockets.length === 0) await turn();
    stream.close(8);
    await once(stream, 'close');
    await turn();
    const closed = once(way.sockets[0]!, 'close');
    way.letConnect();
    await closed;
    expect(target.sessions).toHaveLength(1);
    expect(target.requests).toHaveLength(0);
  });

  test('gets so few resets that the target does not take the calls of others for an attack', async () => {
    const counts = new Map<unknown, number>();
    const held: ServerHttp2Stream[] = [];
    const target = closing(
      await http2Target((stream, headers) => {
        if (headers[':path'] === '/held') held.push(stream);
        const { session } = stream;
        stream.on('close', () => {
          if (stream.rstCode === 8) counts.set(session, (counts.get(session) ?? 0) + 1);
        });
      }),
    );
    const { plane, client } = await started([target.port], { maxStreamResets: 1_000_000 });
    const attacker = new Http2Client(plane.port);
    closers.push(() => attacker.destroy());
    const victim = client.ask({ ':method': 'POST', ':path': '/held' }, 'x');
    while (held.length === 0) await turn();
    for (let sent = 0; sent < 500; sent += 50) {
      const streams = Array.from({ length: 50 }, () => attacker.begin({}, true));
      while (target.requests.length < 1 + sent + 50) await turn();
      for (const stream of streams) stream.close(8);
    }
    answer(held[0]!);
    expect((await victim).status).toBe(200);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(250);
    expect(target.sessions.length).toBeGreaterThan(1);
  });

  test('that is dead without having said so is replaced while clients give up', async () => {
    const target = closing(await http2Target(answer));
    let made = 0;
    let isDead = false;
    // A way to the target that loses all of its first connection from some moment on.
    const way = createServer((near) => {
      const isFirst = ++made === 1;
      const far = connect(target.port, '127.0.0.1');
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        from.on('error', () => {});
        from.on('close', () => to.destroy());
        from.on('data', (bytes: Buffer) => {
          if (!isFirst || !isDead) to.write(bytes);
        });
      }
    });
    way.listen(0, '127.0.0.1');
    await once(way, 'listening');
    closers.push(() => way.close());
    const { client } = await started([(way.address() as { port: number }).port]);
    expect((await client.ask()).status).toBe(200);
    isDead = true;
    for (;;) {
      const stream = client.begin({ ':method': 'POST' }, true);
      const response = once(stream, 'response').catch(() => undefined);
      const deadline = setTimeout(() => stream.close(8), 200);
      await once(stream, 'close');
      clearTimeout(deadline);
      if (stream.rstCode === 0 && (await response) !== undefined) break;
    }
    expect(made).toBe(2);
  });

  test('that is only slow is kept', async () => {
    const pings: Buffer[] = [];
    const target = closing(
      await frameTarget(async (connection) => {
        await connection.until(({ type, flags, payload }) => {
          if (type === FRAME.ping && flags === 0 && !pings.includes(payload)) {
            pings.push(payload);
            connection.send(frame(FRAME.ping, 1, 0, payload));
          }
          return false;
        });
      }),
    );
    const { client } = await started([target.port]);
    const begun = Date.now();
    while (Date.now() - begun < 5_000) {
      const stream = client.begin({ ':method': 'POST' }, true);
      setTimeout(() => stream.close(8), 200);
      await once(stream, 'close');
    }
    expect(target.connections).toHaveLength(1);
    // Servers of gRPC do not take many.
    expect(pings).toHaveLength(1);
  });
});

describe('an answer that is cut off', () => {
  const OK = literals([[':status', '200']]);
  test.each([
    { name: 'RST_STREAM with NO_ERROR', code: 0 },
    { name: 'RST_STREAM with INTERNAL_ERROR', code: 2 },
  ])('by $name does not look complete', async ({ code }) => {
    const target = closing(
      await frameTarget(async (connection) => {
        const id = await connection.request();
        if (id === undefined) return;
        connection.send(
          frame(FRAME.headers, 4, id, OK),
          frame(FRAME.data, 0, id, Buffer.from('half')),
        );
        await turn();
        connection.send(frame(FRAME.reset, 0, id, Buffer.of(0, 0, 0, code)));
      }),
    );
    const { plane, client } = await started([target.port]);
    expect(await client.ask()).toMatchObject({ status: 200, text: 'half', code: 2 });
    expect(await plane.stop()).toMatchObject([{ failureReason: 'TargetConnectionClosed' }]);
  });

  test('after its end by RST_STREAM with NO_ERROR is complete: the rest of the request is not wanted', async () => {
    const target = closing(
      await frameTarget(async (connection) => {
        const id = await connection.request();
        if (id === undefined) return;
        connection.send(
          frame(FRAME.headers, 4, id, OK),
          frame(FRAME.data, 1, id, Buffer.from('all')),
          frame(FRAME.reset, 0, id, Buffer.of(0, 0, 0, 0)),
        );
      }),
    );
    const { plane, client } = await started([target.port]);
    const stream = client.begin({ ':method': 'POST' });
    stream.write('a beginning');
    let text = '';
    stream.on('data', (piece: Buffer) => {
      text += piece;
    });
    await once(stream, 'close');
    expect([text, stream.rstCode]).toEqual(['all', 0]);
    expect(await plane.stop()).toMatchObject([{ responseCode: 200, failureReason: '-' }]);
  });
});

import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { aLoneVpc, aRule, aVpc } from '../../src/dataplane/sample-parts.ts';
import { DataPlane, request, shop } from './data-plane.ts';
import { CutError, RawClient, turn } from './raw-client.ts';
import { httpTarget, rawTarget } from './targets.ts';

/** Of the services in these tests: short, so that a test can wait for it. */
const IDLE_MS = 400;
/** Where nothing is to time out, also on a machine that has much else to do. */
const LONGER_IDLE_MS = 1_000;
const idle = (targets: readonly number[], idleTimeoutMs = IDLE_MS) =>
  shop({
    targets,
    service: { idleTimeoutMs },
  }).map((part) =>
    part.kind === 'service'
      ? {
          ...part,
          listeners: part.listeners.map((listener) => ({
            ...listener,
            rules: [
              aRule({
                match: {
                  headers: [],
                  path: { type: 'prefix', value: '/none', caseSensitive: true },
                },
                action: { type: 'fixed', statusCode: 404 },
              }),
            ],
          })),
        }
      : part,
  );

describe.concurrent('heads', () => {
  const KIB_60 = 60 * 1024;
  const headOf = (bytes: number): string => {
    const rest = request('GET /', ['X: ']);
    return rest.replace('X: ', `X: ${'x'.repeat(bytes - rest.length)}`);
  };

  test.each([
    { name: '100 headers', head: request('GET /', Array(99).fill('a: b')), status: 200 },
    { name: '101 headers', head: request('GET /', Array(100).fill('a: b')), status: 400 },
    { name: '60 KiB', head: headOf(KIB_60), status: 200 },
    { name: '60 KiB and a byte', head: headOf(KIB_60 + 1), status: 400 },
    { name: 'a target of nearly 60 KiB', head: request(`GET /${'x'.repeat(61_300)}`), status: 200 },
    { name: 'a target of more', head: request(`GET /${'x'.repeat(KIB_60)}`), status: 400 },
    { name: 'a head without end', head: `GET / HTTP/1.1\r\nX: ${'x'.repeat(KIB_60)}`, status: 400 },
    { name: 'a method without end', head: 'G'.repeat(KIB_60 + 1), status: 400 },
  ])('$name: $status, cut anywhere', async ({ head, status }) => {
    const target = await httpTarget();
    const plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
    for (const size of [head.length, head.length - 1, 1009, 16_384]) {
      const client = await plane.client();
      const sending = client.sendCut(head, size);
      const response = await client.response();
      expect(response.status, `in pieces of ${size} bytes`).toBe(status);
      expect(response.header('connection')).toBe(status === 400 ? 'close' : undefined);
      await sending;
      client.destroy();
    }
    expect(await plane.stop()).toHaveLength(4);
    await target.close();
  });

  test('a client that is slow with its head is cut off, however it drips', async () => {
    const plane = await DataPlane.start({ parts: shop(), limits: { headTimeoutMs: 300 } });
    const client = await plane.client();
    client.send('GET / HTTP/1.1\r\nHost: shop.example\r\n');
    const drip = setInterval(() => client.send('x'), 20);
    const response = await client.response();
    clearInterval(drip);
    expect(response).toMatchObject({ status: 408, text: 'Request Timeout' });
    expect(response.header('connection')).toBe('close');
    expect(await client.ending).toBe('end');
    expect(await plane.stop()).toMatchObject([
      { responseCode: 408, failureReason: 'ClientProtocolError', serviceArn: '-' },
    ]);
  });

  test('the time of a head runs from its first byte, also on a kept connection', async () => {
    const plane = await DataPlane.start({ parts: shop(), limits: { headTimeoutMs: 300 } });
    const client = await plane.client();
    client.send(`${request('GET /')}G`);
    expect((await client.response()).status).toBe(404);
    expect((await client.response()).status).toBe(408);
    expect(await plane.stop()).toHaveLength(2);
  });

  test('a connection on which nothing comes is ended without an answer or a record', async () => {
    const plane = await DataPlane.start({ parts: shop(), limits: { headTimeoutMs: 300 } });
    const client = await plane.client();
    expect(await client.rest()).toBe('');
    expect(await client.ending).toBe('end');
    expect(await plane.stop()).toEqual([]);
  });

  test('a client that goes on sending after it was refused gets its answer all the same', async () => {
    const plane = await DataPlane.start({ parts: shop() });
    const client = await plane.client();
    client.send(`BAD\r\n\r\n${'x'.repeat(1_000_000)}`);
    expect((await client.response()).status).toBe(400);
    client.send('y'.repeat(1_000_000));
    expect(await client.ending).toBe('end');
    await plane.stop();
  });

  test('a client that never ends its side is not waited for', async () => {
    const plane = await DataPlane.start({ parts: shop() });
    const client = await plane.client();
    client.send(request('GET /', ['Connection: close']));
    expect((await client.response()).status).toBe(404);
    expect(await client.ending).toBe('end');
    // Sends until the other side is gone.
    const drip = setInterval(() => client.send('x'), 20);
    await once(client.socket, 'close').catch(() => {});
    clearInterval(drip);
    await plane.stop();
  });
});

describe.concurrent('idle timeout of the service', () => {
  test('an unused connection is ended without an answer', async () => {
    const plane = await DataPlane.start({ parts: idle([]) });
    const client = await plane.client();
    client.send(request('GET /none'));
    expect((await client.response()).status).toBe(404);
    expect(await client.rest()).toBe('');
    expect(await client.ending).toBe('end');
    expect(await plane.stop()).toHaveLength(1);
  });

  test('a connection that is used goes on', async () => {
    const plane = await DataPlane.start({ parts: idle([], LONGER_IDLE_MS) });
    const client = await plane.client();
    const begin = performance.now();
    while (performance.now() - begin < 2 * LONGER_IDLE_MS) {
      client.send(request('GET /none'));
      expect((await client.response()).status).toBe(404);
      await turn();
    }
    await plane.stop();
  });

  test('a target that does not answer: 504, and the connection goes on', async () => {
    const target = await rawTarget();
    const plane = await DataPlane.start({ parts: idle([target.port]) });
    const client = await plane.client();
    client.send(request('GET /'));
    const response = await client.response();
    expect(response).toMatchObject({ status: 504, text: 'Gateway Timeout' });
    await (await target.connection(0)).ended;
    client.send(request('GET /none'));
    expect((await client.response()).status).toBe(404);
    expect(await plane.stop()).toMatchObject([
      { responseCode: 504, failureReason: 'TargetDataTimeout' },
      { responseCode: 404 },
    ]);
    await target.close();
  });

  test('a target that stops within its response: cut', async () => {
    const target = await rawTarget(async (connection) => {
      await connection.until();
      connection.send('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
    });
    const plane = await DataPlane.start({ parts: idle([target.port]) });
    const client = await plane.client();
    client.send(request('GET /'));
    await expect(client.response()).rejects.toThrow(CutError);
    expect(await client.ending).toBe('reset');
    await (await target.connection(0)).ended;
    expect(await plane.stop()).toMatchObject([
      { responseCode: 200, failureReason: 'TargetDataTimeout' },
    ]);
    await target.close();
  });

  test('a response that comes slowly but comes is not cut', async () => {
    const target = await rawTarget(async (connection) => {
      await connection.until();
      connection.send('HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n');
      for (let i = 0; i < 60; i++) {
        connection.send('x');
        await new Promise((resolve) => setTimeout(resolve, LONGER_IDLE_MS / 25));
      }
    });
    const plane = await DataPlane.start({ parts: idle([target.port], LONGER_IDLE_MS) });
    expect((await plane.get('/')).text).toBe('x'.repeat(60));
    await plane.stop();
    await target.close();
  });

  test('a client that stops within its body: 408, and the target is let go', async () => {
    const target = await rawTarget();
    const plane = await DataPlane.start({ parts: idle([target.port]) });
    const client = await plane.client();
    client.send(`${request('POST /', ['Content-Length: 10'])}half`);
    const response = await client.response();
    expect(response).toMatchObject({ status: 408, text: 'Request Timeout' });
    expect(await client.ending).toBe('end');
    await (await target.connection(0)).ended;
    expect(await plane.stop()).toMatchObject([
      { responseCode: 408, failureReason: 'ClientProtocolError' },
    ]);
    await target.close();
  });

  test('a target that does not take the body: 504', async () => {
    const target = await rawTarget((connection) => connection.socket.pause());
    const plane = await DataPlane.start({ parts: idle([target.port]) });
    const client = await plane.client();
    client.send(request('POST /', ['Content-Length: 100000000']));
    // As much as fits between the three of us, and more.
    client.send(Buffer.alloc(40_000_000));
    expect(await client.response()).toMatchObject({ status: 504 });
    expect(await plane.stop()).toMatchObject([
      { responseCode: 504, failureReason: 'TargetDataTimeout' },
    ]);
    await target.close();
  });

  test('a client that does not read its response: cut, and the target is let go', async () => {
    const target = await rawTarget(async (connection) => {
      await connection.until();
      connection.send('HTTP/1.1 200 OK\r\nContent-Length: 40000000\r\n\r\n');
      connection.send(Buffer.alloc(40_000_000));
    });
    const plane = await DataPlane.start({ parts: idle([target.port]) });
    const client = await plane.client();
    client.pause();
    client.send(request('GET /'));
    await (await target.connection(0)).ended;
    client.resume();
    await expect(client.response()).rejects.toThrow(CutError);
    expect(await plane.stop()).toMatchObject([
      { responseCode: 200, failureReason: 'ClientConnectionClosed' },
    ]);
    await target.close();
  });

  test('a client that asks and asks and does not read is not read any more, and then cut off', async () => {
    const plane = await DataPlane.start({ parts: idle([]) });
    const client = await plane.client();
    client.pause();
    const asked = Buffer.from(request('GET /none').repeat(1000));
    let sent = 0;
    const more = (): void => {
      while (!client.socket.destroyed && client.socket.write(asked)) sent += 1;
    };
    client.socket.on('drain', more);
    more();
    await once(client.socket, 'close').catch(() => {});
    // Answers are three times as long as requests here: all of them would be far more than this.
    const records = await plane.stop();
    const answered = records.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
    expect(records.length).toBeGreaterThan(1000);
    expect(answered).toBeLessThan(20_000_000);
    expect(sent * asked.length).toBeLessThan(30_000_000);
  });
});

describe.concurrent('lifetime of connections', () => {
  test('towards its end answers say Connection: close', async () => {
    const plane = await DataPlane.start({
      parts: shop(),
      limits: { connectionLifetimeMs: 6_500 },
    });
    const client = await plane.client();
    let kept = 0;
    for (;;) {
      client.send(request('GET /'));
      const response = await client.response();
      if (response.header('connection') === 'close') break;
      kept += 1;
      await turn();
    }
    expect(kept).toBeGreaterThan(0);
    expect(await client.rest()).toBe('');
    expect(await plane.stop()).toHaveLength(kept + 1);
  });

  test('a response that runs is cut, one that has not begun is 504', async () => {
    const target = await rawTarget(async (connection, number) => {
      await connection.until();
      if (number === 0) connection.send('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
    });
    const plane = await DataPlane.start({
      parts: shop({ targets: [target.port] }),
      limits: { connectionLifetimeMs: 500 },
    });
    const [running, waiting] = [await plane.client(), await plane.client()];
    running.send(request('GET /running'));
    await target.connection(0);
    waiting.send(request('GET /waiting'));
    await expect(running.response()).rejects.toThrow(CutError);
    const response = await waiting.response();
    expect(response).toMatchObject({ status: 504 });
    expect(response.header('connection')).toBe('close');
    expect(await waiting.ending).toBe('end');
    const records = await plane.stop();
    expect(records).toHaveLength(2);
    for (const record of records) {
      expect(record.failureReason).toBe('ConnectionDurationExceeded');
    }
    await target.close();
  });

  test('an unused one is ended', async () => {
    const plane = await DataPlane.start({
      parts: shop(),
      limits: { connectionLifetimeMs: 300 },
    });
    const client = await plane.client();
    expect(await client.rest()).toBe('');
    expect(await client.ending).toBe('end');
    await plane.stop();
  });
});

describe.concurrent('numbers of connections', () => {
  test('more clients than allowed are turned away and counted', async () => {
    const plane = await DataPlane.start({ parts: shop(), limits: { maxClientConnections: 2 } });
    const [first, second] = [await plane.client(), await plane.client()];
    for (const client of [first, second]) {
      client.send(request('GET /'));
      expect((await client.response()).status).toBe(404);
    }
    const third = await plane.client();
    expect(await third.rest()).toBe('');
    first.destroy();
    await first.closed;
    // Its place is free once the worker has seen it go.
    await expect
      .poll(async () => {
        const fourth = await plane.client();
        fourth.send(request('GET /'));
        return (await fourth.response().catch(() => undefined))?.status;
      })
      .toBe(404);
    await plane.stop();
    expect(plane.totals.refusedConnections).toBeGreaterThan(0);
  });

  test('a VPC that has taken all that it may leaves room for the clients of another', async () => {
    const plane = await DataPlane.start({
      parts: [...shop(), aVpc({ id: 'vpc-2', associationId: 'snva-2' })],
      limits: { maxClientConnections: 4 },
    });
    const statusOf = async (port: number) => {
      const client = await plane.client(port);
      client.send(request('GET /'));
      return (await client.response().catch(() => undefined))?.status;
    };
    const other = await plane.listen('vpc-2');
    const greedy: (number | undefined)[] = [];
    for (let i = 0; i < 4; i += 1) greedy.push(await statusOf(plane.port));
    expect(greedy).toEqual([404, 404, undefined, undefined]);
    expect(await statusOf(other)).toBe(404);
    await plane.stop();
    expect(plane.totals.refusedConnections).toBe(2);
  });

  test('a client of a VPC without an association is turned away', async () => {
    const plane = await DataPlane.start({
      parts: [...shop(), aLoneVpc({ id: 'vpc-2' })],
      limits: { deniedHoldMs: 1 },
    });
    for (const vpcId of ['vpc-2', 'vpc-unknown']) {
      const client = await plane.client(await plane.listen(vpcId));
      client.send(request('GET /'));
      expect(await client.rest()).toBe('');
    }
    expect(await plane.stop()).toEqual([]);
    expect(plane.totals.deniedConnections).toEqual({ 'vpc-2': 1, 'vpc-unknown': 1 });
  });

  test('of unused connections to a target so many are kept, and so long', async () => {
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const target = await httpTarget((_seen, response) => void released.then(() => response.end()));
    const plane = await DataPlane.start({
      parts: shop({ targets: [target.port] }),
      limits: { maxIdlePerTarget: 2, targetIdleMs: 300 },
    });
    const clients = await Promise.all(Array.from({ length: 5 }, () => plane.client()));
    for (const client of clients) client.send(request('GET /'));
    await target.seen(5);
    expect(target.accepted).toBe(5);
    release();
    for (const client of clients) await client.response();
    await expect.poll(() => target.open.size).toBe(2);
    await Promise.all([...target.open].map((socket) => once(socket, 'close')));
    expect((await plane.get('/')).status).toBe(200);
    expect(target.accepted).toBe(6);
    await plane.stop();
    await target.close();
  });

  test('when the worker is closed nothing stays open', async () => {
    const target = await httpTarget();
    const plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
    const client = await plane.client();
    client.send(request('GET /'));
    await client.response();
    await plane.worker.close();
    await client.ending;
    await expect.poll(() => target.open.size).toBe(0);
    await expect(RawClient.connect(plane.port)).rejects.toThrow();
    await plane.stop();
    await target.close();
  });
});

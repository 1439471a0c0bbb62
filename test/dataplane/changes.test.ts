import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import {
  aListener,
  aNetwork,
  aService,
  aTargetGroup,
  aVpc,
} from '../../src/dataplane/sample-parts.ts';
import { DataPlane, request, shop, targetAt } from './data-plane.ts';
import { CutError, RawClient } from './raw-client.ts';
import { type HttpTarget, httpTarget, rawTarget } from './targets.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const started = async (...targets: readonly { port: number; close(): Promise<void> }[]) => {
  const plane = await DataPlane.start({
    parts: shop({ targets: targets.map(({ port }) => port) }),
  });
  closers.push(...targets.map((target) => () => target.close()), () => plane.stop());
  return plane;
};

/** Answers when `release` is called; until then its requests are running. */
const held = async () => {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const target = await httpTarget((seen, response) => {
    void released.then(() => response.end(`held ${seen.url}`));
  });
  return { target, release };
};

const draining = (target: { port: number }, ...others: readonly { port: number }[]) =>
  aTargetGroup({
    targets: [
      targetAt(target.port, { draining: true }),
      ...others.map(({ port }) => targetAt(port)),
    ],
  });

describe('a target that is deregistered', () => {
  test('gets no request after the change was applied; the ones that run finish', async () => {
    const { target, release } = await held();
    const other = await httpTarget((_seen, response) => response.end('other'));
    const plane = await started(target);
    const running = await Promise.all(Array.from({ length: 5 }, () => plane.client()));
    for (const [i, client] of running.entries()) client.send(request(`GET /${i}`));
    await target.seen(5);

    await plane.apply([draining(target, other)]);
    for (let i = 0; i < 20; i++) expect((await plane.get('/')).text).toBe('other');
    expect(target.requests).toHaveLength(5);
    const drained = (message: { type: string }) => message.type === 'drained';
    expect(plane.messages.find(drained)).toBeUndefined();

    release();
    for (const [i, client] of running.entries()) {
      expect((await client.response()).text).toBe(`held /${i}`);
      // The client's connection goes on; what comes next goes elsewhere.
      client.send(request('GET /'));
      expect((await client.response()).text).toBe('other');
    }
    expect(await plane.message(drained)).toEqual({
      type: 'drained',
      targets: [{ groupId: 'tg-1', key: `10.0.0.1/${target.port}` }],
    });
    // Its connections are not kept.
    await expect.poll(() => target.open.size).toBe(0);
  });

  test('without a request is drained at once, and its kept connections are closed', async () => {
    const target = await httpTarget();
    const plane = await started(target);
    await plane.get('/');
    expect(target.open.size).toBe(1);
    const [socket] = [...target.open];
    const closed = once(socket!, 'close');
    await plane.apply([draining(target)]);
    await plane.message((message) => message.type === 'drained');
    await closed;
    expect((await plane.get('/')).status).toBe(503);
  });

  test('and registered again, is used again, and can be drained again', async () => {
    const target = await httpTarget();
    const plane = await started(target);
    for (let i = 1; i <= 3; i++) {
      expect((await plane.get('/')).status).toBe(200);
      await plane.apply([draining(target)]);
      expect((await plane.get('/')).status).toBe(503);
      await plane.apply([aTargetGroup({ targets: [targetAt(target.port)] })]);
      const reports = plane.messages.filter((message) => message.type === 'drained');
      expect(reports).toHaveLength(i);
    }
    expect((await plane.get('/')).status).toBe(200);
  });

  test('under constant load fails nothing', async () => {
    const targets = await Promise.all([httpTarget(), httpTarget(), httpTarget()]);
    const plane = await started(...targets);
    let isOver = false;
    const statuses: number[] = [];
    const loads = Array.from({ length: 8 }, async () => {
      const client = await plane.client();
      while (!isOver) {
        client.send(`${request('POST /', ['Content-Length: 2'])}hi`);
        statuses.push((await client.response()).status);
      }
    });
    for (let round = 0; round < 60; round++) {
      const out = round % 3;
      const group = aTargetGroup({
        targets: targets.flatMap(({ port }, i) => {
          if (i !== out) return [targetAt(port)];
          // Draining first, gone in the next round but one.
          return round % 2 === 0 ? [targetAt(port, { draining: true })] : [];
        }),
      });
      await plane.apply([group]);
      const before = statuses.length;
      await expect.poll(() => statuses.length, { interval: 1 }).toBeGreaterThan(before + 20);
    }
    isOver = true;
    await Promise.all(loads);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const records = await plane.stop();
    expect(records).toHaveLength(statuses.length);
    expect(plane.totals.services['svc-1']).toMatchObject({
      requests: statuses.length,
      status2xx: statuses.length,
    });
  });
});

describe('a target that is gone', () => {
  test('gets nothing more; a request that runs finishes', async () => {
    const { target, release } = await held();
    const plane = await started(target);
    const client = await plane.client();
    client.send(request('GET /running'));
    await target.seen(1);
    await plane.apply([aTargetGroup({ targets: [] })]);
    expect((await plane.get('/')).status).toBe(503);
    release();
    expect((await client.response()).text).toBe('held /running');
    await expect.poll(() => target.open.size).toBe(0);
    expect(target.requests).toHaveLength(1);
  });

  test('to another address takes its requests there', async () => {
    const [before, after] = await Promise.all([httpTarget(), httpTarget()]);
    const plane = await started(before);
    await plane.get('/');
    const moved = targetAt(before.port, { dial: { host: '127.0.0.1', port: after.port } });
    closers.push(() => after.close());
    await plane.apply([aTargetGroup({ targets: [moved] })]);
    await plane.get('/');
    expect([before.requests.length, after.requests.length]).toEqual([1, 1]);
    await expect.poll(() => before.open.size).toBe(0);
  });
});

describe('what changes between two requests of a connection counts for the second', () => {
  const fixed = aService({
    listeners: [aListener({ defaultAction: { type: 'fixed', statusCode: 500 } })],
  });

  test.each([
    { name: 'the action', upsert: [fixed], remove: [], status: 500 },
    { name: 'the service goes', upsert: [], remove: ['service/svc-1'], status: 404 },
    { name: 'its association goes', upsert: [], remove: ['membership/snsa-1'], status: 404 },
    { name: 'the target group goes', upsert: [], remove: ['targetGroup/tg-1'], status: 503 },
  ])('$name', async ({ upsert, remove, status }) => {
    const target = await httpTarget();
    const plane = await started(target);
    const client = await plane.client();
    client.send(request('GET /'));
    expect((await client.response()).status).toBe(200);
    await plane.apply(upsert, remove);
    client.send(request('GET /'));
    expect((await client.response()).status).toBe(status);
  });

  test('a request that runs keeps what it began with', async () => {
    const { target, release } = await held();
    const plane = await started(target);
    const client = await plane.client();
    client.send(request('GET /1'));
    await target.seen(1);
    await plane.apply([fixed], ['targetGroup/tg-1', 'membership/snsa-1']);
    release();
    expect((await client.response()).text).toBe('held /1');
    expect(await plane.stop()).toMatchObject([
      { responseCode: 200, targetGroupArn: expect.stringContaining('tg-1') },
    ]);
  });
});

test('sockets are prepared where a service has targets, before anybody asks for them', async () => {
  const prepared: string[] = [];
  const plane = await DataPlane.start({
    parts: [...shop(), aTargetGroup({ id: 'tg-2', used: false })],
    prepare: (vpcId, family) => void prepared.push(`${vpcId} IPv${family}`),
  });
  expect(prepared).toEqual([]);
  const six = { ...targetAt(8080), key: 'six', dial: { host: 'fd00::1', port: 8080 } };
  await plane.apply([aTargetGroup({ targets: [targetAt(8080), six] })]);
  expect(prepared).toEqual(['vpc-9 IPv4', 'vpc-9 IPv6']);
  await plane.stop();
});

describe('when the association of a VPC goes', () => {
  const { networkId: _1, associationId: _2, ...unassociated } = aVpc();
  test.each([
    { name: 'the VPC without it', upsert: [unassociated], remove: [] },
    { name: 'the VPC', upsert: [], remove: ['vpc/vpc-1'] },
    { name: 'the service network', upsert: [], remove: ['network/sn-1'] },
    {
      name: 'to another service network',
      upsert: [aNetwork({ id: 'sn-2' }), aVpc({ networkId: 'sn-2' })],
      remove: [],
    },
  ])('its connections are closed, running requests included: $name', async ({ upsert, remove }) => {
    const { target } = await held();
    const plane = await started(target);
    const [unused, running] = [await plane.client(), await plane.client()];
    unused.send('GET / HTTP/1.1\r\nHost: nobody.example\r\n\r\n');
    await unused.response();
    running.send(request('GET /'));
    await target.seen(1);
    await plane.apply(upsert, remove);
    expect(await unused.rest()).toBe('');
    await expect(running.response()).rejects.toThrow(CutError);
    // The target is let go, too.
    await expect.poll(() => target.open.size).toBe(0);
    const records = await plane.stop();
    expect(records).toHaveLength(2);
    expect(records[1]).toMatchObject({ responseCode: 0, failureReason: 'ClientConnectionClosed' });
  });

  test('other VPCs notice nothing, and a new association works', async () => {
    const target = await httpTarget();
    const plane = await started(target);
    await plane.apply([aVpc({ id: 'vpc-2' })]);
    const other = await plane.client(await plane.listen('vpc-2'));
    const client = await plane.client();
    for (const one of [client, other]) {
      one.send(request('GET /'));
      expect((await one.response()).status).toBe(200);
    }
    await plane.apply([unassociated]);
    await client.ending;
    other.send(request('GET /'));
    expect((await other.response()).status).toBe(200);
    await plane.apply([aVpc()]);
    expect((await plane.get('/')).status).toBe(200);
  });

  test('a change of the network that is none for the VPC closes nothing', async () => {
    const plane = await started();
    const client = await plane.client();
    client.send(request('GET /'));
    await client.response();
    await plane.apply([aNetwork({ authType: 'AWS_IAM' })]);
    client.send(request('GET /'));
    expect((await client.response()).status).toBe(403);
  });
});

describe('worker.drain', () => {
  const drain = (plane: DataPlane) => plane.send({ type: 'drain' });

  test('finishes what runs, ends what does not, accepts nothing, and then ends', async () => {
    const { target, release } = await held();
    const plane = await started(target);
    const [unused, running, sending] = [
      await plane.client(),
      await plane.client(),
      await plane.client(),
    ];
    unused.send('GET / HTTP/1.1\r\nHost: nobody.example\r\n\r\n');
    await unused.response();
    running.send(request('GET /running') + request('GET /too-late'));
    sending.send(`${request('POST /sending', ['Content-Length: 4'])}bo`);
    await target.seen(2);

    drain(plane);
    expect(await unused.rest()).toBe('');
    unused.end();
    await expect(RawClient.connect(plane.port)).rejects.toThrow();
    sending.send('dy');
    release();
    for (const client of [running, sending]) {
      const response = await client.response();
      expect(response.status).toBe(200);
      expect(response.header('connection')).toBe('close');
      expect(await client.rest()).toBe('');
      client.end();
    }
    await plane.ended;
    expect(target.requests.map(({ url }) => url).sort()).toEqual(['/running', '/sending']);
    expect(target.requests.every(({ complete }) => complete)).toBe(true);
    expect(await plane.stop()).toHaveLength(3);
  });

  test('a request of which a part has come is answered', async () => {
    const plane = await started();
    const client = await plane.client();
    const head = request('GET /');
    client.send(head.slice(0, 10));
    const second = await plane.client();
    second.send('GET / HTTP/1.1\r\nHost: nobody.example\r\n\r\n');
    await second.response();
    drain(plane);
    second.end();
    await second.ending;
    client.send(head.slice(10));
    const response = await client.response();
    expect(response.status).toBe(503);
    expect(response.header('connection')).toBe('close');
    client.end();
    await plane.ended;
  });

  test('a response that streams goes on to its end', async () => {
    const target = await rawTarget(async (connection) => {
      await connection.until();
      connection.send('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n');
    });
    const plane = await started(target);
    const client = await plane.client();
    client.send(request('GET /'));
    await expect.poll(() => client.unread).toContain('half');
    drain(plane);
    const connection = await target.connection(0);
    connection.send('4\r\nrest\r\n0\r\n\r\n');
    expect((await client.response()).text).toBe('halfrest');
    expect(await client.ending).toBe('end');
    client.end();
    await plane.ended;
  });

  test('with nobody connected ends at once', async () => {
    const plane = await started();
    drain(plane);
    await plane.ended;
  });

  test('closes the connections that were kept to targets', async () => {
    const target: HttpTarget = await httpTarget();
    const plane = await started(target);
    await plane.get('/');
    drain(plane);
    await plane.ended;
    await expect.poll(() => target.open.size).toBe(0);
  });
});

import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type BoundHandle, bindSocket } from '../bind-socket.ts';
import { NetnsDialer } from './netns-dialer.ts';

interface Ask {
  readonly vpcId: string;
  readonly family: 4 | 6;
  readonly count: number;
}

/** Sockets of this machine stand for those of a VPC. */
const setUp = async (mostKept = 16) => {
  const server = createServer((socket) =>
    socket.on('error', () => {}).end(String(socket.remotePort)),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const asked: Ask[] = [];
  const dialer = new NetnsDialer({
    descriptors: 8 * mostKept,
    ask: (vpcId, family, count) => void asked.push({ vpcId, family, count }),
  });
  onTestFinished(() => dialer.close());
  const open = () => bindSocket('127.0.0.1', 0) as { handle: BoundHandle; port: number };
  const give = (count: number, vpcId = 'vpc-1') =>
    Array.from({ length: count }, () => {
      const { handle, port } = open();
      dialer.take(vpcId, 4, handle);
      return port;
    });
  const { port } = server.address() as AddressInfo;
  const dial = (vpcId: string | undefined = 'vpc-1') =>
    // Those that a test leaves are cut off at its end.
    dialer
      .dial({ host: '127.0.0.1', port }, vpcId)
      .setEncoding('utf8')
      .on('error', () => {});
  return { dialer, asked, give, dial };
};

describe('dialling with sockets of others', () => {
  test('the first connection asks for some and waits, later ones take from the stock', async () => {
    const { asked, give, dial } = await setUp();
    const first = dial();
    expect(asked).toEqual([{ vpcId: 'vpc-1', family: 4, count: 9 }]);
    const ports = give(3);
    expect(await once(first, 'data')).toEqual([String(ports[0])]);
    expect(await once(dial(), 'data')).toEqual([String(ports[2])]);
  });

  test('who prepares has a stock before the first connection, and asks for it once', async () => {
    const { dialer, asked, give, dial } = await setUp();
    dialer.prepare('vpc-1', 4);
    dialer.prepare('vpc-1', 4);
    expect(asked).toEqual([{ vpcId: 'vpc-1', family: 4, count: 16 }]);
    const ports = give(16);
    dialer.cutOff();
    expect(await once(dial(), 'data')).toEqual([String(ports[15])]);
  });

  test('stock is asked for before it is used up, and not twice', async () => {
    const { asked, give, dial } = await setUp();
    dial();
    give(9);
    expect(asked[1]).toEqual({ vpcId: 'vpc-1', family: 4, count: 8 });
    give(8);
    expect(asked).toHaveLength(2);
    for (let i = 0; i < 7; i += 1) dial();
    expect(asked).toHaveLength(2);
    dial();
    expect(asked[2]).toEqual({ vpcId: 'vpc-1', family: 4, count: 8 });
    dial();
    expect(asked).toHaveLength(3);
  });

  test('a large stock comes little by little', async () => {
    const { asked, give, dial } = await setUp(1000);
    dial();
    const total = () => asked.reduce((sum, { count }) => sum + count, 0);
    for (let come = 0; come < total(); ) come += give(asked.at(-1)!.count).length;
    expect(Math.max(...asked.map(({ count }) => count))).toBe(64);
    expect(total()).toBe(1 + 512);
  });

  test.each([
    { name: 'an eighth of the descriptors', descriptors: 1024, most: 128 },
    { name: '2,048 however many there are', descriptors: Number.POSITIVE_INFINITY, most: 2048 },
  ])('all VPCs together keep $name', ({ descriptors, most }) => {
    let kept = 0;
    const wanted: Ask[] = [];
    const dialer = new NetnsDialer({
      descriptors,
      ask: (vpcId, family, count) => void wanted.push({ vpcId, family, count }),
    });
    for (let vpc = 0; vpc < 8; vpc += 1) dialer.prepare(`vpc-${vpc}`, 4);
    const close = () => {
      kept -= 1;
    };
    const handle = { getsockname: () => 0, close };
    for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) {
      kept += next.count;
      for (let i = 0; i < next.count; i += 1) dialer.take(next.vpcId, next.family, handle);
    }
    expect(kept).toBe(most);
    dialer.close();
    expect(kept).toBe(0);
  });

  test('VPCs share what may be kept, and fill up in turn', async () => {
    const { asked, give, dial } = await setUp(32);
    dial('vpc-1');
    dial('vpc-2');
    give(9, 'vpc-1');
    expect(asked).toHaveLength(2);
    give(9, 'vpc-2');
    expect(asked.slice(2)).toEqual([{ vpcId: 'vpc-1', family: 4, count: 8 }]);
    give(8, 'vpc-1');
    expect(asked.slice(3)).toEqual([{ vpcId: 'vpc-2', family: 4, count: 8 }]);
    give(8, 'vpc-2');
    expect(asked).toHaveLength(4);
  });

  test('what others have too much makes room for one more VPC', async () => {
    const { dialer, give, dial } = await setUp(16);
    dial('vpc-1');
    give(17, 'vpc-1');
    dial('vpc-2');
    dialer.cutOff();
    for (let i = 0; i < 8; i += 1) await once(dial('vpc-1'), 'data');
    const [error] = await once(dial('vpc-1'), 'error');
    expect(error.message).toBe('nobody is there to make a socket in the VPC');
  });

  test('what comes for a VPC that was deleted is closed', async () => {
    const { dialer, dial } = await setUp();
    dial();
    dialer.forget('vpc-1');
    let isClosed = false;
    dialer.take('vpc-1', 4, {
      getsockname: () => 0,
      close: () => {
        isClosed = true;
      },
    });
    expect(isClosed).toBe(true);
  });

  test('many connections at once are asked for together as far as one answer goes', async () => {
    const { asked, dial } = await setUp();
    for (let i = 0; i < 100; i += 1) dial();
    const total = asked.reduce((sum, { count }) => sum + count, 0);
    expect(total).toBeGreaterThanOrEqual(100);
    expect(total).toBeLessThanOrEqual(108);
  });

  test('a socket for who gave up waiting goes to the next', async () => {
    const { give, dial } = await setUp();
    const impatient = dial();
    const patient = dial();
    impatient.destroy();
    const [port] = give(1);
    expect(await once(patient, 'data')).toEqual([String(port)]);
  });

  test('VPCs have their own sockets', async () => {
    const { give, dial } = await setUp();
    const one = dial('vpc-1');
    const two = dial('vpc-2');
    const [second] = give(1, 'vpc-2');
    const [first] = give(1, 'vpc-1');
    expect(await once(one, 'data')).toEqual([String(first)]);
    expect(await once(two, 'data')).toEqual([String(second)]);
  });

  test.each([
    {
      name: 'no socket can be made',
      happens: (dialer: NetnsDialer) => dialer.take('vpc-1', 4, undefined),
      code: 'ENOBUFS',
      message: 'no socket can be made in the VPC',
    },
    {
      name: 'the VPC is deleted',
      happens: (dialer: NetnsDialer) => dialer.forget('vpc-1'),
      code: 'ENETUNREACH',
      message: 'the VPC was deleted',
    },
    {
      name: 'who makes sockets is gone',
      happens: (dialer: NetnsDialer) => dialer.cutOff(),
      code: 'ENOBUFS',
      message: 'nobody is there to make a socket in the VPC',
    },
  ])('who waits is told when $name', async ({ happens, code, message }) => {
    const { dialer, dial } = await setUp();
    const socket = dial();
    happens(dialer);
    const [error] = await once(socket, 'error');
    expect(error).toMatchObject({ code, message });
  });

  test('what is in stock is used when who makes sockets is gone', async () => {
    const { dialer, give, dial } = await setUp();
    const first = dial();
    const ports = give(2);
    await once(first, 'data');
    dialer.cutOff();
    expect(await once(dial(), 'data')).toEqual([String(ports[1])]);
    const [error] = await once(dial(), 'error');
    expect(error.message).toBe('nobody is there to make a socket in the VPC');
  });

  test('nothing of it is given up for a VPC that nobody can dial into any more', async () => {
    const { dialer, give, dial } = await setUp(16);
    const first = dial('vpc-1');
    give(17, 'vpc-1');
    await once(first, 'data');
    dialer.cutOff();
    await once(dial('vpc-2'), 'error');
    for (let i = 0; i < 16; i += 1) await once(dial('vpc-1'), 'data');
  });

  test('after a failure the next connection asks again', async () => {
    const { dialer, asked, dial } = await setUp();
    const failed = dial();
    dialer.take('vpc-1', 4, undefined);
    await once(failed, 'error');
    dial();
    expect(asked).toHaveLength(2);
  });

  test('a target without a VPC is reached by nobody', async () => {
    const { dialer } = await setUp();
    const [error] = await once(dialer.dial({ host: '10.0.0.1', port: 80 }, undefined), 'error');
    expect(error.message).toBe('a target without a VPC cannot be reached');
  });
});

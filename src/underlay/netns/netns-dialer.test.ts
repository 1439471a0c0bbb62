import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type BoundHandle, bindSocket } from '../bind-socket.ts';
import type { SocketBatch } from '../underlay.ts';
import { NetnsDialer } from './netns-dialer.ts';

/** Sockets of this machine stand for those of a VPC. */
const setUp = async (mostKept = 16) => {
  const server = createServer((socket) =>
    socket.on('error', () => {}).end(String(socket.remotePort)),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const asked: Omit<SocketBatch, 'batch'>[] = [];
  /** Batches that are not over, and how many of each are to be given. */
  const open: (SocketBatch & { left: number })[] = [];
  const dialer = new NetnsDialer({
    descriptors: 8 * mostKept,
    ask: ({ batch, ...wanted }) => {
      asked.push(wanted);
      open.push({ batch, ...wanted, left: wanted.count });
    },
  });
  onTestFinished(() => dialer.close());
  /** What becomes of the next ones that were asked for; a batch is over after its last. */
  const goOn = <T>(count: number, vpcId: string, become: (batch: number) => T): T[] =>
    Array.from({ length: count }, () => {
      const batch = open.find((one) => one.vpcId === vpcId)!;
      const result = become(batch.batch);
      batch.left -= 1;
      if (batch.left === 0) {
        open.splice(open.indexOf(batch), 1);
        dialer.batchOver(batch.batch);
      }
      return result;
    });
  const give = (count: number, vpcId = 'vpc-1') =>
    goOn(count, vpcId, (batch) => {
      const { handle, port } = bindSocket('127.0.0.1', 0) as { handle: BoundHandle; port: number };
      dialer.take(batch, handle);
      return port;
    });
  const lose = (count: number, vpcId = 'vpc-1') => void goOn(count, vpcId, () => {});
  const underWay = () => open.reduce((sum, { count }) => sum + count, 0);
  const { port } = server.address() as AddressInfo;
  const dial = (vpcId: string | undefined = 'vpc-1') =>
    // Those that a test leaves are cut off at its end.
    dialer
      .dial({ host: '127.0.0.1', port }, vpcId)
      .setEncoding('utf8')
      .on('error', () => {});
  return { dialer, asked, give, lose, underWay, dial };
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
    expect(Math.max(...asked.map(({ count }) => count))).toBe(32);
    // Not for the last few.
    expect(total()).toBeGreaterThan(1 + 512 - 32);
    expect(total()).toBeLessThanOrEqual(1 + 512);
  });

  test.each([
    { name: 'an eighth of the descriptors', descriptors: 1024, most: 128 },
    { name: '2,048 however many there are', descriptors: Number.POSITIVE_INFINITY, most: 2048 },
  ])('all VPCs together keep $name', ({ descriptors, most }) => {
    let kept = 0;
    const wanted: SocketBatch[] = [];
    const dialer = new NetnsDialer({
      descriptors,
      ask: (batch) => void wanted.push(batch),
    });
    for (let vpc = 0; vpc < 8; vpc += 1) dialer.prepare(`vpc-${vpc}`, 4);
    const close = () => {
      kept -= 1;
    };
    const handle = { getsockname: () => 0, close };
    for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) {
      kept += next.count;
      for (let i = 0; i < next.count; i += 1) dialer.take(next.batch, handle);
      dialer.batchOver(next.batch);
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

  test('what comes for a VPC that was deleted is closed, though it has a network again', async () => {
    const { dialer, asked, lose, dial } = await setUp();
    dial();
    dialer.forget('vpc-1');
    dial();
    let isClosed = false;
    dialer.take(1, {
      getsockname: () => 0,
      close: () => {
        isClosed = true;
      },
    });
    expect(isClosed).toBe(true);
    // Those of the network that is gone are under way until their batch is over, and no longer.
    lose(9);
    for (let i = 0; i < 100; i += 1) dial();
    expect(asked.slice(1).reduce((sum, { count }) => sum + count, 0)).toBe(64);
  });

  test('however many connections wait, at most 64 sockets are under way, and all get one', async () => {
    const { give, underWay, dial } = await setUp();
    const sockets = Array.from({ length: 200 }, () => dial());
    const connected = Promise.all(sockets.map((socket) => once(socket, 'data')));
    let most = 0;
    for (; underWay() > 0; give(1)) most = Math.max(most, underWay());
    expect(most).toBe(64);
    await connected;
  });

  test('VPCs whose connections wait have their turns, however many wait in one', async () => {
    const { asked, give, dial } = await setUp();
    for (let i = 0; i < 1000; i += 1) dial('vpc-1');
    dial('vpc-2');
    dial('vpc-3');
    const before = asked.length;
    give(asked[0]!.count, 'vpc-1');
    give(asked[1]!.count, 'vpc-1');
    const turns = asked.slice(before).map(({ vpcId }) => vpcId);
    expect(turns).toEqual(expect.arrayContaining(['vpc-2', 'vpc-3']));
  });

  test('one more than 1,024 that wait in a VPC fails at once, and not in another', async () => {
    const { asked, give, dial } = await setUp();
    const waiting = Array.from({ length: 1024 }, () => dial('vpc-1'));
    const [error] = await once(dial('vpc-1'), 'error');
    expect(error).toMatchObject({
      code: 'ENOBUFS',
      message: 'too many connections wait for a socket in the VPC',
    });
    const other = dial('vpc-2');
    while (!asked.some(({ vpcId }) => vpcId === 'vpc-2')) give(1, 'vpc-1');
    give(1, 'vpc-2');
    await once(other, 'data');
    for (const socket of waiting) socket.destroy();
  });

  test('who gave up waiting keeps nobody from it', async () => {
    const { dialer, dial } = await setUp();
    const impatient = Array.from({ length: 1024 }, () => dial())[512]!;
    impatient.destroy();
    await once(impatient, 'close');
    const instead = once(dial(), 'error');
    const [tooMany] = await once(dial(), 'error');
    expect(tooMany.message).toBe('too many connections wait for a socket in the VPC');
    dialer.cutOff();
    const [cutOff] = await instead;
    expect(cutOff.message).toBe('nobody is there to make a socket in the VPC');
  });

  test('sockets that are lost on their way are asked for again by who waits', async () => {
    const { asked, give, lose, dial } = await setUp();
    const sockets = [dial(), dial()];
    lose(7);
    const [port] = give(1);
    expect(await once(sockets[0]!, 'data')).toEqual([String(port)]);
    expect(asked).toHaveLength(1);
    lose(1);
    expect(asked[1]).toEqual({ vpcId: 'vpc-1', family: 4, count: 9 });
    const [second] = give(1);
    expect(await once(sockets[1]!, 'data')).toEqual([String(second)]);
  });

  test('who waits is told when all are lost, nothing more is asked for then, and later all is well', async () => {
    const { asked, give, lose, dial } = await setUp();
    const socket = dial();
    const other = dial('vpc-2');
    lose(9);
    const [error] = await once(socket, 'error');
    expect(error).toMatchObject({ code: 'ENOBUFS', message: 'no socket can be had in the VPC' });
    give(9, 'vpc-2');
    await once(other, 'data');
    expect(asked).toHaveLength(2);
    dial();
    const ports = give(9);
    expect(await once(dial(), 'data')).toEqual([String(ports.at(-1))]);
  });

  test('of many that wait as many fail as a batch had, and the others go on', async () => {
    const { asked, give, lose, dial } = await setUp();
    const sockets = Array.from({ length: 100 }, () => dial());
    const failed = Promise.all(sockets.slice(0, 9).map((socket) => once(socket, 'error')));
    expect(asked[0]?.count).toBe(9);
    lose(9);
    await failed;
    const connected = Promise.all(sockets.slice(9).map((socket) => once(socket, 'data')));
    give(91);
    await connected;
  });

  test('sockets only to be kept are not asked for again and again when they are lost', async () => {
    const { dialer, asked, give, lose } = await setUp(32);
    dialer.prepare('vpc-1', 4);
    dialer.prepare('vpc-2', 4);
    lose(32, 'vpc-1');
    give(16, 'vpc-2');
    expect(asked.map(({ vpcId, count }) => [vpcId, count])).toEqual([
      ['vpc-1', 32],
      ['vpc-2', 16],
    ]);
    dialer.prepare('vpc-1', 4);
    expect(asked.at(-1)).toEqual({ vpcId: 'vpc-1', family: 4, count: 16 });
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
      happens: (dialer: NetnsDialer) => dialer.batchOver(1),
      code: 'ENOBUFS',
      message: 'no socket can be had in the VPC',
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
    const { asked, lose, dial } = await setUp();
    const failed = dial();
    lose(9);
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

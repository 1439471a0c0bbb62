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
const setUp = async () => {
  const server = createServer((socket) =>
    socket.on('error', () => {}).end(String(socket.remotePort)),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const asked: Ask[] = [];
  const dialer = new NetnsDialer({
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

  test('stock is asked for before it is used up, and not twice', async () => {
    const { asked, give, dial } = await setUp();
    dial();
    give(9);
    asked.length = 0;
    for (let i = 0; i < 4; i += 1) dial();
    expect(asked).toEqual([{ vpcId: 'vpc-1', family: 4, count: 4 }]);
    dial();
    expect(asked).toHaveLength(1);
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
      message: 'no socket can be made in the VPC',
    },
    {
      name: 'the VPC is deleted',
      happens: (dialer: NetnsDialer) => dialer.forget('vpc-1'),
      message: 'the VPC was deleted',
    },
    {
      name: 'who makes sockets is gone',
      happens: (dialer: NetnsDialer) => dialer.cutOff(),
      message: 'nobody is there to make a socket in the VPC',
    },
  ])('who waits is told when $name', async ({ happens, message }) => {
    const { dialer, dial } = await setUp();
    const socket = dial();
    happens(dialer);
    const [error] = await once(socket, 'error');
    expect(error).toMatchObject({ code: 'ENETUNREACH', message });
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

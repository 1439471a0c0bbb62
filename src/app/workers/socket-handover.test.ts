import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ToWorker } from '../../snapshot/feed.ts';
import { type BoundHandle, bindSocket } from '../../underlay/bind-socket.ts';
import { NetnsDialer } from '../../underlay/netns/netns-dialer.ts';
import { SocketHandover } from './socket-handover.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A channel from which sockets leave when the test says so. */
const setUp = () => {
  const made: [string, number][] = [];
  const told: ToWorker[] = [];
  const failures: [string, string][] = [];
  const waiting: (() => void)[] = [];
  let number = 0;
  const handover = new SocketHandover({
    link: {
      give: (message) => {
        told.push(message);
        return new Promise((resolve) => waiting.push(resolve));
      },
      channel: {
        send: (message) => void told.push(message),
        receive: () => {},
        onClose: () => {},
        close: () => {},
      },
    },
    open: (vpcId, _family, count) => {
      if (vpcId === 'vpc-gone') throw new Error('no such network');
      made.push([vpcId, count]);
      return Array.from({ length: count }, () => ({ getsockname: () => 0, close: () => {} }));
    },
    onFailure: (vpcId, error) => void failures.push([vpcId, error.message]),
  });
  const want = (count: number, vpcId = 'vpc-1') => {
    number += 1;
    handover.want({ batch: number, vpcId, family: 4, count });
  };
  const leave = async (count: number) => {
    for (const resolve of waiting.splice(0, count)) resolve();
    await turn();
  };
  const over = () =>
    told.flatMap((message) => (message.type === 'socketsOver' ? [message.batch] : []));
  return { made, told, failures, want, leave, over };
};

describe('handing sockets over', () => {
  test('the next are made when those before have left, in the order in which they were asked for', async () => {
    const { made, want, leave, over } = setUp();
    want(2, 'vpc-1');
    want(1, 'vpc-2');
    expect(made).toEqual([['vpc-1', 2]]);
    await leave(1);
    expect(made).toHaveLength(1);
    expect(over()).toEqual([]);
    await leave(1);
    expect(made).toEqual([
      ['vpc-1', 2],
      ['vpc-2', 1],
    ]);
    expect(over()).toEqual([1]);
    await leave(1);
    expect(over()).toEqual([1, 2]);
  });

  test('the end of a batch is told after its sockets', async () => {
    const { told, want, leave } = setUp();
    want(2);
    await leave(2);
    expect(told).toEqual([
      { type: 'socket', batch: 1 },
      { type: 'socket', batch: 1 },
      { type: 'socketsOver', batch: 1 },
    ]);
  });

  test('a batch of which none can be made is over at once, and the next goes on', async () => {
    const { made, failures, want, leave, over } = setUp();
    want(4, 'vpc-gone');
    want(1);
    await leave(0);
    expect(failures).toEqual([['vpc-gone', 'no such network']]);
    expect(over()).toEqual([1]);
    expect(made).toEqual([['vpc-1', 1]]);
  });

  test.each([
    { name: 'more than 64 together', counts: [64, 1] },
    { name: 'more than 64 in one batch', counts: [60, 5] },
    { name: 'none', counts: [64, 0] },
    { name: 'less than none', counts: [64, -100] },
    { name: 'what is no number', counts: [64, Number.NaN] },
  ])('a worker that asks for $name does not get it', async ({ counts }) => {
    const { made, want, leave, over } = setUp();
    for (const count of counts) want(count);
    await leave(64);
    await leave(64);
    expect(made).toEqual([['vpc-1', counts[0]]]);
    expect(over()).toEqual([1]);
    // As many again when these are over.
    want(64);
    expect(made).toHaveLength(2);
  });
});

test('whichever sockets are lost on their way, each connection comes to be or fails, and later ones come to be', async () => {
  const server = createServer((socket) => socket.on('error', () => {}).end('here'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;

  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 400, maxLength: 600 }), async (losses) => {
      const dialer: NetnsDialer = new NetnsDialer({
        descriptors: 64,
        ask: (wanted) => setImmediate(() => handover.want(wanted)),
      });
      const handover = new SocketHandover({
        link: {
          give: async (message, socket) => {
            if (losses.shift()) socket.close();
            else receive(message, socket);
          },
          channel: {
            send: (message) => receive(message),
            receive: () => {},
            onClose: () => {},
            close: () => {},
          },
        },
        open: (_vpcId, _family, count) =>
          Array.from({ length: count }, () => bindSocket('127.0.0.1', 0)!.handle as BoundHandle),
        onFailure: () => {},
      });
      const receive = (message: ToWorker, socket?: BoundHandle) => {
        if (message.type === 'socket') dialer.take(message.batch, socket!);
        if (message.type === 'socketsOver') dialer.batchOver(message.batch);
      };
      const dial = async (vpcId: string) => {
        const socket = dialer.dial({ host: '127.0.0.1', port }, vpcId);
        try {
          return String((await once(socket, 'data'))[0]);
        } catch (error) {
          return (error as NodeJS.ErrnoException).code;
        } finally {
          socket.destroy();
        }
      };
      const outcomes = await Promise.all(
        Array.from({ length: 300 }, (_, index) => dial(`vpc-${index % 3}`)),
      );
      expect(outcomes.every((outcome) => outcome === 'here' || outcome === 'ENOBUFS')).toBe(true);
      losses.length = 0;
      for (const vpcId of ['vpc-0', 'vpc-1', 'vpc-2']) expect(await dial(vpcId)).toBe('here');
      dialer.close();
    }),
    { numRuns: 10 },
  );
});

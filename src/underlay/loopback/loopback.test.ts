import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Entrance } from '../underlay.ts';
import { underlaySuite } from '../underlay-suite.ts';
import { dialLoopback, LoopbackUnderlay } from './loopback.ts';

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

underlaySuite('loopback underlay', async () => {
  const target = createServer((socket) =>
    socket.on('error', () => {}).end(String(socket.remoteAddress)),
  );
  target.listen(0, '127.0.0.1');
  await once(target, 'listening');
  return {
    underlay: new LoopbackUnderlay({ basePort: 0 }),
    dialer: { dial: dialLoopback },
    vpcId: 'vpc-1',
    peer: '127.0.0.1',
    listen: async () => ({ host: '127.0.0.1', port: portOf(target) }),
    connect: ({ port }) =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1').setEncoding('utf8');
        socket.on('data', resolve);
        socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve(String(code)));
      }),
    stop: async () => void target.close(),
  };
});

const listen = async (port: number): Promise<Server> => {
  const server = createServer((socket) => socket.end());
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return server;
};

const keep = (entrance: Entrance): Entrance => {
  onTestFinished(() => entrance.close());
  return entrance;
};

/** Any port that was free a moment ago. */
const freePort = async (): Promise<number> => {
  const server = await listen(0);
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
};

describe('ports of the loopback underlay', () => {
  test('are taken one after the other, and those that are busy are skipped', async () => {
    const basePort = await freePort();
    const busy = await listen(basePort).catch(() => undefined);
    const underlay = new LoopbackUnderlay({ basePort, portCount: 50 });
    const first = keep(underlay.open('vpc-1'));
    const second = keep(underlay.open('vpc-2'));
    expect(busy?.listening).toBe(true);
    expect(first.port).toBeGreaterThan(basePort);
    expect(second.port).toBeGreaterThan(first.port);
  });

  test('when none is left it says so', async () => {
    const port = portOf(await listen(0));
    const underlay = new LoopbackUnderlay({ basePort: port, portCount: 1 });
    expect(() => underlay.open('vpc-1')).toThrow(/no free port from .* --portal-port/);
  });
});

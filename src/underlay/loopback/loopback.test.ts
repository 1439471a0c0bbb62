import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Entrance } from '../underlay.ts';
import { dialLoopback, LoopbackUnderlay } from './loopback.ts';

const listen = async (on: number | Entrance): Promise<Server> => {
  const server = createServer((socket) => socket.end('hello'));
  if (typeof on === 'number') {
    server.listen(on, '127.0.0.1');
  } else {
    server.listen(on.handle as object);
  }
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return server;
};

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

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

describe('loopback underlay', () => {
  test('an entrance accepts where someone listens on it', async () => {
    const entrance = keep(new LoopbackUnderlay({ basePort: 0 }).open('vpc-1'));
    await listen(entrance);
    const socket = dialLoopback({ host: '127.0.0.1', port: entrance.port }, 'vpc-1');
    const [text] = await once(socket.setEncoding('utf8'), 'data');
    expect(text).toBe('hello');
  });

  test('nobody accepts before someone listens', async () => {
    const entrance = keep(new LoopbackUnderlay({ basePort: 0 }).open('vpc-1'));
    const [error] = await once(connect(entrance.port, '127.0.0.1'), 'error');
    expect(error.code).toBe('ECONNREFUSED');
  });

  test('ports are taken one after the other, and those that are busy are skipped', async () => {
    const basePort = await freePort();
    const busy = await listen(basePort).catch(() => undefined);
    const underlay = new LoopbackUnderlay({ basePort, portCount: 50 });
    const first = keep(underlay.open('vpc-1'));
    const second = keep(underlay.open('vpc-2'));
    expect(busy?.listening).toBe(true);
    expect(first.port).toBeGreaterThan(basePort);
    expect(second.port).toBeGreaterThan(first.port);
  });

  test('a wanted port that is busy is refused', async () => {
    const port = portOf(await listen(0));
    expect(() => new LoopbackUnderlay({ basePort: 0 }).open('vpc-1', port)).toThrow(
      `port ${port} on 127.0.0.1 is in use`,
    );
  });

  test('a port can be had again once its entrance is closed, by closing it once', async () => {
    const underlay = new LoopbackUnderlay({ basePort: 0 });
    const before = underlay.open('vpc-1');
    before.close();
    const after = keep(underlay.open('vpc-2', before.port));
    before.close();
    await listen(after);
    expect(after.port).toBe(before.port);
  });

  test('when no port is left it says so', async () => {
    const port = portOf(await listen(0));
    const underlay = new LoopbackUnderlay({ basePort: port, portCount: 1 });
    expect(() => underlay.open('vpc-1')).toThrow(/no free port from .* --portal-port/);
  });
});

test('an address that cannot even be tried fails on the socket, not in the caller', async () => {
  const socket = dialLoopback({ host: '127.0.0.1', port: 65_536 }, undefined);
  const [error] = await once(socket, 'error');
  expect(error).toMatchObject({ code: 'ERR_SOCKET_BAD_PORT' });
});

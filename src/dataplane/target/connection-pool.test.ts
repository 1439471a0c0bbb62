import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseRequestHead } from '../http1/request-head.ts';
import { type DataPlaneLimits, DEFAULT_LIMITS } from '../limits.ts';
import { SharedRoom } from '../shared-room.ts';
import { Sweeper } from '../sweeper.ts';
import { WayLines } from '../way-lines.ts';
import { ConnectionPool } from './connection-pool.ts';
import type { TargetFailure, TargetSide, TargetUser } from './target-side.ts';

const HEAD = 'GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n';

/** Sends a request as soon as it can, and tells how its exchange ended. */
class User implements TargetUser {
  readonly ended: Promise<'end' | TargetFailure>;
  #end: (how: 'end' | TargetFailure) => void = () => {};
  readonly #connection: TargetSide;

  constructor(connection: TargetSide) {
    this.#connection = connection;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    connection.begin(this);
  }

  targetReady(): void {
    const head = parseRequestHead(HEAD, 0, HEAD.length, 1)!;
    this.#connection.requestHead(head, '10.0.0.9', 'id', '', new WayLines('\r\n\r\n'));
    this.#connection.flush();
  }
  targetHead(): boolean {
    return false;
  }
  targetEnd(): boolean {
    this.#end('end');
    return true;
  }
  targetFailed(failure: TargetFailure): void {
    this.#end(failure);
  }
  failed(): void {}
  targetInterim(): void {}
  targetPause(): void {}
  targetDrained(): void {}
  bodyData(): void {}
}

let server: Server;
let now: number;
let sweeper: Sweeper;
const sockets: Socket[] = [];
const pools: ConnectionPool[] = [];

beforeEach(async () => {
  now = 0;
  sweeper = new Sweeper(
    () => now,
    (run) => run(),
  );
  sockets.length = 0;
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  for (const pool of pools.splice(0)) pool.close();
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
});

const made = (
  limits: Partial<DataPlaneLimits> = {},
  port = (server.address() as AddressInfo).port,
  keptRoom = new SharedRoom(1000),
) => {
  let dialled = 0;
  const pool = new ConnectionPool({
    dial: () => {
      dialled += 1;
      return connect({ host: '127.0.0.1', port });
    },
    limits: { ...DEFAULT_LIMITS, ...limits },
    keptRoom,
    kept: { count: 0 },
    sweeper,
    defect: () => {},
  });
  pools.push(pool);
  return { pool, dialled: () => dialled };
};

const exchange = async (pool: ConnectionPool, failed?: TargetSide) => {
  const connection = pool.acquire(failed);
  expect(await new User(connection).ended).toBe('end');
  return connection;
};

describe('ConnectionPool', () => {
  test('keeps a connection for the next exchange, and only for one at a time', async () => {
    const { pool, dialled } = made();
    const first = await exchange(pool);
    expect(await exchange(pool)).toBe(first);
    const [a, b] = [pool.acquire(), pool.acquire()];
    expect(a).toBe(first);
    expect(b).not.toBe(first);
    expect(dialled()).toBe(2);
    await Promise.all([new User(a).ended, new User(b).ended]);
    // The one that was used last is used first.
    expect(first.uses).toBe(3);
  });

  test('gives a new one when a kept one has failed', async () => {
    const { pool, dialled } = made();
    await exchange(pool, await exchange(pool));
    expect(dialled()).toBe(2);
  });

  test('passes over those that have died', async () => {
    const { pool, dialled } = made();
    const connections = await Promise.all([exchange(pool), exchange(pool), exchange(pool)]);
    expect(dialled()).toBe(3);
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => connections.every(({ isClosed }) => isClosed)).toBe(true);
    await exchange(pool);
    expect(dialled()).toBe(4);
  });

  test('keeps as many as it may', async () => {
    const { pool } = made({ maxIdlePerTarget: 2 });
    const users = Array.from({ length: 4 }, () => pool.acquire());
    await Promise.all(users.map((connection) => new User(connection).ended));
    expect(users.filter(({ isClosed }) => !isClosed)).toHaveLength(2);
  });

  test('keeps no more than there is room for with those to all targets', async () => {
    const keptRoom = new SharedRoom(2);
    const one = made({}, undefined, keptRoom).pool;
    const other = made({}, undefined, keptRoom).pool;
    const atATime = async (pool: ConnectionPool, count: number) => {
      const users = Array.from({ length: count }, () => pool.acquire());
      await Promise.all(users.map((connection) => new User(connection).ended));
      return users.filter(({ isClosed }) => !isClosed);
    };
    const [kept, dying] = await atATime(one, 3);
    expect(await atATime(other, 1)).toEqual([]);
    // What is used again, dies, or is closed gives its place back.
    dying!.due();
    expect(await atATime(other, 2)).toHaveLength(1);
    expect(await atATime(one, 2)).toEqual([kept]);
    one.close();
    expect(await atATime(other, 3)).toHaveLength(2);
  });

  test('closes one that nobody wanted for long', async () => {
    const { pool } = made({ targetIdleMs: 100 });
    const connection = await exchange(pool);
    now = 99;
    sweeper.tick();
    expect(connection.isClosed).toBe(false);
    now = 100;
    sweeper.tick();
    expect(connection.isClosed).toBe(true);
  });

  test('one in use has no deadline of its own', async () => {
    const { pool } = made({ targetIdleMs: 100, connectTimeoutMs: 100 });
    await exchange(pool);
    const connection = pool.acquire();
    const user = new User(connection);
    now = 1_000_000;
    sweeper.tick();
    expect(await user.ended).toBe('end');
  });

  test('a connection that does not come about in time is a failure to connect', async () => {
    const { pool } = made({ connectTimeoutMs: 100 });
    const connection = pool.acquire();
    const user = new User(connection);
    now = 100;
    sweeper.tick();
    expect(await user.ended).toBe('connect');
    expect(connection.isClosed).toBe(true);
  });

  test('so is one that is refused', async () => {
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const { pool } = made({}, port);
    expect(await new User(pool.acquire()).ended).toBe('connect');
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  test('once closed keeps nothing: not what is unused, nor what is in use when it ends', async () => {
    const { pool } = made();
    const [unused, used] = [pool.acquire(), pool.acquire()];
    await new User(unused).ended;
    pool.close();
    expect(unused.isClosed).toBe(true);
    expect(used.isClosed).toBe(false);
    expect(await new User(used).ended).toBe('end');
    expect(used.isClosed).toBe(true);
  });
});

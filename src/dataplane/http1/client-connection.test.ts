import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { ExchangeRecord } from '../access-log/exchange-record.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import {
  aDelta,
  aListener,
  aMembership,
  aNetwork,
  anAcl,
  aService,
  aVpc,
} from '../sample-parts.ts';
import { SharedRoom } from '../shared-room.ts';
import { DataPlaneState } from '../state.ts';
import { Sweeper } from '../sweeper.ts';
import { ClientConnection } from './client-connection.ts';

/** A client that reads only when the test says so. */
class SlowSocket extends Duplex {
  readonly remoteAddress = '::ffff:10.0.0.9';
  readonly remotePort = 1234;
  received = '';
  #unread: { text: string; done: () => void } | undefined;

  constructor() {
    super({ allowHalfOpen: true, highWaterMark: 1000, decodeStrings: true });
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#unread = { text: chunk.toString('latin1'), done };
  }

  /** Reads all there is; resolves when there is no more. */
  async readAll(): Promise<string> {
    while (this.#unread !== undefined) {
      const { text, done } = this.#unread;
      this.#unread = undefined;
      this.received += text;
      done();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return this.received;
  }

  async send(text: string): Promise<void> {
    this.push(Buffer.from(text, 'latin1'));
    await new Promise((resolve) => setImmediate(resolve));
  }

  resetAndDestroy(): this {
    return this.destroy();
  }
}

const started = () => {
  let now = 0;
  const sweeper = new Sweeper(
    () => now,
    (run) => run(),
  );
  const state = new DataPlaneState({ now: () => 0 });
  const service = aService({ listeners: [aListener()], idleTimeoutMs: 60_000 });
  state.apply(aDelta([anAcl(), aVpc(), aNetwork(), aMembership(), service]));
  const records: ExchangeRecord[] = [];
  const socket = new SlowSocket();
  let closed = false;
  socket.on('close', () => {
    closed = true;
  });
  new ClientConnection(socket as unknown as Socket, {
    context: {
      state,
      forwardsCredentials: false,
      requests: new SharedRoom(1),
      turnedAway: () => {},
      clock: () => now,
      pool: () => {
        throw new Error('these services have no targets');
      },
      dial: () => {
        throw new Error('these services have no targets');
      },
      refused: () => {},
      defect: () => {},
      ended: (record) => records.push(record),
    },
    limits: DEFAULT_LIMITS,
    sweeper,
    entry: { vpcId: 'vpc-1', listenerPort: undefined },
    tunnelled: () => {},
    denied: () => {},
    refused: () => {},
  });
  return {
    socket,
    records,
    isClosed: () => closed,
    /** Lets time pass, with everything that it brings. */
    pass: async (ms: number) => {
      for (let left = ms; left > 0; left -= 250) {
        now += Math.min(left, 250);
        sweeper.tick();
      }
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
};

const GET = 'GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n';
const LAST = 'GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n';

describe('a client that does not read', () => {
  test('has as long as ever for the end of its answer', async () => {
    const { socket, isClosed, pass } = started();
    await socket.send(LAST);
    await pass(59_000);
    expect(isClosed()).toBe(false);
    expect(await socket.readAll()).toMatch(/^HTTP\/1\.1 404 [\s\S]*Not Found$/);
    expect(socket.writableFinished).toBe(true);
  });

  test('and no longer', async () => {
    const { socket, isClosed, pass } = started();
    await socket.send(LAST);
    await pass(61_000);
    expect(isClosed()).toBe(true);
  });

  test('has two seconds to end its side once it has read its answer', async () => {
    const { socket, isClosed, pass } = started();
    await socket.send(LAST);
    await socket.readAll();
    await pass(1_500);
    expect(isClosed()).toBe(false);
    await pass(1_000);
    expect(isClosed()).toBe(true);
  });

  test('gets no further answers until it reads, and then all of them in order', async () => {
    const { socket, records, isClosed, pass } = started();
    await socket.send(GET.repeat(100));
    const answered = records.length;
    expect(answered).toBeLessThan(20);
    await socket.send(GET);
    expect(records.length).toBe(answered);
    const text = await socket.readAll();
    expect(text.match(/HTTP\/1\.1 404/g)).toHaveLength(101);
    expect(records).toHaveLength(101);
    await socket.send(LAST);
    await socket.readAll();
    socket.push(null);
    await pass(0);
    expect(isClosed()).toBe(true);
  });

  test('and is let go when it reads nothing at all', async () => {
    const { socket, isClosed, pass } = started();
    await socket.send(GET.repeat(100));
    await pass(61_000);
    expect(isClosed()).toBe(true);
  });
});

describe('a client’s address', () => {
  test('is IPv4 where it is that in IPv6’s clothes', async () => {
    const { socket, records } = started();
    await socket.send(GET);
    expect(records[0]!.source).toMatchObject({ address: '10.0.0.9', port: 1234, vpcId: 'vpc-1' });
  });
});

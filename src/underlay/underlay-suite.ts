import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Dialer, Entrance, Underlay } from './underlay.ts';

/** A VPC of the underlay under test, with a way to be inside it. */
export interface UnderlayUnderTest {
  readonly underlay: Underlay;
  readonly dialer: Dialer;
  readonly vpcId: string;
  /**
   * Connects to an entrance from inside the VPC.
   * @returns what it was sent until the other side ended; the error's code when it could not connect.
   */
  connect(entrance: Pick<Entrance, 'port'>): Promise<string>;
  /** A program inside the VPC that sends the peer's address and ends each connection. */
  listen(): Promise<{ readonly host: string; readonly port: number }>;
  /** The address that a target sees. */
  readonly peer: string;
  stop(): Promise<void>;
}

const greet = async (entrance: Entrance): Promise<Server> => {
  const server = createServer((socket) => socket.end('hello'));
  server.listen(entrance.handle as object);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return server;
};

/** What every underlay does, whatever a VPC is with it. */
export const underlaySuite = (name: string, open: () => Promise<UnderlayUnderTest>): void => {
  describe(name, () => {
    let lab: UnderlayUnderTest;
    beforeAll(async () => {
      lab = await open();
    });
    afterAll(() => lab.stop());

    const enter = (port?: number): Entrance => {
      const entrance = lab.underlay.open(lab.vpcId, port);
      onTestFinished(() => entrance.close());
      return entrance;
    };

    test('an entrance accepts where someone listens on it', async () => {
      const entrance = enter();
      await greet(entrance);
      expect(await lab.connect(entrance)).toBe('hello');
    });

    test('nobody accepts before someone listens', async () => {
      expect(await lab.connect(enter())).toBe('ECONNREFUSED');
    });

    test('a wanted port that is busy is refused', async () => {
      const busy = enter();
      await greet(busy);
      expect(() => enter(busy.port)).toThrow(`port ${busy.port} `);
    });

    test('a port can be had again once its entrance is closed, by closing it once', async () => {
      const before = enter();
      before.close();
      const after = enter(before.port);
      before.close();
      await greet(after);
      expect(await lab.connect(after)).toBe('hello');
    });

    test('a target inside the VPC is reached, by an address that it may know', async () => {
      const target = await lab.listen();
      for (let round = 0; round < 20; round += 1) {
        const socket = lab.dialer.dial(target, lab.vpcId).setEncoding('utf8');
        const [text] = await once(socket, 'data');
        expect(text).toBe(lab.peer);
        socket.destroy();
      }
    });

    test('what is written before the connection is made arrives', async () => {
      const { host, port } = await lab.listen();
      const socket = lab.dialer.dial({ host, port }, lab.vpcId);
      const written = new Promise((resolve) => {
        socket.write('early', resolve);
      });
      await once(socket, 'connect');
      expect(await written).toBeFalsy();
      socket.destroy();
    });

    test('a target that does not listen fails on the socket, not in the caller', async () => {
      const { host } = await lab.listen();
      const socket = lab.dialer.dial({ host, port: 1 }, lab.vpcId);
      const [error] = await once(socket, 'error');
      expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    });

    test('an address that cannot even be tried fails on the socket, too', async () => {
      const { host } = await lab.listen();
      const socket = lab.dialer.dial({ host, port: 65_536 }, lab.vpcId);
      const [error] = await once(socket, 'error');
      expect(error).toMatchObject({ code: 'ERR_SOCKET_BAD_PORT' });
    });

    test('a connection that is given up before it is made stays given up', async () => {
      const socket = lab.dialer.dial(await lab.listen(), lab.vpcId);
      socket.destroy();
      await once(socket, 'close');
      expect(socket.destroyed).toBe(true);
    });
  });
};

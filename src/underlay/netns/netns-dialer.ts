import { Socket } from 'node:net';
import type { BoundHandle } from '../bind-socket.ts';
import type { Dial, Dialer } from '../underlay.ts';

export interface NetnsDialerOptions {
  /**
   * Asks for sockets of a VPC, which come one by one with `take`.
   * @param family Of the addresses to which they can be connected.
   */
  readonly ask: (vpcId: string, family: 4 | 6, count: number) => void;
}

/** Sockets of a VPC and family that wait to be used: a new connection then costs nothing more. */
const STOCK = 8;
const MOST_AT_ONCE = 64;

interface Shelf {
  readonly vpcId: string;
  readonly family: 4 | 6;
  readonly handles: BoundHandle[];
  /** Connections that were begun when there was no socket. */
  readonly waiting: { readonly socket: Socket; readonly host: string; readonly port: number }[];
  asked: number;
}

/**
 * Dials with sockets that were made in the VPC's namespace by who may do that. The first
 * connection to a VPC waits for one; from then on there is a small stock.
 */
export class NetnsDialer implements Dialer {
  readonly #options: NetnsDialerOptions;
  readonly #shelves = new Map<string, Shelf>();
  #isCutOff = false;

  constructor(options: NetnsDialerOptions) {
    this.#options = options;
  }

  readonly dial: Dial = ({ host, port }, vpcId) => {
    const socket = new Socket();
    if (vpcId === undefined) {
      fail(socket, 'a target without a VPC cannot be reached');
      return socket;
    }
    const shelf = this.#shelf(vpcId, host.includes(':') ? 6 : 4);
    const handle = shelf.handles.pop();
    if (handle !== undefined) {
      connect(socket, handle, host, port);
    } else if (this.#isCutOff) {
      fail(socket, 'nobody is there to make a socket in the VPC');
    } else {
      // What is written in the meantime waits, as for any connection that is being made.
      Object.assign(socket, { connecting: true });
      shelf.waiting.push({ socket, host, port });
    }
    this.#restock(shelf);
    return socket;
  };

  /** @param handle Absent: no more of those that were asked for can be made. */
  take(vpcId: string, family: 4 | 6, handle: BoundHandle | undefined): void {
    const shelf = this.#shelf(vpcId, family);
    if (handle === undefined) {
      shelf.asked = 0;
      for (const { socket } of shelf.waiting.splice(0))
        fail(socket, 'no socket can be made in the VPC');
      return;
    }
    shelf.asked = Math.max(0, shelf.asked - 1);
    let next = shelf.waiting.shift();
    // Those who lost their patience.
    while (next?.socket.destroyed) next = shelf.waiting.shift();
    if (next === undefined) shelf.handles.push(handle);
    else connect(next.socket, handle, next.host, next.port);
  }

  /** The network of the VPC goes: what is kept would keep a part of it. */
  forget(vpcId: string): void {
    for (const family of [4, 6] as const) {
      const shelf = this.#shelves.get(keyOf(vpcId, family));
      this.#shelves.delete(keyOf(vpcId, family));
      for (const handle of shelf?.handles ?? []) handle.close();
      for (const { socket } of shelf?.waiting ?? []) fail(socket, 'the VPC was deleted');
    }
  }

  /** No more sockets come; those that are there can be used. */
  cutOff(): void {
    this.#isCutOff = true;
    for (const { waiting } of this.#shelves.values()) {
      for (const { socket } of waiting.splice(0)) {
        fail(socket, 'nobody is there to make a socket in the VPC');
      }
    }
  }

  close(): void {
    this.cutOff();
    for (const { vpcId } of [...this.#shelves.values()]) this.forget(vpcId);
  }

  #shelf(vpcId: string, family: 4 | 6): Shelf {
    const key = keyOf(vpcId, family);
    const present = this.#shelves.get(key);
    if (present !== undefined) return present;
    const shelf: Shelf = { vpcId, family, handles: [], waiting: [], asked: 0 };
    this.#shelves.set(key, shelf);
    return shelf;
  }

  #restock(shelf: Shelf): void {
    const missing = shelf.waiting.length + STOCK - shelf.handles.length - shelf.asked;
    if (this.#isCutOff || (missing < STOCK / 2 && shelf.asked >= shelf.waiting.length)) return;
    const count = Math.min(missing, MOST_AT_ONCE);
    shelf.asked += count;
    this.#options.ask(shelf.vpcId, shelf.family, count);
  }
}

const keyOf = (vpcId: string, family: 4 | 6): string => `${vpcId}/${family}`;

/** As a failed connection: later, and on the socket. */
const fail = (socket: Socket, reason: string): void => {
  const error: NodeJS.ErrnoException = new Error(reason);
  error.code = 'ENETUNREACH';
  process.nextTick(() => socket.destroy(error));
};

type Reinitialize = (this: Socket, handle: BoundHandle) => void;

/**
 * Gives a socket another handle than the one it would make. Node does it with each address that it
 * tries in turn, and when a socket changes threads; there is no public way, since `net.BoundSocket`
 * cannot be sent to another process. `assertCanAdopt` looks for it at the start.
 */
const REINITIALIZE = Object.getOwnPropertySymbols(Socket.prototype).find(
  ({ description }) => description === 'kReinitializeHandle',
);

/** @throws Error when this Node has no way to connect a socket that another process made. */
export const assertCanAdopt = (): void => {
  if (REINITIALIZE === undefined) throw new Error('this Node.js cannot adopt sockets');
};

const connect = (socket: Socket, handle: BoundHandle, host: string, port: number): void => {
  const methods = socket as unknown as Record<symbol, Reinitialize>;
  methods[REINITIALIZE!]!.call(socket, handle);
  try {
    socket.connect({ host, port });
    socket.setNoDelay(true);
  } catch (error) {
    process.nextTick(() => socket.destroy(error as Error));
  }
};

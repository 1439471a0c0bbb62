import { Socket } from 'node:net';
import type { BoundHandle } from '../bind-socket.ts';
import { descriptorLimit } from '../descriptor-limit.ts';
import type { Dial, Dialer } from '../underlay.ts';

export interface NetnsDialerOptions {
  /**
   * Asks for sockets of a VPC, which come one by one with `take`.
   * @param family Of the addresses to which they can be connected.
   */
  readonly ask: (vpcId: string, family: 4 | 6, count: number) => void;
  /** How many this process may have; as the system says unless it is given. */
  readonly descriptors?: number;
}

/** Sockets of all VPCs that wait to be used: more cost the kernel more than a restart is worth. */
const MOST_KEPT = 2048;
/** What they may take of the descriptors; the others are for connections. */
const SHARE_OF_DESCRIPTORS = 1 / 8;
/** Those of a VPC and family: who carries on alone has these for its last minute. */
const MOST_KEPT_OF_ONE = 512;
/** With those that somebody waits for come these: not many, for they have to be made first. */
const BESIDE_WANTED = 8;
/** On their way at a time only to be kept: whatever else the worker is told waits behind them. */
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
 * Dials with sockets that were made in the VPC's namespace by who may do that. There is a stock of
 * them from `prepare` or the first connection on, so that a new one costs no round trip, and nobody
 * needs to be there for some time.
 */
export class NetnsDialer implements Dialer {
  readonly #options: NetnsDialerOptions;
  readonly #mostKept: number;
  readonly #shelves = new Map<string, Shelf>();
  /** How many are kept on each. */
  #stock = 0;
  /** Altogether. */
  #asked = 0;
  #isCutOff = false;

  constructor(options: NetnsDialerOptions) {
    const { descriptors = descriptorLimit() } = options;
    this.#options = options;
    this.#mostKept = Math.min(MOST_KEPT, Math.floor(descriptors * SHARE_OF_DESCRIPTORS));
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
      fail(socket, NOBODY, NO_SOCKET);
    } else {
      // What is written in the meantime waits, as for any connection that is being made.
      Object.assign(socket, { connecting: true });
      shelf.waiting.push({ socket, host, port });
    }
    this.#restock(shelf);
    return socket;
  };

  /** Without it a worker that no request had come to before it was alone could answer none. */
  prepare(vpcId: string, family: 4 | 6): void {
    this.#restock(this.#shelf(vpcId, family));
  }

  /** @param handle Absent: no more of those that were asked for can be made. */
  take(vpcId: string, family: 4 | 6, handle: BoundHandle | undefined): void {
    const shelf = this.#shelves.get(keyOf(vpcId, family));
    if (shelf === undefined) {
      // Asked for before the VPC was forgotten.
      handle?.close();
      return;
    }
    if (handle === undefined) {
      this.#noteCome(shelf, shelf.asked);
      for (const { socket } of shelf.waiting.splice(0)) {
        fail(socket, 'no socket can be made in the VPC', NO_SOCKET);
      }
      return;
    }
    this.#noteCome(shelf, Math.min(1, shelf.asked));
    let next = shelf.waiting.shift();
    // Those who lost their patience.
    while (next?.socket.destroyed) next = shelf.waiting.shift();
    if (next !== undefined) connect(next.socket, handle, next.host, next.port);
    else if (shelf.handles.length < this.#stock) shelf.handles.push(handle);
    else handle.close();
    if (this.#asked === 0) this.#restockAll();
  }

  /** The network of the VPC goes: what is kept would keep a part of it. */
  forget(vpcId: string): void {
    for (const family of [4, 6] as const) {
      const shelf = this.#shelves.get(keyOf(vpcId, family));
      if (shelf === undefined) continue;
      this.#shelves.delete(keyOf(vpcId, family));
      this.#noteCome(shelf, shelf.asked);
      for (const handle of shelf.handles) handle.close();
      for (const { socket } of shelf.waiting) fail(socket, 'the VPC was deleted');
    }
    this.#shareOut();
  }

  /** No more sockets come; those that are there can be used. */
  cutOff(): void {
    this.#isCutOff = true;
    for (const { waiting } of this.#shelves.values()) {
      for (const { socket } of waiting.splice(0)) {
        fail(socket, NOBODY, NO_SOCKET);
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
    this.#shareOut();
    return shelf;
  }

  /** All may keep as many, and what is too much by that makes room. */
  #shareOut(): void {
    // What is there cannot be had again.
    if (this.#isCutOff) return;
    const share = Math.floor(this.#mostKept / Math.max(1, this.#shelves.size));
    this.#stock = Math.min(MOST_KEPT_OF_ONE, share);
    for (const { handles } of this.#shelves.values()) {
      for (const handle of handles.splice(this.#stock)) handle.close();
    }
  }

  #restock(shelf: Shelf): void {
    if (this.#isCutOff) return;
    const { handles, waiting, asked } = shelf;
    const wanted = waiting.length - asked;
    const missing = wanted + this.#stock - handles.length;
    if (wanted > 0) {
      this.#ask(shelf, Math.min(wanted + BESIDE_WANTED, Math.max(wanted, missing), MOST_AT_ONCE));
    } else if (
      this.#asked === 0 &&
      missing > 0 &&
      missing * 2 >= Math.min(MOST_AT_ONCE, this.#stock)
    ) {
      // Not for each that is used: they come together as well as one.
      this.#ask(shelf, Math.min(missing, MOST_AT_ONCE));
    }
  }

  /** The next one that lacks some, since all that were asked for are there. */
  #restockAll(): void {
    for (const [key, shelf] of this.#shelves) {
      this.#restock(shelf);
      if (this.#asked === 0) continue;
      // To the end: one that is used up as fast as it is filled leaves the others their turn.
      this.#shelves.delete(key);
      this.#shelves.set(key, shelf);
      return;
    }
  }

  #ask(shelf: Shelf, count: number): void {
    shelf.asked += count;
    this.#asked += count;
    this.#options.ask(shelf.vpcId, shelf.family, count);
  }

  #noteCome(shelf: Shelf, count: number): void {
    shelf.asked -= count;
    this.#asked -= count;
  }
}

const keyOf = (vpcId: string, family: 4 | 6): string => `${vpcId}/${family}`;

const NOBODY = 'nobody is there to make a socket in the VPC';
/** errno(3): no fault of the target's. */
const NO_SOCKET = 'ENOBUFS';

/** As a failed connection: later, and on the socket. */
const fail = (socket: Socket, reason: string, code = 'ENETUNREACH'): void => {
  const error: NodeJS.ErrnoException = new Error(reason);
  error.code = code;
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

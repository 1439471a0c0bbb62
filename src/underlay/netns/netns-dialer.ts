import { Socket } from 'node:net';
import type { BoundHandle } from '../bind-socket.ts';
import { descriptorLimit } from '../descriptor-limit.ts';
import { type Dial, type Dialer, MOST_SOCKETS_ASKED, type SocketBatch } from '../underlay.ts';

export interface NetnsDialerOptions {
  /** Asks for sockets, which come one by one with `take`; `batchOver` says that no more do. */
  readonly ask: (wanted: SocketBatch) => void;
  /** How many this process may have; as the system says unless it is given. */
  readonly descriptors?: number;
}

/** Sockets of all VPCs that wait to be used: more cost the kernel more than a restart is worth. */
const MOST_KEPT = 2048;
/** What they may take of the descriptors; the others are for connections. */
const SHARE_OF_DESCRIPTORS = 1 / 8;
/** Those of a VPC and family: who carries on alone has these for its last minute. */
const MOST_KEPT_OF_ONE = 512;
/** Connections of a VPC and family that wait for a socket. */
const MOST_WAITING_OF_ONE = 1024;
/** With those that somebody waits for come these: not many, for they have to be made first. */
const BESIDE_WANTED = 8;
/** In one batch, so that others have their turn before all that may be asked for is one VPC's. */
const MOST_WANTED_AT_ONCE = 16;
/** In one batch only to be kept: half of what may be asked for is left to who waits. */
const MOST_KEPT_AT_ONCE = MOST_SOCKETS_ASKED / 2;

interface Shelf {
  readonly vpcId: string;
  readonly family: 4 | 6;
  readonly handles: BoundHandle[];
  /** Connections that were begun when there was no socket, the oldest first. */
  readonly waiting: Set<WaitingDial>;
  /** Asked for, and neither here nor known to be lost. */
  coming: number;
  /** The last batch lacked some: no more are asked for only to be kept until somebody dials. */
  isShort: boolean;
  isForgotten: boolean;
}

interface WaitingDial {
  readonly socket: Socket;
  readonly host: string;
  readonly port: number;
}

interface Batch {
  readonly shelf: Shelf;
  readonly count: number;
  come: number;
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
  /** Those that may have to ask for connections that wait, in the order of their turns. */
  readonly #wanting = new Set<Shelf>();
  /** Those that are not over, by their numbers. */
  readonly #batches = new Map<number, Batch>();
  #lastBatch = 0;
  /** How many are kept on each. */
  #stock = 0;
  /** Of all batches together. */
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
    } else if (shelf.waiting.size >= MOST_WAITING_OF_ONE) {
      fail(socket, 'too many connections wait for a socket in the VPC', NO_SOCKET);
    } else {
      this.#wait(shelf, { socket, host, port });
    }
    shelf.isShort = false;
    this.#restock(shelf);
    return socket;
  };

  /** Without it a worker that no request had come to before it was alone could answer none. */
  prepare(vpcId: string, family: 4 | 6): void {
    const shelf = this.#shelf(vpcId, family);
    shelf.isShort = false;
    this.#restock(shelf);
  }

  take(batchNumber: number, handle: BoundHandle): void {
    const batch = this.#batches.get(batchNumber);
    if (batch === undefined || batch.shelf.isForgotten) {
      handle.close();
      return;
    }
    const { shelf } = batch;
    batch.come += 1;
    shelf.coming -= 1;
    const next = nextOf(shelf);
    if (next !== undefined) connect(next.socket, handle, next.host, next.port);
    else if (shelf.handles.length < this.#stock) shelf.handles.push(handle);
    else handle.close();
  }

  batchOver(batchNumber: number): void {
    const batch = this.#batches.get(batchNumber);
    if (batch === undefined) return;
    const { shelf, count, come } = batch;
    this.#batches.delete(batchNumber);
    this.#asked -= count;
    shelf.coming -= count - come;
    shelf.isShort = come < count;
    // Whoever waits for some of them asks again. When none has come that could go on for ever.
    if (come === 0) failWaiting(shelf, count, 'no socket can be had in the VPC', NO_SOCKET);
    if (shelf.waiting.size > 0) this.#wanting.add(shelf);
    this.#askForWaiting();
    this.#restockAll();
  }

  /** The network of the VPC goes: what is kept would keep a part of it. */
  forget(vpcId: string): void {
    for (const family of [4, 6] as const) {
      const shelf = this.#shelves.get(keyOf(vpcId, family));
      if (shelf === undefined) continue;
      this.#shelves.delete(keyOf(vpcId, family));
      this.#wanting.delete(shelf);
      shelf.isForgotten = true;
      for (const handle of shelf.handles) handle.close();
      failWaiting(shelf, MOST_WAITING_OF_ONE, 'the VPC was deleted');
    }
    this.#shareOut();
  }

  /** No more sockets come; those that are there can be used. */
  cutOff(): void {
    this.#isCutOff = true;
    for (const shelf of this.#shelves.values()) {
      failWaiting(shelf, MOST_WAITING_OF_ONE, NOBODY, NO_SOCKET);
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
    const shelf: Shelf = {
      vpcId,
      family,
      handles: [],
      waiting: new Set(),
      coming: 0,
      isShort: false,
      isForgotten: false,
    };
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

  #wait(shelf: Shelf, dial: WaitingDial): void {
    // What is written in the meantime waits, as for any connection that is being made.
    Object.assign(dial.socket, { connecting: true });
    // Those who lost their patience keep nobody from waiting.
    dial.socket.once('close', () => shelf.waiting.delete(dial));
    shelf.waiting.add(dial);
    this.#wanting.add(shelf);
    this.#askForWaiting();
  }

  /** A batch for each that lacks some, turn after turn, as long as more may be asked for. */
  #askForWaiting(): void {
    for (const shelf of this.#wanting) {
      const room = MOST_SOCKETS_ASKED - this.#asked;
      if (room === 0) return;
      this.#wanting.delete(shelf);
      const wanted = shelf.waiting.size - shelf.coming;
      if (wanted <= 0) continue;
      const beside = Math.min(BESIDE_WANTED, this.#stock);
      this.#ask(shelf, Math.min(wanted + beside, MOST_WANTED_AT_ONCE, room));
      // To the end, where this loop comes to it again.
      this.#wanting.add(shelf);
    }
  }

  /** Only when nothing else is under way. */
  #restock(shelf: Shelf): void {
    if (this.#asked > 0 || this.#isCutOff || shelf.isShort) return;
    const missing = this.#stock - shelf.handles.length;
    // Not for each that is used: they come together as well as one.
    if (missing === 0 || missing < Math.min(MOST_KEPT_AT_ONCE, this.#stock / 2)) return;
    this.#ask(shelf, Math.min(missing, MOST_KEPT_AT_ONCE));
  }

  /** The next one that lacks some. */
  #restockAll(): void {
    for (const [key, shelf] of this.#shelves) {
      if (this.#asked > 0) return;
      this.#restock(shelf);
      if (this.#asked === 0) continue;
      // To the end: one that is used up as fast as it is filled leaves the others their turn.
      this.#shelves.delete(key);
      this.#shelves.set(key, shelf);
    }
  }

  #ask(shelf: Shelf, count: number): void {
    this.#lastBatch += 1;
    this.#batches.set(this.#lastBatch, { shelf, count, come: 0 });
    this.#asked += count;
    shelf.coming += count;
    const { vpcId, family } = shelf;
    this.#options.ask({ batch: this.#lastBatch, vpcId, family, count });
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

/** Who waits longest, and waits no longer then. */
const nextOf = ({ waiting }: Shelf): WaitingDial | undefined => {
  for (const dial of waiting) {
    waiting.delete(dial);
    if (!dial.socket.destroyed) return dial;
  }
  return undefined;
};

/** Of those that wait the oldest. */
const failWaiting = (shelf: Shelf, most: number, reason: string, code?: string): void => {
  for (let left = most; left > 0; left -= 1) {
    const next = nextOf(shelf);
    if (next === undefined) return;
    fail(next.socket, reason, code);
  }
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

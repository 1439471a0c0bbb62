import type { Socket } from 'node:net';
import type { BoundHandle } from './bind-socket.ts';

export type UnderlayName = 'loopback' | 'netns';

/** What a VPC is on this machine: how connections are accepted inside it. The other half is `Dial`. */
export interface Underlay {
  /**
   * Binds a socket inside the VPC. It does not listen yet: whoever is given `handle` does, in this
   * process or in others, and as long as the entrance is open none of them owns it alone.
   * @throws PortTakenError when `port` is wanted and something else has it, or no port is left.
   */
  open(vpcId: string, port?: number): Entrance;
}

export interface Entrance {
  readonly vpcId: string;
  readonly port: number;
  /** For `net.Server.listen`, and for `send` of an IPC channel. */
  readonly handle: unknown;
  /** Releases this process's hold. Sockets that others listen on live until they close theirs. */
  close(): void;
}

/** The half of an underlay that a worker has. */
export interface Dialer {
  readonly dial: Dial;
  /** There will be something to dial in the VPC. */
  prepare?(vpcId: string, family: 4 | 6): void;
  /** A socket of a batch that was asked for has come. */
  take?(batch: number, handle: BoundHandle): void;
  /** No more of the batch come: those that have not were lost on their way or could not be made. */
  batchOver?(batch: number): void;
  /** The network of a VPC goes. */
  forget?(vpcId: string): void;
  /** Whoever makes sockets is gone. */
  cutOff?(): void;
  close?(): void;
}

/** Sockets of a VPC that a worker asks for together. */
export interface SocketBatch {
  /** No other of the worker has it. */
  readonly batch: number;
  readonly vpcId: string;
  /** Of the addresses to which they can be connected. */
  readonly family: 4 | 6;
  readonly count: number;
}

/**
 * What the batches of a worker that are not over have together. Node's IPC has one descriptor on its
 * way at a time: those that come after it are kept open by who sends them, and all else waits behind.
 */
export const MOST_SOCKETS_ASKED = 64;

/** Opens a connection to an address inside a VPC. How long that may take is the caller's business. */
export type Dial = (address: { host: string; port: number }, vpcId: string | undefined) => Socket;

export class PortTakenError extends Error {
  readonly code = 'PORT_TAKEN';
  readonly port: number;

  constructor(port: number, message: string) {
    super(message);
    this.name = 'PortTakenError';
    this.port = port;
  }
}

import { connect, Socket } from 'node:net';
import { bindSocket } from '../bind-socket.ts';
import { type Dial, type Entrance, PortTakenError, type Underlay } from '../underlay.ts';
import { lookupName } from './lookup-name.ts';

export interface LoopbackOptions {
  /** First port to try; 0: any free port. */
  readonly basePort: number;
  /** How many ports from `basePort` on may be tried. */
  readonly portCount?: number;
  readonly host?: string;
  /** By which flag other ports can be chosen. */
  readonly flag?: string;
  /** Makes the sockets of an entrance; undefined when the port is taken. */
  readonly bind?: (host: string, port: number) => BoundEntrance | undefined;
}

interface BoundEntrance {
  readonly port: number;
  readonly handle: { close(): void };
}

/** A VPC is one port of this machine, its portal: whoever connects there is inside the VPC. */
export class LoopbackUnderlay implements Underlay {
  readonly #basePort: number;
  readonly #portCount: number;
  readonly #host: string;
  readonly #flag: string;
  readonly #bind: NonNullable<LoopbackOptions['bind']>;
  readonly #open = new Set<number>();

  constructor(options: LoopbackOptions) {
    this.#basePort = options.basePort;
    this.#portCount = Math.min(options.portCount ?? 5000, 65_536 - options.basePort);
    this.#host = options.host ?? '127.0.0.1';
    this.#flag = options.flag ?? '--portal-port';
    this.#bind = options.bind ?? bindSocket;
  }

  open(vpcId: string, port?: number): Entrance {
    if (port !== undefined) {
      const entrance = this.#tryOpen(vpcId, port);
      if (entrance === undefined) {
        throw new PortTakenError(port, `port ${port} on ${this.#host} is in use`);
      }
      return entrance;
    }
    if (this.#basePort === 0) {
      const entrance = this.#tryOpen(vpcId, 0);
      if (entrance !== undefined) {
        return entrance;
      }
    }
    const end = this.#basePort + this.#portCount;
    for (let next = this.#basePort; next > 0 && next < end; next += 1) {
      const entrance = this.#open.has(next) ? undefined : this.#tryOpen(vpcId, next);
      if (entrance !== undefined) {
        return entrance;
      }
    }
    throw new PortTakenError(
      this.#basePort,
      `no free port from ${this.#basePort} to ${end - 1} on ${this.#host}: choose others with ${this.#flag}`,
    );
  }

  #tryOpen(vpcId: string, wanted: number): Entrance | undefined {
    const bound = this.#bind(this.#host, wanted);
    if (bound === undefined) {
      return undefined;
    }
    const { handle, port } = bound;
    this.#open.add(port);
    let closed = false;
    return {
      vpcId,
      port,
      handle,
      close: () => {
        // Once only: by the second time the port may be another entrance's.
        if (!closed) {
          closed = true;
          this.#open.delete(port);
          handle.close();
        }
      },
    };
  }
}

const lookup = lookupName();

/**
 * Addresses inside VPCs are this machine's own (the address map was applied before). What cannot even
 * be tried fails like any other connection: later, and on the socket.
 */
export const dialLoopback: Dial = ({ host, port }) => {
  try {
    return connect({ host, port, noDelay: true, lookup });
  } catch (error) {
    const socket = new Socket();
    process.nextTick(() => socket.destroy(error as Error));
    return socket;
  }
};

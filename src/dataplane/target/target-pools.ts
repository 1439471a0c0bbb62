import type { TargetTransport } from './target-runtime.ts';
import type { TargetPool } from './target-side.ts';

type ClosablePool = TargetPool & TargetTransport;

/** The pools of one target that speaks TLS: one for each name that it is asked for, as many as its service has. */
export class TargetPools implements TargetTransport {
  readonly #make: (serverName: string) => ClosablePool;
  readonly #pools = new Map<string, ClosablePool>();

  constructor(make: (serverName: string) => ClosablePool) {
    this.#make = make;
  }

  of(serverName: string): ClosablePool {
    let pool = this.#pools.get(serverName);
    if (pool === undefined) {
      pool = this.#make(serverName);
      this.#pools.set(serverName, pool);
    }
    return pool;
  }

  close(): void {
    for (const pool of this.#pools.values()) pool.close();
  }
}

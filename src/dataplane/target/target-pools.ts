import type { ConnectionPool } from './connection-pool.ts';
import type { TargetTransport } from './target-runtime.ts';

/** The pools of one target that speaks TLS: one for each name that it is asked for, as many as its service has. */
export class TargetPools implements TargetTransport {
  readonly #make: (serverName: string) => ConnectionPool;
  readonly #pools = new Map<string, ConnectionPool>();

  constructor(make: (serverName: string) => ConnectionPool) {
    this.#make = make;
  }

  of(serverName: string): ConnectionPool {
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

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cleanup } from './cleanup.ts';

/** The folder of everything that the bench writes; removed when it ends. */
export class BenchFolder {
  readonly path: string;
  #count = 0;

  constructor(cleanup: Cleanup) {
    this.path = mkdtempSync(join(tmpdir(), 'pergola-bench-'));
    const remove = () => rmSync(this.path, { recursive: true, force: true, maxRetries: 3 });
    cleanup.add(remove, remove);
  }

  /** A new folder inside. */
  make(name: string): string {
    this.#count += 1;
    const path = join(this.path, `${this.#count}-${name}`);
    mkdirSync(path, { mode: 0o700 });
    return path;
  }
}

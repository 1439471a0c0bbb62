import type { BenchFolder } from './bench-folder.ts';
import type { Cleanup } from './cleanup.ts';
import type { Load } from './load/load.ts';
import type { Cores } from './machine.ts';
import type { BenchOptions } from './options.ts';

/** What every part of the bench needs. */
export interface Bench {
  readonly options: BenchOptions;
  readonly cleanup: Cleanup;
  readonly folder: BenchFolder;
  readonly cores: Cores;
  readonly load: Load;
  /** Tells whoever waits how far it is. */
  say(text: string): void;
}

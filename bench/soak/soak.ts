import type { BenchFolder } from '../bench-folder.ts';
import type { Cleanup } from '../cleanup.ts';
import type { SoakOptions } from './soak-options.ts';

/** What every part of the soak needs. */
export interface Soak {
  readonly options: SoakOptions;
  readonly cleanup: Cleanup;
  readonly folder: BenchFolder;
  say(text: string): void;
}

/** One part: says what it saw, and answers whether all of it held, or that this machine cannot do it. */
export type SoakPart = (soak: Soak) => Promise<boolean | 'skipped'>;

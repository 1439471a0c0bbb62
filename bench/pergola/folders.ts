import type { Bench } from '../bench.ts';
import type { Target } from '../target/target.ts';
import { copyFolder, type LoadedFolder, loadFolder, manyServices } from './data-folder.ts';

/** Data folders with many services, each made once; who asks gets a copy to work on. */
export class Folders {
  readonly #bench: Bench;
  readonly #target: Target;
  readonly #made = new Map<number, LoadedFolder>();

  constructor(bench: Bench, target: Target) {
    this.#bench = bench;
    this.#target = target;
  }

  async withServices(count: number): Promise<LoadedFolder> {
    let made = this.#made.get(count);
    if (made === undefined) {
      const start = performance.now();
      made = await loadFolder(this.#bench, this.#target, manyServices(count));
      this.#made.set(count, made);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      this.#bench.say(`made ${count} services in ${seconds} s`);
    }
    return copyFolder(this.#bench, made);
  }
}

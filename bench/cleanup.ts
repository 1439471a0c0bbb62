type Step = () => Promise<void> | void;

/** What has to be undone whatever happens: processes ended, folders removed. The last comes first. */
export class Cleanup {
  readonly #steps: Step[] = [];
  /** For when there is no time for more, such as at the exit of this process. */
  readonly #finalSteps = new Set<() => void>();
  #running: Promise<void> | undefined;

  constructor() {
    process.once('exit', () => {
      for (const step of this.#finalSteps) step();
    });
  }

  /** @throws when everything is being undone already: nothing new may begin then. */
  assertOpen(): void {
    if (this.#running !== undefined) throw new Error('the bench is being stopped');
  }

  /**
   * Answers what runs `step` now, once; otherwise it runs at the end. `final` is its synchronous
   * counterpart for a process that exits without waiting.
   */
  add(step: Step, final?: () => void): () => Promise<void> {
    let done: Promise<void> | undefined;
    const runOnce = () => {
      done ??= Promise.resolve()
        .then(step)
        .finally(() => {
          if (final !== undefined) this.#finalSteps.delete(final);
        });
      return done;
    };
    this.#steps.push(runOnce);
    if (final !== undefined) this.#finalSteps.add(final);
    return async () => {
      const index = this.#steps.indexOf(runOnce);
      if (index >= 0) this.#steps.splice(index, 1);
      await runOnce();
    };
  }

  run(): Promise<void> {
    this.#running ??= this.#runAll();
    return this.#running;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  async #runAll(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        process.stderr.write(`bench: ${(error as Error).message}\n`);
      }
    }
  }
}

/** The first signal undoes everything in order, the second one at once. */
export const stopOnSignals = (cleanup: Cleanup): void => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (cleanup.isRunning) process.exit(130);
      process.stderr.write('\nbench: stopping; once more to stop at once\n');
      void cleanup.run().then(() => process.exit(130));
    });
  }
};

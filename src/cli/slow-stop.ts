import type { Output } from './style.ts';

/** Most stops are over by then, and need no words. */
const NOTICE_AFTER_MS = 200;

export interface SlowStop {
  /** Aborted when it is told to stop. */
  readonly stop: AbortSignal;
  /** Resolves when it has stopped. */
  readonly stopped: Promise<void>;
  /** How long requests in flight may take. */
  readonly stopMs: number;
  /** Runs something later, unless the returned function is called before. */
  readonly after?: (ms: number, run: () => void) => () => void;
}

/** Tells who pressed Ctrl-C what a stop waits for that is not over at once, and how to end that. */
export const explainSlowStop = (
  { stop, stopped, stopMs, after = realAfter }: SlowStop,
  err: Output,
): void => {
  const onStop = () => {
    const cancel = after(NOTICE_AFTER_MS, () =>
      err.write(
        `pergola: stopping; waits up to ${stopMs / 1000} s for requests in flight, Ctrl-C again cuts them off\n`,
      ),
    );
    void stopped.then(cancel);
  };
  if (stop.aborted) {
    onStop();
  } else {
    stop.addEventListener('abort', onStop, { once: true });
  }
};

const realAfter: NonNullable<SlowStop['after']> = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

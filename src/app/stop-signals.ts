/** How a Pergola is told to stop. */
export interface StopSignals {
  /** Aborted: it stops and lets requests in flight finish; while it is starting, at its next step. */
  readonly stop: AbortSignal;
  /** Aborted after `stop`: it waits for nothing any more. */
  readonly atOnce: AbortSignal;
}

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * From now on the first signal to this process aborts `stop` and each later one `atOnce`, and none
 * ends the process, until it is closed.
 */
export const listenForStopSignals = (): StopSignals & { close(): void } => {
  const stop = new AbortController();
  const atOnce = new AbortController();
  const onSignal = () => (stop.signal.aborted ? atOnce : stop).abort();
  for (const signal of SIGNALS) {
    process.on(signal, onSignal);
  }
  return {
    stop: stop.signal,
    atOnce: atOnce.signal,
    close: () => {
      for (const signal of SIGNALS) {
        process.off(signal, onSignal);
      }
    },
  };
};

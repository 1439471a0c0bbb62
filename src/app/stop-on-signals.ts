import type { RunningPergola } from './start-pergola.ts';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * From the first signal on it stops and lets requests in flight finish; a second one cuts them off.
 * Resolves when it is stopped, by a signal or otherwise.
 */
export const stopOnSignals = async (pergola: RunningPergola): Promise<void> => {
  let signals = 0;
  const onSignal = () => {
    signals += 1;
    void pergola.stop({ atOnce: signals > 1 });
  };
  for (const signal of SIGNALS) {
    process.on(signal, onSignal);
  }
  await pergola.stopped;
  for (const signal of SIGNALS) {
    process.off(signal, onSignal);
  }
};

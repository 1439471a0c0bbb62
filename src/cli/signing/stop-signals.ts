const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Calls `stop` at the first signal to end and `cut` at each later one; the answer undoes it. */
export const onStopSignals = (stop: () => void, cut: () => void): (() => void) => {
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) cut();
    else stop();
    isStopping = true;
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
};

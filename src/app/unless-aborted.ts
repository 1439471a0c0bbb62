/**
 * What `run` answers, unless the signal is aborted before: then it rejects with the signal's reason,
 * at once, and whatever `run` began goes on. So it is for work that someone else can end.
 */
export const unlessAborted = async <T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> => {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([run(), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
};

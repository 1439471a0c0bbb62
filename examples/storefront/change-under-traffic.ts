import type { Flow, Tally } from './load.ts';

/** Makes a change while clients send requests; answers what became of these. */
export const changeUnderTraffic = async (
  sendLoad: (flow: Flow) => Promise<Tally>,
  change: () => Promise<unknown>,
): Promise<Tally> => {
  const isFlowing = Promise.withResolvers<void>();
  let isOver = false;
  const traffic = sendLoad({
    requests: Number.POSITIVE_INFINITY,
    isOver: () => isOver,
    onRequest: (index) => {
      if (index === 100) isFlowing.resolve();
    },
  });
  await isFlowing.promise;
  await change().finally(() => {
    isOver = true;
  });
  return traffic;
};

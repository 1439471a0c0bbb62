import { type Load, sendLoad, type Tally } from './load.ts';

/** Makes a change while clients send requests; answers what became of these. */
export const changeUnderTraffic = async (
  load: Omit<Load, 'requests' | 'isOver' | 'onRequest'>,
  change: () => Promise<unknown>,
): Promise<Tally> => {
  const isFlowing = Promise.withResolvers<void>();
  let isOver = false;
  const traffic = sendLoad({
    ...load,
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

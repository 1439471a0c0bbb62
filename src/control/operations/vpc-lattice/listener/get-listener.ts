import { resolveListener } from '../resolve.ts';
import { latticeRead } from '../shapes.ts';
import { listenerAnswer } from './listener-answer.ts';

export const getListener = latticeRead<'GetListener'>(async (tx, input, context) => {
  const { service, listener } = await resolveListener(tx, input, context);
  return {
    ...listenerAnswer(listener, service),
    createdAt: new Date(listener.createdAt),
    lastUpdatedAt: new Date(listener.lastUpdatedAt),
  };
});

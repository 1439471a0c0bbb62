import type { Status } from '../lattice/resources.ts';

/** Whether an association connects what it associates. */
export const isConnected = (status: Status): boolean =>
  status === 'ACTIVE' || status === 'UPDATE_IN_PROGRESS';

/**
 * Whether a service takes traffic, or a target group gets some. After an update or a deletion that
 * failed, the resource is there as before.
 */
export const isServed = (status: Status): boolean =>
  isConnected(status) || status === 'UPDATE_FAILED' || status === 'DELETE_FAILED';

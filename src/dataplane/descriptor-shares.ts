import type { DataPlaneLimits } from './limits.ts';

/** How much of each kind a worker has at most. */
export interface DescriptorShares {
  /** Connections of clients. */
  readonly clients: number;
  /** Requests and passed-through connections that are under way; each may have a connection to a target. */
  readonly requests: number;
  /** Connections to targets that are kept for further requests. */
  readonly kept: number;
  /** Connections of clients that are not admitted, and held. */
  readonly denied: number;
  /** Connections of clients that ask for names, and as many questions that are asked of others. */
  readonly names: number;
}

const PARTS = 16;

/**
 * What others can bring about takes 13 of 16 parts of a worker's descriptors at most. Two are for
 * sockets that wait to be dialled with (netns), and one is for all else: listening sockets, health
 * checks, logs. The parts are our choice.
 * @param descriptors of this process; may be infinite
 */
export const descriptorShares = (
  descriptors: number,
  limits: Pick<DataPlaneLimits, 'maxClientConnections' | 'maxDeniedConnections'>,
): DescriptorShares => {
  const parts = (count: number) => Math.max(Math.floor((descriptors / PARTS) * count), 1);
  return {
    clients: Math.min(limits.maxClientConnections, parts(5)),
    requests: parts(4),
    kept: parts(2),
    denied: Math.min(limits.maxDeniedConnections, parts(1)),
    names: parts(1 / 2),
  };
};

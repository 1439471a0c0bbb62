import type { Socket } from 'node:net';

/** Sent with every check; the name is our choice, AWS documents none. */
export const HEALTH_CHECK_USER_AGENT = 'vpc-lattice-healthcheck/1.0';

/** Asks over a connection that is being made; answers once with the final status, or undefined without one. */
export type Probe = (
  socket: Socket,
  request: ProbeRequest,
  done: (statusCode: number | undefined) => void,
) => void;

export interface ProbeRequest {
  /** With query, if it has one. */
  readonly path: string;
  /** `address:port` of the target in its VPC. */
  readonly host: string;
}

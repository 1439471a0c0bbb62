import type { Instance } from '../../../../lattice/vpc.ts';
import type { InstanceState } from '../../../../protocol/generated/ec2.ts';

/** Names and codes of "InstanceState" in the EC2 API reference, as far as instances have them here. */
export const INSTANCE_STATES = {
  pending: { Code: 0, Name: 'pending' },
  running: { Code: 16, Name: 'running' },
  shuttingDown: { Code: 32, Name: 'shutting-down' },
  terminated: { Code: 48, Name: 'terminated' },
} as const satisfies Record<string, InstanceState>;

export const stateOf = ({ terminatedAt }: Instance): InstanceState =>
  terminatedAt === undefined ? INSTANCE_STATES.running : INSTANCE_STATES.terminated;

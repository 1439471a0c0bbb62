import type { Instance } from '../../../../lattice/vpc.ts';
import type {
  Instance as InstanceAnswer,
  InstanceState,
} from '../../../../protocol/generated/ec2.ts';
import type { RequestContext } from '../../../operation.ts';

/** Names and codes of "InstanceState" in the EC2 API reference, as far as instances have them here. */
export const INSTANCE_STATES = {
  pending: { Code: 0, Name: 'pending' },
  running: { Code: 16, Name: 'running' },
  shuttingDown: { Code: 32, Name: 'shutting-down' },
  terminated: { Code: 48, Name: 'terminated' },
} as const satisfies Record<string, InstanceState>;

export const stateOf = (
  { id, terminatedAt }: Instance,
  { networks }: Pick<RequestContext, 'networks'>,
): InstanceState => {
  if (terminatedAt !== undefined) return INSTANCE_STATES.terminated;
  return networks?.isReachable(id) === false ? INSTANCE_STATES.pending : INSTANCE_STATES.running;
};

type Reasons = Pick<InstanceAnswer, 'StateTransitionReason' | 'StateReason'>;

/** Why it is in its state: codes and texts of "StateReason" in the EC2 API reference. */
export const stateReasons = ({ launchFailure, terminatedAt }: Instance): Reasons => {
  if (terminatedAt === undefined) return { StateTransitionReason: '' };
  if (launchFailure !== undefined) {
    return {
      StateTransitionReason: 'Server.InternalError',
      StateReason: {
        Code: 'Server.InternalError',
        Message: 'Server.InternalError: Internal error on launch',
      },
    };
  }
  return {
    StateTransitionReason: `User initiated (${terminatedAt})`,
    StateReason: {
      Code: 'Client.UserInitiatedShutdown',
      Message: 'Client.UserInitiatedShutdown: User initiated shutdown',
    },
  };
};

import type { Target, TargetGroup } from '../../../../lattice/resources.ts';
import { targetKey } from '../../../../lattice/target-key.ts';
import type { TargetHealthReader } from '../../../operation.ts';
import type { Output } from '../shapes.ts';

type Summary = Output<'ListTargets'>['items'][number];
export type TargetStatus = Pick<Summary, 'status' | 'reasonCode'>;

/**
 * A target's status, with the reason for every one but HEALTHY. AWS publishes the reasons
 * HealthCheckFailed, TargetGroupNotInUse and HealthCheckNotSupported; the others are the words of
 * its load balancers.
 */
export const targetStatus = (
  target: Target,
  group: TargetGroup,
  health: TargetHealthReader,
): TargetStatus => {
  if (target.drainUntil !== undefined) {
    return { status: 'DRAINING', reasonCode: 'DeregistrationInProgress' };
  }
  if (group.serviceId === undefined) {
    return { status: 'UNUSED', reasonCode: 'TargetGroupNotInUse' };
  }
  if (group.config.healthCheck === undefined) {
    return { status: 'UNAVAILABLE', reasonCode: 'HealthCheckNotSupported' };
  }
  if (!group.config.healthCheck.enabled) {
    return { status: 'UNAVAILABLE', reasonCode: 'HealthCheckDisabled' };
  }
  switch (health.read(group.id, targetKey(target.targetId, target.port))) {
    case 'HEALTHY':
      return { status: 'HEALTHY' };
    case 'UNHEALTHY':
      return { status: 'UNHEALTHY', reasonCode: 'HealthCheckFailed' };
    default:
      return { status: 'INITIAL', reasonCode: 'InitialHealthChecking' };
  }
};

import { interfaceArnOf } from '../../../../lattice/vpc.ts';
import type { InstanceStateChange } from '../../../../protocol/generated/ec2.ts';
import { dropTags } from '../../../tags.ts';
import { ec2Write } from '../ec2-operation.ts';
import { ec2Error, missingParameter } from '../errors.ts';
import { getAllOwned } from '../owned.ts';
import { INSTANCE_STATES, stateOf } from './instance-state.ts';
import { isRunning } from './instances-of.ts';

/**
 * Terminates all or none of the instances. Their addresses are free at once, their network
 * interfaces are gone; they are shown for an hour. To terminate one again changes nothing.
 */
export const terminateInstances = ec2Write<'TerminateInstances'>(async (tx, input, context) => {
  if (input.InstanceIds.length === 0) throw missingParameter('InstanceId');
  const instances = await getAllOwned(tx, 'instance', input.InstanceIds, context);
  const kept = instances.find((one) => isRunning(one) && one.disableApiTermination);
  if (kept) {
    throw ec2Error(
      'OperationNotPermitted',
      `The instance '${kept.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
    );
  }
  const TerminatingInstances: InstanceStateChange[] = [];
  for (const instance of instances) {
    const now = context.now.toISOString();
    TerminatingInstances.push({
      InstanceId: instance.id,
      CurrentState: isRunning(instance) ? INSTANCE_STATES.shuttingDown : stateOf(instance, context),
      PreviousState: stateOf(instance, context),
    });
    if (isRunning(instance)) {
      await dropTags(tx, interfaceArnOf(instance));
      await tx.update('instance', { ...instance, terminatedAt: now, lastUpdatedAt: now });
    }
  }
  return { TerminatingInstances };
});

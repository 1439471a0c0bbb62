import type { Instance } from '../../../../lattice/vpc.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Error, invalidParameterValue } from '../errors.ts';
import { getAllOwned } from '../owned.ts';
import { isRunning } from './instances-of.ts';

type Change = Partial<
  Pick<
    Instance,
    | 'sourceDestCheck'
    | 'disableApiStop'
    | 'disableApiTermination'
    | 'shutdownBehavior'
    | 'securityGroupIds'
    | 'metadataOptions'
  >
>;

/**
 * Changes a running instance. Its security groups have to be of its VPC.
 *
 * @throws IncorrectInstanceState, InvalidParameterValue, InvalidGroup.NotFound
 */
export const changeInstance = async (
  tx: WriteTransaction,
  instance: Instance,
  change: Change,
  context: RequestContext,
): Promise<void> => {
  if (!isRunning(instance)) {
    throw ec2Error(
      'IncorrectInstanceState',
      `The instance '${instance.id}' is not in a state from which it can be modified.`,
    );
  }
  const groups = await getAllOwned(tx, 'securityGroup', change.securityGroupIds ?? [], context);
  const foreign = groups.find(({ vpcId }) => vpcId !== instance.vpcId);
  if (foreign) {
    throw invalidParameterValue(
      `Security group ${foreign.id} and instance ${instance.id} belong to different networks.`,
    );
  }
  const lastUpdatedAt = context.now.toISOString();
  await tx.update('instance', { ...instance, ...change, lastUpdatedAt });
};

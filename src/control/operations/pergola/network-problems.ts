import type { ReadTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { isShown } from '../ec2/instances/instances-of.ts';
import type { Output } from './pergola-operation.ts';

type NetworkProblems = NonNullable<Output<'GetStatus'>['networkProblems']>;

/** Networks and instances that are not as they are wanted, and instances that were given up, for as long as they are shown. */
export const networkProblems = async (
  tx: ReadTransaction,
  { networks, now }: Pick<RequestContext, 'networks' | 'now'>,
): Promise<NetworkProblems> => {
  const givenUp = (await tx.list('instance')).items.flatMap((instance) =>
    instance.launchFailure === undefined || !isShown(instance, now)
      ? []
      : [
          {
            vpcId: instance.vpcId,
            instanceId: instance.id,
            reason: instance.launchFailure,
            isGivenUp: true,
          },
        ],
  );
  const others = (networks?.problems() ?? []).map((one) => ({ ...one, isGivenUp: false }));
  return [...others, ...givenUp];
};

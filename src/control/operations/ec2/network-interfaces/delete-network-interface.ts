import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { dropTags } from '../../../tags.ts';
import { ec2Write } from '../ec2-operation.ts';
import { invalidParameterValue } from '../errors.ts';
import { runningInstanceOf } from '../instances/instances-of.ts';
import { getOwned } from '../owned.ts';

/** Deletes a network interface; that of an instance goes with the instance. */
export const deleteNetworkInterface = ec2Write<'DeleteNetworkInterface'>(
  async (tx, { NetworkInterfaceId: id }, context) => {
    await refuseOfInstance(tx, id, context);
    const document = await getOwned(tx, 'networkInterface', id, context);
    await dropTags(tx, document.arn);
    await tx.delete('networkInterface', document.id);
    return {};
  },
);

const refuseOfInstance = async (
  tx: ReadTransaction,
  id: string,
  context: RequestContext,
): Promise<void> => {
  if ((await runningInstanceOf(tx, id, context)) === undefined) return;
  throw invalidParameterValue(`Network interface '${id}' is currently in use.`);
};

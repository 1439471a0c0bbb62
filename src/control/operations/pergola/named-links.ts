import type { ReadTransaction } from '../../../store/store.ts';
import type { Output } from './pergola-operation.ts';

type Named = Output<'ListDirectory'>['items'][number]['networks'][number];

/** Names of what stands at the other end of associations. A thing that is on its way out may have none. */
export const networksOfService = async (
  tx: ReadTransaction,
  serviceId: string,
): Promise<readonly Named[]> => {
  const { items } = await tx.list('serviceNetworkServiceAssociation', {
    index: 'service',
    equals: serviceId,
  });
  return networksNamed(tx, items);
};

export const servicesOfNetwork = async (
  tx: ReadTransaction,
  networkId: string,
): Promise<readonly Named[]> => {
  const { items } = await tx.list('serviceNetworkServiceAssociation', {
    index: 'serviceNetwork',
    equals: networkId,
  });
  return Promise.all(
    items.map(async ({ serviceId: id }) => ({ id, name: (await tx.get('service', id))?.name })),
  );
};

export const vpcsOfNetwork = async (
  tx: ReadTransaction,
  networkId: string,
): Promise<readonly Named[]> => {
  const { items } = await tx.list('serviceNetworkVpcAssociation', {
    index: 'serviceNetwork',
    equals: networkId,
  });
  return Promise.all(
    items.map(async ({ vpcId: id }) => {
      const vpc = await tx.get('vpc', id);
      return { id, name: vpc && (await tx.get('tagSet', vpc.arn))?.tags['Name'] };
    }),
  );
};

/** None or one: a VPC is in at most one network. */
export const networksOfVpc = async (
  tx: ReadTransaction,
  vpcId: string,
): Promise<readonly Named[]> => {
  const { items } = await tx.list('serviceNetworkVpcAssociation', { index: 'vpc', equals: vpcId });
  return networksNamed(tx, items);
};

const networksNamed = (
  tx: ReadTransaction,
  associations: readonly { readonly serviceNetworkId: string }[],
): Promise<readonly Named[]> =>
  Promise.all(
    associations.map(async ({ serviceNetworkId: id }) => ({
      id,
      name: (await tx.get('serviceNetwork', id))?.name,
    })),
  );

import { invalid } from '../../../errors.ts';
import { listPage } from '../../../pagination.ts';
import { findResource } from '../resolve.ts';
import { latticeRead } from '../shapes.ts';
import { vpcAssociationSummary } from './vpc-association-answer.ts';

/** What does not exist has no associations: AWS's model knows no ResourceNotFoundException here. */
export const listServiceNetworkVpcAssociations = latticeRead<'ListServiceNetworkVpcAssociations'>(
  async (tx, input, context) => {
    const { accountId } = context.caller;
    const { serviceNetworkIdentifier, vpcIdentifier } = input;
    if (serviceNetworkIdentifier === undefined && vpcIdentifier === undefined) {
      throw invalid('Either serviceNetworkIdentifier or vpcIdentifier is required.');
    }
    const network =
      serviceNetworkIdentifier === undefined
        ? undefined
        : await findResource(tx, 'serviceNetwork', serviceNetworkIdentifier, context);
    if (serviceNetworkIdentifier && !network) return { items: [] };
    const page = await listPage(
      tx,
      'serviceNetworkVpcAssociation',
      vpcIdentifier === undefined
        ? { index: 'serviceNetwork', equals: network?.id ?? '' }
        : { index: 'vpc', equals: vpcIdentifier },
      input,
      {
        accountId,
        operation: 'ListServiceNetworkVpcAssociations',
        filter: { serviceNetwork: network?.id, vpcIdentifier },
      },
      (association) =>
        association.accountId === accountId &&
        (network === undefined || association.serviceNetworkId === network.id),
    );
    const items = [];
    for (const association of page.items) items.push(await vpcAssociationSummary(tx, association));
    return { ...page, items };
  },
);

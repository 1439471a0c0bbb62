import { isDeepStrictEqual } from 'node:util';
import type { ServiceNetworkVpcAssociation } from '../../../../lattice/resources.ts';
import { invalid, invalidField } from '../../../errors.ts';
import { begun } from '../../../lifecycle/transition.ts';
import { resolveResource } from '../resolve.ts';
import { requireSettledAssociation } from '../settled.ts';
import { type Input, latticeWrite } from '../shapes.ts';
import { requireSecurityGroups } from './security-groups.ts';
import { vpcAssociationAnswer } from './vpc-association-answer.ts';

type UpdateInput = Input<'UpdateServiceNetworkVpcAssociation'>;

export const updateServiceNetworkVpcAssociation =
  latticeWrite<'UpdateServiceNetworkVpcAssociation'>(async (tx, input, context) => {
    const before = await resolveResource(
      tx,
      'serviceNetworkVpcAssociation',
      input.serviceNetworkVpcAssociationIdentifier,
      context,
    );
    requireSettledAssociation(before, 'SERVICE_NETWORK_VPC_ASSOCIATION');
    requireNothingFixed(input, before);
    const { securityGroupIds } = input;
    if (securityGroupIds === undefined) return vpcAssociationAnswer(before);
    if (securityGroupIds.length === 0) {
      throw invalidField('securityGroupIds', 'At least one security group is required.');
    }
    const vpc = { id: before.vpcId, accountId: before.accountId };
    await requireSecurityGroups(tx, securityGroupIds, vpc, context);
    const association = {
      ...before,
      securityGroupIds,
      lastUpdatedAt: context.now.toISOString(),
      ...begun('UPDATE_IN_PROGRESS', context),
    };
    await tx.update('serviceNetworkVpcAssociation', association);
    return vpcAssociationAnswer(association);
  });

/** The model has these members, but what they say is settled when the association is made. */
const requireNothingFixed = (input: UpdateInput, before: ServiceNetworkVpcAssociation): void => {
  for (const name of ['privateDnsEnabled', 'dnsOptions'] as const) {
    if (input[name] !== undefined && !isDeepStrictEqual(input[name], before[name])) {
      throw invalid(`${name} of an association cannot be changed. Create the association anew.`);
    }
  }
};

import { vpcAssociationArn } from '../../../../lattice/arn.ts';
import { conflict } from '../../../errors.ts';
import { begun } from '../../../lifecycle/transition.ts';
import { asTaggable } from '../../../taggable.ts';
import { putTags } from '../../../tags.ts';
import { insertOrTaken } from '../insert.ts';
import { resolveOwnVpc } from '../owned-vpc.ts';
import { present } from '../present.ts';
import { requireQuota } from '../quota.ts';
import { resolveResource } from '../resolve.ts';
import { latticeWrite } from '../shapes.ts';
import { requireDnsOptions } from './dns-options.ts';
import { requireSecurityGroups } from './security-groups.ts';
import { vpcAssociationAnswer } from './vpc-association-answer.ts';

export const createServiceNetworkVpcAssociation =
  latticeWrite<'CreateServiceNetworkVpcAssociation'>(async (tx, input, context) => {
    const { accountId } = context.caller;
    const { dnsOptions, securityGroupIds = [] } = input;
    const network = await resolveResource(
      tx,
      'serviceNetwork',
      input.serviceNetworkIdentifier,
      context,
    );
    const vpc = await resolveOwnVpc(tx, input.vpcIdentifier, context);
    if (dnsOptions !== undefined) requireDnsOptions(dnsOptions);
    await requireSecurityGroups(tx, securityGroupIds, vpc, context);
    const before = await tx.findUnique('serviceNetworkVpcAssociation', 'vpc', vpc.id);
    if (before !== undefined) throw alreadyAssociated(before.id);
    const ofNetwork = { index: 'serviceNetwork', equals: network.id };
    const count = await tx.count('serviceNetworkVpcAssociation', ofNetwork);
    requireQuota(
      'vpcAssociationsPerServiceNetwork',
      count + 1,
      'SERVICE_NETWORK_VPC_ASSOCIATION',
      context,
      network.id,
    );
    const id = context.newId('serviceNetworkVpcAssociation');
    const now = context.now.toISOString();
    const association = present({
      id,
      accountId,
      arn: vpcAssociationArn(context.settings, accountId, id),
      serviceNetworkId: network.id,
      vpcId: vpc.id,
      createdBy: accountId,
      securityGroupIds,
      privateDnsEnabled: input.privateDnsEnabled ?? false,
      dnsOptions,
      createdAt: now,
      lastUpdatedAt: now,
      ...begun('CREATE_IN_PROGRESS', context),
    });
    await insertOrTaken(tx, 'serviceNetworkVpcAssociation', association, ({ holder }) =>
      alreadyAssociated(holder),
    );
    await putTags(tx, asTaggable(association), input.tags, context);
    return vpcAssociationAnswer(association);
  });

const alreadyAssociated = (id: string) =>
  conflict(
    'SERVICE_NETWORK_VPC_ASSOCIATION',
    id,
    'VPC has already been associated to a service network.',
  );

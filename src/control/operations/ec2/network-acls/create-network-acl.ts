import type { NetworkAcl } from '../../../../lattice/vpc.ts';
import { ec2Arn } from '../ec2-arn.ts';
import { ec2Write } from '../ec2-operation.ts';
import { ec2Error } from '../errors.ts';
import { getOwned } from '../owned.ts';
import { parseTagSpecifications, tagDocument } from '../tags/parse-tags.ts';
import { toAclAnswer } from './acl-answer.ts';

/** A new ACL, which lets nothing through and has no subnets. */
export const createNetworkAcl = ec2Write<'CreateNetworkAcl'>(async (tx, input, context) => {
  const vpc = await getOwned(tx, 'vpc', input.VpcId, context);
  const tags = parseTagSpecifications(input.TagSpecifications, 'network-acl');
  const count = await tx.count('networkAcl', { index: 'vpc', equals: vpc.id });
  if (count >= context.settings.quotas.networkAclsPerVpc) {
    throw ec2Error(
      'NetworkAclLimitExceeded',
      `The maximum number of network ACLs for VPC '${vpc.id}' has been reached.`,
    );
  }
  const id = context.newId('networkAcl');
  const now = context.now.toISOString();
  const acl: NetworkAcl = {
    id,
    arn: ec2Arn(context, 'network-acl', id),
    accountId: context.caller.accountId,
    createdAt: now,
    lastUpdatedAt: now,
    vpcId: vpc.id,
    isDefault: false,
    entries: [],
  };
  await tx.insert('networkAcl', acl);
  await tagDocument(tx, acl, tags, context);
  return { NetworkAcl: toAclAnswer(acl, vpc, [], tags) };
});

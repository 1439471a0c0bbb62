import { ec2Write } from '../ec2-operation.ts';
import { ec2Error, missingParameter } from '../errors.ts';
import { parseTagSpecifications, tagDocument } from '../tags/parse-tags.ts';
import { toTagList } from '../tags/tag-list.ts';
import { getUsableVpc } from '../usable.ts';
import { assertGroupDescription, assertGroupName } from './group-name.ts';
import { insertGroup } from './insert-group.ts';

/** Makes a group in a VPC. There is no default VPC, so the VPC must be named. */
export const createSecurityGroup = ec2Write<'CreateSecurityGroup'>(async (tx, input, context) => {
  const { GroupName, Description, VpcId } = input;
  if (!GroupName) throw missingParameter('groupName');
  if (!Description) throw missingParameter('groupDescription');
  assertGroupName(GroupName);
  assertGroupDescription(Description);
  const tags = parseTagSpecifications(input.TagSpecifications, 'security-group');
  if (VpcId === undefined) {
    throw ec2Error('VPCIdNotSpecified', 'No default VPC for this user');
  }
  const vpc = await getUsableVpc(tx, VpcId, context);
  if (await tx.findUnique('securityGroup', 'name', `${vpc.id}/${GroupName}`)) {
    throw ec2Error(
      'InvalidGroup.Duplicate',
      `The security group '${GroupName}' already exists for VPC '${vpc.id}'`,
    );
  }
  const count = await tx.count('securityGroup', { index: 'vpc', equals: vpc.id });
  if (count >= context.settings.quotas.securityGroupsPerVpc) {
    throw ec2Error(
      'SecurityGroupLimitExceeded',
      `The maximum number of security groups for VPC '${vpc.id}' has been reached.`,
    );
  }
  const group = await insertGroup(tx, vpc, GroupName, Description, context);
  await tagDocument(tx, group, tags, context);
  return { GroupId: group.id, SecurityGroupArn: group.arn, Tags: toTagList(tags) };
});

import type { Vpc } from '../../../../lattice/vpc.ts';
import type { CreateVpcRequest } from '../../../../protocol/generated/ec2.ts';
import { ec2Arn } from '../ec2-arn.ts';
import { ec2Write } from '../ec2-operation.ts';
import { ec2Error, invalidParameterValue, missingEither, unsupported } from '../errors.ts';
import { insertDefaultGroup } from '../security-groups/insert-group.ts';
import { parseTagSpecifications, tagDocument } from '../tags/parse-tags.ts';
import { ipv6BlockOf } from './ipv6-block.ts';
import { toVpcAnswer } from './vpc-answer.ts';
import { parseVpcCidr } from './vpc-cidr.ts';

/** Makes a VPC with its default security group; main route table and network ACL follow from the document. */
export const createVpc = ec2Write<'CreateVpc'>(async (tx, input, context) => {
  refuseUnbuilt(input);
  const { CidrBlock, InstanceTenancy = 'default' } = input;
  if (CidrBlock === undefined) throw missingEither('cidrBlock', 'ipv4IpamPoolId');
  const cidrBlock = parseVpcCidr(CidrBlock);
  if (InstanceTenancy === 'host') {
    throw invalidParameterValue(
      'Value (host) for parameter instanceTenancy is invalid. Use default or dedicated.',
    );
  }
  const tags = parseTagSpecifications(input.TagSpecifications, 'vpc');
  const account = { index: 'account', equals: context.caller.accountId };
  if ((await tx.count('vpc', account)) >= context.settings.quotas.vpcsPerRegion) {
    throw ec2Error('VpcLimitExceeded', 'The maximum number of VPCs has been reached.');
  }

  const id = context.newId('vpc');
  const now = context.now.toISOString();
  const vpc: Vpc = {
    id,
    arn: ec2Arn(context, 'vpc', id),
    accountId: context.caller.accountId,
    createdAt: now,
    lastUpdatedAt: now,
    cidrBlock,
    cidrAssociationId: context.newId('vpcCidrAssociation'),
    ...(input.AmazonProvidedIpv6CidrBlock && { ipv6CidrBlock: ipv6BlockOf(id) }),
    enableDnsSupport: true,
    enableDnsHostnames: false,
    instanceTenancy: InstanceTenancy,
    mainRouteTableId: context.newId('routeTable'),
    defaultNetworkAclId: context.newId('networkAcl'),
  };
  await tx.insert('vpc', vpc);
  await tagDocument(tx, vpc, tags, context);
  await insertDefaultGroup(tx, vpc, context);
  return { Vpc: toVpcAnswer(vpc, tags, context) };
});

const refuseUnbuilt = (input: CreateVpcRequest): void => {
  if (input.Ipv4IpamPoolId !== undefined || input.Ipv4NetmaskLength !== undefined) {
    throw unsupported('Ipv4IpamPoolId', 'give CidrBlock instead');
  }
  if (
    input.Ipv6IpamPoolId !== undefined ||
    input.Ipv6NetmaskLength !== undefined ||
    input.Ipv6Pool !== undefined ||
    input.Ipv6CidrBlock !== undefined
  ) {
    throw unsupported('Ipv6CidrBlock', 'use AmazonProvidedIpv6CidrBlock instead');
  }
};

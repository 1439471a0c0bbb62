import type { Ec2Operations } from '../../../protocol/generated/ec2.ts';
import { MOST_RESOURCES } from '../../operations/ec2/tags/create-tags.ts';
import type { KeyValues } from '../key-values.ts';
import type {
  AskedResource,
  CallScope,
  RequiredAction,
  RequiredActions,
} from '../required-action.ts';
import {
  type Ec2Kind,
  ec2ArnOf,
  ec2Resource,
  ec2ResourceById,
  listedTags,
  specifiedTags,
  type Tagged,
  tagsFor,
} from './ec2-resources.ts';

type On<Input> = (input: Input, scope: CallScope) => Promise<readonly AskedResource[]>;

const vpc: On<{ readonly VpcId: string }> = async ({ VpcId }, scope) => [
  await ec2Resource('vpc', VpcId, scope),
];

const subnet: On<{ readonly SubnetId: string }> = async ({ SubnetId }, scope) => [
  await ec2Resource('subnet', SubnetId, scope),
];

const instance: On<{ readonly InstanceId: string }> = async ({ InstanceId }, scope) => [
  await ec2Resource('instance', InstanceId, scope),
];

/** Without an id the call is about a group of a default VPC, which nobody has here. */
const securityGroup: On<{ readonly GroupId?: string }> = async ({ GroupId = '*' }, scope) => [
  await ec2Resource('securityGroup', GroupId, scope),
];

const resources = (
  kind: Ec2Kind,
  ids: readonly string[],
  scope: CallScope,
): Promise<readonly AskedResource[]> =>
  Promise.all([...new Set(ids)].slice(0, MOST_RESOURCES).map((id) => ec2Resource(kind, id, scope)));

const networkAcl: On<{ readonly NetworkAclId: string }> = async ({ NetworkAclId }, scope) => [
  await ec2Resource('networkAcl', NetworkAclId, scope),
];

const networkInterface: On<{ readonly NetworkInterfaceId: string }> = async (
  { NetworkInterfaceId },
  scope,
) => [await ec2Resource('networkInterface', NetworkInterfaceId, scope)];

const tagged: On<{ readonly Resources: readonly string[] }> = async ({ Resources }, scope) => {
  // The operation refuses more.
  const ids = [...new Set(Resources)].slice(0, MOST_RESOURCES);
  return Promise.all(ids.map((id) => ec2ResourceById(id, scope)));
};

interface Creation<Input> {
  readonly kind: Ec2Kind;
  /** Keys of what is made, beside those of its tags. */
  keys?(input: Input, scope: CallScope): KeyValues;
  /** In what it is made, which has to be allowed as well. */
  within?(input: Input, scope: CallScope): Promise<readonly AskedResource[]>;
  /** Whether what is made is asked about only when it gets tags, as for rules of security groups. */
  readonly onlyWithTags?: boolean;
  /** What is made beside it and may get tags of its own. */
  readonly alsoTagged?: readonly Ec2Kind[];
}

/** Making something; with tags, CreateTags has to be allowed too. Only what is made has the request's tags. */
const creating = <Name extends keyof Ec2Operations>(
  operation: Name,
  {
    kind,
    keys,
    within,
    onlyWithTags = false,
    alsoTagged = [],
  }: Creation<Ec2Operations[Name]['input'] & Tagged>,
): RequiredAction<Ec2Operations[Name]['input'] & Tagged> => {
  const made = (input: Ec2Operations[Name]['input'] & Tagged, scope: CallScope): AskedResource => ({
    arn: ec2ArnOf(kind, '*', scope),
    keys: { ...keys?.(input, scope), ...specifiedTags(input, kind) },
  });
  return {
    on: async (input, scope) => [
      ...((await within?.(input, scope)) ?? []),
      ...(onlyWithTags && tagsFor(input, kind).length === 0 ? [] : [made(input, scope)]),
    ],
    keys: regionKey,
    also: async (input, scope) => {
      const beside = alsoTagged.map((one) => ({
        kind: one,
        resource: { arn: ec2ArnOf(one, '*', scope), keys: specifiedTags(input, one) },
      }));
      return [{ kind, resource: made(input, scope) }, ...beside]
        .filter((one) => tagsFor(input, one.kind).length > 0)
        .map(({ resource: { arn, keys: own } }) => ({
          action: 'ec2:CreateTags',
          resource: { arn, keys: { ...own, 'ec2:CreateAction': operation } },
        }));
    },
  };
};

const regionKey = (_input: unknown, { context }: CallScope): KeyValues => ({
  'ec2:Region': context.settings.region,
});

const anything = { keys: regionKey };
const onVpc = { on: vpc, keys: regionKey };
const onSubnet = { on: subnet, keys: regionKey };
const onInstance = { on: instance, keys: regionKey };
const onNetworkAcl = { on: networkAcl, keys: regionKey };
const onSecurityGroup = { on: securityGroup, keys: regionKey };

/** "Actions, resources, and condition keys for Amazon EC2" in AWS's service authorization reference. */
export const ec2Actions: RequiredActions<Ec2Operations> = {
  AuthorizeSecurityGroupEgress: creating('AuthorizeSecurityGroupEgress', {
    kind: 'securityGroupRule',
    within: securityGroup,
    onlyWithTags: true,
  }),
  AuthorizeSecurityGroupIngress: creating('AuthorizeSecurityGroupIngress', {
    kind: 'securityGroupRule',
    within: securityGroup,
    onlyWithTags: true,
  }),
  CreateNetworkAcl: creating('CreateNetworkAcl', {
    kind: 'networkAcl',
    keys: ({ VpcId }, scope) => ({ 'ec2:Vpc': ec2ArnOf('vpc', VpcId, scope) }),
    within: vpc,
  }),
  CreateNetworkAclEntry: onNetworkAcl,
  CreateNetworkInterface: creating('CreateNetworkInterface', {
    kind: 'networkInterface',
    keys: ({ SubnetId }, scope) => ({ 'ec2:Subnet': ec2ArnOf('subnet', SubnetId, scope) }),
    within: async (input, scope) => [
      ...(await subnet(input, scope)),
      ...(await resources('securityGroup', input.Groups ?? [], scope)),
    ],
  }),
  CreateSecurityGroup: creating('CreateSecurityGroup', {
    kind: 'securityGroup',
    keys: ({ VpcId = '*' }, scope) => ({ 'ec2:Vpc': ec2ArnOf('vpc', VpcId, scope) }),
    within: ({ VpcId = '*' }, scope) => vpc({ VpcId }, scope),
  }),
  CreateSubnet: creating('CreateSubnet', {
    kind: 'subnet',
    keys: ({ VpcId, AvailabilityZone }, scope) => ({
      'ec2:Vpc': ec2ArnOf('vpc', VpcId, scope),
      'ec2:AvailabilityZone': AvailabilityZone,
    }),
    within: vpc,
  }),
  CreateTags: {
    on: tagged,
    keys: ({ Tags }, scope) => ({ ...regionKey(undefined, scope), ...listedTags(Tags) }),
  },
  CreateVpc: creating('CreateVpc', {
    kind: 'vpc',
    keys: ({ InstanceTenancy }) => ({ 'ec2:Tenancy': InstanceTenancy }),
  }),
  DeleteNetworkAcl: onNetworkAcl,
  DeleteNetworkAclEntry: onNetworkAcl,
  DeleteNetworkInterface: { on: networkInterface, keys: regionKey },
  DeleteSecurityGroup: onSecurityGroup,
  DeleteSubnet: onSubnet,
  DeleteTags: {
    on: tagged,
    keys: ({ Tags = [] }, scope) => ({ ...regionKey(undefined, scope), ...listedTags(Tags) }),
  },
  DeleteVpc: onVpc,
  DescribeAccountAttributes: anything,
  DescribeAvailabilityZones: anything,
  DescribeImages: anything,
  DescribeInstanceAttribute: onInstance,
  DescribeInstanceCreditSpecifications: anything,
  DescribeInstanceStatus: anything,
  DescribeInstanceTypes: anything,
  DescribeInstances: anything,
  DescribeManagedPrefixLists: anything,
  DescribeNetworkAcls: anything,
  DescribeNetworkInterfaces: anything,
  DescribeRegions: anything,
  DescribeRouteTables: anything,
  DescribeSecurityGroupRules: anything,
  DescribeSecurityGroups: anything,
  DescribeSubnets: anything,
  DescribeTags: anything,
  DescribeVolumes: anything,
  DescribeVpcAttribute: onVpc,
  DescribeVpcs: anything,
  GetManagedPrefixListEntries: {
    on: async ({ PrefixListId }, { context }) => {
      const { partition, region } = context.settings;
      // There are no lists but AWS's.
      return [{ arn: `arn:${partition}:ec2:${region}:aws:prefix-list/${PrefixListId}` }];
    },
    keys: regionKey,
  },
  ModifyInstanceAttribute: onInstance,
  ModifyInstanceMetadataOptions: onInstance,
  ModifyNetworkInterfaceAttribute: {
    on: async (input, scope) => [
      ...(await networkInterface(input, scope)),
      ...(await resources('securityGroup', input.Groups ?? [], scope)),
    ],
    keys: regionKey,
  },
  ModifySecurityGroupRules: {
    on: async (input, scope) => [
      ...(await securityGroup(input, scope)),
      ...(await Promise.all(
        input.SecurityGroupRules.map(({ SecurityGroupRuleId }) =>
          ec2Resource('securityGroupRule', SecurityGroupRuleId, scope),
        ),
      )),
    ],
    keys: regionKey,
  },
  ModifySubnetAttribute: onSubnet,
  ModifyVpcAttribute: onVpc,
  ReplaceNetworkAclAssociation: onNetworkAcl,
  ReplaceNetworkAclEntry: onNetworkAcl,
  RevokeSecurityGroupEgress: onSecurityGroup,
  RevokeSecurityGroupIngress: onSecurityGroup,
  RunInstances: creating('RunInstances', {
    kind: 'instance',
    alsoTagged: ['networkInterface'],
    keys: ({ InstanceType, SubnetId = '*' }, scope) => ({
      'ec2:InstanceType': InstanceType,
      'ec2:Subnet': ec2ArnOf('subnet', SubnetId, scope),
    }),
    within: async ({ SubnetId, SecurityGroupIds = [], NetworkInterfaces = [] }, scope) => {
      const inside = SubnetId ?? NetworkInterfaces[0]?.SubnetId ?? '*';
      const groupIds = NetworkInterfaces.flatMap(({ Groups = [] }) => Groups);
      return [
        ...(await subnet({ SubnetId: inside }, scope)),
        ...(await resources('securityGroup', [...SecurityGroupIds, ...groupIds], scope)),
      ];
    },
  }),
  TerminateInstances: {
    on: ({ InstanceIds }, scope) => resources('instance', InstanceIds, scope),
    keys: regionKey,
  },
  UpdateSecurityGroupRuleDescriptionsEgress: onSecurityGroup,
  UpdateSecurityGroupRuleDescriptionsIngress: onSecurityGroup,
};

import type { Ec2OperationName, Ec2Operations } from '../../../protocol/generated/ec2.ts';
import type { Operation } from '../../operation.ts';
import { describeAccountAttributes } from './account-attributes/describe-account-attributes.ts';
import { describeAvailabilityZones } from './availability-zones/describe-availability-zones.ts';
import { describeImages } from './instances/describe-images.ts';
import { describeInstanceAttribute } from './instances/describe-instance-attribute.ts';
import { describeInstanceCreditSpecifications } from './instances/describe-instance-credit-specifications.ts';
import { describeInstanceStatus } from './instances/describe-instance-status.ts';
import { describeInstanceTypes } from './instances/describe-instance-types.ts';
import { describeInstances } from './instances/describe-instances.ts';
import { describeVolumes } from './instances/describe-volumes.ts';
import { modifyInstanceAttribute } from './instances/modify-instance-attribute.ts';
import { modifyInstanceMetadataOptions } from './instances/modify-instance-metadata-options.ts';
import { runInstances } from './instances/run-instances.ts';
import { terminateInstances } from './instances/terminate-instances.ts';
import {
  createNetworkAclEntry,
  deleteNetworkAclEntry,
  replaceNetworkAclEntry,
} from './network-acls/change-entries.ts';
import { createNetworkAcl } from './network-acls/create-network-acl.ts';
import { deleteNetworkAcl } from './network-acls/delete-network-acl.ts';
import { describeNetworkAcls } from './network-acls/describe-network-acls.ts';
import { replaceNetworkAclAssociation } from './network-acls/replace-network-acl-association.ts';
import { createNetworkInterface } from './network-interfaces/create-network-interface.ts';
import { deleteNetworkInterface } from './network-interfaces/delete-network-interface.ts';
import { describeNetworkInterfaces } from './network-interfaces/describe-network-interfaces.ts';
import { modifyNetworkInterfaceAttribute } from './network-interfaces/modify-network-interface-attribute.ts';
import { describeManagedPrefixLists } from './prefix-lists/describe-managed-prefix-lists.ts';
import { getManagedPrefixListEntries } from './prefix-lists/get-managed-prefix-list-entries.ts';
import { describeRegions } from './regions/describe-regions.ts';
import { describeRouteTables } from './route-tables/describe-route-tables.ts';
import { authorizeSecurityGroupEgress } from './security-group-rules/authorize-security-group-egress.ts';
import { authorizeSecurityGroupIngress } from './security-group-rules/authorize-security-group-ingress.ts';
import { describeSecurityGroupRules } from './security-group-rules/describe-security-group-rules.ts';
import { modifySecurityGroupRules } from './security-group-rules/modify-security-group-rules.ts';
import { revokeSecurityGroupEgress } from './security-group-rules/revoke-security-group-egress.ts';
import { revokeSecurityGroupIngress } from './security-group-rules/revoke-security-group-ingress.ts';
import { updateSecurityGroupRuleDescriptionsEgress } from './security-group-rules/update-security-group-rule-descriptions-egress.ts';
import { updateSecurityGroupRuleDescriptionsIngress } from './security-group-rules/update-security-group-rule-descriptions-ingress.ts';
import { createSecurityGroup } from './security-groups/create-security-group.ts';
import { deleteSecurityGroup } from './security-groups/delete-security-group.ts';
import { describeSecurityGroups } from './security-groups/describe-security-groups.ts';
import { createSubnet } from './subnets/create-subnet.ts';
import { deleteSubnet } from './subnets/delete-subnet.ts';
import { describeSubnets } from './subnets/describe-subnets.ts';
import { modifySubnetAttribute } from './subnets/modify-subnet-attribute.ts';
import { createTags } from './tags/create-tags.ts';
import { deleteTags } from './tags/delete-tags.ts';
import { describeTags } from './tags/describe-tags.ts';
import { createVpc } from './vpcs/create-vpc.ts';
import { deleteVpc } from './vpcs/delete-vpc.ts';
import { describeVpcAttribute } from './vpcs/describe-vpc-attribute.ts';
import { describeVpcs } from './vpcs/describe-vpcs.ts';
import { modifyVpcAttribute } from './vpcs/modify-vpc-attribute.ts';

/** Every operation of the ec2 model that this server has. */
export const ec2Operations = {
  AuthorizeSecurityGroupEgress: authorizeSecurityGroupEgress,
  AuthorizeSecurityGroupIngress: authorizeSecurityGroupIngress,
  CreateNetworkAcl: createNetworkAcl,
  CreateNetworkAclEntry: createNetworkAclEntry,
  CreateNetworkInterface: createNetworkInterface,
  CreateSecurityGroup: createSecurityGroup,
  CreateSubnet: createSubnet,
  CreateTags: createTags,
  CreateVpc: createVpc,
  DeleteNetworkAcl: deleteNetworkAcl,
  DeleteNetworkAclEntry: deleteNetworkAclEntry,
  DeleteNetworkInterface: deleteNetworkInterface,
  DeleteSecurityGroup: deleteSecurityGroup,
  DeleteSubnet: deleteSubnet,
  DeleteTags: deleteTags,
  DeleteVpc: deleteVpc,
  DescribeAccountAttributes: describeAccountAttributes,
  DescribeAvailabilityZones: describeAvailabilityZones,
  DescribeImages: describeImages,
  DescribeInstanceAttribute: describeInstanceAttribute,
  DescribeInstanceCreditSpecifications: describeInstanceCreditSpecifications,
  DescribeInstanceStatus: describeInstanceStatus,
  DescribeInstanceTypes: describeInstanceTypes,
  DescribeInstances: describeInstances,
  DescribeManagedPrefixLists: describeManagedPrefixLists,
  DescribeNetworkAcls: describeNetworkAcls,
  DescribeNetworkInterfaces: describeNetworkInterfaces,
  DescribeRegions: describeRegions,
  DescribeRouteTables: describeRouteTables,
  DescribeSecurityGroupRules: describeSecurityGroupRules,
  DescribeSecurityGroups: describeSecurityGroups,
  DescribeSubnets: describeSubnets,
  DescribeTags: describeTags,
  DescribeVolumes: describeVolumes,
  DescribeVpcAttribute: describeVpcAttribute,
  DescribeVpcs: describeVpcs,
  GetManagedPrefixListEntries: getManagedPrefixListEntries,
  ModifyInstanceAttribute: modifyInstanceAttribute,
  ModifyInstanceMetadataOptions: modifyInstanceMetadataOptions,
  ModifyNetworkInterfaceAttribute: modifyNetworkInterfaceAttribute,
  ModifySecurityGroupRules: modifySecurityGroupRules,
  ModifySubnetAttribute: modifySubnetAttribute,
  ModifyVpcAttribute: modifyVpcAttribute,
  ReplaceNetworkAclAssociation: replaceNetworkAclAssociation,
  ReplaceNetworkAclEntry: replaceNetworkAclEntry,
  RevokeSecurityGroupEgress: revokeSecurityGroupEgress,
  RevokeSecurityGroupIngress: revokeSecurityGroupIngress,
  RunInstances: runInstances,
  TerminateInstances: terminateInstances,
  UpdateSecurityGroupRuleDescriptionsEgress: updateSecurityGroupRuleDescriptionsEgress,
  UpdateSecurityGroupRuleDescriptionsIngress: updateSecurityGroupRuleDescriptionsIngress,
} satisfies {
  readonly [N in Ec2OperationName]: Operation<
    Ec2Operations[N]['input'],
    Ec2Operations[N]['output']
  >;
};

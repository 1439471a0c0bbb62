import { expect, test } from 'vitest';
import type { ServiceName } from '../../protocol/load-model.ts';
import { openService } from '../services.ts';
import { actionOf, requiredActions } from './required-actions.ts';

const SERVICES: Readonly<Record<ServiceName, string>> = {
  'vpc-lattice': 'vpc-lattice',
  ec2: 'ec2',
  iam: 'iam',
  sts: 'sts',
  acm: 'acm',
  route53: 'route53',
  tagging: 'tag',
  pergola: 'pergola',
};

test.each(Object.entries(SERVICES) as [ServiceName, string][])(
  'all operations of %s that are built need an action %s:… that the model names, and no others do',
  async (name, prefix) => {
    const { operations, model } = await openService(name);
    const table = await requiredActions(name);
    const built = Object.keys(operations).filter(
      (operation) => operations[operation]?.kind !== 'notBuilt',
    );
    expect(Object.keys(table).sort()).toEqual(built.sort());
    for (const operation of built) {
      const [actionPrefix, action = ''] = actionOf(name, operation, table[operation]!).split(':');
      expect([operation, actionPrefix]).toEqual([operation, prefix]);
      expect(Object.keys(model.operations)).toContain(action);
    }
  },
);

/** Those for which AWS's reference has no resource type. */
const OF_NOTHING: Readonly<Record<ServiceName, readonly string[]>> = {
  'vpc-lattice': [
    'ListAccessLogSubscriptions',
    'ListListeners',
    'ListRules',
    'ListServiceNetworkServiceAssociations',
    'ListServiceNetworkVpcAssociations',
    'ListServiceNetworkVpcEndpointAssociations',
    'ListServiceNetworks',
    'ListServices',
    'ListTagsForResource',
    'ListTargetGroups',
  ],
  ec2: [
    'DescribeAccountAttributes',
    'DescribeAvailabilityZones',
    'DescribeImages',
    'DescribeInstanceCreditSpecifications',
    'DescribeInstanceStatus',
    'DescribeInstanceTypes',
    'DescribeInstances',
    'DescribeManagedPrefixLists',
    'DescribeNetworkAcls',
    'DescribeNetworkInterfaces',
    'DescribeRegions',
    'DescribeRouteTables',
    'DescribeSecurityGroupRules',
    'DescribeSecurityGroups',
    'DescribeSubnets',
    'DescribeTags',
    'DescribeVolumes',
    'DescribeVpcs',
  ],
  iam: [
    'ListAccountAliases',
    'ListGroups',
    'ListOpenIDConnectProviders',
    'ListPolicies',
    'ListRoles',
    'ListUsers',
    'ListVirtualMFADevices',
  ],
  sts: [
    'AssumeRole',
    'AssumeRoleWithWebIdentity',
    'GetAccessKeyInfo',
    'GetCallerIdentity',
    'GetSessionToken',
  ],
  acm: ['ListCertificates', 'RequestCertificate'],
  route53: [
    'CreateHostedZone',
    'GetHostedZoneCount',
    'ListHostedZones',
    'ListHostedZonesByName',
    'ListHostedZonesByVPC',
  ],
  tagging: ['GetResources', 'GetTagKeys', 'GetTagValues', 'TagResources', 'UntagResources'],
  pergola: [
    'CreateAccount',
    'DeleteAddressMapping',
    'ExplainPath',
    'GetExplanation',
    'GetStatus',
    'ListAccounts',
    'ListAddressMappings',
    'ListDirectory',
    'ListPortals',
    'PutAddressMapping',
    'Simulate',
  ],
};

test.each(Object.entries(OF_NOTHING) as [ServiceName, readonly string[]][])(
  'all other operations of %s are asked about with a resource',
  async (name, ofNothing) => {
    const table = await requiredActions(name);
    const without = Object.keys(table).filter((operation) => table[operation]?.on === undefined);
    expect(without.sort()).toEqual([...ofNothing].sort());
  },
);

test('only these are called whatever policies say, or ask policies themselves', async () => {
  const names: string[] = [];
  for (const name of Object.keys(SERVICES) as ServiceName[]) {
    for (const [operation, { rule }] of Object.entries(await requiredActions(name))) {
      if (rule !== undefined) names.push(`${name} ${operation}: ${rule}`);
    }
  }
  expect(names).toEqual([
    'sts AssumeRole: operation',
    'sts AssumeRoleWithWebIdentity: operation',
    'sts GetCallerIdentity: always',
    'sts GetSessionToken: always',
  ]);
});

import { listenerArn, ruleArn } from '../../../lattice/arn.ts';
import type { VpcLatticeOperations } from '../../../protocol/generated/vpc-lattice.ts';
import type { NotBuilt } from '../../operation.ts';
import type { vpcLatticeOperations } from '../../operations/vpc-lattice/registry.ts';
import { type KeyValues, requestTags, tagKeys } from '../key-values.ts';
import type {
  AskedResource,
  CallScope,
  RequiredAction,
  RequiredActions,
} from '../required-action.ts';
import { arnOf, arnOfListener, arnOfRule } from './lattice-arns.ts';
import { authTypeKey, dnsKeys, endKeys, targetGroupKeys } from './lattice-keys.ts';
import {
  listener,
  logSubscription,
  policyHolder,
  resourceWithArn,
  rule,
  service,
  serviceAssociation,
  serviceNetwork,
  targetGroup,
  vpcAssociation,
  withArn,
} from './lattice-resources.ts';

type Registry = typeof vpcLatticeOperations;
type Built = {
  [Name in keyof Registry as Registry[Name] extends NotBuilt
    ? never
    : Name]: VpcLatticeOperations[Name];
};

interface Creation<Input> {
  /** ARN of what is made, with `*` for its id. */
  made(input: Input, scope: CallScope): string;
  /** What it joins, which has to be allowed as well. */
  within?(input: Input, scope: CallScope): Promise<readonly AskedResource[]>;
  keys?(input: Input, scope: CallScope): KeyValues;
}

type CreateOperation = Extract<keyof Built, `Create${string}`>;

/** Making something; with tags, tagging it has to be allowed too. */
const creating = <Name extends CreateOperation>(
  operation: Name,
  { made, within, keys }: Creation<Built[Name]['input']>,
): RequiredAction<Built[Name]['input']> => ({
  on: async (input, scope) => [
    ...((await within?.(input, scope)) ?? []),
    { arn: made(input, scope) },
  ],
  keys: (input, scope) => ({ ...requestTags(input.tags), ...keys?.(input, scope) }),
  also: async (input, scope) => {
    if (Object.keys(input.tags ?? {}).length === 0) return [];
    const keys = { 'vpc-lattice:CreateAction': operation };
    return [{ action: 'vpc-lattice:TagResource', resource: { arn: made(input, scope), keys } }];
  },
});

/** "Actions, resources, and condition keys for Amazon VPC Lattice" in AWS's service authorization reference. */
export const vpcLatticeActions: RequiredActions<Built> = {
  BatchUpdateRule: {
    action: 'vpc-lattice:UpdateRule',
    on: ({ rules, ...ofListener }, scope) =>
      Promise.all(
        rules.map(async ({ ruleIdentifier, action }) => {
          const name = { ...ofListener, ruleIdentifier };
          const { arn, keys } = await resourceWithArn(arnOfRule(name, scope), scope);
          return { arn, keys: { ...keys, ...targetGroupKeys(action, scope) } };
        }),
      ),
  },
  CreateAccessLogSubscription: creating('CreateAccessLogSubscription', {
    made: (_input, scope) => arnOf('accessLogSubscription', '*', scope),
    within: policyHolder,
  }),
  CreateListener: creating('CreateListener', {
    made: (input, scope) => listenerArn(arnOf('service', input.serviceIdentifier, scope), '*'),
    keys: ({ protocol, defaultAction }, scope) => ({
      'vpc-lattice:Protocol': protocol,
      ...targetGroupKeys(defaultAction, scope),
    }),
  }),
  CreateRule: creating('CreateRule', {
    made: (input, scope) => ruleArn(arnOfListener(input, scope), '*'),
    keys: ({ action }, scope) => targetGroupKeys(action, scope),
  }),
  CreateService: creating('CreateService', {
    made: (_input, scope) => arnOf('service', '*', scope),
    keys: authTypeKey,
  }),
  CreateServiceNetwork: creating('CreateServiceNetwork', {
    made: (_input, scope) => arnOf('serviceNetwork', '*', scope),
    keys: authTypeKey,
  }),
  CreateServiceNetworkServiceAssociation: creating('CreateServiceNetworkServiceAssociation', {
    made: (_input, scope) => arnOf('serviceNetworkServiceAssociation', '*', scope),
    within: async (input, scope) => [
      ...(await service(input, scope)),
      ...(await serviceNetwork(input, scope)),
    ],
    keys: endKeys,
  }),
  CreateServiceNetworkVpcAssociation: creating('CreateServiceNetworkVpcAssociation', {
    made: (_input, scope) => arnOf('serviceNetworkVpcAssociation', '*', scope),
    within: serviceNetwork,
    keys: (input, scope) => ({
      ...endKeys(input, scope),
      'vpc-lattice:SecurityGroupIds': input.securityGroupIds,
      ...dnsKeys(input.dnsOptions),
    }),
  }),
  CreateTargetGroup: creating('CreateTargetGroup', {
    made: (_input, scope) => arnOf('targetGroup', '*', scope),
    keys: ({ config }) => ({ 'vpc-lattice:VpcId': config?.vpcIdentifier }),
  }),
  DeleteAccessLogSubscription: { on: logSubscription },
  DeleteAuthPolicy: { on: policyHolder },
  DeleteListener: { on: listener },
  DeleteResourcePolicy: { on: withArn },
  DeleteRule: { on: rule },
  DeleteService: { on: service },
  DeleteServiceNetwork: { on: serviceNetwork },
  DeleteServiceNetworkServiceAssociation: { on: serviceAssociation },
  DeleteServiceNetworkVpcAssociation: { on: vpcAssociation },
  DeleteTargetGroup: { on: targetGroup },
  DeregisterTargets: { on: targetGroup },
  GetAccessLogSubscription: { on: logSubscription },
  GetAuthPolicy: { on: policyHolder },
  GetListener: { on: listener },
  GetResourcePolicy: { on: withArn },
  GetRule: { on: rule },
  GetService: { on: service },
  GetServiceNetwork: { on: serviceNetwork },
  GetServiceNetworkServiceAssociation: { on: serviceAssociation },
  GetServiceNetworkVpcAssociation: { on: vpcAssociation },
  GetTargetGroup: { on: targetGroup },
  ListAccessLogSubscriptions: {},
  ListListeners: {},
  ListRules: {},
  ListServiceNetworkServiceAssociations: { keys: endKeys },
  ListServiceNetworkVpcAssociations: { keys: endKeys },
  ListServiceNetworkVpcEndpointAssociations: {},
  ListServiceNetworks: {},
  ListServices: {},
  ListTagsForResource: {},
  ListTargetGroups: {},
  ListTargets: { on: targetGroup },
  PutAuthPolicy: { on: policyHolder },
  PutResourcePolicy: { on: withArn },
  RegisterTargets: { on: targetGroup },
  TagResource: { on: withArn, keys: ({ tags }) => requestTags(tags) },
  UntagResource: { on: withArn, keys: (input) => tagKeys(input.tagKeys) },
  UpdateAccessLogSubscription: { on: logSubscription },
  UpdateListener: {
    on: listener,
    keys: ({ defaultAction }, scope) => targetGroupKeys(defaultAction, scope),
  },
  UpdateRule: { on: rule, keys: ({ action }, scope) => targetGroupKeys(action, scope) },
  UpdateService: { on: service, keys: authTypeKey },
  UpdateServiceNetwork: { on: serviceNetwork, keys: authTypeKey },
  UpdateServiceNetworkVpcAssociation: {
    on: vpcAssociation,
    keys: ({ securityGroupIds, dnsOptions }) => ({
      'vpc-lattice:SecurityGroupIds': securityGroupIds,
      ...dnsKeys(dnsOptions),
    }),
  },
  UpdateTargetGroup: { on: targetGroup },
};

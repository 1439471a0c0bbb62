import type { RequestContext } from '../../operation.ts';

type Ec2ResourceType =
  | 'network-acl'
  | 'network-interface'
  | 'vpc'
  | 'subnet'
  | 'instance'
  | 'security-group'
  | 'security-group-rule';

/** ARN of a resource of the caller. */
export const ec2Arn = (context: RequestContext, type: Ec2ResourceType, id: string): string => {
  const { partition, region } = context.settings;
  return `arn:${partition}:ec2:${region}:${context.caller.accountId}:${type}/${id}`;
};

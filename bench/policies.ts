import type { PolicyDocument, PolicyStatement } from '../src/policy/policy-document.ts';

export interface PolicyPlan {
  /** Number of statements. */
  readonly size: number;
  readonly account: string;
  /** ARN of the only one who may call. */
  readonly caller: string;
  /** ARN of the service. */
  readonly service: string;
}

/** An auth policy as people write them: only its last statement allows the caller something, all below /api/. */
export const aPolicyDocument = (plan: PolicyPlan): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: Array.from({ length: plan.size }, (_, i) =>
    i === plan.size - 1 ? theAllow(plan) : otherStatement(i, plan),
  ),
});

const theAllow = ({ account, caller, service }: PolicyPlan): PolicyStatement => ({
  Effect: 'Allow',
  Principal: { AWS: caller },
  Action: 'vpc-lattice-svcs:Invoke',
  Resource: `${service}/api/*`,
  Condition: {
    StringEquals: {
      'vpc-lattice-svcs:RequestMethod': ['GET', 'HEAD'],
      'aws:PrincipalAccount': account,
    },
    IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '127.0.0.0/8'] },
  },
});

const otherStatement = (i: number, { account, service }: PolicyPlan): PolicyStatement => {
  const kinds: PolicyStatement[] = [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'vpc-lattice-svcs:*',
      Resource: '*',
      Condition: { StringEquals: { 'vpc-lattice-svcs:SourceVpc': ['vpc-1', 'vpc-3', 'vpc-4'] } },
    },
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: `${service}/role-${i}/*`,
    },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: `arn:aws:vpc-lattice:*:*:service/*/admin-${i}/*`,
    },
    {
      Effect: 'Allow',
      Principal: '*',
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: '*',
      Condition: { StringLike: { 'vpc-lattice-svcs:RequestHeader/x-tenant': `tenant-${i}-*` } },
    },
    {
      Effect: 'Allow',
      Principal: { AWS: account },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: `${service}/v${i}/*`,
      Condition: { NumericEquals: { 'vpc-lattice-svcs:Port': 443 } },
    },
  ];
  return kinds[i % kinds.length] as PolicyStatement;
};

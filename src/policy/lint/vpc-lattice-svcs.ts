import type { PolicyVocabulary, VocabularyKey } from './vocabulary.ts';

const INVOKE = 'vpc-lattice-svcs:Invoke';
const CONNECT = 'vpc-lattice-svcs:Connect';
const ACCOUNT = '????????????';
const ARN = `arn:*:vpc-lattice:*:${ACCOUNT}`;

/** Keys that only requests have, in which there is something to look at. */
const ofRequests: readonly VocabularyKey[] = [
  {
    name: 'vpc-lattice-svcs:RequestMethod',
    family: 'string',
    shapes: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'],
  },
  { name: 'vpc-lattice-svcs:RequestPath', family: 'string', shapes: ['/*'], isPath: true },
  { name: 'vpc-lattice-svcs:RequestHeader/', family: 'string' },
  { name: 'vpc-lattice-svcs:RequestQueryString/', family: 'string', isMultivalued: true },
];

/**
 * What auth policies of service networks and services are asked ("Actions, resources, and condition
 * keys for Amazon VPC Lattice Services" in AWS's service authorization reference), and the global
 * keys that requests to services have.
 */
export const vpcLatticeSvcs: PolicyVocabulary = {
  actions: [
    { name: INVOKE, resources: [`${ARN}:service/*/*`], hasPath: true },
    // What passes through without being decrypted has no signature.
    { name: CONNECT, resources: [`${ARN}:service/*`], isAnonymous: true },
  ],
  keys: [
    ...ofRequests.map((key) => ({ ...key, actions: [INVOKE] })),
    { name: 'vpc-lattice-svcs:Port', family: 'numeric' },
    {
      name: 'vpc-lattice-svcs:ServiceNetworkArn',
      family: 'arn',
      shapes: [`${ARN}:servicenetwork/*`],
    },
    { name: 'vpc-lattice-svcs:ServiceArn', family: 'arn', shapes: [`${ARN}:service/*`] },
    { name: 'vpc-lattice-svcs:SourceVpc', family: 'string', shapes: ['vpc-*'] },
    { name: 'vpc-lattice-svcs:SourceVpcOwnerAccount', family: 'string', shapes: [ACCOUNT] },
    { name: 'aws:PrincipalArn', family: 'arn', shapes: ['arn:*:*:*:*:*'] },
    { name: 'aws:PrincipalAccount', family: 'string', shapes: [ACCOUNT] },
    { name: 'aws:PrincipalOrgID', family: 'string', shapes: ['o-*'] },
    { name: 'aws:PrincipalOrgPaths', family: 'string', shapes: ['o-*'], isMultivalued: true },
    {
      name: 'aws:PrincipalType',
      family: 'string',
      shapes: ['Anonymous', 'Account', 'User', 'AssumedRole', 'FederatedUser'],
    },
    { name: 'aws:PrincipalIsAWSService', family: 'bool' },
    { name: 'aws:PrincipalTag/', family: 'string' },
    { name: 'aws:userid', family: 'string' },
    { name: 'aws:username', family: 'string' },
    { name: 'aws:SourceIp', family: 'ip' },
    { name: 'aws:SourceVpc', family: 'string', shapes: ['vpc-*'] },
    { name: 'aws:SecureTransport', family: 'bool' },
    { name: 'aws:CurrentTime', family: 'date' },
    { name: 'aws:EpochTime', family: 'date' },
    { name: 'aws:TokenIssueTime', family: 'date' },
    { name: 'aws:RequestedRegion', family: 'string' },
    { name: 'aws:ResourceAccount', family: 'string', shapes: [ACCOUNT] },
    { name: 'aws:ResourceTag/', family: 'string' },
  ],
};

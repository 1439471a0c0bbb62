/** A policy that AWS gives to every account ("AWS managed policy reference"). */
export interface AwsManagedPolicy {
  readonly name: string;
  /** Like those of AWS, and the same in every installation. */
  readonly id: string;
  readonly description: string;
  readonly versionId: string;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
  readonly document: string;
}

const READ = [
  'acm:DescribeCertificate',
  'acm:ListCertificates',
  'cloudwatch:GetMetricData',
  'ec2:DescribeInstances',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcAttribute',
  'ec2:DescribeVpcs',
  'elasticloadbalancing:DescribeLoadBalancers',
  'firehose:DescribeDeliveryStream',
  'firehose:ListDeliveryStreams',
  'lambda:ListAliases',
  'lambda:ListFunctions',
  'lambda:ListVersionsByFunction',
  'logs:DescribeLogGroups',
  's3:ListAllMyBuckets',
  'rds:DescribeDBInstances',
  'rds:DescribeDBClusters',
];

const linkedRole = (service: string, name: string) =>
  `arn:aws:iam::*:role/aws-service-role/${service}/${name}`;

const createLinkedRole = (service: string, name: string) => ({
  Effect: 'Allow',
  Action: 'iam:CreateServiceLinkedRole',
  Resource: linkedRole(service, name),
  Condition: { StringLike: { 'iam:AWSServiceName': service } },
});

const policy = (Statement: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });

/** Those that belong to VPC Lattice, in the versions of February 2026. */
export const AWS_MANAGED_POLICIES: readonly AwsManagedPolicy[] = [
  {
    name: 'VPCLatticeFullAccess',
    id: 'ANPAPERGOLALATTICEFUL',
    description: 'Full access to VPC Lattice, and what its users need of the services around it',
    versionId: 'v4',
    createdAt: '2023-03-30T02:49:00.000Z',
    lastUpdatedAt: '2026-02-12T17:57:00.000Z',
    document: policy([
      {
        Effect: 'Allow',
        Action: [
          'vpc-lattice:*',
          ...READ,
          'cloudwatch:GetMetricStatistics',
          'cloudwatch:ListMetrics',
        ],
        Resource: '*',
      },
      {
        Effect: 'Allow',
        Action: [
          'logs:CreateLogDelivery',
          'logs:DeleteLogDelivery',
          'logs:GetLogDelivery',
          'logs:ListLogDeliveries',
          'logs:UpdateLogDelivery',
          'logs:DescribeResourcePolicies',
        ],
        Resource: '*',
        Condition: {
          'ForAnyValue:StringEquals': { 'aws:CalledVia': ['vpc-lattice.amazonaws.com'] },
        },
      },
      createLinkedRole('vpc-lattice.amazonaws.com', 'AWSServiceRoleForVpcLattice'),
      createLinkedRole('delivery.logs.amazonaws.com', 'AWSServiceRoleForLogDelivery'),
      {
        Effect: 'Allow',
        Action: ['iam:DeleteServiceLinkedRole', 'iam:GetServiceLinkedRoleDeletionStatus'],
        Resource: linkedRole('vpc-lattice.amazonaws.com', 'AWSServiceRoleForVpcLattice'),
      },
    ]),
  },
  {
    name: 'VPCLatticeReadOnlyAccess',
    id: 'ANPAPERGOLALATTICEREA',
    description: 'Read access to VPC Lattice and to what its users see of the services around it',
    versionId: 'v4',
    createdAt: '2023-03-30T02:47:00.000Z',
    lastUpdatedAt: '2026-02-12T17:58:00.000Z',
    document: policy([
      {
        Effect: 'Allow',
        Action: [
          'vpc-lattice:Get*',
          'vpc-lattice:List*',
          ...READ,
          'logs:GetLogDelivery',
          'logs:ListLogDeliveries',
        ],
        Resource: '*',
      },
    ]),
  },
  {
    name: 'VPCLatticeServicesInvokeAccess',
    id: 'ANPAPERGOLALATTICEINV',
    description: 'Lets requests through to VPC Lattice services',
    versionId: 'v1',
    createdAt: '2023-03-30T02:45:00.000Z',
    lastUpdatedAt: '2023-03-30T02:45:00.000Z',
    document: policy([{ Effect: 'Allow', Action: ['vpc-lattice-svcs:Invoke'], Resource: '*' }]),
  },
];

const byName = new Map(AWS_MANAGED_POLICIES.map((found) => [found.name, found]));

/** `arn:aws:iam::aws:policy/VPCLatticeFullAccess` */
export const awsManagedPolicyArn = (name: string, partition = 'aws'): string =>
  `arn:${partition}:iam::aws:policy/${name}`;

export const findAwsManagedPolicy = (arn: string): AwsManagedPolicy | undefined => {
  const name = /^arn:[a-z-]+:iam::aws:policy\/([^/]+)$/.exec(arn)?.[1];
  return name === undefined ? undefined : byName.get(name);
};

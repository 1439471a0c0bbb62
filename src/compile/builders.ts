/** Documents for tests: every member has a sensible value, so a test says only what matters to it. */
import type { Documents } from '../lattice/documents.ts';
import { targetDocumentId } from '../lattice/target-key.ts';
import { COMPILED_KINDS, type CompiledKind, type Resources } from './resources.ts';

export const ACCOUNT = '111122223333';

const stored = (id: string) => ({
  id,
  accountId: ACCOUNT,
  createdAt: '2026-01-01T00:00:00.000Z',
  lastUpdatedAt: '2026-01-01T00:00:00.000Z',
});
const iamArn = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
const arn = (resource: string) => `arn:aws:vpc-lattice:us-west-2:${ACCOUNT}:${resource}`;
const ec2Arn = (resource: string) => `arn:aws:ec2:us-west-2:${ACCOUNT}:${resource}`;
const POLICY = '{"Version":"2012-10-17","Statement":[]}';
const iamEntity = (id: string, type: string, name: string) => ({
  ...stored(id),
  name,
  path: '/',
  arn: iamArn(`${type}/${name}`),
  inlinePolicies: [],
});

type Builders = {
  readonly [K in CompiledKind]: (given: Partial<Documents[K]>) => Documents[K];
};

export const BUILDERS: Builders = {
  vpc: ({ id = 'vpc-1', ...given }) => ({
    ...stored(id),
    arn: ec2Arn(`vpc/${id}`),
    cidrBlock: '10.0.0.0/16',
    cidrAssociationId: `vpc-cidr-assoc-${id}`,
    enableDnsSupport: true,
    enableDnsHostnames: false,
    instanceTenancy: 'default',
    mainRouteTableId: `rtb-${id}`,
    defaultNetworkAclId: `acl-${id}`,
    ...given,
  }),
  instance: ({ id = 'i-1', ...given }) => ({
    ...stored(id),
    arn: `arn:aws:ec2:us-west-2:${ACCOUNT}:instance/${id}`,
    vpcId: 'vpc-1',
    subnetId: 'subnet-1',
    reservationId: 'r-1',
    launchIndex: 0,
    imageId: 'ami-00000000000000001',
    instanceType: 't3.micro',
    privateIpAddress: '10.0.0.7',
    securityGroupIds: [],
    networkInterfaceId: `eni-${id}`,
    sourceDestCheck: true,
    disableApiTermination: false,
    disableApiStop: false,
    shutdownBehavior: 'stop',
    ebsOptimized: false,
    monitoring: false,
    ...given,
  }),
  serviceNetwork: ({ id = 'sn-1', ...given }) => ({
    ...stored(id),
    arn: arn(`servicenetwork/${id}`),
    name: id,
    authType: 'NONE',
    ...given,
  }),
  service: ({ id = 'svc-1', ...given }) => ({
    ...stored(id),
    arn: arn(`service/${id}`),
    name: id,
    authType: 'NONE',
    idleTimeoutSeconds: 60,
    dnsEntry: { domainName: `${id}.on.aws`, hostedZoneId: 'Z1' },
    status: 'ACTIVE',
    ...given,
  }),
  listener: ({ id = 'listener-1', serviceId = 'svc-1', ...given }) => ({
    ...stored(id),
    arn: arn(`service/${serviceId}/listener/${id}`),
    serviceId,
    name: id,
    protocol: 'HTTP',
    port: 80,
    defaultAction: { fixedResponse: { statusCode: 404 } },
    ...given,
  }),
  rule: ({ id = 'rule-1', serviceId = 'svc-1', listenerId = 'listener-1', ...given }) => ({
    ...stored(id),
    arn: arn(`service/${serviceId}/listener/${listenerId}/rule/${id}`),
    serviceId,
    listenerId,
    name: id,
    isDefault: false,
    action: { fixedResponse: { statusCode: 404 } },
    ...given,
  }),
  targetGroup: ({ id = 'tg-1', type = 'IP', config, ...given }) => ({
    ...stored(id),
    arn: arn(`targetgroup/${id}`),
    name: id,
    type,
    status: 'ACTIVE',
    ...given,
    config:
      type === 'LAMBDA'
        ? { lambdaEventStructureVersion: 'V1', ...config }
        : {
            port: 80,
            protocol: 'HTTP',
            protocolVersion: 'HTTP1',
            vpcIdentifier: 'vpc-1',
            healthCheck: { enabled: false },
            ...config,
          },
  }),
  target: ({ targetGroupId = 'tg-1', targetId = '10.0.0.1', port = 80, ...given }) => ({
    ...stored(targetDocumentId(targetGroupId, targetId, port)),
    targetGroupId,
    targetId,
    port,
    ...given,
  }),
  serviceNetworkServiceAssociation: ({ id = 'snsa-1', ...given }) => ({
    ...stored(id),
    arn: arn(`servicenetworkserviceassociation/${id}`),
    serviceId: 'svc-1',
    serviceNetworkId: 'sn-1',
    createdBy: ACCOUNT,
    status: 'ACTIVE',
    ...given,
  }),
  serviceNetworkVpcAssociation: ({ id = 'snva-1', ...given }) => ({
    ...stored(id),
    arn: arn(`servicenetworkvpcassociation/${id}`),
    serviceNetworkId: 'sn-1',
    vpcId: 'vpc-1',
    createdBy: ACCOUNT,
    securityGroupIds: [],
    privateDnsEnabled: false,
    status: 'ACTIVE',
    ...given,
  }),
  accessLogSubscription: ({ id = 'als-1', ...given }) => ({
    ...stored(id),
    arn: arn(`accesslogsubscription/${id}`),
    resourceId: 'svc-1',
    resourceArn: arn('service/svc-1'),
    destinationArn: `arn:aws:logs:us-west-2:${ACCOUNT}:log-group:traffic`,
    ...given,
  }),
  authPolicy: ({ id = 'svc-1', ...given }) => ({
    ...stored(id),
    policy: POLICY,
    ...given,
  }),
  addressMapping: ({ vpcId = 'vpc-1', address = '10.0.0.1', port, ...given }) => ({
    ...stored([vpcId, address, ...(port === undefined ? [] : [port])].join('/')),
    vpcId,
    address,
    host: '127.0.0.1',
    ...(port !== undefined && { port }),
    ...given,
  }),
  tagSet: ({ id = arn('service/svc-1'), ...given }) => ({
    ...stored(id),
    resourceType: 'vpc-lattice:service',
    tags: { team: 'shop' },
    ...given,
  }),
  account: ({ id = ACCOUNT, ...given }) => ({
    ...stored(id),
    accountId: id,
    name: 'default',
    ...given,
  }),
  accessKey: ({ id = 'AKIA-1', ...given }) => ({
    ...stored(id),
    secretAccessKey: `secret of ${id}`,
    principalArn: iamArn('root'),
    active: true,
    ...given,
  }),
  iamUser: ({ id = 'AIDA-1', name = id, ...given }) => ({
    ...iamEntity(id, 'user', name),
    tags: {},
    ...given,
  }),
  iamRole: ({ id = 'AROA-1', name = id, ...given }) => ({
    ...iamEntity(id, 'role', name),
    trustPolicy: POLICY,
    maxSessionSeconds: 3600,
    tags: {},
    ...given,
  }),
  iamGroup: ({ id = 'AGPA-1', name = id, ...given }) => ({
    ...iamEntity(id, 'group', name),
    ...given,
  }),
  groupMembership: ({ groupId = 'AGPA-1', userId = 'AIDA-1', ...given }) => ({
    ...stored(`${groupId}/${userId}`),
    groupId,
    userId,
    ...given,
  }),
  policyAttachment: ({
    policyArn = iamArn('policy/invoke'),
    entityKind = 'iamUser',
    entityId = 'AIDA-1',
    ...given
  }) => ({
    ...stored(`${entityId}/${policyArn}`),
    policyArn,
    entityKind,
    entityId,
    ...given,
  }),
  managedPolicy: ({ id = 'ANPA-1', name = 'invoke', ...given }) => ({
    ...stored(id),
    name,
    path: '/',
    arn: iamArn(`policy/${name}`),
    defaultVersionId: 'v1',
    versions: [{ id: 'v1', document: POLICY, createdAt: '2026-01-01T00:00:00.000Z' }],
    nextVersion: 2,
    tags: {},
    ...given,
  }),
  sessionTokenKey: ({ id = '0123456789abcdef', ...given }) => ({
    ...stored(id),
    accountId: '',
    secret: `secret of ${id}`,
    ...given,
  }),
  hostedZone: ({ id = 'Z1', ...given }) => ({
    ...stored(id),
    arn: `arn:aws:route53:::hostedzone/${id}`,
    name: 'shop.example',
    callerReference: `reference of ${id}`,
    vpcIds: ['vpc-1'],
    ...given,
  }),
  recordSet: ({ zoneId = 'Z1', type = 'A', name = 'www.shop.example', alias, ...given }) => ({
    ...stored(`${zoneId}/${type}/${name}`),
    zoneId,
    name,
    type,
    ...(alias === undefined ? { ttl: 300, values: ['10.0.0.1'] } : { alias }),
    ...given,
  }),
  subnet: ({ id = 'subnet-1', ...given }) => ({
    ...stored(id),
    arn: ec2Arn(`subnet/${id}`),
    vpcId: 'vpc-1',
    cidrBlock: '10.0.1.0/24',
    availabilityZone: 'us-west-2a',
    mapPublicIpOnLaunch: false,
    assignIpv6AddressOnCreation: false,
    ...given,
  }),
  networkInterface: ({ id = 'eni-1', ...given }) => ({
    ...stored(id),
    arn: ec2Arn(`network-interface/${id}`),
    vpcId: 'vpc-1',
    subnetId: 'subnet-1',
    privateIpAddresses: ['10.0.1.7'],
    ipv6Addresses: [],
    groupIds: ['sg-1'],
    description: '',
    sourceDestCheck: true,
    ...given,
  }),
  securityGroup: ({ id = 'sg-1', ...given }) => ({
    ...stored(id),
    arn: ec2Arn(`security-group/${id}`),
    vpcId: 'vpc-1',
    groupName: id,
    description: 'test',
    ...given,
  }),
  securityGroupRule: ({ id = 'sgr-1', ...given }) => ({
    ...stored(id),
    arn: ec2Arn(`security-group-rule/${id}`),
    groupId: 'sg-1',
    isEgress: false,
    ipProtocol: 'tcp',
    fromPort: 80,
    toPort: 80,
    ...given,
  }),
  networkAcl: ({ id = 'acl-1', ...given }) => ({
    ...stored(id),
    arn: ec2Arn(`network-acl/${id}`),
    vpcId: 'vpc-1',
    isDefault: false,
    entries: [],
    ...given,
  }),
  certificate: ({ id = 'c1', ...given }) => ({
    ...stored(id),
    arn: `arn:aws:acm:us-west-2:${ACCOUNT}:certificate/${id}`,
    type: 'IMPORTED',
    certificatePem: `certificate ${id}\n`,
    privateKeyPem: `key ${id}\n`,
    domainName: 'shop.example',
    names: ['shop.example'],
    keyAlgorithm: 'RSA_2048',
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2027-01-01T00:00:00.000Z',
    ...given,
  }),
};

export type PartialResources = {
  readonly [K in CompiledKind]?: readonly Partial<Documents[K]>[];
};

/** Resources of which each document says only what differs from the builder's. */
export const someResources = (given: PartialResources): Resources => {
  const built: { [K in CompiledKind]?: readonly Documents[K][] } = {};
  const build = <K extends CompiledKind>(kind: K) => {
    const documents = given[kind];
    if (documents) Object.assign(built, { [kind]: documents.map((d) => BUILDERS[kind](d)) });
  };
  for (const kind of COMPILED_KINDS) build(kind);
  return built;
};

import type { Documents, Kind } from '../lattice/documents.ts';

type KeysOf<D> = Readonly<Record<string, (document: D) => string | undefined>>;

export interface KindSchema<D> {
  /** Values by which documents are listed. */
  readonly indexes: KeysOf<D>;
  /** Values that no two documents of the kind may share; undefined: not constrained. */
  readonly unique: KeysOf<D>;
}

const byAccount = { account: (d: { accountId: string }) => d.accountId };
const nameInAccount = {
  name: (d: { accountId: string; name: string }) => `${d.accountId}/${d.name}`,
};

/** IAM compares names without regard to case, and ARNs with. */
const iamName = {
  name: (d: { accountId: string; name: string }) => `${d.accountId}/${d.name.toLowerCase()}`,
  arn: (d: { arn: string }) => d.arn,
};

/** Indexes and unique keys of every kind. A kind that is missing here does not compile. */
export const SCHEMA: { readonly [K in Kind]: KindSchema<Documents[K]> } = {
  account: { indexes: {}, unique: { name: (d) => d.name } },
  accessKey: { indexes: { ...byAccount, user: (d) => d.userId }, unique: {} },
  serviceNetwork: { indexes: byAccount, unique: nameInAccount },
  service: {
    indexes: {
      ...byAccount,
      certificate: (d) => d.certificateArn,
      status: (d) => d.transitionAt && 'transitional',
    },
    unique: nameInAccount,
  },
  listener: {
    indexes: { service: (d) => d.serviceId },
    unique: {
      name: (d) => `${d.serviceId}/${d.name}`,
      port: (d) => `${d.serviceId}/${d.port}`,
    },
  },
  rule: {
    indexes: { listener: (d) => d.listenerId, service: (d) => d.serviceId },
    unique: {
      name: (d) => (d.isDefault ? undefined : `${d.listenerId}/${d.name}`),
      priority: (d) => (d.isDefault ? undefined : `${d.listenerId}/${d.priority}`),
    },
  },
  targetGroup: {
    indexes: {
      ...byAccount,
      vpc: (d) => d.config.vpcIdentifier,
      service: (d) => d.serviceId,
      status: (d) => d.transitionAt && 'transitional',
    },
    unique: nameInAccount,
  },
  target: {
    indexes: {
      targetGroup: (d) => d.targetGroupId,
      draining: (d) => d.drainUntil && 'draining',
    },
    unique: {},
  },
  serviceNetworkServiceAssociation: {
    indexes: {
      ...byAccount,
      service: (d) => d.serviceId,
      serviceNetwork: (d) => d.serviceNetworkId,
      status: (d) => d.transitionAt && 'transitional',
    },
    unique: { pair: (d) => `${d.serviceNetworkId}/${d.serviceId}` },
  },
  serviceNetworkVpcAssociation: {
    indexes: {
      ...byAccount,
      serviceNetwork: (d) => d.serviceNetworkId,
      vpc: (d) => d.vpcId,
      status: (d) => d.transitionAt && 'transitional',
    },
    unique: { vpc: (d) => d.vpcId },
  },
  accessLogSubscription: {
    indexes: { ...byAccount, resource: (d) => d.resourceId },
    unique: {
      destinationType: (d) =>
        `${d.resourceId}/${d.serviceNetworkLogType ?? 'SERVICE'}/${d.destinationArn.split(':')[2]}`,
    },
  },
  authPolicy: { indexes: {}, unique: {} },
  resourcePolicy: { indexes: {}, unique: {} },
  tagSet: { indexes: byAccount, unique: {} },
  vpc: { indexes: byAccount, unique: {} },
  subnet: { indexes: { ...byAccount, vpc: (d) => d.vpcId }, unique: {} },
  instance: {
    indexes: { ...byAccount, vpc: (d) => d.vpcId, subnet: (d) => d.subnetId },
    unique: {
      address: (d) =>
        d.terminatedAt || d.privateIpAddress === undefined
          ? undefined
          : `${d.vpcId}/${d.privateIpAddress}`,
      ipv6Address: (d) =>
        d.terminatedAt || d.ipv6Address === undefined ? undefined : `${d.vpcId}/${d.ipv6Address}`,
      networkInterface: (d) => (d.terminatedAt ? undefined : d.networkInterfaceId),
    },
  },
  securityGroup: {
    indexes: { ...byAccount, vpc: (d) => d.vpcId },
    unique: { name: (d) => `${d.vpcId}/${d.groupName}` },
  },
  securityGroupRule: {
    indexes: { ...byAccount, group: (d) => d.groupId, reference: (d) => d.referencedGroupId },
    unique: {},
  },
  networkAcl: { indexes: { ...byAccount, vpc: (d) => d.vpcId }, unique: {} },
  networkInterface: {
    indexes: { ...byAccount, vpc: (d) => d.vpcId, subnet: (d) => d.subnetId },
    unique: {},
  },
  addressMapping: { indexes: { vpc: (d) => d.vpcId }, unique: {} },
  portal: { indexes: {}, unique: { port: (d) => String(d.port) } },
  resolver: { indexes: {}, unique: { port: (d) => String(d.port) } },
  region: { indexes: {}, unique: {} },
  iamUser: {
    indexes: { ...byAccount, boundary: (d) => d.permissionsBoundary },
    unique: iamName,
  },
  iamGroup: { indexes: byAccount, unique: iamName },
  iamRole: {
    indexes: { ...byAccount, boundary: (d) => d.permissionsBoundary },
    unique: iamName,
  },
  groupMembership: {
    indexes: { group: (d) => d.groupId, user: (d) => d.userId },
    unique: {},
  },
  managedPolicy: { indexes: byAccount, unique: iamName },
  policyAttachment: {
    indexes: {
      entity: (d) => d.entityId,
      // AWS's policies are attached in many accounts, none of which may see the others'.
      policy: (d) => `${d.accountId}/${d.policyArn}`,
    },
    unique: {},
  },
  oidcProvider: { indexes: byAccount, unique: {} },
  sessionTokenKey: { indexes: {}, unique: {} },
  certificate: {
    indexes: { ...byAccount, renewal: (d) => d.renewal && 'renewed' },
    unique: {},
  },
  hostedZone: {
    indexes: byAccount,
    unique: { callerReference: (d) => `${d.accountId}/${d.callerReference}` },
  },
  recordSet: { indexes: { zone: (d) => d.zoneId }, unique: {} },
};

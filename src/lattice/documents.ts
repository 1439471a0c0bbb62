import type { AccessKey, Account } from './account.ts';
import type { Certificate } from './certificate.ts';
import type { HostedZone, RecordSet } from './hosted-zone.ts';
import type {
  GroupMembership,
  IamGroup,
  IamRole,
  IamUser,
  ManagedPolicy,
  OidcProvider,
  PolicyAttachment,
  SessionTokenKey,
} from './identity.ts';
import type { Region } from './region.ts';
import type {
  AccessLogSubscription,
  AuthPolicy,
  Listener,
  ResourcePolicy,
  Rule,
  Service,
  ServiceNetwork,
  ServiceNetworkServiceAssociation,
  ServiceNetworkVpcAssociation,
  TagSet,
  Target,
  TargetGroup,
} from './resources.ts';
import type {
  AddressMapping,
  Instance,
  NetworkAcl,
  NetworkInterface,
  Portal,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Vpc,
} from './vpc.ts';

/** Every kind of document that the store keeps, by the name under which it keeps it. */
export interface Documents {
  account: Account;
  accessKey: AccessKey;
  serviceNetwork: ServiceNetwork;
  service: Service;
  listener: Listener;
  rule: Rule;
  targetGroup: TargetGroup;
  target: Target;
  serviceNetworkServiceAssociation: ServiceNetworkServiceAssociation;
  serviceNetworkVpcAssociation: ServiceNetworkVpcAssociation;
  accessLogSubscription: AccessLogSubscription;
  authPolicy: AuthPolicy;
  resourcePolicy: ResourcePolicy;
  tagSet: TagSet;
  vpc: Vpc;
  subnet: Subnet;
  instance: Instance;
  securityGroup: SecurityGroup;
  securityGroupRule: SecurityGroupRule;
  networkAcl: NetworkAcl;
  networkInterface: NetworkInterface;
  addressMapping: AddressMapping;
  portal: Portal;
  resolver: Portal;
  region: Region;
  iamUser: IamUser;
  iamGroup: IamGroup;
  iamRole: IamRole;
  groupMembership: GroupMembership;
  managedPolicy: ManagedPolicy;
  policyAttachment: PolicyAttachment;
  oidcProvider: OidcProvider;
  sessionTokenKey: SessionTokenKey;
  certificate: Certificate;
  hostedZone: HostedZone;
  recordSet: RecordSet;
}

export type Kind = keyof Documents;

/** A document that came (no `before`), changed, or went (no `after`). */
export type Change = {
  [K in Kind]: {
    readonly kind: K;
    readonly id: string;
    readonly before?: Documents[K];
    readonly after?: Documents[K];
  };
}[Kind];

/** What one committed transaction changed. Revisions are consecutive whole numbers from 1. */
export interface ChangeSet {
  readonly revision: number;
  readonly changes: readonly Change[];
}

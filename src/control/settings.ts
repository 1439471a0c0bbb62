import type { OrganizationSettings } from '../lattice/organization.ts';

/** What the control plane's operator may set. Defaults are AWS's. */
export interface ControlSettings {
  readonly region: string;
  /** `aws` */
  readonly partition: string;
  /** Seven hex digits in generated names (VPC Lattice user guide, custom domain names). */
  readonly dnsPartitionId: string;
  /** How long resources stay in `*_IN_PROGRESS`; 0: the answer shows the final state at once. */
  readonly transitionMs: number;
  /** How long a deregistered target may finish its requests. */
  readonly drainMs: number;
  readonly idempotencyTtlMs: number;
  readonly quotas: Quotas;
  readonly webIdentity: WebIdentitySettings;
  /** Ids or names of the accounts with which a subnet is shared, by its id. */
  readonly sharedSubnets?: Readonly<Record<string, readonly string[]>>;
  /** Absent: the accounts of this installation belong to no organisation. */
  readonly organization?: OrganizationSettings;
}

/** How tokens of OpenID Connect issuers are checked. */
export interface WebIdentitySettings {
  /** Lets issuers be `http://` on loopback addresses; AWS knows HTTPS alone. */
  readonly allowHttpLoopback: boolean;
  /** Keys of issuers that cannot be reached from here, by the issuer's URL: each a JSON Web Key Set (RFC 7517). */
  readonly keys: Readonly<Record<string, JsonWebKeySet>>;
}

export interface JsonWebKeySet {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

export interface Quotas {
  readonly serviceNetworksPerRegion: number;
  readonly servicesPerRegion: number;
  readonly targetGroupsPerRegion: number;
  readonly listenersPerService: number;
  readonly rulesPerListener: number;
  readonly targetGroupsPerService: number;
  readonly targetsPerTargetGroup: number;
  readonly serviceAssociationsPerServiceNetwork: number;
  readonly vpcAssociationsPerServiceNetwork: number;
  readonly securityGroupsPerAssociation: number;
  readonly authPolicyBytes: number;
  readonly tagsPerResource: number;
  readonly certificatesPerRegion: number;
  readonly usersPerAccount: number;
  readonly groupsPerAccount: number;
  readonly rolesPerAccount: number;
  readonly policiesPerAccount: number;
  readonly oidcProvidersPerAccount: number;
  readonly accessKeysPerUser: number;
  readonly groupsPerUser: number;
  readonly attachedPoliciesPerEntity: number;
  /** Characters that are not white space. */
  readonly trustPolicyCharacters: number;
  /** Our own, against runaway clients; AWS has comparable ones. */
  readonly vpcsPerRegion: number;
  readonly subnetsPerVpc: number;
  readonly instancesPerVpc: number;
  readonly securityGroupsPerVpc: number;
  readonly rulesPerSecurityGroup: number;
  readonly hostedZonesPerAccount: number;
  readonly recordSetsPerHostedZone: number;
  readonly vpcsPerHostedZone: number;
  readonly networkInterfacesPerVpc: number;
  readonly networkAclsPerVpc: number;
  /** Of each direction, without the last one. */
  readonly entriesPerNetworkAcl: number;
}

export const DEFAULT_QUOTAS: Quotas = {
  serviceNetworksPerRegion: 50,
  servicesPerRegion: 2000,
  targetGroupsPerRegion: 500,
  listenersPerService: 2,
  rulesPerListener: 10,
  targetGroupsPerService: 10,
  targetsPerTargetGroup: 1000,
  serviceAssociationsPerServiceNetwork: 500,
  vpcAssociationsPerServiceNetwork: 500,
  securityGroupsPerAssociation: 5,
  authPolicyBytes: 10_240,
  tagsPerResource: 50,
  certificatesPerRegion: 2500,
  usersPerAccount: 5000,
  groupsPerAccount: 300,
  rolesPerAccount: 1000,
  policiesPerAccount: 1500,
  oidcProvidersPerAccount: 100,
  accessKeysPerUser: 2,
  groupsPerUser: 10,
  attachedPoliciesPerEntity: 10,
  trustPolicyCharacters: 2048,
  vpcsPerRegion: 500,
  subnetsPerVpc: 200,
  instancesPerVpc: 1000,
  securityGroupsPerVpc: 500,
  rulesPerSecurityGroup: 120,
  hostedZonesPerAccount: 500,
  recordSetsPerHostedZone: 10_000,
  vpcsPerHostedZone: 300,
  networkInterfacesPerVpc: 5000,
  networkAclsPerVpc: 200,
  entriesPerNetworkAcl: 40,
};

export const DEFAULT_CONTROL_SETTINGS: ControlSettings = {
  region: 'us-west-2',
  partition: 'aws',
  dnsPartitionId: '7d67968',
  transitionMs: 0,
  drainMs: 60_000,
  idempotencyTtlMs: 24 * 60 * 60 * 1000,
  quotas: DEFAULT_QUOTAS,
  webIdentity: { allowHttpLoopback: false, keys: {} },
};

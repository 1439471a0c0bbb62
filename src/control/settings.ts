/** What the control plane's operator may set. Defaults are AWS's. */
export interface ControlSettings {
  readonly region: string;
  /** `aws` */
  readonly partition: string;
  /** Seven hex digits in generated names (data-plane.md §1.1). */
  readonly dnsPartitionId: string;
  /** How long resources stay in `*_IN_PROGRESS`; 0: the answer shows the final state at once. */
  readonly transitionMs: number;
  /** How long a deregistered target may finish its requests. */
  readonly drainMs: number;
  readonly idempotencyTtlMs: number;
  readonly quotas: Quotas;
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
  /** Our own, against runaway clients; AWS has comparable ones. */
  readonly vpcsPerRegion: number;
  readonly subnetsPerVpc: number;
  readonly securityGroupsPerVpc: number;
  readonly rulesPerSecurityGroup: number;
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
  vpcsPerRegion: 500,
  subnetsPerVpc: 200,
  securityGroupsPerVpc: 500,
  rulesPerSecurityGroup: 120,
};

export const DEFAULT_CONTROL_SETTINGS: ControlSettings = {
  region: 'us-west-2',
  partition: 'aws',
  dnsPartitionId: '7d67968',
  transitionMs: 0,
  drainMs: 60_000,
  idempotencyTtlMs: 24 * 60 * 60 * 1000,
  quotas: DEFAULT_QUOTAS,
};

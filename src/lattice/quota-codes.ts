/** Codes of the VPC Lattice quotas in AWS Service Quotas, under the names that our settings have. */
export const QUOTA_CODES = {
  serviceNetworksPerRegion: 'L-9CAD07FB',
  servicesPerRegion: 'L-620C821E',
  targetGroupsPerRegion: 'L-BB11C6B9',
  listenersPerService: 'L-D64E952E',
  rulesPerListener: 'L-CF78395E',
  targetGroupsPerService: 'L-3DEC3B9F',
  targetsPerTargetGroup: 'L-D71303F3',
  serviceAssociationsPerServiceNetwork: 'L-75D4A19E',
  vpcAssociationsPerServiceNetwork: 'L-EF6E2D62',
  securityGroupsPerAssociation: 'L-CA6A1CC5',
} as const;

export type QuotaName = keyof typeof QUOTA_CODES;

/** Snapshots with names, for tests. */
import type {
  HostedZonePart,
  Part,
  RecordDataPart,
  RecordSetPart,
  ServicePart,
  SnapshotDelta,
  VpcPart,
} from '../snapshot/parts.ts';
import { NameDirectory } from './name-directory.ts';

export const GENERATED_ZONE = '7d67968.vpc-lattice-svcs.us-west-2.on.aws';

export const aVpc = (id: string, part: Partial<VpcPart> = {}): VpcPart => ({
  kind: 'vpc',
  id,
  arn: `arn:${id}`,
  accountId: '111122223333',
  cidrs: ['10.0.0.0/16'],
  securityGroupIds: [],
  withPrivateZones: true,
  defaultNetworkAclId: 'acl-1',
  ...part,
});

export const aService = (name: string): ServicePart => ({
  kind: 'service',
  id: `svc-${name}`,
  arn: `arn:${name}`,
  accountId: '111122223333',
  name,
  domainName: `${name}.${GENERATED_ZONE}`,
  authType: 'NONE',
  tags: {},
  idleTimeoutMs: 60_000,
  listeners: [],
  certificates: [],
  logs: [],
});

export const aZone = (id: string, name: string, ...vpcIds: readonly string[]): HostedZonePart => ({
  kind: 'hostedZone',
  id,
  name,
  vpcIds,
});

export const aRecordSet = (zoneId: string, name: string, data: RecordDataPart): RecordSetPart => ({
  kind: 'recordSet',
  id: `${zoneId}/${data.type}/${name}`,
  zoneId,
  name,
  data,
});

export const addresses = (...values: readonly string[]): RecordDataPart => ({
  type: 'A',
  ttl: 60,
  values,
});

export const aDelta = (
  upsert: readonly Part[],
  remove: readonly string[] = [],
  full = false,
): SnapshotDelta => ({ revision: 1, full, upsert, remove });

export const directoryOf = (...parts: readonly Part[]): NameDirectory => {
  const directory = new NameDirectory(GENERATED_ZONE);
  directory.apply(aDelta(parts, [], true));
  return directory;
};

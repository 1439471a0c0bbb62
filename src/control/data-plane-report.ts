/** What the data plane last said of itself. The composition root gives it; all reads are cheap. */
export interface DataPlaneReport {
  /** In order of index; empty while there is none. */
  workers(): readonly WorkerReport[];
  /** Totals over all workers; undefined when nothing was counted yet. */
  serviceCounters(serviceId: string): RequestCounters | undefined;
  targetGroupCounters(targetGroupId: string): RequestCounters | undefined;
  /** Connections beyond what the workers allow. */
  refusedConnections(): number;
  /** Connections from the VPC that were not admitted: security groups, network ACLs, no association. */
  deniedConnections(vpcId: string): number;
  droppedLogRecords(): number;
  dns(): DnsCounters;
}

/** Questions for names, of clients in VPCs. */
export interface DnsCounters {
  readonly queries: number;
  /** Of these, those that other servers were asked about. */
  readonly forwarded: number;
  /** Of these, those for which there was no answer. */
  readonly failed: number;
}

export interface WorkerReport {
  readonly index: number;
  readonly pid: number;
  /** Revision of the store that the worker's snapshot shows; 0 before the first. */
  readonly revision: number;
  readonly startedAt: Date;
}

/** Requests, of these by class of status, and bytes as in the access log. */
export interface RequestCounters {
  readonly requests: number;
  readonly status2xx: number;
  readonly status3xx: number;
  readonly status4xx: number;
  readonly status5xx: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
}

export const NO_REQUESTS: RequestCounters = {
  requests: 0,
  status2xx: 0,
  status3xx: 0,
  status4xx: 0,
  status5xx: 0,
  bytesReceived: 0,
  bytesSent: 0,
};

/** The report where there is no data plane. */
export const NO_DATA_PLANE: DataPlaneReport = {
  workers: () => [],
  serviceCounters: () => undefined,
  targetGroupCounters: () => undefined,
  refusedConnections: () => 0,
  deniedConnections: () => 0,
  droppedLogRecords: () => 0,
  dns: () => ({ queries: 0, forwarded: 0, failed: 0 }),
};

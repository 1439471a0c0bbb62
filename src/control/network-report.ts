/**
 * What the underlay last said of VPCs whose instances are more than records. The composition root
 * gives it; all reads are cheap.
 */
export interface NetworkReport {
  /** Whether VPCs have portals and resolvers that are ports of this machine, too. */
  readonly hasPorts: boolean;
  /** Whether the instance's machine is there, and connected with its VPC. */
  isReachable(instanceId: string): boolean;
  problems(): readonly NetworkProblem[];
}

/** Something that could not be made as it is wanted, and is tried again. */
export interface NetworkProblem {
  readonly vpcId: string;
  /** Without it and `port` it is about the network of the VPC. */
  readonly instanceId?: string;
  /** Of listeners, or of DNS: nobody accepts there. */
  readonly port?: number;
  readonly reason: string;
}

import type {
  DataPlaneState,
  ListenerRuntime,
  NetworkRuntime,
  ServiceRuntime,
  VpcRuntime,
} from '../state.ts';

/** Where a TLS connection leads, as far as that could be found. */
export interface TlsWay {
  readonly vpc: VpcRuntime | undefined;
  readonly network: NetworkRuntime | undefined;
  readonly service: ServiceRuntime | undefined;
  /** Undefined when the connection leads nowhere. */
  readonly listener: ListenerRuntime | undefined;
}

/** As control/ makes the names of services, whatever the region. */
const GENERATED_NAME = /\.vpc-lattice-svcs\.[^.]+\.on\.aws$/;

/**
 * VPC -> service network -> service by server name -> listener by port. Listeners that pass TLS
 * through are found by custom domain names only (VPC Lattice user guide, TLS listeners).
 */
export const findTlsWay = (
  state: DataPlaneState,
  { vpcId, port, serverName }: { vpcId: string; port: number; serverName: string },
): TlsWay => {
  const vpc = state.vpcs.get(vpcId);
  const network = vpc?.network;
  const service = network?.hosts.get(serverName);
  const found = service?.listeners.get(port);
  const isHidden = found?.part.protocol === 'TLS_PASSTHROUGH' && GENERATED_NAME.test(serverName);
  return { vpc, network, service, listener: isHidden ? undefined : found };
};

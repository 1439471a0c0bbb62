import type { RequestHead, Source } from '../request-head.ts';
import type { NetworkRuntime, ServiceRuntime, VpcRuntime } from '../state.ts';
import { judgeCaller } from './judge-request.ts';
import type { Asked } from './request-values.ts';
import type { Verdict } from './verdict.ts';

export interface AskedConnection {
  readonly source: Source;
  readonly vpc: VpcRuntime | undefined;
  readonly network: NetworkRuntime;
  readonly service: ServiceRuntime;
  /** Epoch ms. */
  readonly nowMs: number;
}

/**
 * Authorises a connection that is to be passed through. What its client is cannot be seen, so it is
 * anonymous, and policies can only allow `vpc-lattice-svcs:Connect` to anybody, by where it comes from
 * ("TLS listeners" in VPC Lattice's user guide).
 *
 * @returns undefined when neither the service network nor the service asks for authentication
 */
export const judgeConnection = (connection: AskedConnection): Verdict | undefined => {
  const layers = { network: connection.network.authLayer, service: connection.service.authLayer };
  return layers.network === undefined && layers.service === undefined
    ? undefined
    : judgeCaller(askedOf(connection), layers);
};

/** What policies are asked about a connection. */
export const askedOf = ({ source, vpc, network, service, nowMs }: AskedConnection): Asked => ({
  action: 'vpc-lattice-svcs:Connect',
  head: NO_HEAD,
  source,
  vpc: vpc?.part,
  network: network.part,
  service: service.part,
  caller: undefined,
  nowMs,
});

/** A connection in the place of a request, for those who tell of both. */
export const connectionHead = (serverName: string): RequestHead => ({
  ...NO_HEAD,
  method: 'CONNECT',
  authority: serverName,
  host: serverName,
});

/** Policies about connections ask for nothing of a request. */
const NO_HEAD: RequestHead = {
  method: '',
  target: '',
  path: '',
  authority: '',
  host: '',
  names: [],
  values: [],
};

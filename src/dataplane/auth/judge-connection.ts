import type { RequestHead, Source } from '../request-head.ts';
import type { NetworkRuntime, ServiceRuntime, VpcRuntime } from '../state.ts';
import { judgeCaller } from './judge-request.ts';
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
export const judgeConnection = ({
  source,
  vpc,
  network,
  service,
  nowMs,
}: AskedConnection): Verdict | undefined =>
  network.authLayer === undefined && service.authLayer === undefined
    ? undefined
    : judgeCaller(
        {
          action: 'vpc-lattice-svcs:Connect',
          head: NO_HEAD,
          source,
          vpc: vpc?.part,
          network: network.part,
          service: service.part,
          caller: undefined,
          nowMs,
        },
        { network: network.authLayer, service: service.authLayer },
      );

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

import { parseAddress } from '../../lattice/cidr.ts';
import { type LocalReply, localReply } from '../local-reply.ts';
import type { Source } from '../request-head.ts';
import type { DataPlaneState } from '../state.ts';
import { readDeclaredAddress } from './declared-address.ts';
import { frontOf } from './front-addresses.ts';

export type Entering =
  | { readonly source: Source }
  /** Nothing may be answered. */
  | 'denied'
  /** What the client says of itself makes no sense. */
  | { readonly reply: LocalReply };

/** What a request says of where it is for, and of who sends it. */
export interface Knock {
  /** In lower case, without port; of no service: nobody knows to which address it would connect. */
  readonly host: string;
  /** 0: none, which is 80. */
  readonly authorityPort: number;
  /** Value of Proxy-Authorization; empty: none. */
  readonly proxyAuthorization: string;
}

/**
 * The way of one client connection from a portal into its VPC. Each name and port that it asks for would
 * be a connection of its own there, so security groups and network ACLs are asked once for each, and not
 * again for the requests to them that follow.
 */
export class PortalDoor {
  readonly #state: Pick<DataPlaneState, 'vpcs' | 'admission'>;
  readonly #peer: Source;
  #last:
    | {
        readonly host: string;
        readonly port: number;
        readonly credentials: string;
        readonly source: Source;
      }
    | undefined;

  /** @param peer as the connection to the portal shows the client */
  constructor(state: Pick<DataPlaneState, 'vpcs' | 'admission'>, peer: Source) {
    this.#state = state;
    this.#peer = peer;
  }

  enter({ host, authorityPort, proxyAuthorization: credentials }: Knock): Entering {
    const port = authorityPort || 80;
    const last = this.#last;
    if (last?.port === port && last.host === host && last.credentials === credentials) return last;
    const entering = this.#judge(host, port, credentials);
    if (typeof entering === 'object' && 'source' in entering) {
      this.#last = { host, port, credentials, source: entering.source };
    }
    return entering;
  }

  #judge(host: string, listenerPort: number, credentials: string): Entering {
    const peer = this.#peer;
    const { vpcs, admission } = this.#state;
    const { part: vpc, network } = vpcs.get(peer.vpcId) ?? {};
    if (vpc === undefined) return 'denied';
    const declared = readDeclaredAddress(credentials, vpc, admission);
    if ('problem' in declared) {
      return { reply: localReply(400, 'ClientProtocolError', declared.problem) };
    }
    const address = declared.address === undefined ? undefined : parseAddress(declared.address);
    const front = frontOf(network?.hosts.get(host)?.part.id, address?.version ?? 4);
    return admission.admitsClient(vpc, { address, front, port: peer.port, listenerPort })
      ? { source: { ...peer, address: declared.address ?? peer.address, listenerPort } }
      : 'denied';
  }
}

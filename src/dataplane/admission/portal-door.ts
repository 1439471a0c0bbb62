import { type LocalReply, localReply } from '../local-reply.ts';
import type { Source } from '../request-head.ts';
import type { DataPlaneState } from '../state.ts';
import { readDeclaredAddress } from './declared-address.ts';

export type Entering =
  | { readonly source: Source }
  /** Nothing may be answered. */
  | 'denied'
  /** What the client says of itself makes no sense. */
  | { readonly reply: LocalReply };

/** What a request says of where it is for, and of who sends it. */
export interface Knock {
  /** 0: none, which is 80. */
  readonly authorityPort: number;
  /** Value of Proxy-Authorization; empty: none. */
  readonly proxyAuthorization: string;
}

/**
 * The way of one client connection from a portal into its VPC. Each port that it asks for would be a
 * connection of its own there, so security groups and network ACLs are asked once for each, and not
 * again for the requests that follow.
 */
export class PortalDoor {
  readonly #state: Pick<DataPlaneState, 'vpcs' | 'admission'>;
  readonly #peer: Source;
  #last:
    | { readonly port: number; readonly credentials: string; readonly source: Source }
    | undefined;

  /** @param peer as the connection to the portal shows the client */
  constructor(state: Pick<DataPlaneState, 'vpcs' | 'admission'>, peer: Source) {
    this.#state = state;
    this.#peer = peer;
  }

  enter({ authorityPort, proxyAuthorization: credentials }: Knock): Entering {
    const port = authorityPort || 80;
    const last = this.#last;
    if (last?.port === port && last.credentials === credentials) return last;
    const entering = this.#judge(port, credentials);
    if (typeof entering === 'object' && 'source' in entering) {
      this.#last = { port, credentials, source: entering.source };
    }
    return entering;
  }

  #judge(listenerPort: number, credentials: string): Entering {
    const peer = this.#peer;
    const { vpcs, admission } = this.#state;
    const vpc = vpcs.get(peer.vpcId)?.part;
    if (vpc === undefined) return 'denied';
    const declared = readDeclaredAddress(credentials, vpc, admission);
    if ('problem' in declared) {
      return { reply: localReply(400, 'ClientProtocolError', declared.problem) };
    }
    const { address } = declared;
    return admission.admitsClient(vpc, { address, port: peer.port, listenerPort })
      ? { source: { ...peer, address: address ?? peer.address, listenerPort } }
      : 'denied';
  }
}

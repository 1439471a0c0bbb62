import type { Principal } from '../../policy/principal.ts';
import { principalValue } from '../../policy/principal-value.ts';
import type { PolicyRequest } from '../../policy/request.ts';
import { findTagKey } from '../../policy/tags.ts';
import type { NetworkPart, ServicePart, VpcPart } from '../../snapshot/parts.ts';
import type { RequestHead, Source } from '../request-head.ts';
import { fromWireText } from '../route/wire-text.ts';
import type { Caller } from './caller.ts';
import { QueryValues } from './query-values.ts';

/** `Connect` is for TLS that is passed through, where there is a connection and no request. */
export type ServiceAction = 'vpc-lattice-svcs:Invoke' | 'vpc-lattice-svcs:Connect';

/** A request to a service, with all that policies may ask about. */
export interface Asked {
  readonly action: ServiceAction;
  readonly head: RequestHead;
  readonly source: Source;
  readonly vpc: VpcPart | undefined;
  readonly network: NetworkPart;
  readonly service: ServicePart;
  /** Undefined: anonymous. */
  readonly caller: Caller | undefined;
  /** Epoch ms. */
  readonly nowMs: number;
}

const ANONYMOUS: Principal = { kind: 'anonymous' };

const HEADER = 'vpc-lattice-svcs:requestheader/';
const QUERY = 'vpc-lattice-svcs:requestquerystring/';
const RESOURCE_TAG = 'aws:resourcetag/';

/**
 * A request as policies see it: the condition keys that VPC Lattice's user guide lists for auth
 * policies, and AWS's global ones as far as they mean something here.
 *
 * Nothing is worked out before a policy asks for it, since most ask for little; an object is made for
 * each request, so that a refusal can keep its own.
 */
export class RequestValues implements PolicyRequest {
  readonly #asked: Asked;
  #resource: string | undefined;
  #query: QueryValues | undefined;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  get principal(): Principal {
    return this.#asked.caller?.principal ?? ANONYMOUS;
  }

  get action(): ServiceAction {
    return this.#asked.action;
  }

  /** The service's ARN, and for requests the path exactly as received: nothing decoded or normalised. */
  get resource(): string {
    const { action, service } = this.#asked;
    if (action === 'vpc-lattice-svcs:Connect') return service.arn;
    this.#resource ??= service.arn + this.#path;
    return this.#resource;
  }

  value(key: string): string | readonly string[] | undefined {
    if (key.startsWith('vpc-lattice-svcs:')) return this.#ofService(key);
    return this.#ofRequest(key) ?? this.#ofCaller(key);
  }

  /** `OPTIONS *` and CONNECT have none: with a slash before it their text cannot run into the service's id. */
  get #path(): string {
    const { path } = this.#asked.head;
    return path.startsWith('/') ? path : `/${path}`;
  }

  #ofService(key: string): string | readonly string[] | undefined {
    const { action, source, vpc, network, service } = this.#asked;
    switch (key) {
      case 'vpc-lattice-svcs:port':
        return String(source.listenerPort);
      case 'vpc-lattice-svcs:servicenetworkarn':
        return network.arn;
      case 'vpc-lattice-svcs:servicearn':
        return service.arn;
      case 'vpc-lattice-svcs:sourcevpc':
        return source.vpcId;
      case 'vpc-lattice-svcs:sourcevpcowneraccount':
        return vpc?.accountId;
      default:
        return action === 'vpc-lattice-svcs:Invoke' ? this.#ofHead(key) : undefined;
    }
  }

  #ofHead(key: string): string | readonly string[] | undefined {
    const { head } = this.#asked;
    if (key === 'vpc-lattice-svcs:requestmethod') return head.method;
    if (key === 'vpc-lattice-svcs:requestpath') return this.#path;
    if (key.startsWith(HEADER)) return this.#header(key.slice(HEADER.length).toLowerCase());
    if (key.startsWith(QUERY)) {
      this.#query ??= new QueryValues(head.target.slice(head.path.length + 1));
      return this.#query.get(key.slice(QUERY.length));
    }
    return undefined;
  }

  /** AWS's global condition keys that are about the request or what it is for. */
  #ofRequest(key: string): string | undefined {
    const { action, source, service, nowMs } = this.#asked;
    switch (key) {
      case 'aws:sourceip':
        return source.address;
      case 'aws:sourcevpc':
        return source.vpcId;
      case 'aws:currenttime':
        return new Date(nowMs).toISOString();
      case 'aws:epochtime':
        return String(Math.floor(nowMs / 1000));
      case 'aws:securetransport':
        return String(source.protocol === 'https');
      case 'aws:requestedregion':
        return regionOf(service.arn);
      case 'aws:resourceaccount':
        return service.accountId;
      case 'aws:viaawsservice':
        return 'false';
      case 'aws:useragent':
        return action === 'vpc-lattice-svcs:Invoke' ? this.#header('user-agent') : undefined;
      case 'aws:referer':
        return action === 'vpc-lattice-svcs:Invoke' ? this.#header('referer') : undefined;
      default:
        return key.startsWith(RESOURCE_TAG)
          ? tagValue(service.tags, key.slice(RESOURCE_TAG.length))
          : undefined;
    }
  }

  #ofCaller(key: string): string | readonly string[] | undefined {
    const { caller } = this.#asked;
    // What is left to the principal is the name of a tag in another letter case.
    return caller?.keys.get(key) ?? principalValue(this.principal, key);
  }

  /**
   * @param name in lower case. Several lines count as one, joined with `,` (RFC 9110 §5.2). Lines that
   *   the target does not get are none: what a client says in them would be heard by policies alone.
   */
  #header(name: string): string | undefined {
    const { head } = this.#asked;
    const { names, values, authority } = head;
    // HTTP/2 has no Host, and an absolute request target outranks it.
    if (name === 'host') return authority;
    // HTTP/2 may send each cookie in a line of its own; targets of HTTP/1.1 get them so (RFC 9113 §8.2.3).
    const separator = name === 'cookie' ? '; ' : ',';
    let text: string | undefined;
    for (let at = names.indexOf(name); at >= 0; at = names.indexOf(name, at + 1)) {
      if (head.isPassedOn?.(at) === false) continue;
      text = text === undefined ? values[at] : text + separator + values[at];
    }
    return text && fromWireText(text);
  }
}

/** `arn:partition:service:region:account:…` */
export const regionOf = (arn: string): string => {
  const start = arn.indexOf(':', arn.indexOf(':', arn.indexOf(':') + 1) + 1) + 1;
  return arn.slice(start, arn.indexOf(':', start));
};

const tagValue = (tags: Readonly<Record<string, string>>, wanted: string): string | undefined => {
  // Mostly it is written alike, and then nothing has to be looked through.
  if (Object.hasOwn(tags, wanted)) return tags[wanted];
  const key = findTagKey(Object.keys(tags), wanted);
  return key === undefined ? undefined : tags[key];
};

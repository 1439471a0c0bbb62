import type { Principal } from '../../policy/principal.ts';
import type { PolicyRequest } from '../../policy/request.ts';
import type { NetworkPart, ServicePart, VpcPart } from '../../snapshot/parts.ts';
import type { RequestHead, Source } from '../request-head.ts';
import type { Caller } from './caller.ts';
import { compileKey, type ReadKey } from './condition-keys.ts';
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

/** Keys that policies of this worker asked for. They come from policies, which strangers do not write. */
const compiledKeys = new Map<string, ReadKey>();
/** Beyond it they are compiled anew. */
const MOST_KEYS = 4096;

/**
 * A request as policies see it.
 *
 * Nothing is worked out before a policy asks for it, since most ask for little; an object is made for
 * each request, so that a refusal can keep its own.
 */
export class RequestValues implements PolicyRequest {
  readonly asked: Asked;
  #resource: string | undefined;
  #query: QueryValues | undefined;

  constructor(asked: Asked) {
    this.asked = asked;
  }

  get principal(): Principal {
    return this.asked.caller?.principal ?? ANONYMOUS;
  }

  get action(): ServiceAction {
    return this.asked.action;
  }

  /** The service's ARN, and for requests the path exactly as received: nothing decoded or normalised. */
  get resource(): string {
    const { action, service } = this.asked;
    if (action === 'vpc-lattice-svcs:Connect') return service.arn;
    this.#resource ??= service.arn + this.path;
    return this.#resource;
  }

  /** `OPTIONS *` and CONNECT have none: with a slash before it their text cannot run into the service's id. */
  get path(): string {
    const { path } = this.asked.head;
    return path.startsWith('/') ? path : `/${path}`;
  }

  get query(): QueryValues {
    const { target, path } = this.asked.head;
    this.#query ??= new QueryValues(target.slice(path.length + 1));
    return this.#query;
  }

  /** Found by one look, since policies of many statements ask many times. */
  value(key: string): string | readonly string[] | undefined {
    let read = compiledKeys.get(key);
    if (read === undefined) {
      read = compileKey(key);
      if (compiledKeys.size >= MOST_KEYS) compiledKeys.clear();
      compiledKeys.set(key, read);
    }
    return read(this);
  }
}

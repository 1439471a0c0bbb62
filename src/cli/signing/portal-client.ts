import { Agent, type AgentOptions } from 'node:http';
import { createSecureContext } from 'node:tls';
import { sendByHttp1 } from './http1-request.ts';
import { Http2Session } from './http2-session.ts';
import {
  openSecureTunnel,
  openTunnel,
  type ServiceTrust,
  TunnelAgent,
  TunnelError,
} from './portal-tunnel.ts';
import { serviceAddress } from './service-address.ts';
import type { SentRequest, ServiceRequest } from './service-request.ts';

export interface PortalClientOptions {
  readonly portalUrl: string;
  /** Whom to believe over TLS; without it whom Node does. */
  readonly trust?: () => ServiceTrust;
  /** Of the connections for HTTP/1.1; without it each is for one request. */
  readonly pool?: AgentOptions;
  /** Connections in the clear at a time; requests beyond wait. */
  readonly mostPlain?: number;
  /** How long a connection for HTTP/2 may be quiet. */
  readonly http2IdleMs?: number;
  /** How long a connection for HTTP/2 takes requests. */
  readonly http2LifetimeMs?: number;
}

/**
 * Sends requests as a client in the VPC whose portal this is. Over TLS the service chooses between
 * HTTP/2 and HTTP/1.1 (ALPN) at the first request to it.
 */
export class PortalClient {
  readonly #options: PortalClientOptions;
  readonly #plain: Agent;
  #tunnels: TunnelAgent | undefined;
  #trust: ServiceTrust | undefined;
  /** By scheme and host; undefined of services that speak HTTP/1.1. */
  readonly #sessions = new Map<string, Promise<Http2Session | undefined>>();

  constructor(options: PortalClientOptions) {
    this.#options = options;
    const { pool, mostPlain } = options;
    this.#plain = new Agent({ ...pool, ...(mostPlain !== undefined && { maxSockets: mostPlain }) });
  }

  get portalUrl(): string {
    return this.#options.portalUrl;
  }

  /**
   * Begins a request; the caller sends the body.
   *
   * @throws TunnelError where no connection to the service comes about; what the socket says when the
   * portal cannot be reached. By HTTP/1.1 the answer is what fails so.
   */
  async send(request: ServiceRequest): Promise<SentRequest> {
    const session = await this.#session(request);
    if (session !== undefined) return session.send(request);
    const { portalUrl } = this.#options;
    return sendByHttp1({ portalUrl, plain: this.#plain, secure: () => this.#agent() }, request);
  }

  destroy(): void {
    this.#plain.destroy();
    this.#tunnels?.destroy();
    for (const opening of this.#sessions.values()) {
      opening.then((session) => session?.destroy()).catch(() => {});
    }
  }

  #session(request: ServiceRequest): Promise<Http2Session | undefined> | undefined {
    const { scheme, host, httpVersion } = request;
    if (httpVersion === '1.1' || (scheme === 'http' && httpVersion === undefined)) return undefined;
    const key = `${scheme}://${host}`;
    const known = this.#sessions.get(key);
    if (known !== undefined) return known;
    const forget = () => {
      if (this.#sessions.get(key) === opening) this.#sessions.delete(key);
    };
    const opening = this.#open(request, forget);
    this.#sessions.set(key, opening);
    opening.catch(forget);
    return opening;
  }

  async #open(
    { scheme, host, httpVersion }: ServiceRequest,
    ended: () => void,
  ): Promise<Http2Session | undefined> {
    const { portalUrl, http2IdleMs, http2LifetimeMs } = this.#options;
    const { name, port } = serviceAddress(scheme, host);
    const options = {
      ended,
      ...(http2IdleMs !== undefined && { idleMs: http2IdleMs }),
      ...(http2LifetimeMs !== undefined && { lifetimeMs: http2LifetimeMs }),
    };
    if (scheme === 'http') {
      const socket = await openTunnel(portalUrl, `${name}:${port}`);
      return new Http2Session({ socket, ...options });
    }
    const to = { portalUrl, name, port, trust: this.#trusted() };
    const isOnly = httpVersion === '2';
    const socket = await openSecureTunnel(to, isOnly ? ['h2'] : ['h2', 'http/1.1']);
    if (socket.alpnProtocol === 'h2') return new Http2Session({ socket, ...options });
    if (isOnly) {
      socket.destroy();
      throw new TunnelError(`\`${name}\` speaks no HTTP/2 on port ${port}; leave that to it`);
    }
    // The request that is waiting uses it.
    this.#agent().takeOver(name, port, socket);
    return undefined;
  }

  #trusted(): ServiceTrust {
    this.#trust ??= this.#options.trust?.() ?? { context: createSecureContext() };
    return this.#trust;
  }

  #agent(): TunnelAgent {
    const { portalUrl, pool } = this.#options;
    this.#tunnels ??= new TunnelAgent(portalUrl, this.#trusted(), pool);
    return this.#tunnels;
  }
}

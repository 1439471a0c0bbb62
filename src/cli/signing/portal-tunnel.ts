import { request } from 'node:http';
import { Agent, type AgentOptions } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import tls, { type SecureContext, type TLSSocket } from 'node:tls';
import { commandName } from '../command-name.ts';
import { shellWord } from '../quote.ts';
import { portalAddress, portalCredentials } from './portal-address.ts';

/** Whom a client believes. */
export interface ServiceTrust {
  readonly context: SecureContext;
  /** Goes on with whoever answers, whatever certificate it shows. */
  readonly isInsecure?: boolean;
}

/** No TLS connection to a service came about; the text says what to do. */
export class TunnelError extends Error {
  /** Whether it was the certificate that the client did not like. */
  readonly isOfCertificate: boolean;

  constructor(message: string, options: { cause?: unknown; isOfCertificate?: boolean } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'TunnelError';
    this.isOfCertificate = options.isOfCertificate ?? false;
  }
}

/** How long portal and service may be silent before there is a connection. */
const SILENCE_MS = 15_000;

/** Pools TLS connections for HTTP/1.1 to services, each made by a CONNECT through the portal of a VPC. */
export class TunnelAgent extends Agent {
  readonly #portalUrl: string;
  readonly #trust: ServiceTrust;
  /** Connections that others have made, by name and port. */
  readonly #ready = new Map<string, TLSSocket>();

  constructor(portalUrl: string, trust: ServiceTrust, options: AgentOptions = {}) {
    super(options);
    this.#portalUrl = portalUrl;
    this.#trust = trust;
  }

  override createConnection(
    { host, port }: { host?: string | null; port?: number | string | null },
    done: (error: Error | null, stream: Duplex) => void,
  ): TLSSocket | undefined {
    const name = host ?? '';
    const ready = this.#ready.get(`${name}:${port}`);
    this.#ready.delete(`${name}:${port}`);
    if (ready !== undefined && !ready.destroyed) return ready;
    const to = { portalUrl: this.#portalUrl, name, port: Number(port), trust: this.#trust };
    openSecureTunnel(to, ['http/1.1']).then(
      (socket) => done(null, socket),
      // Node looks at the stream only when there is no error.
      (error: Error) => done(error, undefined as unknown as Duplex),
    );
    return undefined;
  }

  /** The next connection to this service is to be this one. */
  takeOver(name: string, port: number, socket: TLSSocket): void {
    // Two that were made at the same time: the other one is not needed.
    this.#ready.get(`${name}:${port}`)?.destroy();
    socket.on('error', () => {});
    this.#ready.set(`${name}:${port}`, socket);
  }

  override destroy(): void {
    for (const socket of this.#ready.values()) socket.destroy();
    super.destroy();
  }
}

export interface TunnelEnd {
  readonly portalUrl: string;
  /** Of the service. */
  readonly name: string;
  readonly port: number;
  readonly trust: ServiceTrust;
}

/**
 * A TLS connection to a service, by its name and port, as a client in the VPC whose portal this is.
 *
 * @param protocols what to offer by ALPN, the best first
 * @throws TunnelError when the portal or the service refuses, or its certificate is not believed;
 * what the socket says when the portal cannot be reached
 */
export const openSecureTunnel = async (
  { portalUrl, name, port, trust }: TunnelEnd,
  protocols: readonly string[],
): Promise<TLSSocket> => {
  const socket = await openTunnel(portalUrl, `${name}:${port}`);
  // RFC 6066 §3: neither an address nor the dot at the end is part of a server name.
  const bare = name.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  const secure = tls.connect({
    socket,
    host: bare,
    servername: isIP(bare) === 0 ? bare : '',
    secureContext: trust.context,
    rejectUnauthorized: trust.isInsecure !== true,
    ALPNProtocols: [...protocols],
  });
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(handshakeError(bare, port, error));
    const silent = () => secure.destroy(new Error('nobody answers the handshake'));
    secure.setTimeout(SILENCE_MS, silent);
    secure.once('error', failed);
    secure.once('secureConnect', () => {
      secure.setTimeout(0, silent);
      secure.off('error', failed);
      resolve(secure);
    });
  });
};

/** The socket behind a CONNECT that the portal has granted. @throws as `openSecureTunnel` does */
export const openTunnel = (portalUrl: string, authority: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const asked = request({
      ...portalAddress(portalUrl),
      agent: false,
      method: 'CONNECT',
      path: authority,
      setHost: false,
      headers: ['host', authority, ...portalCredentials(portalUrl)],
      timeout: SILENCE_MS,
    });
    asked.once('timeout', () =>
      asked.destroy(new TunnelError(`the portal at ${portalUrl} is silent; ${seeStatus()}`)),
    );
    asked.once('connect', ({ statusCode, statusMessage }, socket: Socket) => {
      if (statusCode === 200) {
        socket.setTimeout(0);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(new TunnelError(refusalOf(portalUrl, authority, statusCode, statusMessage)));
    });
    asked.once('error', reject);
    asked.end();
  });

const refusalOf = (
  portalUrl: string,
  authority: string,
  statusCode = 0,
  statusMessage = '',
): string => {
  if (statusCode === 404) {
    return `no service with a listener is at \`${authority}\` in this VPC; ${seeStatus()}`;
  }
  const check = new URL(portalUrl).username === '' ? '' : ', and the address of the client';
  return `the portal at ${portalUrl} opens no tunnel to \`${authority}\` (${statusCode} ${statusMessage}); check the name and the port${check}`;
};

const seeStatus = (): string => `see what is there with: ${shellWord(commandName())} status`;

/** Of OpenSSL, by what it made of the certificate (`verify(1)`), and of Node for the name. */
const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const handshakeError = (name: string, port: number, cause: NodeJS.ErrnoException): TunnelError => {
  const { code = '', message } = cause;
  const ofCertificate = (text: string) =>
    new TunnelError(`the certificate of \`${name}\` ${text}`, { cause, isOfCertificate: true });
  if (code.endsWith('UNRECOGNIZED_NAME')) {
    return new TunnelError(
      `the listener on port ${port} has no certificate for \`${name}\`; a custom domain name is covered once the service is given a certificate for it: aws vpc-lattice update-service --service-identifier SERVICE --certificate-arn ARN`,
      { cause },
    );
  }
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') {
    return new TunnelError(
      `no TLS is spoken on port ${port} of \`${name}\`; if its listener is for HTTP, use http://`,
      { cause },
    );
  }
  if (UNTRUSTED.has(code)) {
    return ofCertificate(
      `is of an issuer who is not trusted here (${code}); name a file of trusted certificates that has the issuer's in SSL_CERT_FILE`,
    );
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return ofCertificate('has expired; import a new one, or mend the clock of this machine');
  }
  if (code === 'CERT_NOT_YET_VALID') {
    return ofCertificate('is not valid yet; wait, or mend the clock of this machine');
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return ofCertificate('is for other names; give the service one that covers this name');
  }
  if (code.startsWith('CERT_')) return ofCertificate(`is not valid (${code})`);
  return new TunnelError(`no TLS connection to \`${name}\` on port ${port} (${code || message})`, {
    cause,
  });
};

import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { PortalDoor } from './admission/portal-door.ts';
import type { ClientSession } from './client-session.ts';
import { clientSource } from './client-source.ts';
import { connectionRecord } from './connection-record.ts';
import type { FailureReason } from './failure.ts';
import {
  ClientConnection,
  type ClientConnectionOptions,
  type Entry,
} from './http1/client-connection.ts';
import { Http2Connection } from './http2/http2-connection.ts';
import { matchPreface } from './http2/preface.ts';
import { listenTo } from './listen-to.ts';
import { LOCAL_REPLIES } from './local-reply.ts';
import { plainAddress } from './plain-address.ts';
import type { Refused } from './refused-record.ts';
import type { Source, TlsFacts } from './request-head.ts';
import type { Sweepable } from './sweeper.ts';
import { type Alert, alertRecord } from './tls/alert.ts';
import { type ClientHello, ClientHelloReader, HANDSHAKE_RECORD } from './tls/client-hello.ts';
import { PassthroughConnection } from './tls/passthrough-connection.ts';
import type { ServerCertificates } from './tls/server-certificates.ts';
import { ServerHandshake } from './tls/server-handshake.ts';
import type { AlpnProtocol } from './tls/tls-policy.ts';
import { findTlsWay, type TlsWay } from './tls/tls-way.ts';

export interface ClientArrivalOptions
  extends Pick<ClientConnectionOptions, 'context' | 'limits' | 'sweeper' | 'entry'> {
  readonly certificates: ServerCertificates;
  /** Security groups or network ACLs do not admit it: the socket is to stay without an answer. */
  denied(socket: Socket): void;
  /** The same of one stream of a connection, which sees to that itself. */
  countDenied(): void;
  /** Told when the connection is over, whatever became of it. */
  closed(arrival: ClientArrival): void;
  refused(refused: Refused): void;
}

const HTTPS_PORT = 443;
/** How long a client may take to read why it was refused. */
const LINGER_MS = 2_000;

/**
 * A connection that was accepted. Its first bytes say what it is: HTTP of one version or the other, or
 * a ClientHello, whose server name then leads to a listener for HTTPS or to one that passes TLS through. A portal's
 * CONNECT begins this anew for the port that it names.
 */
export class ClientArrival implements ClientSession, Sweepable {
  dueAt = Number.POSITIVE_INFINITY;
  readonly #socket: Socket;
  readonly #options: ClientArrivalOptions;
  #entry: Entry;
  /** Who looks after the connection, once it is known what it is. */
  #session: ClientSession | undefined;
  /** What may become HTTP/2's preface. */
  #opening: Buffer | undefined;
  #hello: ClientHelloReader | undefined;
  /** Where the handshake that is under way leads. */
  #handshaking: { readonly way: TlsWay; readonly serverName: string } | undefined;
  /** What is not closed: the socket of TCP, TLS over it. */
  #openCount = 1;
  /** Address and port of the client, which a closed socket does not tell any more. */
  #peer: Pick<Source, 'address' | 'port'> | undefined;
  /** Epoch ms, of the first byte. */
  #startedAt = 0;
  #stopListening = () => {};
  #isDraining = false;

  constructor(socket: Socket, options: ClientArrivalOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#entry = options.entry;
    // 'close' follows, and tells all that matters.
    socket.on('error', () => {});
    socket.on('close', () => this.#closed());
    this.#await();
  }

  drain(): void {
    this.#isDraining = true;
    if (this.#session === undefined) this.destroy();
    else this.#session.drain();
  }

  destroy(): void {
    this.#session?.destroy();
    this.#socket.destroy();
  }

  due(): void {
    // The time of a head or of a ClientHello is over, or that of a handshake.
    if (this.#opening !== undefined) {
      const { length } = this.#opening;
      this.#release();
      this.#serve(this.#socket, this.#entry).refuse(LOCAL_REPLIES.requestTimeout, length);
      return;
    }
    if (this.#hello !== undefined) this.#record('ClientProtocolError', this.#way(''), '');
    this.#hello = undefined;
    this.destroy();
  }

  // --- first bytes --------------------------------------------------------------------------

  #await(): void {
    const { limits, sweeper } = this.#options;
    this.#session = undefined;
    this.#hello = undefined;
    this.dueAt = sweeper.coarseNow + limits.headTimeoutMs;
    sweeper.add(this);
    this.#stopListening = listenTo(this.#socket, {
      data: (chunk) => this.#data(chunk),
      end: () => this.#socket.destroy(),
    });
  }

  #data(chunk: Buffer): void {
    const { limits, sweeper } = this.#options;
    if (this.#hello === undefined) {
      if (this.#opening !== undefined || chunk[0] !== HANDSHAKE_RECORD) {
        this.#http(chunk);
        return;
      }
      this.#startedAt = Date.now();
      const { remoteAddress, remotePort = 0 } = this.#socket;
      this.#peer = {
        address: this.#entry.address ?? plainAddress(remoteAddress),
        port: remotePort,
      };
      this.#hello = new ClientHelloReader(limits.maxClientHelloBytes);
      this.dueAt = sweeper.coarseNow + limits.handshakeTimeoutMs;
    }
    const result = this.#hello.push(chunk);
    if (result === 'malformed') this.#refuse('decodeError', 'ClientProtocolError');
    else if (result !== 'incomplete') this.#arrived(result, this.#hello.bytes);
  }

  #http(chunk: Buffer): void {
    const received = this.#opening === undefined ? chunk : Buffer.concat([this.#opening, chunk]);
    const match = matchPreface(received);
    if (match === 'part') {
      this.#opening = received;
      return;
    }
    this.#release();
    if (match === 'none') {
      this.#serve(this.#socket, this.#entry).accept(received);
      return;
    }
    this.#serveHttp2(this.#socket, this.#entry).accept(received);
  }

  /** HTTP/1.1 from now on. */
  #serve(socket: Socket, entry: Entry, tls?: TlsFacts): ClientConnection {
    const { context, limits, sweeper, refused } = this.#options;
    const connection = new ClientConnection(socket, {
      context,
      limits,
      sweeper,
      entry,
      ...(tls !== undefined && { tls: { ...tls, socket: this.#socket } }),
      tunnelled: (tunnel, received) => this.#tunnelled(tunnel, received),
      denied: () => this.#deny(),
      refused,
    });
    this.#session = connection;
    return connection;
  }

  /** HTTP/2 from now on, its preface included. */
  #serveHttp2(socket: Socket, entry: Entry, tls?: TlsFacts): Http2Connection {
    const { context, limits, sweeper, refused } = this.#options;
    const connection = new Http2Connection(socket, {
      context,
      limits,
      sweeper,
      entry,
      source: clientSource(socket, entry, tls),
      carrier: this.#socket,
      denied: () => this.#options.countDenied(),
      refused,
    });
    this.#session = connection;
    return connection;
  }

  /** What follows a CONNECT is a connection of its own. */
  #tunnelled(entry: Entry, received: Buffer): void {
    this.#entry = entry;
    this.#await();
    if (this.#isDraining) this.destroy();
    else if (received.length > 0) this.#data(received);
  }

  // --- TLS ----------------------------------------------------------------------------------

  #arrived(hello: ClientHello, received: Buffer): void {
    if (this.#entry.listenerPort === undefined && !this.#mayEnter(hello.serverName)) {
      this.#deny();
      return;
    }
    const way = this.#way(hello.serverName);
    switch (way.listener?.part.protocol) {
      case 'HTTPS':
        this.#handshake(hello, received, way);
        return;
      case 'TLS_PASSTHROUGH':
        this.#release();
        this.#socket.pause();
        this.#session = new PassthroughConnection({
          socket: this.#socket,
          received,
          way,
          source: this.#source(hello.serverName),
          context: this.#options.context,
          limits: this.#options.limits,
          sweeper: this.#options.sweeper,
          startedAt: this.#startedAt,
        });
        return;
      case 'HTTP':
        // Answered in the clear: "wrong version" is what clients make of that, and it is what it is.
        this.#release();
        this.#serve(this.#socket, this.#entry).refuse(LOCAL_REPLIES.encrypted, received.length);
        return;
      default:
        this.#refuse('unrecognizedName', 'ClientProtocolError', way, hello.serverName);
    }
  }

  #handshake(hello: ClientHello, received: Buffer, way: TlsWay): void {
    const { certificates, context, sweeper } = this.#options;
    const { serverName } = hello;
    const id = way.service?.part.certificates.find(
      ({ host }) => host === serverName,
    )?.certificateId;
    const part = id === undefined ? undefined : context.state.certificates.get(id);
    if (part === undefined) {
      this.#refuse('unrecognizedName', 'ClientProtocolError', way, serverName);
      return;
    }
    const secureContext = certificates.contextOf(part);
    if (secureContext === undefined) {
      this.#refuse('internalError', 'InternalError', way, serverName);
      return;
    }
    const { dueAt } = this;
    this.#release();
    this.#socket.pause();
    const session = new ServerHandshake({
      socket: this.#socket,
      received,
      hello,
      context: secureContext,
      secured: (socket, tls, protocol) => this.#secured(socket, tls, protocol),
    });
    this.#session = session;
    this.#openCount++;
    session.socket.on('close', () => this.#closed());
    this.#handshaking = { way, serverName };
    // The handshake is over by when the ClientHello was to be.
    this.dueAt = dueAt;
    sweeper.add(this);
  }

  #secured(socket: TLSSocket, tls: TlsFacts, protocol: AlpnProtocol | undefined): void {
    this.#handshaking = undefined;
    this.#options.sweeper.remove(this);
    const entry: Entry = { ...this.#entry, listenerPort: this.#port() };
    if (protocol === 'h2') this.#serveHttp2(socket, entry, tls);
    else this.#serve(socket, entry, tls);
  }

  // --- ends ---------------------------------------------------------------------------------

  /** Says why and ends. What the client still sends is thrown away for a moment, or the end would be a reset. */
  #refuse(
    alert: Alert,
    failure: FailureReason,
    way: TlsWay = this.#way(''),
    serverName = '',
  ): void {
    this.#record(failure, way, serverName);
    this.#hello = undefined;
    this.#stopListening();
    this.#stopListening = listenTo(this.#socket, { data: () => {} });
    this.dueAt = this.#options.sweeper.coarseNow + LINGER_MS;
    this.#socket.end(alertRecord(alert));
  }

  /** Of a ClientHello that is sent straight to a portal, whose client cannot say where in the VPC it is. */
  #mayEnter(host: string): boolean {
    const door = new PortalDoor(this.#options.context.state, this.#source(''));
    return door.enter({ host, authorityPort: HTTPS_PORT, proxyAuthorization: '' }) !== 'denied';
  }

  #deny(): void {
    this.#release();
    // Nothing to drain or to end but the socket.
    this.#session = undefined;
    this.#options.denied(this.#socket);
  }

  /** Others look after the socket from now on. */
  #release(): void {
    this.#stopListening();
    this.#stopListening = () => {};
    this.#opening = undefined;
    this.#hello = undefined;
    this.#options.sweeper.remove(this);
  }

  #closed(): void {
    // The end of one is still to be told to whoever serves another.
    if (--this.#openCount > 0) return;
    if (this.#handshaking !== undefined) {
      const { way, serverName } = this.#handshaking;
      this.#record('ClientProtocolError', way, serverName);
    }
    this.#release();
    this.#options.closed(this);
  }

  // --- what is known ------------------------------------------------------------------------

  /** A ClientHello sent straight to a portal is for the usual port. */
  #port(): number {
    return this.#entry.listenerPort ?? HTTPS_PORT;
  }

  #way(serverName: string): TlsWay {
    const { vpcId } = this.#entry;
    return findTlsWay(this.#options.context.state, { vpcId, port: this.#port(), serverName });
  }

  #source(serverName: string): Source {
    return {
      vpcId: this.#entry.vpcId,
      ...this.#peer!,
      listenerPort: this.#port(),
      protocol: 'https',
      tls: { serverName, cipher: '', version: '' },
    };
  }

  #record(failure: FailureReason, way: TlsWay, serverName: string): void {
    const source = this.#source(serverName);
    this.#options.context.ended(
      connectionRecord({ source, way, startedAt: this.#startedAt, failure }),
    );
  }
}

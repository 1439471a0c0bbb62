import type { Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { ClientSession } from '../client-session.ts';
import type { TlsFacts } from '../request-head.ts';
import type { ClientHello } from './client-hello.ts';
import { type AlpnProtocol, chooseAlpn } from './tls-policy.ts';

export interface HandshakeOptions {
  /** TCP, paused, and with nobody listening to its data. */
  readonly socket: Socket;
  /** What came from the client so far, and the ClientHello in it. */
  readonly received: Buffer;
  readonly hello: ClientHello;
  readonly context: SecureContext;
  /** Called at most once; `protocol` is undefined when none was agreed on. */
  readonly secured: (socket: TLSSocket, tls: TlsFacts, protocol: AlpnProtocol | undefined) => void;
}

/** The server's part of one TLS handshake. If it fails the socket closes; what limits its time is its owner. */
export class ServerHandshake implements ClientSession {
  readonly socket: TLSSocket;

  constructor(options: HandshakeOptions) {
    const { socket, received, hello, context, secured } = options;
    const { TLSSocket } = process.getBuiltinModule('node:tls');
    const protocol = chooseAlpn(hello.alpnProtocols);
    // The bytes that were looked at are the first that TLS gets.
    socket.unshift(received);
    const secure = new TLSSocket(socket, {
      isServer: true,
      secureContext: context,
      // Named only when it was offered: node answers an offer without a match with an alert.
      ...(protocol !== undefined && { ALPNProtocols: [protocol] }),
    });
    this.socket = secure;
    secure.disableRenegotiation();
    secure.once('secure', () => {
      // As tls.Server does: HTTP/2 would wait for the end of the handshake.
      Object.assign(secure, { secureConnecting: false });
      secured(
        secure,
        {
          serverName: hello.serverName,
          cipher: secure.getCipher().name,
          version: secure.getProtocol() ?? '',
        },
        protocol,
      );
    });
    // What breaks TLS after the handshake is told in this way only.
    secure.on('_tlsError', () => secure.destroy());
    // 'close' follows, and tells all that matters.
    secure.on('error', () => {});
  }

  /** A client in its handshake has no request that could be finished. */
  drain(): void {
    this.destroy();
  }

  destroy(): void {
    this.socket.destroy();
  }
}
